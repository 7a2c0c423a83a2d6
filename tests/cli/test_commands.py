"""The other commands: their results, their help, and their exit codes."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from azproc.cli import COMMANDS
from azproc.cli.findings import _csv

TEXT = "1918-ci il mayın 28-də Bakıda 5 nəfər toplandı. Sonra getdilər.\r\nGəncə[7] gözəldir.\n"


@pytest.fixture
def page(here):
    (here / "a.txt").write_bytes(TEXT.encode())
    return here


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(azproc, command):
    run = azproc(command, "--help", check=0)
    assert run.stdout.startswith(f"Usage: azproc {command}".encode())


def test_the_help_lists_every_command_and_the_exit_codes(azproc):
    shown = azproc("--help", check=0).stdout.decode()
    assert all(command in shown for command in COMMANDS)
    assert "130 interrupted" in shown


def test_the_module_runs_too():
    run = subprocess.run([sys.executable, "-m", "azproc", "--version"], capture_output=True, check=True)
    assert run.stdout.startswith(b"azproc, version")


@pytest.mark.parametrize("arguments", [["cleen"], ["clean", "--colour"], ["evaluate"], ["clean", "--errors", "maybe"]])
def test_wrong_usage_leaves_with_2(azproc, arguments):
    assert b"Usage" in azproc(*arguments, check=2).stderr


def test_segment_writes_a_sentence_a_line(page, azproc):
    lines = azproc("segment", "a.txt", check=0).stdout.decode().splitlines()
    assert lines == ["1918-ci il mayın 28-də Bakıda 5 nəfər toplandı.", "Sonra getdilər.", "Gəncə[7] gözəldir."]


def test_segment_separates_tokens(page, azproc):
    lines = azproc("segment", "a.txt", "--tokens", check=0).stdout.decode().splitlines()
    assert lines[2] == "Gəncə [7] gözəldir ."


def test_segment_gives_offsets(page, azproc):
    for record in map(json.loads, azproc("segment", "a.txt", "--jsonl", check=0).stdout.splitlines()):
        assert TEXT[record["start"] : record["end"]] == record["text"]
        assert all(TEXT[start:end] == text for start, end, text in record["tokens"])


def test_extract_gives_places_in_the_original_even_after_cleaning(page, azproc):
    (page / "b.txt").write_text("A\N{SOFT HYPHEN}B 1918-ci il ma\N{SOFT HYPHEN}yın 28-də", encoding="utf-8")
    (record,) = map(json.loads, azproc("extract", "b.txt", "--dates", "--jsonl", "--profile", "minimal", check=0).stdout.splitlines())
    assert record["text"] == "1918-ci il mayın 28-də"
    assert (record["start"], record["end"], record["value"]) == (4, 27, "1918-05-28")


def test_extract_writes_a_table(page, azproc):
    rows = list(csv.DictReader(io.StringIO(azproc("extract", "a.txt", "--csv", check=0).stdout.decode())))
    assert [(row["layer"], row["text"], row["value"], row["unit"]) for row in rows] == [
        ("dates", "1918-ci il mayın 28-də", "1918-05-28", ""),
        ("numbers", "5 nəfər", "5", "nəfər"),
    ]


def test_a_date_across_two_lines_is_one_row(azproc):
    rows = list(csv.DictReader(io.StringIO(azproc("extract", "--csv", "--dates", given="Görüş 28 may\n1918-ci ildə oldu.\n".encode(), check=0).stdout.decode(), newline="")))
    assert [(row["text"], row["value"]) for row in rows] == [("28 may\n1918-ci ildə", "1918-05-28")]


def test_extract_counts_from_a_day(azproc):
    run = azproc("extract", "--dates", "--jsonl", "--relative-to", "2026-11-26", given="Dünən gəldi.".encode(), check=0)
    assert json.loads(run.stdout)["resolved"] == "2026-11-25"


def test_ner_names_places(page, azproc):
    rows = [line.split("\t") for line in azproc("ner", "a.txt", check=0).stdout.decode().splitlines()]
    assert ["Bakıda", "LOC", "Bakı"] in [row[4:7] for row in rows]


@pytest.mark.parametrize("cell", ["=1", "＝1", "@SUM(A1)", "＠x", "\t=1", "\n=1", "-1+cmd|' /C calc'!A0", "-A1", "+A1:A5", "-5-A1", "-cmd", "＋1+1", "-5 A1", "-"])
def test_a_table_holds_no_formula(cell):
    assert list(csv.reader(io.StringIO(_csv([cell, "son"]), newline=""))) == [[f"'{cell}", "son"]]


@pytest.mark.parametrize("cell", ["-5 dərəcə", "+994 50 123 45 67", "-1,5", "-5%", "-60 km/saat", "5=5", "", "Bakı", "1918-05-28", "e.ə. 5", "28 may\n1918", "a\r\nb", 'bir, "iki"'])
def test_numbers_and_words_stay_as_they_are_in_a_table(cell):
    assert list(csv.reader(io.StringIO(_csv([cell, "son"]), newline=""))) == [[cell, "son"]]


def test_explain_shows_rule_reason_and_confidence(azproc):
    run = azproc("explain", "--profile", "minimal", given="ev\nGu\u0308l [b]\n".encode(), check=0)
    lines = run.stdout.decode().splitlines()
    assert lines[0] == "-:2  Gu\u0308ül [b]"
    assert "unicode.nfc  1.00  a letter and its mark are one character" in lines[1]


def test_explain_writes_an_inert_page(azproc):
    page = azproc("explain", "--html", "--profile", "minimal", given="<script>e\N{SOFT HYPHEN}vi</script>".encode(), check=0).stdout
    assert b"<script" not in page
    assert b"http" not in page
    assert b"<del>U+00AD</del>" in page


def test_data_lists_what_is_there(azproc):
    lines = azproc("data", check=0).stdout.decode().splitlines()
    assert any(line.startswith("words.marisa\t") for line in lines)


def test_data_finds_what_was_damaged_in_a_folder_of_the_users_own(here, azproc, monkeypatch):
    (here / "MANIFEST.json").write_text(json.dumps({"artefacts": {"words.marisa": {"sha256": "0" * 64}}}), encoding="utf-8")
    (here / "words.marisa").write_bytes(b"damaged")
    assert azproc("data", check=0).stderr == b""
    monkeypatch.setenv("AZPROC_DATA", str(here))
    assert b"does not match" in azproc("data", check=4).stderr


def test_evaluate_scores_a_gold_file(here, azproc):
    gold = {"id": "x-p1", "text": "Bakı[7] gözəldir.", "tokens": [[0, 4], [4, 7], [8, 16], [16, 17]], "citations": [{"start": 4, "end": 7, "kind": "note"}]}
    (here / "gold.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    report = json.loads(azproc("evaluate", "gold.jsonl", "--json", check=0).stdout)
    rates = {(row["layer"], row["measure"]): row["f1"] for row in report["scores"]}
    assert rates["tokens", "span"] == 1.0
    assert rates["citations", "span"] == 1.0
    assert rates["citations", "span, kind"] == 0.0
    assert report["stripped_text_exact"] == {"paragraphs": 1, "exact": 1}
    shown = azproc("evaluate", "gold.jsonl", "--mistakes", check=0).stdout.decode()
    assert "missed  x 4-7 '[7]' note" in shown
    assert "extra   x 4-7 '[7]' numeric" in shown


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"id": 1}'])
def test_evaluate_says_what_is_no_gold(here, azproc, text):
    (here / "gold").mkdir()
    if text:
        (here / "gold/gold.jsonl").write_text(text, encoding="utf-8")
    assert b"gold" in azproc("evaluate", "gold", check=3).stderr


def test_evaluate_scores_repairs_of_pairs(here, azproc):
    (here / "pairs.jsonl").write_text(json.dumps({"clean": "Gülüş evi", "noisy": "Gu\u0308lüş ev"}), encoding="utf-8")
    run = azproc("evaluate", "--ocr", "pairs.jsonl", "--profile", "minimal", "--mistakes", check=0)
    assert "word error rate 1.0000 → 0.5000, cut by 50.0%" in run.stdout.decode()
    assert azproc("evaluate", "--ocr", "nowhere.jsonl", check=3).stderr


@pytest.mark.parametrize("command", ["explain", "segment", "extract", "clean"])
def test_a_reader_that_goes_away_is_no_failure(here, command):
    (here / "a.txt").write_text("Bakı[7] 1918-ci ildə mübarizə haş verən şəhər idi.\n" * 2000, encoding="utf-8")
    run = subprocess.Popen([sys.executable, "-m", "azproc", command, "a.txt"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout.read(5)
    run.stdout.close()
    assert run.stderr.read() == b""
    assert run.wait(timeout=60) == 0


@pytest.mark.parametrize("command", [["explain"], ["explain", "--html"], ["segment"], ["extract", "--csv"], ["clean"]])
def test_results_are_utf_8_whatever_the_locale(here, command):
    (here / "a.txt").write_text("Bakı[7] 1918-ci ildə mübarizə haş verən şəhər idi.\n", encoding="utf-8")
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    runs = [
        subprocess.run([sys.executable, "-m", "azproc", *command, "a.txt"], capture_output=True, check=True, env=os.environ | env)
        for env in (plain, {"LC_ALL": "C.UTF-8"})
    ]
    assert runs[0].stdout == runs[1].stdout
    assert "ildə" in runs[0].stdout.decode()


def test_report_reads_standard_input_and_other_encodings(here, azproc):
    azproc("report", "-", "-o", "a.html", given="Bakı[7] gözəldir".encode(), check=0)
    azproc("report", "b.txt", "-o", "b.html", check=3)
    (here / "b.txt").write_bytes("Bakı[7] gözəldir".replace("ə", "e").encode("iso8859-9"))
    assert b"--encoding" in azproc("report", "b.txt", "-o", "b.html", check=3).stderr
    azproc("report", "b.txt", "-o", "b.html", "--encoding", "iso8859-9", "--no-entities", check=0)
    assert b"no encoding that Python knows" in azproc("report", "b.txt", "-o", "b.html", "--encoding", "utf-9", check=2).stderr
    assert "gözeldir" in (here / "b.html").read_text(encoding="utf-8")
    (here / "c.txt").write_bytes(b"\x89PNG\r\n")
    assert b"binary file" in azproc("report", "c.txt", "-o", "c.html", check=3).stderr
    assert not (here / "c.html").exists()


NAME = os.fsdecode(b"k\xfft.txt")


@pytest.fixture
def old_name(here):
    try:
        (here / NAME).write_text("Bakı[7] 28 may 1918-ci ildə\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system wants UTF-8 names")
    return here


@pytest.mark.parametrize("command", [["extract"], ["extract", "--csv"], ["extract", "--jsonl"], ["segment", "--jsonl"], ["ner", "--jsonl"], ["explain"]])
def test_a_file_whose_name_is_no_utf_8_is_read_like_any_other(old_name, azproc, command):
    ran = azproc(*command, NAME, check=0)
    if "--jsonl" in command:
        assert {json.loads(line)["file"] for line in ran.stdout.splitlines()} == {NAME}


def test_a_name_that_is_no_utf_8_in_trails_and_lists(old_name, azproc):
    azproc("clean", "--profile", "wiki", NAME, "--output", "out", "--edits", "edits.jsonl", check=0)
    assert json.loads((old_name / "edits.jsonl").read_bytes())["file"] == NAME
    for to in ("txt", "jsonl"):
        for skipped in (0, 1):
            ran = azproc("run", "--profile", "wiki", "--to", to, NAME, f"run-{to}", check=0)
            assert f"({skipped} done before)".encode() in ran.stderr
    (old_name / NAME).write_bytes(b"\xfd\n")
    azproc("run", "--profile", "wiki", NAME, "run-txt", check=1)
    assert json.loads((old_name / "run-txt" / "failures.jsonl").read_bytes())["item"] == NAME
    azproc("clean", "--profile", "wiki", NAME, "missing.txt", "--output", "out", check=1)
    assert NAME in {json.loads(line)["item"] for line in (old_name / "out" / "failures.jsonl").read_bytes().splitlines()}
