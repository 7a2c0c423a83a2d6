"""Files as they come from other people: cut short, damaged, marked, in other encodings; nothing is lost without a word."""

import csv
import gzip
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from azproc.batch import items
from azproc.batch.plan import plan_run
from azproc.batch.run import run
from azproc.errors import DataError, InputError
from azproc.pipeline import load

TEXTS = ["Bakı\N{SOFT HYPHEN}da İsmət gördü", "", 'Şəki-\nvan "dırnaq", vergül', "ığüöçşə ƏÖÜIİ"]
ROWS = [{"id": f"d{number}", "text": text, "il": str(1900 + number)} for number, text in enumerate(TEXTS)]


def lines(rows=ROWS):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def done(path, out, to="jsonl", **options):
    plan = plan_run([(path, Path(path.name))], out, profile="minimal", to=to, **options)
    return run(plan, executor=ThreadPoolExecutor)


def documents(out):
    return [json.loads(line) for path in sorted(out.glob("[!f]*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]


def failed(statistics):
    return [(Path(failure.item).name, failure.reason) for failure in statistics.failures]


def zstd(data, **options):
    return pytest.importorskip("zstandard").ZstdCompressor(**options).compress(data)


def test_frames_of_zstandard_are_read_one_after_the_other(tmp_path):
    rows = [{"id": str(number), "text": f"{number} söz " * 400} for number in range(400)]
    path = tmp_path / "in.jsonl.zst"
    path.write_bytes(zstd(lines(rows[:150])) + zstd(b"") + zstd(lines(rows[150:])))
    assert failed(done(path, tmp_path / "out")) == []
    assert [doc["text"] for doc in documents(tmp_path / "out")] == [load("minimal")(row["text"]).text for row in rows]


@pytest.mark.parametrize("pack", [gzip.compress, zstd], ids=["gz", "zst"])
@pytest.mark.parametrize("part", [0.05, 0.5, 0.99])
def test_an_archive_that_is_cut_short_fails(pack, part, tmp_path):
    packed = pack(lines([{"text": f"{number * number} sayı"} for number in range(3000)]))
    path = tmp_path / f"in.jsonl.{'gz' if pack is gzip.compress else 'zst'}"
    path.write_bytes(packed[: int(len(packed) * part)])
    assert [name for name, _ in failed(done(path, tmp_path / "out"))] == [path.name]
    assert documents(tmp_path / "out") == []


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x89PNG", b"PAR1" + b"x" * 60 + b"PAR1"])
def test_a_damaged_parquet_file_fails_alone(data, tmp_path):
    pytest.importorskip("pyarrow")
    bad, good = tmp_path / "bad.parquet", tmp_path / "good.jsonl"
    bad.write_bytes(data)
    good.write_bytes(lines())
    plan = plan_run([(bad, Path("bad.parquet")), (good, Path("good.jsonl"))], tmp_path / "out", profile="minimal", to="jsonl")
    assert [(name, "intact" in reason) for name, reason in failed(run(plan, executor=ThreadPoolExecutor))] == [("bad.parquet", True)]
    assert len(documents(tmp_path / "out")) == len(TEXTS)


def test_a_parquet_file_without_rows_gives_one(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    import pyarrow

    parquet.write_table(pyarrow.table({"text": pyarrow.array([], pyarrow.string())}), tmp_path / "in.parquet", row_group_size=10)
    assert done(tmp_path / "in.parquet", tmp_path / "out", to=None).failures == []
    assert parquet.read_table(tmp_path / "out" / "in.parquet").num_rows == 0


def test_parquet_output_holds_every_row_in_groups_that_fit_into_memory(tmp_path, monkeypatch):
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(items, "ROW_GROUP", 5000)
    rows = [{"id": f"d{number}", "text": f"{number} söz " * 20} for number in range(500)]
    (tmp_path / "in.jsonl").write_bytes(lines(rows))
    done(tmp_path / "in.jsonl", tmp_path / "out", to="parquet")
    file = parquet.ParquetFile(tmp_path / "out" / "in.parquet")
    assert file.num_row_groups > 10
    assert [(row["id"], row["text"]) for row in file.read().to_pylist()] == [(row["id"], load("minimal")(row["text"]).text) for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso8859-9", "utf-16"])
def test_tables_of_spreadsheets(encoding, tmp_path):
    texts = ["İlk qış yağışı", "iki\r\nsıra", 'vergül, "dırnaq"']
    with (tmp_path / "in.csv").open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "il"])
        writer.writerows([text, 1900] for text in texts)
    named = "utf-8" if encoding == "utf-8-sig" else encoding
    assert failed(done(tmp_path / "in.csv", tmp_path / "out", encoding=named)) == []
    assert [doc["text"] for doc in documents(tmp_path / "out")] == [load("minimal")(text).text for text in texts]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_of_any_country(delimiter, tmp_path):
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(["il", "text"])
        writer.writerow(["1,5", 'vergül, nöqtəli; "dırnaq"\tvə\nsətir'])
        writer.writerow(["2"])
        writer.writerow(["3", "artıq", "xana"])
    statistics = done(tmp_path / "in.csv", tmp_path / "out")
    assert [(doc["text"], doc["meta"]) for doc in documents(tmp_path / "out")] == [
        ('vergül, nöqtəli; "dırnaq"\tvə\nsətir', {"il": "1,5"}),
        ("artıq", {"il": "3", "more": ["xana"]}),
    ]
    assert failed(statistics) == [("in.csv#2", "the row has too few cells")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_an_encoding_whose_lines_do_not_end_in_one_byte_is_not_split(encoding, tmp_path):
    text = "".join(f"{number} sətir Gəncə\n" for number in range(3000))
    (tmp_path / "in.txt").write_bytes(text.encode(encoding))
    assert done(tmp_path / "in.txt", tmp_path / "out", to="txt", encoding=encoding, shard_size=1000).shards == 1
    assert (tmp_path / "out" / "in.txt").read_text(encoding="utf-8") == load("minimal")(text).text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<div>Birinci mətn</div><p>İkinci", "Birinci mətn\n\nİkinci"),
        ("<p>bir<br>iki</p>", "bir\niki"),
        ("<li>kənar <p>iç</p> son</li>", "kənar\n\niç\n\nson"),
        ("açıq <p>bağlı</p> açıq <p></p>yenə", "açıq\n\nbağlı\n\naçıq\n\nyenə"),
        ("<p>sö<b>z</b>ün <i>özü</i><!-- qeyd --> və<img src=x> şəkil\n  davamı", "sözün özü və şəkil davamı"),
        ("<ul><li>bir<ul><li>iki</ul></ul>", "bir\n\niki"),
        ("<table><tr><td>1<td>2</table>", "1\n\n2"),
        ("<pre>bir\n\n  iki <code>üç\n</code></pre>", "bir\niki üç"),
        ("<o:p>tanınmayan</o:p> <script>x</script><style>y</style>ad", "tanınmayan ad"),
        ("çılpaq mətn &amp; &lt;b&gt; &nbsp;&#601;", "çılpaq mətn & <b> ə"),
        ("<div>" * 500 + "dərin" + "</div>" * 500 + "dayaz", "dərin\n\ndayaz"),
        ("", ""),
    ],
)
def test_all_text_of_a_page_is_taken_block_by_block(page, text, tmp_path):
    pytest.importorskip("selectolax")
    (tmp_path / "in.html").write_text(f"<title>Başlıq</title><body>{page}", encoding="utf-8")
    done(tmp_path / "in.html", tmp_path / "out")
    (doc,) = documents(tmp_path / "out")
    assert (doc["text"], doc["meta"]["title"]) == (text, "Başlıq")


BAD = b"bir\xfd\n\niki\n"


def test_bytes_that_are_no_text_are_left_out_and_listed(tmp_path):
    (tmp_path / "in.txt").write_bytes(BAD)
    assert failed(done(tmp_path / "in.txt", tmp_path / "out", to="txt", errors="skip")) == [("in.txt", "byte 3: left out fd, not utf-8")]
    assert (tmp_path / "out" / "in.txt").read_bytes() == b"bir\n\niki\n"


def test_bytes_that_are_no_text_are_kept_where_that_can_be(tmp_path):
    (tmp_path / "in.txt").write_bytes(BAD)
    assert failed(done(tmp_path / "in.txt", tmp_path / "out", to="txt", errors="keep")) == []
    assert (tmp_path / "out" / "in.txt").read_bytes() == BAD
    with pytest.raises(InputError, match="cannot be kept"):
        done(tmp_path / "in.txt", tmp_path / "other", to="jsonl", errors="keep")


@pytest.mark.parametrize("form", ["csv", "html"])
def test_bytes_that_are_no_text_in_tables_and_pages(form, tmp_path):
    path = tmp_path / f"in.{form}"
    path.write_bytes(b"text,il\nbir\xfd,1\niki,2\xfd\n" if form == "csv" else b"<p>bir\xfd<p>iki")
    assert "not utf-8" in failed(done(path, tmp_path / "out"))[0][1]
    skipped = done(path, tmp_path / "skip", errors="skip")
    assert len(skipped.failures) == (2 if form == "csv" else 1)
    assert "\n\n".join(doc["text"] for doc in documents(tmp_path / "skip")) == "bir\n\niki"


def test_a_package_that_is_missing_is_named_before_work_begins(tmp_path, monkeypatch):
    (tmp_path / "in.jsonl").write_bytes(lines())
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    with pytest.raises(DataError, match=r"parquet files need pyarrow: pip install 'azproc\[batch\]'"):
        done(tmp_path / "in.jsonl", tmp_path / "out", to="parquet")
    assert not (tmp_path / "out").exists()


def test_an_output_never_takes_the_place_of_an_input(tmp_path):
    (tmp_path / "in.jsonl").write_bytes(lines())
    with pytest.raises(InputError, match="is itself an input"):
        done(tmp_path / "in.jsonl", tmp_path)
    assert (tmp_path / "in.jsonl").read_bytes() == lines()


def test_a_pipe_is_refused_before_it_is_opened(tmp_path):
    os.mkfifo(tmp_path / "in.txt")
    with pytest.raises(InputError, match="use azproc clean"):
        done(tmp_path / "in.txt", tmp_path / "out")
