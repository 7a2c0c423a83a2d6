"""Readers lose nothing and cut where no step looks across; writers finish or leave nothing."""

import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azproc.batch.formats import AtomicFile, escaped_bytes, read_chunks, read_json_lines
from azproc.errors import AzprocError, InputError

texts = st.text("aə \n\r-.\N{COMBINING DIAERESIS}\N{SOFT HYPHEN}", max_size=300)


def chunks(text, size):
    return list(read_chunks(io.BytesIO(text.encode()), size=size))


@given(texts, st.integers(4, 40))
def test_the_chunks_are_the_text(text, size):
    found = chunks(text, size)
    assert "".join(chunk.text for chunk in found) == text
    assert all(text[chunk.start :].startswith(chunk.text) for chunk in found)
    assert all(chunk.text for chunk in found)


@given(st.binary(max_size=200), st.integers(4, 40))
def test_kept_bytes_come_back_as_they_were(data, size):
    found = read_chunks(io.BytesIO(data), errors="keep", size=size)
    assert b"".join(chunk.text.encode("utf-8", "surrogateescape") for chunk in found) == data


@given(st.binary(max_size=200), st.integers(4, 40))
def test_skipped_bytes_are_all_that_is_missing(data, size):
    reports = []
    found = read_chunks(io.BytesIO(data), errors="skip", report=reports.append, size=size)
    assert "".join(chunk.text for chunk in found) == data.decode("utf-8", "ignore")
    assert bool(reports) == (data.decode("utf-8", "replace") != data.decode("utf-8", "ignore"))


@given(st.binary(max_size=200), st.integers(4, 40))
def test_bad_bytes_fail_at_their_place(data, size):
    try:
        data.decode()
    except UnicodeDecodeError as expected:
        with pytest.raises(InputError, match=f"byte {expected.start:,} is not utf-8"):
            list(read_chunks(io.BytesIO(data), size=size))
    else:
        assert "".join(chunk.text for chunk in read_chunks(io.BytesIO(data), size=size)) == data.decode()


def test_a_blank_line_is_the_best_place_to_cut():
    assert [chunk.text for chunk in chunks("bir iki\n\nüç\nbeş al", 16)] == ["bir iki\n\n", "üç\nbeş al"]


@pytest.mark.parametrize("end", ["-\n", "-\r\n", "- \n", "\N{SOFT HYPHEN}\n"])
def test_a_word_broken_at_a_line_end_stays_whole(end):
    text = f"bir iki\nüç Naxçı{end}vanda beş altı"
    assert next(chunk.text for chunk in chunks(text, 24)) == "bir iki\n"


def test_a_line_without_an_end_is_cut_at_a_space_or_not_inside_a_letter():
    assert all(chunk.text.endswith(" ") for chunk in chunks("söz " * 100, 8)[:-1])
    assert all(not chunk.text.startswith("\N{COMBINING DIAERESIS}") for chunk in chunks("u\N{COMBINING DIAERESIS}" * 300, 8))


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_line_ends_are_not_split(ending):
    text = ("ə" * 7 + ending) * 40
    assert all(chunk.text.endswith(ending) for chunk in chunks(text, 10))


def test_other_encodings_with_signature():
    data = "Bakı\ngözəl".encode("utf-16")
    assert "".join(chunk.text for chunk in read_chunks(io.BytesIO(data), encoding="utf-16", size=6)) == "Bakı\ngözəl"
    with pytest.raises(InputError, match="--encoding"):
        list(read_chunks(io.BytesIO(b"a"), encoding="utf-16"))


def test_only_escaped_bytes_count_as_such():
    assert not escaped_bytes("Bakı \ud800")
    assert escaped_bytes("\udcff")


def test_a_json_line_that_is_not_changed_can_be_written_as_it_was():
    (line,) = read_json_lines(io.BytesIO(b'\xef\xbb\xbf{"text" : "a", "x": 1.50}'), report=pytest.fail)
    assert (line.number, line.text) == (1, "a")
    assert line.with_text("b") == b'{"text":"b","x":1.50}\n'


def listing(path):
    return sorted(os.listdir(path))


def test_a_file_appears_when_it_is_complete(tmp_path):
    with AtomicFile(tmp_path / "a.txt") as file:
        file.write(b"bir")
        assert "a.txt" not in listing(tmp_path)
    assert listing(tmp_path) == ["a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"bir"


def test_an_exception_leaves_what_was_there(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"old")
    with pytest.raises(RuntimeError), AtomicFile(tmp_path / "a.txt") as file:
        file.write(b"new")
        raise RuntimeError
    assert listing(tmp_path) == ["a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"old"


def test_a_new_file_has_the_mode_that_the_mask_gives(tmp_path):
    mask = os.umask(0o027)
    try:
        with AtomicFile(tmp_path / "a.txt"):
            pass
    finally:
        os.umask(mask)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640


def test_going_back_forgets_what_came_after(tmp_path):
    with AtomicFile(tmp_path / "a.txt") as file:
        file.write(b"bir")
        place = file.place()
        file.write(b"iki")
        file.back_to(place)
        file.write(b"uc")
    assert (tmp_path / "a.txt").read_bytes() == b"biruc"


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(AzprocError, match="nowhere"):
        AtomicFile(tmp_path / "nowhere" / "a.txt")
