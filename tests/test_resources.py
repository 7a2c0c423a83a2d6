"""Files are found in order, verified by hash, and refused with a sentence that names the remedy."""

import hashlib
import json
import threading

import pytest

from azproc import resources
from azproc.errors import DataError
from azproc.lexicon import Lexicon


@pytest.fixture
def artefact(tmp_path):
    """A file with a right manifest."""
    file = tmp_path / "words.marisa"
    file.write_bytes(resources.data_file("words.marisa").read_bytes())
    entry = resources.manifest(resources.data_file("words.marisa"))
    (tmp_path / "MANIFEST.json").write_text(json.dumps({"artefacts": {"words.marisa": entry}}), encoding="utf-8")
    return file


def test_shipped_artefacts_are_as_their_manifest_says():
    for folder in (resources.data_file("suffixes.toml").parent,):
        for name, entry in json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))["artefacts"].items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == entry["sha256"], name
            assert {"version", "format", "licence", "sources", "built_by", "metrics"} <= entry.keys()


def test_explicit_path_wins(artefact):
    assert resources.data_file("words.marisa", artefact) == artefact
    assert resources.data_file("words.marisa", artefact.parent) == artefact
    assert "kitab" in resources.lexicon(str(artefact))


def test_environment_comes_before_the_package(artefact, monkeypatch):
    monkeypatch.setenv("AZPROC_DATA", str(artefact.parent))
    assert resources.data_file("words.marisa") == artefact
    assert resources.data_file("suffixes.toml").parent != artefact.parent


def test_missing_file_names_places_and_remedy(tmp_path):
    with pytest.raises(DataError, match=r"nothing\.tsv was not found in .*reinstall azproc, or set AZPROC_DATA"):
        resources.data_file("nothing.tsv", tmp_path)


def test_changed_file_is_refused(artefact):
    artefact.write_bytes(artefact.read_bytes()[:-1] + b"x")
    with pytest.raises(DataError, match=r"words\.marisa does not match MANIFEST\.json .*reinstall azproc"):
        resources.data_file("words.marisa", artefact)


def test_file_changed_after_it_was_checked_is_refused(artefact):
    resources.data_file("words.marisa", artefact)
    artefact.write_bytes(b"no trie")
    with pytest.raises(DataError, match="does not match"):
        resources.data_file("words.marisa", artefact)


def test_damaged_manifest_is_refused(artefact):
    (artefact.parent / "MANIFEST.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match=r"MANIFEST\.json is damaged"):
        resources.data_file("words.marisa", artefact)


def test_file_that_is_no_trie_is_refused(tmp_path):
    file = tmp_path / "words.marisa"
    file.write_bytes(b"not a trie at all")
    with pytest.raises(DataError, match="cannot be opened as a trie"):
        resources.record_trie(Lexicon.FORMAT, file)


def test_tables_leave_comments_out(tmp_path, monkeypatch):
    (tmp_path / "own.tsv").write_text("# head\n\na\tb\n  # more\nc\td\te\n", encoding="utf-8")
    (tmp_path / "own.txt").write_text("# head\n və s. \n\n", encoding="utf-8")
    monkeypatch.setenv("AZPROC_DATA", str(tmp_path))
    assert resources.read_table("own.tsv") == (("a", "b"), ("c", "d", "e"))
    assert resources.read_lines("own.txt") == ("və s.",)


def test_table_that_is_not_utf8_or_toml_is_refused(tmp_path, monkeypatch):
    (tmp_path / "latin.tsv").write_bytes("gələn".encode("utf-16"))
    (tmp_path / "broken.toml").write_text("a = ", encoding="utf-8")
    monkeypatch.setenv("AZPROC_DATA", str(tmp_path))
    with pytest.raises(DataError, match="not UTF-8"):
        resources.read_table("latin.tsv")
    with pytest.raises(DataError, match="not valid TOML"):
        resources.read_toml("broken.toml")


def test_model_is_found_in_the_source_tree_layout(tmp_path):
    (tmp_path / "tagger").mkdir()
    (tmp_path / "tagger" / "model.onnx").write_bytes(b"weights")
    assert resources.model_file("tagger/model.onnx", tmp_path).read_bytes() == b"weights"
    with pytest.raises(DataError, match="tagger/none"):
        resources.model_file("tagger/none", tmp_path)


def test_threads_share_one_lexicon():
    found = []
    threads = [threading.Thread(target=lambda: found.append(resources.lexicon().knows("kitablarımızdan"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 8
