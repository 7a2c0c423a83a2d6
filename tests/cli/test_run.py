"""Big work from the command line, in processes of its own, as a user starts, limits, interrupts and resumes it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from azproc.cli.run import LEAST_MEMORY
from azproc.pipeline import profile_names

TEXT = "Bakı\N{SOFT HYPHEN}da qış yağışı.\n\n"
CLEAN = TEXT.replace("\N{SOFT HYPHEN}", "")


def started(*arguments, **options):
    command = [sys.executable, "-m", "azproc", "run", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def ended(*arguments, **options):
    process = started(*arguments, **options)
    output, errors = process.communicate(timeout=120)
    return process.returncode, output, errors


def outputs(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file() and path.name != ".lock"}


def test_what_failed_is_named_and_listed(here, azproc):
    (here / "good.txt").write_text(TEXT, encoding="utf-8")
    (here / "bad.txt").write_bytes(b"Bak\xfd")
    ran = azproc("run", "--profile", "minimal", "good.txt", "bad.txt", "out", check=1).stderr.decode()
    assert "azproc: bad.txt: bad.txt: byte 3 is not utf-8" in ran
    assert "azproc: 1 failed, listed in out/failures.jsonl" in ran
    assert json.loads((here / "out" / "failures.jsonl").read_text(encoding="utf-8"))["item"] == "bad.txt"
    azproc("run", "--profile", "minimal", "--errors", "keep", "bad.txt", "kept", check=0)
    assert (here / "kept" / "bad.txt").read_bytes() == b"Bak\xfd"


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_counts_what_is_done_and_what_failed(here, terminal):
    (here / "good.txt").write_text(TEXT * 9, encoding="utf-8")
    (here / "bad.txt").write_bytes(b"Bak\xfd" * 100)
    ours, theirs = os.openpty() if terminal else os.pipe()
    command = [sys.executable, "-m", "azproc", "run", "--profile", "minimal", "good.txt", "bad.txt", "out"]
    process = subprocess.Popen(command, stderr=theirs, env=os.environ | {"TERM": "xterm", "COLUMNS": "120"})
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # how a terminal says that its other end is closed
        while data := os.read(ours, 4096):
            shown += data
    os.close(ours)
    assert process.wait() == 1
    if terminal:
        for part in ("2 files", "9 edits", "1 failed", "/s"):
            assert part in shown.decode()
    else:
        assert "good.txt: 1 documents, 0" in shown.decode()
        assert "bad.txt: 0 documents, 1 failed, 0" in shown.decode()


@pytest.mark.parametrize("command", [("run", ".", "out"), ("clean", ".", "--output", "out")])
def test_what_was_written_is_not_read_again(command, here, azproc):
    (here / "deep").mkdir()
    (here / "deep" / "a.txt").write_text(TEXT, encoding="utf-8")
    (here / "notes.doc").write_text("no text of ours", encoding="utf-8")
    for _ in range(2):
        azproc(*command, "--profile", "minimal", check=0)
    assert [path.relative_to(here / "out").as_posix() for path in (here / "out").rglob("*.txt")] == ["deep/a.txt"]


def test_an_input_is_never_overwritten(here, azproc):
    (here / "a.txt").write_text(TEXT, encoding="utf-8")
    assert b"is itself an input" in azproc("run", "a.txt", ".", check=3).stderr
    assert b"is itself an input" in azproc("clean", "a.txt", "--output", ".", check=2).stderr
    assert b"is itself an input" in azproc("clean", "a.txt", "--edits", "a.txt", check=2).stderr
    assert b"is itself an input" in azproc("report", "a.txt", "-o", "a.txt", check=2).stderr
    assert (here / "a.txt").read_text(encoding="utf-8") == TEXT


@pytest.mark.slow
def test_an_interrupt_keeps_what_is_finished_and_the_same_command_goes_on(here):
    (here / "book.txt").write_text(TEXT * 60_000, encoding="utf-8")
    command = ("--profile", "minimal", "--workers", "2", "--shard-size", "20000", "book.txt")
    process = started(*command, "out", start_new_session=True)
    for _ in range(3):
        process.stderr.readline()
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to workers too
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted: what was finished is kept" in errors
    assert "Traceback" not in errors
    finished = outputs(here / "out")
    assert 3 <= len(finished) < 90
    code, _, errors = ended(*command, "out")
    assert code == 0
    assert f"({len(finished)} done before)" in errors
    assert "".join(text for _, text in sorted(outputs(here / "out").items())) == CLEAN * 60_000


@pytest.mark.slow
def test_a_killed_run_leaves_nothing_of_its_own_once_it_is_resumed(here):
    (here / "book.txt").write_text(TEXT * 100_000, encoding="utf-8")
    command = ("--profile", "minimal", "--shard-size", "400000", "book.txt", "out")
    process = started(*command, start_new_session=True)
    process.stderr.readline()
    for _ in range(2000):
        if list((here / "out").rglob("*.part")):
            break
        time.sleep(0.001)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert list((here / "out").rglob("*.part"))
    assert ended(*command)[0] == 0
    assert not list((here / "out").rglob("*.part"))
    assert set(os.listdir(here / "out")) - set(outputs(here / "out")) == {".done", ".lock"}


@pytest.mark.slow
def test_a_second_run_on_one_output_is_refused(here):
    (here / "book.txt").write_text(TEXT * 60_000, encoding="utf-8")
    process = started("--profile", "minimal", "--shard-size", "20000", "book.txt", "out")
    process.stderr.readline()
    code, _, errors = ended("--profile", "minimal", "book.txt", "out")
    process.communicate(timeout=60)
    assert code == 1
    assert f"another run (process {process.pid}) is writing to out" in errors


@pytest.mark.slow
@pytest.mark.parametrize(
    ("word", "limit", "reason"),
    [
        ("raise", (), "ValueError: poison"),
        ("hang", ("--time-limit", "1"), "took longer than 1 seconds"),
        ("memory", ("--limit-memory", "2000"), "took more memory than the limit"),
        ("die", (), "its worker died"),
    ],
)
def test_a_poison_document_is_listed_and_the_rest_is_done(word, limit, reason, here, poison):
    texts = [word if number == 7 else "söz" for number in range(40)]
    (here / "in.jsonl").write_text("".join(json.dumps({"id": f"d{number}", "text": text}) + "\n" for number, text in enumerate(texts)), encoding="utf-8")
    code, _, errors = ended("--profile", poison, "--workers", "2", "--shard-size", "300", *limit, "in.jsonl", "out")
    assert code == 1, errors
    assert f"azproc: d7: {reason}" in errors
    assert json.loads((here / "out" / "failures.jsonl").read_text(encoding="utf-8"))["item"] == "d7"
    found = [json.loads(line)["text"] for name, text in sorted(outputs(here / "out").items()) if name != "failures.jsonl" for line in text.splitlines()]
    assert found == texts


def test_limits_that_cannot_work_are_refused(here, azproc):
    (here / "a.txt").write_text(TEXT, encoding="utf-8")
    assert f"x>={LEAST_MEMORY}".encode() in azproc("run", "--limit-memory", 60, "a.txt", "out", check=2).stderr
    assert b"Ray's own limits" in azproc("run", "--limit-memory", 900, "--engine", "ray", "a.txt", "out", check=2).stderr
    assert b"no encoding that Python knows" in azproc("run", "--encoding", "utf-9", "a.txt", "out", check=2).stderr
    assert not (here / "out").exists()


def test_the_least_memory_is_enough_for_every_profile(here):
    (here / "a.txt").write_text("mübarizə haş verdi, Azerbaycan gozel olkedir\n", encoding="utf-8")
    for profile in profile_names():
        code, _, errors = ended("--profile", profile, "--limit-memory", LEAST_MEMORY, "a.txt", f"out-{profile}")
        assert code == 0, errors


def test_a_full_disk_ends_the_run_and_more_room_lets_it_go_on(here, small_disk):
    (here / "book.txt").write_text(TEXT * 40_000, encoding="utf-8")
    command = ("--profile", "minimal", "--shard-size", "100000", "book.txt", small_disk / "out")
    code, _, errors = ended(*command)
    assert code == 1
    assert "No space left on device; the input is untouched, make room" in errors
    assert "Traceback" not in errors
    finished = outputs(small_disk / "out")
    assert 1 <= len(finished) <= 4
    assert "".join(text for _, text in sorted(finished.items())) == CLEAN * sum(text.count(CLEAN) for text in finished.values())
    assert not list((small_disk / "out").rglob("*.part"))
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    code, _, errors = ended(*command)
    assert code == 0
    assert f"({len(finished)} done before)" in errors
    assert "".join(text for _, text in sorted(outputs(small_disk / "out").items())) == CLEAN * 40_000
