"""Big runs: the same bytes whatever the workers, resumed after any death, nothing lost and nothing doubled."""

import gzip
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

import azproc.batch.shards
from azproc.batch.plan import plan_run
from azproc.batch.run import _Run, run
from azproc.batch.shards import At, _machine
from azproc.errors import AzprocError, InputError
from azproc.pipeline import Pipeline, load, step
from azproc.rewrite import Rewrite

WORDS = "Bakı Gəncə Şəki çay dağ yol kitab məktəb səhər axşam ildə gəldi getdi oxudu yazdı".split()


def forked(workers):
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork"))


def prose(paragraphs, seed=1):
    rng = random.Random(seed)
    rows = [" ".join(rng.choices(WORDS, k=rng.randint(5, 60))).replace("ş", "ş\N{SOFT HYPHEN}", 1) for _ in range(paragraphs)]
    return "\n\n".join(rows) + "\n"


def content(folder):
    """The output files, the run's own notes left out."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not str(path.relative_to(folder)).startswith(".")
    }


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.txt"
    path.write_text(prose(400), encoding="utf-8")
    return path


def planned(path, out, **options):
    return plan_run([(path, Path(path.name))], out, profile="minimal", **{"shard_size": 9000, **options})


def test_output_is_the_same_for_any_number_of_workers_and_in_order(book, tmp_path):
    one = run(planned(book, tmp_path / "one"), executor=forked)
    three = run(planned(book, tmp_path / "three"), workers=3, executor=ThreadPoolExecutor)
    assert content(tmp_path / "one") == content(tmp_path / "three")
    assert one.shards == three.shards > 5
    whole = b"".join(content(tmp_path / "one").values()).decode()
    assert whole == load("minimal")(book.read_text(encoding="utf-8")).text
    assert one.edits["unicode.invisible"] == book.read_text(encoding="utf-8").count("\N{SOFT HYPHEN}")


@pytest.mark.parametrize("here", [True, False])
def test_only_a_process_of_this_machine_is_killed(here, book, tmp_path):
    """Process numbers and clocks of other machines of a cluster mean nothing here."""
    plan = planned(book, tmp_path / "out", time_limit=0.1)
    work, shard = _Run(plan, 1, forked, lambda *_: None), plan.shards[0]
    sleeper = subprocess.Popen(["sleep", "60"])
    at = At(sleeper.pid, 3, time.monotonic() - 60, _machine() + (not here))
    At.path(plan.output, shard).parent.mkdir(parents=True)
    At.path(plan.output, shard).write_bytes(at.packed())
    work.out = {Future(): shard}
    work._kill_hung()
    time.sleep(0.1)
    assert (sleeper.poll() is not None) == here
    assert bool(work.refused) == here
    sleeper.kill()
    sleeper.wait()


def test_an_executor_of_the_caller_is_used_and_stays_open(book, tmp_path):
    with ThreadPoolExecutor(2) as pool:
        run(planned(book, tmp_path / "lent"), pool, workers=2)
        assert pool.submit(str.strip, " a ").result() == "a"
    run(planned(book, tmp_path / "own"), forked)
    assert content(tmp_path / "lent") == content(tmp_path / "own")


def test_an_executor_of_the_caller_that_loses_a_worker_ends_the_run(tmp_path, monkeypatch):
    monkeypatch.setattr(azproc.batch.shards, "load", lambda profile: Poison())
    path, out = tmp_path / "in.jsonl", tmp_path / "out"
    path.write_text("".join(f'{{"id": "d{number}", "text": "{"die" if number == 37 else "söz"}"}}\n' for number in range(40)), encoding="utf-8")
    with forked(2) as pool, pytest.raises(AzprocError, match=r"worker died.* run again without one"):
        run(planned(path, out, shard_size=300), pool, workers=2)
    finished = len(content(out))
    statistics = run(planned(path, out, shard_size=300), forked)
    assert 0 < statistics.skipped <= finished
    assert [failure.item for failure in statistics.failures] == ["d37"]


def test_an_executor_of_the_caller_that_is_broken_ends_the_run(book, tmp_path):
    with forked(1) as pool:
        with pytest.raises(BrokenExecutor):
            pool.submit(os._exit, 1).result()
        with pytest.raises(AzprocError, match="worker died"):
            run(planned(book, tmp_path / "out"), pool)
    assert not content(tmp_path / "out")


@pytest.mark.parametrize("hyphen", ["-", "\N{SOFT HYPHEN}", "\N{NOT SIGN}"])
@pytest.mark.parametrize("end", ["\n", " \r\n"])
def test_a_word_is_not_torn_between_two_shards(hyphen, end, tmp_path):
    path = tmp_path / "book.txt"
    text = "".join(f"Onlar {number}-ci gün Naxçı{hyphen}{end}van şəhərinə getdi{end}" for number in range(1, 90))
    path.write_text(text, encoding="utf-8", newline="")
    plan = plan_run([(path, Path("book.txt"))], tmp_path / "out", profile="wiki", shard_size=150)
    run(plan, executor=forked)
    assert len(plan.shards) > 20
    whole = b"".join(content(tmp_path / "out").values()).decode()
    assert whole.count("Naxçıvan") == 89


def test_a_finished_run_is_not_done_again(book, tmp_path):
    run(planned(book, tmp_path / "out"), executor=forked)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.txt")}
    again = run(planned(book, tmp_path / "out"), executor=forked)
    assert again.skipped == again.shards == len(before)
    assert before == {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.txt")}


def test_a_touched_file_is_compared_and_a_changed_one_done_again(book, tmp_path):
    run(planned(book, tmp_path / "out"), executor=forked)
    os.utime(book, ns=(1, 1))  # a clock that jumped
    assert run(planned(book, tmp_path / "out"), executor=forked).skipped > 5
    book.write_text(book.read_text(encoding="utf-8").replace("kitab", "hesab", 1), encoding="utf-8")
    changed = run(planned(book, tmp_path / "out"), executor=forked)
    assert changed.shards - changed.skipped == 1


def test_a_lost_or_cut_output_is_made_again(book, tmp_path):
    out = tmp_path / "out"
    run(planned(book, out), executor=forked)
    good = content(out)
    (out / "book-00001.txt").unlink()
    (out / "book-00002.txt").write_bytes(b"cut")
    again = run(planned(book, out), executor=forked)
    assert again.shards - again.skipped == 2
    assert content(out) == good


def test_other_shards_of_the_same_input_leave_nothing_twice(book, tmp_path):
    out, other = tmp_path / "out", tmp_path / "other.txt"
    other.write_text(prose(30), encoding="utf-8")
    run(planned(other, out), executor=forked)
    run(planned(book, out, shard_size=5000), executor=forked)
    run(planned(book, out, shard_size=30000), executor=forked)
    parts = {name: data for name, data in content(out).items() if name.startswith("book")}
    assert 1 < len(parts) < 8
    assert b"".join(parts.values()).decode() == load("minimal")(book.read_text(encoding="utf-8")).text
    run(planned(book, out, shard_size=1 << 30), executor=forked)
    assert [name for name in content(out) if name.startswith("book")] == ["book.txt"]
    assert [name for name in content(out) if name.startswith("other")]  # another input's output stays
    assert run(planned(other, out), executor=forked).skipped


@pytest.mark.parametrize("form", ["jsonl", "jsonl.gz", "csv", "parquet", "html", "txt.gz"])
def test_formats_in(form, tmp_path):
    path = tmp_path / f"in.{form}"
    texts = ["Bakı\N{SOFT HYPHEN}dan", "Gəncə"]
    rows = [{"id": f"d{number}", "text": text, "year": number} for number, text in enumerate(texts)]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if form == "parquet":
        pyarrow = pytest.importorskip("pyarrow")
        parquet = pytest.importorskip("pyarrow.parquet")
        parquet.write_table(pyarrow.Table.from_pylist(rows), path, row_group_size=1)
    elif form == "csv":
        path.write_text("id,text,year\n" + "".join(f"{row['id']},{row['text']},{row['year']}\n" for row in rows), encoding="utf-8")
    elif form == "html":
        pytest.importorskip("selectolax")
        path.write_text(f"<title>x</title><script>no</script><p>{texts[0]}<p>{texts[1]}", encoding="utf-8")
    elif form.endswith(".gz"):
        path.write_bytes(gzip.compress((lines if "jsonl" in form else "\n".join(texts)).encode()))
    else:
        path.write_text(lines, encoding="utf-8")
    out = tmp_path / "out"
    statistics = run(planned(path, out, to="jsonl"), executor=forked)
    documents = [json.loads(line) for data in content(out).values() for line in data.decode().splitlines()]
    assert "\n".join(doc["text"] for doc in documents).replace("\n\n", "\n") == "Bakıdan\nGəncə"
    assert statistics.failures == []
    assert all(doc["profile"] == "minimal" for doc in documents)
    if form in {"jsonl", "jsonl.gz", "csv", "parquet"}:
        assert [doc["id"] for doc in documents] == ["d0", "d1"]
        assert [int(doc["meta"]["year"]) for doc in documents] == [0, 1]


def test_parquet_out_keeps_rows_and_edits(tmp_path):
    pyarrow = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "in.jsonl"
    path.write_text('{"text": "Bakı\N{SOFT HYPHEN}dan"}\n', encoding="utf-8")
    run(planned(path, tmp_path / "out", to="parquet"), executor=forked)
    row = pyarrow.read_table(tmp_path / "out" / "in.parquet").to_pylist()[0]
    assert row["text"] == "Bakıdan"
    assert json.loads(row["edits"])[0][:4] == [4, 5, "\N{SOFT HYPHEN}", ""]


class Poison:
    """A pipeline that meets its end in certain documents."""

    steps = ()

    def __call__(self, doc, veto=None):
        if "raise" in doc.text:
            raise ValueError("poison")
        if "memory" in doc.text:
            raise MemoryError
        if "hang" in doc.text:
            time.sleep(60)
        if "deaf" in doc.text:
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
            time.sleep(60)
        if "die" in doc.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return Pipeline(step(Rewrite, name="nothing"))(doc)


@pytest.mark.parametrize(
    ("word", "reason"),
    [("raise", "poison"), ("memory", "memory"), ("hang", "longer than"), ("deaf", "had to be killed"), ("die", "died")],
)
def test_a_poison_document_is_recorded_and_the_rest_goes_on(word, reason, tmp_path, monkeypatch):
    monkeypatch.setattr(azproc.batch.shards, "load", lambda profile: Poison())
    monkeypatch.setattr("azproc.batch.run._GRACE", 0.5)
    path = tmp_path / "in.jsonl"
    path.write_text("".join(f'{{"id": "d{number}", "text": "{word if number == 7 else "söz"}"}}\n' for number in range(40)), encoding="utf-8")
    statistics = run(planned(path, tmp_path / "out", shard_size=300, time_limit=0.5), workers=2, executor=forked)
    assert statistics.documents == 40
    assert [(failure.item, reason in failure.reason) for failure in statistics.failures] == [("d7", True)]
    documents = [json.loads(line) for data in content(tmp_path / "out").values() for line in data.decode().splitlines() if b'"text"' in data]
    assert [doc["id"] for doc in documents if "text" in doc] == [f"d{number}" for number in range(40)]
    assert json.loads((tmp_path / "out" / "failures.jsonl").read_text(encoding="utf-8"))["item"] == "d7"


@pytest.mark.parametrize("how", ["vanish", "grow"])
def test_a_file_that_does_not_hold_still_fails_alone(how, book, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(prose(3), encoding="utf-8")
    plan = plan_run([(book, Path("book.txt")), (other, Path("other.txt"))], tmp_path / "out", profile="minimal")
    if how == "vanish":
        book.unlink()
    else:
        with book.open("a", encoding="utf-8") as file:
            file.write("daha bir sətir\n")
    statistics = run(plan, executor=forked)
    assert [failure.item for failure in statistics.failures] == [str(book)]
    assert sorted(content(tmp_path / "out")) == ["failures.jsonl", "other.txt"]


def test_a_file_that_changes_while_it_is_read_fails(book, tmp_path, monkeypatch):
    class Meddler:
        steps = ()

        def __call__(self, doc, veto=None):
            book.write_text(book.read_text(encoding="utf-8").replace("kitab", "hesab"), encoding="utf-8")
            return doc

    monkeypatch.setattr(azproc.batch.shards, "load", lambda profile: Meddler())
    statistics = run(planned(book, tmp_path / "out", shard_size=1 << 20), executor=ThreadPoolExecutor)
    assert "changed while it was read" in statistics.failures[0].reason
    assert sorted(content(tmp_path / "out")) == ["failures.jsonl"]


def test_undecodable_input_fails_alone(tmp_path):
    path = tmp_path / "bad.txt"
    path.write_bytes(b"Bak\xfd\n")
    statistics = run(planned(path, tmp_path / "out"), executor=forked)
    assert "not utf-8" in statistics.failures[0].reason
    assert not (tmp_path / "out" / "bad.txt").exists()


def test_two_runs_on_one_output_are_refused(book, tmp_path):
    out = tmp_path / "out"

    def second(report, skipped):
        with pytest.raises(AzprocError, match=f"process {os.getpid()}"):
            run(planned(book, out))

    run(planned(book, out, shard_size=1 << 20), executor=forked, advance=second)


def test_an_output_that_cannot_be_written_is_said_before_work_begins(book, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(AzprocError, match="choose another place"):
        run(planned(book, tmp_path / "file" / "out"))


def test_names_that_would_collide_or_tell_no_format_are_refused(tmp_path):
    for name in ("a/x.txt", "b/x.txt", "c/x.doc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("söz\n", encoding="utf-8")
    with pytest.raises(InputError, match="both become"):
        plan_run([(tmp_path / "a/x.txt", Path("x.txt")), (tmp_path / "b/x.txt", Path("x.txt"))], tmp_path, profile="minimal")
    with pytest.raises(InputError, match="cannot tell the format"):
        plan_run([(tmp_path / "c/x.doc", Path("x.doc"))], tmp_path, profile="minimal")


def test_ids_are_data_and_never_paths(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": "../../../tmp/escape", "text": "söz"}\n', encoding="utf-8")
    run(planned(path, tmp_path / "out"), executor=forked)
    assert sorted(content(tmp_path / "out")) == ["in.jsonl"]


@pytest.mark.slow
def test_killed_at_any_moment_a_run_resumes_to_the_same_bytes(tmp_path):
    book = tmp_path / "book.txt"
    book.write_text(prose(6000), encoding="utf-8")
    command = [sys.executable, "-m", "azproc", "run", "--profile", "minimal", "--workers", "2", "--shard-size", "20000", str(book)]
    subprocess.run([*command, str(tmp_path / "whole")], check=True, capture_output=True)
    rng, out = random.Random(7), tmp_path / "killed"
    for _ in range(4):
        process = subprocess.Popen([*command, str(out)], stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(rng.uniform(0.3, 1.5))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    subprocess.run([*command, str(out)], check=True, capture_output=True)
    assert content(out) == content(tmp_path / "whole")


def test_a_disk_without_room_ends_the_run_with_a_message_and_keeps_what_is_finished(tmp_path):
    """A limit on the size of files stands for the full disk: the same write is refused, and root obeys it too."""
    files, out = [tmp_path / f"{name}.txt" for name in "abc"], tmp_path / "out"
    for file, paragraphs in zip(files, (3, 2000, 3), strict=True):
        file.write_text(prose(paragraphs), encoding="utf-8")
    command = [sys.executable, "-m", "azproc", "run", "--profile", "minimal", *map(str, files), str(out)]
    limited = subprocess.run(["bash", "-c", 'ulimit -f 40; "$@"', "-", *command], capture_output=True, text=True, check=False)
    assert limited.returncode == 1
    assert "b.txt: File too large; the input is untouched, make room" in limited.stderr
    assert "b.txt" not in content(out)
    assert not list(out.glob(".*.part"))
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "(0 done before)" not in again.stderr
    assert content(out) == {file.name: load("minimal")(file.read_text(encoding="utf-8")).text.encode() for file in files}
