"""The public names: all there, quick to import, documented by examples that run."""

import ast
import doctest
import inspect
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import azproc

HEAVY = ("numpy", "torch", "sklearn", "onnxruntime", "pyarrow", "rich", "ftfy", "click", "stanza", "transformers", "regex", "marisa_trie")

FUNCTIONS = [name for name in azproc.__all__ if name[0].islower()]


@pytest.mark.parametrize("name", azproc.__all__)
def test_every_public_name_is_there(name):
    assert getattr(azproc, name) is not None
    assert name in dir(azproc)


def test_type_checkers_see_the_same_names():
    stub = ast.parse((Path(azproc.__file__).parent / "__init__.pyi").read_text(encoding="utf-8"))
    seen = {alias.asname: node.module for node in stub.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen == {name: f"azproc.{home}" for name, home in azproc._HOME.items()}


def test_a_strictly_typed_program_may_use_them():
    api = pytest.importorskip("mypy.api")
    report, errors, code = api.run(["--strict", str(Path(__file__).parents[1] / "typing" / "api.py")])
    assert code == 0, report + errors


@pytest.mark.parametrize(
    "statement",
    [
        "import azproc.clean.ocr as ocr; ocr.fix_ocr",
        "import azproc.clean.citations; azproc.clean.citations.strip_citations",
        "from azproc.clean import spacing; spacing.fix_spacing",
        "import azproc.clean.mojibake; assert azproc.clean('Bakı').text == 'Bakı'",
        "import azproc, pickle; assert pickle.loads(pickle.dumps(azproc.clean)) is azproc.clean",
    ],
)
def test_clean_is_a_function_and_a_folder(statement):
    run = subprocess.run([sys.executable, "-c", statement], check=False, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'fix_all'"):
        azproc.fix_all  # noqa: B018


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_a_docstring_with_an_example(name):
    function = getattr(azproc, name)
    assert inspect.getdoc(function), name
    assert doctest.DocTestParser().get_examples(inspect.getdoc(function)), f"{name} shows no example"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_options_are_keyword_only(name):
    parameters = [each for each in inspect.signature(getattr(azproc, name)).parameters.values() if each.default is not each.empty]
    assert all(each.kind is each.KEYWORD_ONLY for each in parameters), name


TEXT_FUNCTIONS = (
    "clean",
    "find_citations",
    "find_dates",
    "find_entities",
    "find_numbers",
    "fix_encoding",
    "fix_ocr",
    "fix_spacing",
    "normalize",
    "restore_diacritics",
    "split_sentences",
    "strip_citations",
    "to_latin",
    "to_lower",
    "to_title",
    "to_upper",
    "tokenize",
)


@pytest.mark.parametrize("name", TEXT_FUNCTIONS)
def test_bytes_are_refused_with_the_remedy(name):
    with pytest.raises(TypeError, match="decode"):
        getattr(azproc, name)(b"Bak")


@pytest.mark.parametrize("name", TEXT_FUNCTIONS)
def test_empty_text_is_fine(name):
    result = getattr(azproc, name)("")
    assert getattr(result, "text", result) in ("", ())


@pytest.mark.parametrize("name", [name for name in TEXT_FUNCTIONS if name == "clean" or name.startswith(("fix", "strip", "norm", "restore"))])
def test_cleaners_answer_with_a_rewrite(name):
    text = "Bakı[7]  gözəldir vo 1918-ci ildo."
    rewrite = getattr(azproc, name)(text)
    assert isinstance(rewrite, azproc.Rewrite)
    assert rewrite.source == text
    assert rewrite.inverse.text == text


IMPORT = """
import sys, time
before = time.process_time()
import azproc
taken = time.process_time() - before
import json
print(json.dumps([taken, sorted(sys.modules)]))
"""


def test_import_is_quick_and_light():
    runs = [json.loads(subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, check=True).stdout) for _ in range(3)]
    assert min(taken for taken, _ in runs) < 0.1
    loaded = set(runs[0][1])
    assert not loaded & set(HEAVY)


ALL_NAMES = """
import sys, azproc
for name in azproc.__all__:
    getattr(azproc, name)
print(*[name for name in ("numpy", "torch", "sklearn", "onnxruntime", "pyarrow") if name in sys.modules])
"""


def test_heavy_libraries_wait_until_they_are_used():
    run = subprocess.run([sys.executable, "-c", ALL_NAMES], capture_output=True, check=True, text=True)
    assert run.stdout.split() == []


def test_every_step_of_the_library_is_registered():
    from azproc import steps

    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    registered = project["entry-points"]["azproc.steps"]
    assert {name: f"azproc.steps:{name}" for name in steps.__all__}.items() <= registered.items()
