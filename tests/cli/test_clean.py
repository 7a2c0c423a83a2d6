"""``azproc clean``: what comes out, where it goes, and what happens when it cannot."""

import contextlib
import json
import os
import signal
import stat
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

import azproc

DAMAGED = "Gu\u0308lu\u0308s\u0327 e\N{SOFT HYPHEN}vi"
CLEAN = "Gülüş evi"


@pytest.fixture
def clean(azproc):
    """Clean by the profile that needs no lexicon."""
    return partial(azproc, "clean", "--profile", "minimal")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def records(path):
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


# What comes out


def test_standard_input_becomes_standard_output(clean):
    run = clean(given=DAMAGED.encode(), check=0)
    assert run.stdout.decode() == CLEAN
    assert run.stderr == b""


def test_files_globs_and_directories_are_read_in_order(here, clean):
    write(here / "a.txt", "bir ")
    write(here / "more/b.txt", "iki ")
    write(here / "more/c.md", "no text file ")
    assert clean("a.txt", "more", check=0).stdout == b"bir iki "
    assert clean("more/*", check=0).stdout == b"iki no text file "
    assert clean("a.txt", "-", given=b"uc", check=0).stdout == b"bir uc"


@pytest.mark.parametrize("text", ["", "   ", "\n", "bir\r\niki\r\n", "bir\niki", "\0", "\ta\x0b"])
def test_line_ends_and_odd_texts_come_through(text, clean):
    kept = text.replace("\0", "").replace("\x0b", "\n")
    assert clean(given=text.encode(), check=0).stdout.decode() == kept


def test_the_audit_trail_restores_the_original(here, clean):
    text = f"Birinci sətir.\r\n{DAMAGED}\r\n" * 3
    write(here / "a.txt", text)
    run = clean("a.txt", "--edits", "edits.jsonl", check=0)
    restored = run.stdout.decode()
    for edit in reversed(records("edits.jsonl")):
        assert text[edit["start"] : edit["end"]] == edit["before"]
        assert edit["file"] == "a.txt"
    shift = 0
    assert {(edit["azproc"], edit["profile"], edit["profile_version"]) for edit in records("edits.jsonl")} == {(azproc.__version__, "minimal", "1")}
    for edit in records("edits.jsonl"):
        start = edit["start"]
        restored = restored[:start] + edit["before"] + restored[start + len(edit["after"]) :]
        shift += 1
    assert restored == text
    assert shift == 9


def test_edits_of_a_long_file_are_those_of_the_whole_text(here, clean):
    from azproc.pipeline import clean as clean_text

    text = "".join(f"Abzas {number}. {DAMAGED} {'söz ' * 50}\n\n" for number in range(8000))
    assert len(text) > 1_500_000
    write(here / "long.txt", text)
    run = clean("long.txt", "--edits", "edits.jsonl", check=0)
    whole = clean_text(text, profile="minimal")
    assert run.stdout.decode() == whole.text
    assert [(edit["start"], edit["after"]) for edit in records("edits.jsonl")] == [(edit.start, edit.after) for edit in whole.edits]


def test_a_long_line_without_a_space_comes_through(here, clean):
    write(here / "long.txt", "ə" * 5_000_000 + "\n")
    assert clean("long.txt", check=0).stdout.decode() == "ə" * 5_000_000 + "\n"


def test_a_byte_order_mark_is_reported(here, clean):
    write(here / "a.txt", b"\xef\xbb\xbf" + b"Bak")
    assert clean("a.txt", "--edits", "edits.jsonl", check=0).stdout == b"Bak"
    assert [edit["before"] for edit in records("edits.jsonl")] == ["\ufeff"]


def test_other_encodings_are_read_when_named(here, clean):
    write(here / "a.txt", "Gülüş".encode("cp1254"))
    assert clean("a.txt", "--encoding", "cp1254", check=0).stdout.decode() == "Gülüş"
    assert b"no encoding" in clean("a.txt", "--encoding", "utf-9", check=2).stderr


def test_json_lines_keep_their_other_fields_byte_for_byte(here, clean):
    lines = b'{"id": 1.0, "text": "e\xc2\xadvi", "n": 12345678901234567890123}\n{"text":"ev" , "x":1}\n'
    write(here / "a.jsonl", lines)
    out = clean("a.jsonl", "--jsonl", "--edits", "edits.jsonl", check=0).stdout.splitlines()
    assert out == [b'{"id":1.0,"text":"evi","n":12345678901234567890123}', b'{"text":"ev" , "x":1}']
    assert [(edit["line"], edit["start"]) for edit in records("edits.jsonl")] == [(1, 1)]


