"""What the tests of the command line share."""

import io
import sys
from typing import NamedTuple
from unittest import mock

import pytest

from azproc.cli import main


class Run(NamedTuple):
    returncode: int
    stdout: bytes
    stderr: bytes


def run_azproc(*arguments, given=b"", check=None):
    """Run the command line in this process, with bytes for its three streams."""
    streams = {"stdin": io.TextIOWrapper(io.BytesIO(given)), "stdout": io.TextIOWrapper(io.BytesIO()), "stderr": io.TextIOWrapper(io.BytesIO())}
    with mock.patch.multiple(sys, argv=["azproc", *map(str, arguments)], **streams), pytest.raises(SystemExit) as left:
        main()
    for name in ("stdout", "stderr"):
        streams[name].flush()
    run = Run(left.value.code, streams["stdout"].buffer.getvalue(), streams["stderr"].buffer.getvalue())
    if check is not None:
        assert run.returncode == check, run.stderr.decode()
    return run


@pytest.fixture
def azproc():
    """The command line, as a function of its arguments."""
    return run_azproc


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A fresh working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
