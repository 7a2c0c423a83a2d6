"""What every source file of the library promises: where it may look, what it never calls, how long it gets."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "azproc"
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 400

# Each room may import from its own floor and those above it in this list, never from below. The language stands on the
# algebra of change, since normalize answers with a Rewrite.
FLOORS = (
    {"errors"},
    {"spans", "edtf"},
    {"rewrite"},
    {"language", "resources", "lexicon"},
    {"segment", "clean", "extract", "ner"},
    {"records", "document", "pipeline", "steps", "workers"},
    {"batch", "evaluate", "show", "report"},
    {"integrations", "cli", "__main__"},
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
UPWARDS = {
    ("document", "show"),  # Document._repr_html_, asked for by a notebook only
}


def room(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(tree):
    """Names of the modules of this library that a file imports, anywhere in it, but not for type checkers alone."""
    typing_only = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test)
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names) if node.module == "azproc" else [node.module]


def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_downwards(path):
    here = room(path)
    if here == "__init__":
        return
    assert here in FLOOR, f"{here} has no floor: give it one"
    for name in imported(parsed(path)):
        package, _, rest = name.partition(".")
        there = rest.partition(".")[0]
        if package == "azproc" and there in FLOOR and (here, there) not in UPWARDS:
            assert FLOOR[there] <= FLOOR[here], f"{here} must not import {there}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_file_is_too_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_rooms_are_named_after_what_is_in_them():
    vague = {"utils", "helpers", "common", "manager", "managers", "misc", "base", "util", "helper"}
    assert not [path for path in PACKAGE.rglob("*.py") if path.stem in vague]
    classes = [node.name for path in FILES for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef)]
    assert not [name for name in classes if name.startswith("Base") or name.endswith("Manager")]


CASE_METHODS = {"lower", "upper", "title", "casefold", "capitalize", "swapcase"}


@pytest.mark.parametrize("path", [path for path in FILES if room(path) != "language"], ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_language_changes_case(path):
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr in CASE_METHODS:
            assert ast.unparse(called.value).split(".")[-1] == "casing", f"line {node.lineno}: {ast.unparse(called)}"
        if isinstance(node, ast.Attribute) and node.attr in CASE_METHODS:
            assert ast.unparse(node.value) != "str", f"line {node.lineno}: str.{node.attr}"
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"IGNORECASE", "I"} or ast.unparse(node.value) not in {"re", "regex"}, f"line {node.lineno}"
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not re.match(r"\(\?[a-zA-Z]*i[a-zA-Z]*[):]", node.value), f"line {node.lineno}"


FORBIDDEN_MODULES = {"pickle", "cPickle", "dill", "joblib", "cloudpickle", "shelve", "marshal"}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}


@pytest.mark.parametrize(
    "path",
    [*FILES, *sorted((ROOT / "models").rglob("*.py")), *sorted((ROOT / "tools").rglob("*.py"))],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_nothing_is_unpickled_or_evaluated(path):
    tree = parsed(path)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not {alias.name.partition(".")[0] for alias in node.names} & FORBIDDEN_MODULES
        if isinstance(node, ast.ImportFrom):
            assert (node.module or "").partition(".")[0] not in FORBIDDEN_MODULES
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in FORBIDDEN_CALLS, f"line {node.lineno}"
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "torch.load":
            assert "weights_only=True" in ast.unparse(node), f"line {node.lineno}"


def test_no_file_tells_where_it_was_written():
    """Texts and models alike: what trains a model may note in it the files that it read."""
    suffixes = {".py", ".md", ".toml", ".tsv", ".txt", ".json", ".cfg", ".yml", ".yaml", ".ipynb", ""}
    ours = ("azproc", "tests", "tools", "models", "benchmarks", "corpora", "docs", "notebooks", ".ci")
    files = [path for folder in ours for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    files += [path for path in ROOT.iterdir() if path.is_file() and path.suffix in suffixes]
    private = re.compile(rb"/" + rb"opt/|/" + rb"root/|/" + rb"work/|pypi-" + rb"more")
    for path in files:
        found = private.search(path.read_bytes())
        assert not found, f"{path.relative_to(ROOT)}: {found[0].decode()}"
