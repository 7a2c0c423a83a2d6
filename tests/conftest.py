"""What tests of several rooms share: a step that meets its end in certain documents, installed like anyone's package."""

import os
import signal
import sys

import pytest

from azproc.pipeline import _factories

POISON = """
import os, time
from azproc.pipeline import step
from azproc.rewrite import Rewrite

def spoil(text):
    if "die" in text:
        os.kill(os.getpid(), 9)
    if "raise" in text:
        raise ValueError("poison")
    if "hang" in text:
        time.sleep(60)
    if "memory" in text:
        bytearray(8 << 30)
    return Rewrite(text)

def poison():
    return step(spoil, name="poison")
"""


@pytest.fixture(scope="session", autouse=True)
def interrupts():
    """Let commands that tests start be interrupted, though a shell that runs the tests in the background ignores interrupts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def poison(tmp_path_factory):
    """The path of a profile whose one step raises, hangs, dies or eats memory; processes started later find it too."""
    folder = tmp_path_factory.mktemp("poison")
    (folder / "poison_step.py").write_text(POISON, encoding="utf-8")
    about = folder / "poison_step-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: poison-step\nVersion: 1\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[azproc.steps]\npoison = poison_step:poison\n", encoding="utf-8")
    profile = folder / "poison.toml"
    profile.write_text('name = "poison"\nversion = "1"\n[[step]]\nuse = "poison"\n', encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)
        patch.setattr(sys, "path", [*sys.path, str(folder)])
        _factories.cache_clear()  # of the entry points that were found before
        yield profile
    _factories.cache_clear()
