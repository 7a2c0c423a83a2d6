"""The shipped tagger on sentences of our own, on bad input, and under threads, processes and damaged files."""

import multiprocessing
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

import azproc
from azproc import resources
from azproc.errors import DataError
from azproc.evaluate.mentions import read_mentions
from azproc.evaluate.ner import evaluate_mentions, find_mentions
from azproc.language.casing import to_lower, to_upper
from azproc.ner.tagger import FILES, LABELS, find_entities
from azproc.segment.tokens import tokenize

CASES = Path(__file__).parent.parent / "cases/ner/tagger.txt"
SENTENCES = CASES.with_name("sentences.tsv")
MARK = regex.compile(r"\[(\p{Lu}++) ([^\]]++)\]")
MODEL = resources.model_file("ner/model.onnx").parent

Marks = set[tuple[str, str]]


def _cases() -> list[tuple[str, Marks]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(MARK.sub(r"\2", line), {(mark[1], mark[2]) for mark in MARK.finditer(line)}) for line in lines]


def _found(text: str) -> Marks:
    return {(entity.label, entity.text) for entity in find_entities(text)}


def _f1(pairs: list[tuple[Marks, Marks]]) -> float:
    right = sum(len(found & due) for found, due in pairs)
    return 2 * right / sum(len(found) + len(due) for found, due in pairs)


def test_sentences_of_our_own() -> None:
    pairs = [(_found(text), due) for text, due in _cases()]
    wrong = [(found - due, due - found) for found, due in pairs if found != due]
    assert _f1(pairs) >= 0.9, wrong


def test_short_sentences_of_our_own() -> None:
    gold = read_mentions(SENTENCES)
    report = evaluate_mentions(gold, find_mentions(gold, find_entities), resamples=10)
    main = report.exact[0]
    assert main.precision.value >= 0.91, [(case.fate, case.marked.text) for case in report.errors]
    assert main.recall.value >= 0.87, [(case.fate, case.marked.text) for case in report.errors]


@pytest.mark.parametrize("change", [to_upper, to_lower])
def test_lines_in_one_case(change: Callable[[str], str]) -> None:
    pairs = [(_found(change(text)), {(label, change(name)) for label, name in due}) for text, due in _cases() if len(due) > 1]
    assert _f1(pairs) >= 0.75, [(found - due, due - found) for found, due in pairs if found != due]


def test_the_example_of_the_design() -> None:
    entities = azproc.find_entities("F.Xoyski Bakıdan köçdü")
    assert [(entity.text, entity.label, entity.name) for entity in entities] == [
        ("F.Xoyski", "PER", "F.Xoyski"), ("Bakıdan", "LOC", "Bakı"),
    ]  # fmt: skip
    assert entities[1].rule.startswith("model.ner-")
    assert 0.5 < entities[1].score <= 1


@pytest.mark.parametrize("text", ["", " \n\t ", "a", ".", "Sabah", "😀😀 🙂", "\x00", "\ud800", "1 2 3 4", "x" * 100_000, "[12][13]"])
def test_texts_without_a_name(text: str) -> None:
    assert find_entities(text) == ()


@pytest.mark.parametrize("text", ["BAKI", "bakı azərbaycanın paytaxtıdır", "Бакы шәһәри", "Bakı😀Gəncə", "Bakı\u00a0– Gəncə\r\nŞəki", "Baki Gence Seki"])
def test_odd_texts_give_whole_tokens_in_order(text: str) -> None:
    _check_spans(text)


pieces = st.sampled_from(["Bakı", "Bakıdan", " ", " ", "\n", ".", "“", "”", "Əli", "Universitetinin", "-", "[3]", "və", "İ", "1918-ci", "\u200b", "😀", "ABŞ"])


@settings(max_examples=40, deadline=None)
@given(st.lists(pieces, max_size=40))
def test_any_text_gives_whole_tokens_in_order(parts: list[str]) -> None:
    _check_spans("".join(parts))


def _check_spans(text: str) -> None:
    starts, ends = {token.start for token in tokenize(text)}, {token.end for token in tokenize(text)}
    reached = 0
    for entity in find_entities(text):
        assert text[entity.start : entity.end] == entity.text
        assert entity.start >= reached
        assert entity.start in starts
        assert entity.end in ends
        assert entity.label in LABELS
        assert 0 <= entity.score <= 1
        assert entity.name
        reached = entity.end


def test_bytes_are_refused_with_the_remedy() -> None:
    with pytest.raises(TypeError, match="decode"):
        find_entities("Bakı".encode())  # type: ignore[arg-type]


