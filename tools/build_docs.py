"""Write the pages of the documentation that are made of the code and its tables: commands, profiles, rules.

    python tools/build_docs.py            # writes docs/reference/{cli,profiles,rules}.md and docs/benchmarks.md
    python tools/build_docs.py --check    # writes nothing, leaves with 1 where a page is no longer true

Rules are named by the code, explained by azproc/data/reasons.tsv, and shown at work on tests/cases. The benchmarks' page is
benchmarks/results.md with its links turned.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import click

import azproc as az
from azproc.cli import COMMANDS
from azproc.cli import azproc as program
from azproc.records import value_text
from azproc.resources import read_table
from azproc.show import visible

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "reference"
CASES = ROOT / "tests" / "cases"
WIDTH = 100
MADE = "<!-- made by tools/build_docs.py: change the code, a table or a case, then run it again -->\n"

SPAN_HEADS = ("date", "time", "duration", "set", "number", "citation")
CLEANERS: dict[str, Callable[[str], az.Rewrite]] = {
    "unicode": lambda text: az.normalize(text, quotes="straight", dashes="hyphen"),
    "mojibake": az.fix_encoding,
    "citations": az.strip_citations,
    "hyphenation": az.fix_spacing,
    "spacing": az.fix_spacing,
    "ocr": az.fix_ocr,
    "diacritics": az.restore_diacritics,
}
FINDERS: dict[str, Callable[[str], tuple[az.Span, ...]]] = {
    "dates": az.find_dates,
    "numbers": az.find_numbers,
    "citations": az.find_citations,
}
SHOWN = 3
"""Examples of a rule that covers many confusions."""


def cli_page() -> str:
    """Return the help of every command, as the terminal shows it."""
    top = click.Context(program, info_name="azproc", terminal_width=WIDTH, max_content_width=WIDTH, **program.context_settings)
    parts = [MADE, "# Command line\n", _help(program, top)]
    for name in COMMANDS:
        command = program.get_command(top, name)
        assert command is not None
        parts.append(f"## azproc {name}\n\n{_help(command, click.Context(command, info_name=name, parent=top))}")
    return "\n".join(parts)


def _help(command: click.Command, context: click.Context) -> str:
    return f"```text\n{command.get_help(context).rstrip()}\n```\n"


def profiles_page() -> str:
    """Return the profiles that come with the library."""
    parts = [
        MADE,
        "# Profiles\n",
        "A profile is a TOML file: a name, a version, and steps in order. Its name and version are stored in every output. A profile of your own",
        "is given by its path, which ends in `.toml`, wherever a name is wanted.\n",
        "| profile | for | steps |\n| --- | --- | --- |",
    ]
    files = sorted((ROOT / "azproc" / "data" / "profiles").glob("*.toml"))
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in files]
    for table in tables:
        steps = " → ".join(f"`{step['use']}`" for step in table["step"])
        parts.append(f"| `{table['name']}` | {_cell(table['about'])} | {steps} |")
    for path, table in zip(files, tables, strict=True):
        parts.append(f"\n## {table['name']}\n\n```toml\n{path.read_text(encoding='utf-8').rstrip()}\n```")
    return "\n".join(parts) + "\n"


def rules_page() -> str:
    """Return the rules by name, with their reasons and with cases that show them."""
    named = sorted(set(_rules_in_code()))
    edits, spans = _edits_by_rule(), _spans_by_rule()
    parts = [
        MADE,
        "# The catalogue of rules\n",
        "Every edit and every span carries the name of the rule that made it. Names are dotted, the general before the particular; `+` joins",
        "the names of rules that worked on one place. The examples are those of `tests/cases`, as the library reads them today.\n",
        "## Rules that change a text\n\nQuotation marks and dashes change only where a profile asks for it.\n",
    ]
    heads = [row[0] for row in read_table("reasons.tsv")]
    reasons = dict(row[:2] for row in read_table("reasons.tsv"))
    for head in heads:
        examples = _examples({rule: found for rule, found in edits.items() if _head(rule, heads) == head})
        parts.append(f"### `{head}`\n\n{_sentence(reasons[head])}\n")
        if examples:
            parts += ["| rule | before | after |", "| --- | --- | --- |", *examples, ""]
        else:
            parts.append("No case shows it yet.\n")
    parts += ["## Rules that find something\n", "| rule | text | what it says |", "| --- | --- | --- |"]
    for rule in sorted({*spans, *(name for name in named if name.partition(".")[0] in SPAN_HEADS and not _beginning(name, named))}):
        text, said = spans.get(rule, ("", "no case shows it yet"))
        parts.append(f"| `{rule}` | {_cell(text) or '–'} | {_cell(said)} |")
    parts += [
        "\nNamed entities carry the name and version of their model, such as `model.ner-1`.",
    ]
    return "\n".join(parts) + "\n"


def benchmarks_page() -> str:
    """Return the results of the last run of benchmarks/all.py, whose links start from its own folder."""
    results = (ROOT / "benchmarks" / "results.md").read_text(encoding="utf-8")
    return MADE.replace("change the code, a table or a case", "run benchmarks/all.py") + "\n" + results.replace("(../docs/", "(")


def _rules_in_code() -> Iterator[str]:
    heads = {row[0].partition(".")[0] for row in read_table("reasons.tsv")} | set(SPAN_HEADS)
    name = re.compile(rf"(?:{'|'.join(sorted(heads))})\.[a-z]+(?:-[a-z]+)*")
    for path in sorted((ROOT / "azproc").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and name.fullmatch(node.value):
                yield node.value


def _beginning(name: str, names: list[str]) -> bool:
    """Say whether a name stands in the code for all that begin so."""
    return any(other.startswith(f"{name}-") for other in names)


def _head(rule: str, heads: list[str]) -> str:
    fitting = [head for head in heads if rule == head or rule.startswith(f"{head}.")]
    return max(fitting, key=len, default="")


def _case_texts(topic: str) -> Iterator[str]:
    files = [path for path in (CASES / topic).glob("*.jsonl") if path.stem != "known"]
    for path in sorted(files, key=lambda path: (path.stem != "wild", path.stem)):
        for line in path.read_text(encoding="utf-8").split("\n"):  # not splitlines: a case may hold any line end of Unicode
            if line.strip():
                yield json.loads(line)["text"]


def _edits_by_rule() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for topic, clean in CLEANERS.items():
        for text in _case_texts(topic):
            for edit in clean(text).edits:
                if "+" not in edit.rule:
                    found.setdefault(edit.rule, []).append((edit.before, edit.after))
    return found


def _examples(found: dict[str, list[tuple[str, str]]]) -> list[str]:
    """Rows of a table: of each rule the first example; of a family of confusions, the rules seen most often."""
    often = sorted(found, key=lambda rule: (-len(found[rule]), rule))[:SHOWN]
    return [f"| `{rule}` | {_seen(found[rule][0][0])} | {_seen(found[rule][0][1])} |" for rule in sorted(often)]


def _seen(text: str) -> str:
    """Return a side of an edit as code; a letter or two with their code points, since look-alikes look alike."""
    points = " ".join(f"U+{ord(letter):04X}" for letter in text) if len(text) <= 2 and visible(text) == text else ""
    return f"`{visible(text)}` {points}".strip().replace("|", "\\|")


def _spans_by_rule() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for topic, find in FINDERS.items():
        for text in _case_texts(topic):
            for span in find(text):
                found.setdefault(span.rule, (span.text, _said(span)))
    return {rule: example for rule, example in found.items() if rule}


def _said(span: az.Span) -> str:
    if isinstance(span, az.Citation):
        return span.kind
    value = value_text(span.value)
    said = [f"`{value}`" if value else "no value from the text alone", span.type, getattr(span, "unit", None), span.mod]
    return ", ".join(each for each in said if each)


def _sentence(reason: str) -> str:
    return f"{az.to_upper(reason[0])}{reason[1:]}."


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def pages() -> dict[Path, str]:
    """Return each page that this tool makes, with its path."""
    return {
        PAGES / "cli.md": cli_page(),
        PAGES / "profiles.md": profiles_page(),
        PAGES / "rules.md": rules_page(),
        ROOT / "docs" / "benchmarks.md": benchmarks_page(),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    stale = 0
    check = parser.parse_args().check
    for path, text in pages().items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        print(f"{path.relative_to(ROOT)} {'is no longer true' if check else 'written'}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
