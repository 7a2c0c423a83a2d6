"""The documentation: its examples run, page by page, in the order in which a reader meets them; its made pages are true.

A fence with a title (```` ```text title="page.txt" ````) is a file, a `pycon` fence a session of Python, a `console` fence a
session of the shell; all of a page share one folder. `python` fences are read by the compiler, `sh` fences by the command
line's own parser. `<!-- needs: polars -->` names packages without which a page is skipped.
"""

import ast
import doctest
import importlib.util
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from azproc.cli import azproc

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").rglob("*.md")) + sorted(ROOT.glob("README*.md"))
FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w+)(?P<about>[^\n]*)\n(?P<body>.*?)^ *```$", re.MULTILINE | re.DOTALL)
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
SHELL = f'azproc() {{ {shlex.quote(sys.executable)} -m azproc "$@"; }}\n'


def name(path):
    return str(path.relative_to(ROOT))


def fences(path):
    for match in FENCE.finditer(path.read_text(encoding="utf-8")):
        body = re.sub(rf"^{match['indent']}", "", match["body"], flags=re.MULTILINE)
        line = match.string.count("\n", 0, match.start()) + 1
        yield match["language"], match["about"], body, line


def runs(path):
    return any(language in {"pycon", "console"} for language, *_ in fences(path))


@pytest.mark.parametrize("path", [path for path in PAGES if runs(path)], ids=name)
def test_examples_give_what_they_show(path, tmp_path, monkeypatch):
    for packages in re.findall(r"<!-- needs: ([\w. ]+) -->", path.read_text(encoding="utf-8")):
        for package in packages.split():
            pytest.importorskip(package)
    monkeypatch.chdir(tmp_path)
    names, failures = {"__name__": "__main__"}, []
    for language, about, body, line in fences(path):
        if title := re.search(r'title="([^"]+)"', about):
            Path(title[1]).write_text(body, encoding="utf-8")
        elif language == "pycon":
            example = doctest.DocTestParser().get_doctest(body, names, name(path), str(path), line)
            doctest.DocTestRunner(optionflags=OPTIONS).run(example, out=failures.append, clear_globs=False)
            names = example.globs
        elif language == "console":
            failures += session(body, f"{name(path)}:{line}")
    assert not failures, "".join(failures)


def session(body, place):
    """Run the commands of a `console` fence; yield what differs from what it shows."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        ran = subprocess.run(
            ["bash", "-c", SHELL + command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "120"},
            check=False,
        )
        given = ran.stdout.decode()
        if not doctest.OutputChecker().check_output(shown, given, OPTIONS):
            yield f"{place}\n$ {command}\n-- shown\n{shown}-- given\n{given}"


@pytest.mark.parametrize("path", [path for path in PAGES if any(language == "python" for language, *_ in fences(path))], ids=name)
def test_other_python_compiles(path):
    for language, _, body, line in fences(path):
        if language == "python":
            ast.parse(body, f"{name(path)}:{line}")


COMMANDS = [
    (name(path), command.strip())
    for path in PAGES
    for language, _, body, _ in fences(path)
    if language in {"sh", "console"}
    for row in body.splitlines()
    for command in re.split(r"&&|\|", row.removeprefix("$ "))
    if re.match(r"\s*azproc [a-z]", command)
]


@pytest.mark.parametrize(("page", "command"), COMMANDS)
def test_each_command_and_option_exists(page, command):
    _, verb, *arguments = shlex.split(command, comments=True)
    parsed = azproc.get_command(None, verb)
    assert parsed, f"{page}: {command}"
    parsed.make_context(verb, arguments, resilient_parsing=True)
    known = {option for parameter in parsed.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert {word.partition("=")[0] for word in arguments if word.startswith("--")} <= known, f"{page}: {command}"


def test_made_pages_are_true():
    check = subprocess.run([sys.executable, ROOT / "tools" / "build_docs.py", "--check"], capture_output=True, text=True, check=False)
    assert check.returncode == 0, f"run python tools/build_docs.py\n{check.stdout}{check.stderr}"


def test_every_page_is_in_the_navigation_and_the_other_way_round():
    listed = set(re.findall(r": ([\w/-]+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE))
    assert listed == {str(path.relative_to(ROOT / "docs")) for path in (ROOT / "docs").rglob("*.md")}


def test_what_reliability_points_to_is_there():
    page = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    pointers = re.findall(r"`((?:tests|benchmarks|tools)/[\w/]+\.py)(?:::(\w+))?", page)
    assert len(pointers) > 15
    for file, test in pointers:
        assert (ROOT / file).is_file(), file
        assert not test or f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{test}"


@pytest.mark.parametrize(("tool", "needs"), [("doctest_fences", "griffe"), ("fill_figures", "json")])
def test_tools_do_what_their_examples_show(tool, needs):
    pytest.importorskip(needs)
    spec = importlib.util.spec_from_file_location(tool, ROOT / "tools" / f"{tool}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    failed, tried = doctest.testmod(module)
    assert tried
    assert not failed


def test_figures_stand_in_cells_of_tables():
    """Each mark is one that tools/fill_figures.py can fill: its cell ends on the same line."""
    for page in ("cluster.md", "reliability.md"):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        assert text.count("<!-- figure: ") == len(re.findall(r"<!-- figure: [\w.]+ -->[^|\n]+ \|", text))


def test_the_readme_says_what_the_library_gives():
    """The comment behind an expression is its value; … stands for what may change."""
    (code,) = (body for language, _, body, _ in fences(ROOT / "README.md") if language == "python")
    text = "Akademik F.Xoyski[7] 28 may 1918-ci ildə Bakıdan köçdü."
    names, compared = {"text": text, "texts": [text] * 3}, 0
    for statement in ast.parse(code).body:
        source = ast.get_source_segment(code, statement)
        if not isinstance(statement, ast.Expr):
            exec(source, names)
            continue
        value, told = re.sub(r"\b\w+=", "", repr(eval(source, names))), code.splitlines()[statement.end_lineno - 1].partition("  # ")[2]
        if re.match(r"'|\w+\(", told):
            pattern = re.escape(told.partition(";")[0]).replace("…", ".+")
            assert re.fullmatch(pattern, value), f"{source}\n{told}\n{value}"
            compared += 1
    assert compared >= 6


def test_the_catalogue_shows_every_rule_at_work():
    page = (ROOT / "docs" / "reference" / "rules.md").read_text(encoding="utf-8")
    assert page.count("| `") > 100
    assert "no case shows it yet" not in page.replace("No case", "no case"), "add a case to tests/cases, then run python tools/build_docs.py"