def test_the_text_key_is_an_option(here, clean):
    write(here / "a.jsonl", '{"body": "e\N{SOFT HYPHEN}vi"}\n')
    assert json.loads(clean("a.jsonl", "--jsonl", "--text-key", "body", check=0).stdout) == {"body": "evi"}


def test_bad_json_lines_are_recorded_and_the_rest_goes_on(here, clean):
    write(here / "a.jsonl", b'{"text": "e\xc2\xadvi"}\nnot json\n{"body": "x"}\n\n{"text": 7}\n{"text": "\xff"}\n{"text": "ev"}\n')
    run = clean("a.jsonl", "--jsonl", check=1)
    assert run.stdout.splitlines() == [b'{"text":"evi"}', b"not json", b'{"body": "x"}', b'{"text": 7}', b'{"text": "\xff"}', b'{"text": "ev"}']
    assert len(records("failures.jsonl")) == 4
    assert b"--text-key" in (here / "failures.jsonl").read_bytes()
    assert clean("a.jsonl", "--jsonl", "--errors", "skip", check=1).stdout.splitlines() == [b'{"text":"evi"}', b'{"text": "ev"}']


# Where it goes


def test_an_output_directory_mirrors_what_was_given(here, clean):
    write(here / "in/a.txt", DAMAGED)
    write(here / "in/deep/b.txt", CLEAN)
    assert clean("in", "--output", "out", check=0).stdout == b""
    assert (here / "out/a.txt").read_text(encoding="utf-8") == CLEAN
    assert (here / "out/deep/b.txt").read_text(encoding="utf-8") == CLEAN
    assert (here / "in/a.txt").read_text(encoding="utf-8") == DAMAGED


def test_two_inputs_for_one_place_are_refused(here, clean):
    write(here / "x/a.txt", "1")
    write(here / "y/a.txt", "2")
    assert b"would both become" in clean("x/a.txt", "y/a.txt", "--output", "out", check=2).stderr


