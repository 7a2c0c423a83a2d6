"""What the tests of the command line share."""

import contextlib
import io
import os
import subprocess
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
    streams = {"stdin": io.TextIOWrapper(io.BytesIO(given)), "stdout": io.TextIOWrapper(io.BytesIO()), "stderr": io.TextIOWrapper(io.BytesIO(), errors="backslashreplace")}
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


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 400 kB, where this process may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", place], capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"needs to mount a small file system: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


NOBODY = 65534


@pytest.fixture
def plain_user():
    """A context in which root, who may read and write everything, acts as the user nobody; others stay who they are."""

    @contextlib.contextmanager
    def acting():
        root = os.geteuid() == 0
        if root:
            try:
                os.seteuid(NOBODY)
            except PermissionError as error:
                pytest.skip(f"root may not act as another user here: {error}")
        try:
            yield
        finally:
            if root:
                os.seteuid(0)

    return acting
