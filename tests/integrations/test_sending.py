"""Functions that use the library are sent to other processes by its name, in whatever way an engine sends them."""

import copy

import pytest

import azproc as az


def first_place(text):
    return az.strip_citations(text).text


def test_the_library_stands_for_itself():
    assert copy.copy(az) is az


def test_datasets_know_a_function_again():
    hasher = pytest.importorskip("datasets.fingerprint").Hasher
    assert hasher.hash(first_place) == hasher.hash(first_place)


def test_cloudpickle_sends_it():
    cloudpickle = pytest.importorskip("cloudpickle")
    code = "import azproc as az\ndef clean(text):\n    return az.strip_citations(text).text\n"
    names = {"__name__": "__main__"}
    exec(code, names)
    assert cloudpickle.loads(cloudpickle.dumps(names["clean"]))("Bakı[7]") == "Bakı"