@pytest.mark.slow
def test_a_hundred_thousand_tokens_without_a_stop() -> None:
    filler = "o gün biz də ora getdik və çox gec qayıtdıq " * 99
    text = (filler + "Aysel Bakıdan Gəncəyə gəldi və səhər tezdən qayıtdı və orada ") * 100
    assert len(tokenize(text)) == 100_000
    found = [entity.text for entity in find_entities(text)]
    assert found.count("Bakıdan") > 90
    assert found.count("Gəncəyə") > 90
    assert len(found) < 400


def test_time_grows_with_the_length_only() -> None:
    text = "Aysel Gəncədən Bakıya gəldi və " * 600
    find_entities(text[:100])

    def seconds(part: str) -> float:
        began = time.process_time()
        find_entities(part)
        return time.process_time() - began

    half = min(seconds(text[: len(text) // 2]) for _ in range(2))
    assert seconds(text) < 2.6 * half + 0.2


def test_a_pipeline_gives_the_entities_of_its_own_sentences_and_tokens() -> None:
    doc = azproc.Pipeline("sentences", "tokens", "entities")("Bakıda yağış yağır. Gəncədə hava açıqdır.")
    assert [(entity.text, entity.label) for entity in doc.layers["entities"]] == [("Bakıda", "LOC"), ("Gəncədə", "LOC")]


def test_a_pipeline_without_tokens_is_refused() -> None:
    with pytest.raises(azproc.PipelineError, match="tokens"):
        azproc.Pipeline("entities")


def test_names_are_found_before_and_after_repair() -> None:
    damaged = "Naxçıvanda haş verən hadisələr Bakıdan xobor verildi."
    assert {"Naxçıvanda", "Bakıdan"} <= {entity.text for entity in find_entities(damaged)}


def _copy(folder: Path) -> Path:
    shutil.copytree(MODEL, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__", "*.md", "*.toml", "metrics.json"))
    return folder


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(name: str, tmp_path: Path) -> None:
    folder = _copy(tmp_path / "ner")
    (folder / name).unlink()
    with pytest.raises(DataError, match=regex.escape(name)) as error:
        find_entities("Bakı", model=folder)
    assert "reinstall" in str(error.value)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_named(name: str, tmp_path: Path) -> None:
    folder = _copy(tmp_path / "ner")
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 255
    (folder / name).write_bytes(content)
    with pytest.raises(DataError, match=regex.escape(name)) as error:
        find_entities("Bakı", model=folder)
    assert "reinstall" in str(error.value)


@pytest.mark.parametrize(("name", "content"), [("model.onnx", b"no model"), ("pieces.tsv", b"no table"), ("tags.json", b"{")])
def test_an_unlisted_file_of_another_kind_is_named(name: str, content: bytes, tmp_path: Path) -> None:
    folder = _copy(tmp_path / "ner")
    (folder / resources.MANIFEST).unlink()
    (folder / name).write_bytes(content)
    with pytest.raises(DataError, match=regex.escape(name)):
        find_entities("Bakı", model=folder)


def test_a_read_only_installation_is_left_as_it_is(tmp_path: Path) -> None:
    folder = _copy(tmp_path / "ner")
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)
    before = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert find_entities("Bakıda yağış yağır.", model=folder)[0].text == "Bakıda"
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == before
    folder.chmod(0o755)


def test_a_folder_given_by_the_environment_comes_before_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (_copy(tmp_path / "ner") / "tags.json").write_text("{}", encoding="utf-8")
    assert find_entities("Bakıda yağış yağır.")
    monkeypatch.setenv(resources.AZPROC_DATA, str(tmp_path))
    with pytest.raises(DataError, match=regex.escape(str(tmp_path))):
        find_entities("Bakıda yağış yağır.")


def test_two_threads_at_once() -> None:
    texts = [text for text, _ in _cases()][:12]
    alone = [find_entities(text) for text in texts]
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(find_entities, texts)) == alone


def test_two_processes_at_once() -> None:
    texts = [text for text, _ in _cases()][:4]
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(_found, texts)) == [_found(text) for text in texts]


def test_opens_in_less_than_a_second_and_without_torch() -> None:
    program = (
        "import sys, time; from azproc.ner.tagger import find_entities; began = time.process_time(); "
        "find_entities('Bakı gözəldir.'); print(time.process_time() - began, 'torch' in sys.modules)"
    )
    seconds, torch = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert torch == "False"
    assert float(seconds) < 1.0


def test_a_paragraph_is_read_the_same_whatever_stands_in_the_next_one() -> None:
    first, second = "Aysel Gəncədən gəldi.", "Şəki rayonunda yağış yağır. Bakıda isə hava açıqdır."
    alone = [(entity.start, entity.text, entity.label) for entity in find_entities(first)]
    both = [(entity.start, entity.text, entity.label) for entity in find_entities(f"{first}\n{second}")]
    assert both[: len(alone)] == alone
    assert [text for _, text, _ in both[len(alone) :]] == ["Şəki rayonunda", "Bakıda"]