def test_in_place_keeps_a_backup_and_the_mode(here, clean):
    path = write(here / "a.txt", DAMAGED)
    path.chmod(0o640)
    untouched = write(here / "b.txt", CLEAN)
    before = untouched.stat()
    clean("a.txt", "b.txt", "--in-place", check=0)
    assert path.read_text(encoding="utf-8") == CLEAN
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert (here / "a.txt.orig").read_text(encoding="utf-8") == DAMAGED
    assert (untouched.stat().st_ino, untouched.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert sorted(os.listdir(here)) == ["a.txt", "a.txt.orig", "b.txt"]


def test_in_place_never_overwrites_a_backup(here, clean):
    path = write(here / "a.txt", DAMAGED)
    write(here / "a.txt.orig", "the only original")
    run = clean("a.txt", "--in-place", check=1)
    assert b"may be the only original" in run.stderr
    assert path.read_text(encoding="utf-8") == DAMAGED
    assert (here / "a.txt.orig").read_text(encoding="utf-8") == "the only original"
    clean("a.txt", "--in-place", "--backup", "", check=0)
    assert path.read_text(encoding="utf-8") == CLEAN


def test_in_place_follows_a_link(here, clean):
    write(here / "real.txt", DAMAGED)
    (here / "link.txt").symlink_to("real.txt")
    clean("link.txt", "--in-place", check=0)
    assert (here / "link.txt").is_symlink()
    assert (here / "real.txt").read_text(encoding="utf-8") == CLEAN


def test_standard_input_has_no_place(clean):
    assert b"in place" in clean("--in-place", given=b"x", check=2).stderr


@pytest.mark.parametrize("pair", [("--in-place", "--dry-run"), ("--in-place", "--output=x"), ("--check", "--output=x")])
def test_options_that_contradict_are_refused(here, pair, clean):
    write(here / "a.txt", CLEAN)
    assert b"take one of" in clean("a.txt", *pair, check=2).stderr


def test_a_dry_run_counts_and_writes_nothing(here, clean):
    write(here / "a.txt", DAMAGED)
    run = clean("a.txt", "--dry-run", "--stats", check=0)
    assert b"1 files, 1 changed; 13 characters, 3 edits" in run.stdout
    assert b"2  unicode.nfc" in run.stdout
    assert os.listdir(here) == ["a.txt"]


def test_check_tells_and_leaves_with_1(here, clean):
    write(here / "a.txt", DAMAGED)
    write(here / "b.txt", CLEAN)
    assert clean("a.txt", "b.txt", "--check", check=1).stdout == b"would change: a.txt\n"
    assert clean("b.txt", "--check", check=0).stdout == b""


def test_statistics_do_not_mix_with_text(here, clean):
    write(here / "a.txt", DAMAGED)
    run = clean("a.txt", "--stats", check=0)
    assert run.stdout.decode() == CLEAN
    assert b"3 edits" in run.stderr


# What happens when it cannot


def test_invalid_bytes_name_the_place_and_the_remedy(here, clean):
    write(here / "a.txt", b"Bak\xc4\xb1 " * 10 + b"\xff\xfe sonra")
    run = clean("a.txt", "--output", "out", check=3)
    assert b"byte 60 is not utf-8" in run.stderr
    assert b"--errors keep" in run.stderr
    assert os.listdir("out") == []


def test_invalid_bytes_survive_when_kept(here, clean):
    data = b"e\xc2\xadvi \xff\xfe e\xc2\xadvi \xc4"
    write(here / "a.txt", data)
    assert clean("a.txt", "--errors", "keep", check=0).stdout == data.replace(b"\xc2\xad", b"")


def test_invalid_bytes_are_left_out_and_listed_when_skipped(here, clean):
    write(here / "a.txt", b"ev \xff\xfe e\xc2\xadvi")
    run = clean("a.txt", "--errors", "skip", check=1)
    assert run.stdout == b"ev  evi"
    assert [record["reason"] for record in records("failures.jsonl")] == ["byte 3: left out ff fe, not utf-8"]


def test_one_bad_file_does_not_stop_the_others(here, clean):
    write(here / "a.txt", DAMAGED)
    write(here / "b.txt", b"\xff")
    write(here / "c.txt", DAMAGED)
    run = clean("a.txt", "b.txt", "nowhere.txt", "c.txt", "--output", "out", "--edits", "edits.jsonl", check=1)
    assert sorted(os.listdir("out")) == ["a.txt", "c.txt", "failures.jsonl"]
    assert [record["item"] for record in records("out/failures.jsonl")] == ["b.txt", "nowhere.txt"]
    assert {edit["file"] for edit in records("edits.jsonl")} == {"a.txt", "c.txt"}
    assert b"2 failed, listed in out/failures.jsonl" in run.stderr


@pytest.mark.parametrize(
    ("data", "remedy"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", b"binary"),
        (b"\x7fELF\0\0\xff\xff", b"--encoding"),
        ("Bakı".encode("utf-16"), b"--encoding utf-16"),
        (b"PK\x03\x04\xff\xff", b"binary"),
    ],
)
def test_a_binary_file_is_recognised(here, data, remedy, clean):
    write(here / "a.txt", data)
    run = clean("a.txt", check=3)
    assert remedy in run.stderr
    assert run.stdout == b""


def test_a_file_that_is_not_there(here, clean):
    assert b"cannot read a.txt: No such file" in clean("a.txt", check=3).stderr
    assert b"nothing matches" in clean("*.nothing", check=3).stderr


def test_a_directory_without_texts_or_in_place_of_a_file(here, clean):
    (here / "empty").mkdir()
    assert b"directory without .txt files" in clean("empty", check=3).stderr
    write(here / "a.txt", DAMAGED)
    assert b"empty" in clean("a.txt", "--edits", "empty", check=1).stderr
    assert b"is a file" in clean("a.txt", "--output", "a.txt", check=2).stderr
    assert b"a.txt/x: Not a directory" in clean("a.txt", "--output", "a.txt/x", check=1).stderr


def test_a_file_without_permission(here, clean, plain_user):
    write(here / "a.txt", CLEAN).chmod(0)
    write(here / "b.txt", DAMAGED).chmod(0o644)
    clean("b.txt", check=0)  # imports all modules, which nobody might not be allowed to read
    here.chmod(0o555)
    with plain_user():
        alone, beside = clean("a.txt", check=3), clean("a.txt", "b.txt", check=1)
    here.chmod(0o755)
    assert b"cannot read a.txt: Permission denied" in alone.stderr
    assert b"cannot read a.txt: Permission denied" in beside.stderr
    assert b"failures.jsonl: Permission denied" in beside.stderr
    assert beside.stdout == CLEAN.encode()


def test_a_folder_without_permission(here, clean, plain_user):
    write(here / "a.txt", DAMAGED).chmod(0o644)
    clean("a.txt", check=0)
    here.chmod(0o555)
    with plain_user():
        in_place, elsewhere = clean("a.txt", "--in-place", check=1), clean("a.txt", "--output", "out", check=1)
    here.chmod(0o755)
    assert b"Permission denied" in in_place.stderr
    assert b"Permission denied" in elsewhere.stderr
    assert [path.name for path in here.iterdir()] == ["a.txt"]
    assert (here / "a.txt").read_text(encoding="utf-8") == DAMAGED


def test_a_file_that_refuses_to_be_read(here, clean):
    """Reading the memory of a process from its start fails for everyone."""
    if not os.path.exists("/proc/self/mem"):
        pytest.skip("no /proc here")
    run = clean("/proc/self/mem", check=3)
    assert b"cannot read /proc/self/mem" in run.stderr


def test_a_full_disk(here, clean):
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    path = write(here / "a.txt", DAMAGED * 10_000)
    with open("/dev/full", "wb") as full:
        run = subprocess.run(
            [sys.executable, "-m", "azproc", "clean", "--profile", "minimal", "a.txt"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert run.returncode == 1
    assert run.stderr.count(b"\n") == 1
    assert b"No space left on device" in run.stderr
    run = clean("a.txt", "--in-place", "--edits", "/dev/full", check=1)
    assert b"No space left on device" in run.stderr
    assert path.read_text(encoding="utf-8") == DAMAGED * 10_000
    assert not list(here.glob("*.part")) + list(here.glob(".*.part"))


def test_a_disk_that_fills_up(small_disk, here, clean):
    text = DAMAGED * 14_000  # 240 kB, so that a second copy has no room
    path = write(small_disk / "a.txt", text)
    run = clean(path, "--in-place", check=1)
    assert b"No space left on device" in run.stderr
    assert b"Traceback" not in run.stderr
    assert path.read_text(encoding="utf-8") == text
    assert [left.name for left in small_disk.iterdir()] == ["a.txt"]
    run = clean(path, "--output", small_disk / "out", check=1)
    assert b"No space left on device" in run.stderr
    assert [left.name for left in (small_disk / "out").iterdir()] == ["failures.jsonl"]
    assert "No space left on device" in records(small_disk / "out" / "failures.jsonl")[0]["reason"]
    clean(path, "--output", "out", check=0)
    assert (here / "out" / "a.txt").read_text(encoding="utf-8") == CLEAN * 14_000


def test_a_reader_that_goes_away(here):
    write(here / "a.txt", f"{CLEAN}\n" * 300_000)
    run = subprocess.Popen(
        [sys.executable, "-m", "azproc", "clean", "--profile", "minimal", "a.txt"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert run.stdout.read(9) == CLEAN.encode()[:9]
    run.stdout.close()
    assert run.stderr.read() == b""
    assert run.wait(timeout=60) == 0


def test_an_interrupt_keeps_what_is_finished(here):
    write(here / "a.txt", DAMAGED)
    os.mkfifo(here / "endless")
    run = subprocess.Popen(
        [sys.executable, "-m", "azproc", "clean", "--profile", "minimal", "a.txt", "endless", "--output", "out", "--edits", "edits.jsonl"],
        stderr=subprocess.PIPE,
    )
    with open("endless", "wb") as pipe:
        pipe.write(DAMAGED.encode() * 100)
        pipe.flush()
        deadline = time.monotonic() + 60
        while len(os.listdir("out")) < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        while run.poll() is None and time.monotonic() < deadline:
            run.send_signal(signal.SIGINT)  # again if it came just before a system call, where Python cannot hear it
            with contextlib.suppress(subprocess.TimeoutExpired):
                run.wait(timeout=5)
        assert run.wait(timeout=1) == 130
    assert run.stderr.read() == b"\ninterrupted: what was finished is kept, nothing else was touched\n"
    assert os.listdir("out") == ["a.txt"]
    assert {edit["file"] for edit in records("edits.jsonl")} == {"a.txt"}


def test_an_unknown_profile_is_named(azproc):
    assert b"'wbe' is none of minimal, ocr" in azproc("clean", "--profile", "wbe", given=b"", check=2).stderr


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_is_shown_on_a_terminal_only(here, terminal):
    write(here / "a.txt", DAMAGED)
    ours, theirs = os.openpty() if terminal else os.pipe()
    command = [sys.executable, "-m", "azproc", "clean", "--profile", "minimal", "a.txt"]
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, env=os.environ | {"TERM": "xterm"}, check=True)
    os.close(theirs)
    try:
        shown = os.read(ours, 10_000)
    except OSError:  # how an empty terminal ends
        shown = b""
    assert run.stdout.decode() == CLEAN
    assert (b"bytes" in shown) == terminal
