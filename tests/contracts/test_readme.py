"""What the README promises: its examples give what they say, its commands exist, its paths are there."""

import re
import shlex
from pathlib import Path

import pytest

from azproc.cli import azproc

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_the_examples_give_what_they_say():
    (code,) = blocks("python")
    names = {"texts": ["F.Xoyski 1918-ci il mayın 28-də Bakıdan köçdü."] * 3, "text": "Müttəfiq vo."}
    lines = code.splitlines()
    promises = [(line, said[1]) for line in lines if (said := re.search(r"  # ('.*?'|Decimal\(.*?\)|Edit\(.*?\))(?=;|$)", line))]
    exec(code.replace("workers=4", "workers=2"), names)
    for line, said in promises:
        given = repr(eval(line.partition("  #")[0], names))
        if "…" in said:
            pattern = re.escape(said).replace("…", ".*")
            given = re.sub(r"\b[a-z]+=", "", given)
            assert re.fullmatch(pattern, given), line
        else:
            assert given == said, line
    assert len(promises) >= 6


COMMANDS = [
    command
    for block in blocks("sh")
    for line in block.splitlines()
    for command in line.split("&&")
    if re.match(r"\s*(\.venv/bin/)?azproc ", command)
]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_and_option_exists(command):
    _, name, *arguments = shlex.split(command, comments=True)
    parsed = azproc.get_command(None, name)
    context = parsed.make_context(name, arguments, resilient_parsing=True)
    assert context.command.name == name
    known = {option for parameter in parsed.params for option in parameter.opts}
    assert {word for word in arguments if word.startswith("--")} <= known


def test_what_it_links_to_is_there():
    for link in re.findall(r"\]\(([^)#]+)\)", README):
        if "://" not in link:
            assert (ROOT / link).exists(), link
    for folder in re.findall(r"`([a-z./]+/)`", README):
        assert (ROOT / folder).exists(), folder


def test_the_two_commands_are_where_ci_looks_for_them():
    for name in ("clean", "test"):
        assert re.search(rf"^<!-- ci: {name} -->\n```sh\n[^`]+^```", README, re.MULTILINE)
