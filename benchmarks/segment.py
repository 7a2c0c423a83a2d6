"""Sentences, tokens and citation marks beside their peers in one run: quality on the seed and the hard cases, speed.

    python benchmarks/segment.py                       # on the seed and, where it is, on real news, each made 2 MB long
    python benchmarks/segment.py --text FILE --megabytes 5
    python benchmarks/segment.py --line 50             # also one line of 5 MB and of 50 MB: time must be linear, memory is reported
    python benchmarks/segment.py --json

Peers are optional: benchmarks/peers.txt names them; a peer slower than 2 MB/s is timed on a shorter piece. Speed is MB of UTF-8 a second of processor time on one core, the
best of --rounds. The seed repeated has few different words, which flatters whoever remembers words (azproc, spaCy).
spaCy's document keeps its tokens in C and makes an object of one only when it is asked for; the second row asks for all, as ``tokenize`` returns them. Hard cases are the bar lines of tests/cases; a case counts if every border in it is right.
"""

from __future__ import annotations

import argparse
import importlib
import json
import multiprocessing
import re
import resource
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from figures import Figure, print_json

from azproc.clean.citations import find_citations, strip_citations
from azproc.segment.sentences import split_sentences
from azproc.segment.tokens import split_tokens, tokenize

ROOT = Path(__file__).parents[1]
SEED = ROOT / "corpora" / "seed" / "seed.txt"
NEWS = ROOT / ".." / "shared" / "data" / "text" / "news_banker_oxu*.txt"
PIECE = 100_000  # characters that tell whether a peer is slow
Spans = Callable[[str], list[tuple[int, int]]]


def azproc_sentences(text: str) -> list[tuple[int, int]]:
    return [(sentence.start, sentence.end) for sentence in split_sentences(text)]


def azproc_tokens(text: str) -> list[tuple[int, int]]:
    return [(token.start, token.end) for token in tokenize(text)]


def azproc_marks(text: str) -> list[tuple[int, int]]:
    return [(mark.start, mark.end) for mark in find_citations(text)]


def razdel_sentences() -> tuple[Spans, Callable[[str], object]]:
    razdel = importlib.import_module("razdel")
    return (lambda text: [(part.start, part.stop) for part in razdel.sentenize(text)]), lambda text: list(razdel.sentenize(text))


def placed(text: str, parts: Iterable[str]) -> list[tuple[int, int]]:
    """Where the parts stand in the text, in order and without the white space around them; parts that were rewritten are left out."""
    found, position = [], 0
    for part in map(str.strip, parts):
        start = text.find(part, position) if part else -1
        if start >= 0:
            position = start + len(part)
            found.append((start, position))
    return found


def blingfire_sentences() -> tuple[Spans, Callable[[str], object]]:
    blingfire = importlib.import_module("blingfire")
    return (lambda text: list(blingfire.text_to_sentences_and_offsets(text)[1])), blingfire.text_to_sentences


def pysbd_sentences() -> tuple[Spans, Callable[[str], object]]:
    segmenter = importlib.import_module("pysbd").Segmenter(language="en", clean=False)
    return (lambda text: placed(text, segmenter.segment(text))), segmenter.segment


def mwtokenizer_sentences() -> tuple[Spans, Callable[[str], object]]:
    tokenizer = importlib.import_module("mwtokenizer.tokenizer").Tokenizer(language_code="az")
    return (lambda text: placed(text, tokenizer.sentence_tokenize(text))), lambda text: list(tokenizer.sentence_tokenize(text))


def blingfire_tokens() -> tuple[Spans, Callable[[str], object]]:
    blingfire = importlib.import_module("blingfire")
    return (lambda text: list(blingfire.text_to_words_with_offsets(text)[1])), blingfire.text_to_words


def razdel_tokens() -> tuple[Spans, Callable[[str], object]]:
    razdel = importlib.import_module("razdel")
    return (lambda text: [(part.start, part.stop) for part in razdel.tokenize(text)]), lambda text: list(razdel.tokenize(text))


def mwtokenizer_tokens() -> tuple[Spans, Callable[[str], object]]:
    tokenizer = importlib.import_module("mwtokenizer.tokenizer").Tokenizer(language_code="az")
    return (lambda text: placed(text, tokenizer.word_tokenize(text))), lambda text: list(tokenizer.word_tokenize(text))


def simplemma_tokens() -> tuple[Spans, Callable[[str], object]]:
    tokenize_simply = importlib.import_module("simplemma").simple_tokenizer
    return (lambda text: placed(text, tokenize_simply(text))), tokenize_simply


def sacremoses_tokens() -> tuple[Spans, Callable[[str], object]]:
    moses = importlib.import_module("sacremoses").MosesTokenizer(lang="az")
    return (lambda text: placed(text, moses.tokenize(text, escape=False))), lambda text: moses.tokenize(text, escape=False)


def sentencex_sentences() -> tuple[Spans, Callable[[str], object]]:
    sentencex = importlib.import_module("sentencex")

    return (lambda text: placed(text, sentencex.segment("az", text))), lambda text: list(sentencex.segment("az", text))


def spacy_sentences() -> tuple[Spans, Callable[[str], object]]:
    nlp = importlib.import_module("spacy").blank("az")
    nlp.add_pipe("sentencizer")
    nlp.max_length = 1 << 40

    def spans(text: str) -> list[tuple[int, int]]:
        stripped = ((sent.text, sent.start_char) for sent in nlp(text).sents)
        return [(start + len(part) - len(part.lstrip()), start + len(part.rstrip())) for part, start in stripped if part.strip()]

    return spans, nlp


def spacy_tokens() -> tuple[Spans, Callable[[str], object]]:
    nlp = importlib.import_module("spacy").blank("az")
    nlp.max_length = 1 << 40
    return (lambda text: [(token.idx, token.idx + len(token)) for token in nlp(text) if not token.is_space]), nlp


def spacy_token_objects() -> tuple[Spans, Callable[[str], object]]:
    spans, nlp = spacy_tokens()
    return spans, lambda text: list(nlp(text))


def regex_tokens() -> tuple[Spans, Callable[[str], object]]:
    pattern = re.compile(r"\w+|[^\w\s]")
    return (lambda text: [found.span() for found in pattern.finditer(text)]), pattern.findall


def regex_marks() -> tuple[Spans, Callable[[str], object]]:
    pattern = re.compile(r"\[\d+\]")
    return (lambda text: [found.span() for found in pattern.finditer(text)]), lambda text: list(pattern.finditer(text))


LAYERS: dict[str, list[tuple[str, str, Callable[[], tuple[Spans, Callable[[str], object]]]]]] = {
    "sentences": [
        ("azproc split_sentences", "", lambda: (azproc_sentences, split_sentences)),
        ("razdel", "razdel", razdel_sentences),
        ("sentencex (Rust)", "sentencex", sentencex_sentences),
        ("spaCy blank az, sentencizer", "spacy", spacy_sentences),
        ("BlingFire (C++)", "blingfire", blingfire_sentences),
        ("pySBD (en)", "pysbd", pysbd_sentences),
        ("mwtokenizer (az)", "mwtokenizer", mwtokenizer_sentences),
    ],
    "tokens": [
        ("azproc tokenize", "", lambda: (azproc_tokens, tokenize)),
        ("azproc split_tokens, strings only", "", lambda: (azproc_tokens, split_tokens)),
        ("spaCy blank az, document", "spacy", spacy_tokens),
        ("spaCy blank az, list of tokens", "spacy", spacy_token_objects),
        ("BlingFire (C++)", "blingfire", blingfire_tokens),
        ("mwtokenizer (az)", "mwtokenizer", mwtokenizer_tokens),
        ("razdel", "razdel", razdel_tokens),
        ("sacremoses", "sacremoses", sacremoses_tokens),
        ("simplemma", "simplemma", simplemma_tokens),
        (r"regex \w+|[^\w\s], strings only", "", regex_tokens),
    ],
    "citations": [
        ("azproc find_citations", "", lambda: (azproc_marks, find_citations)),
        ("azproc strip_citations", "", lambda: (azproc_marks, strip_citations)),
        (r"regex \[\d+\]", "", regex_marks),
    ],
}


def seed_documents() -> list[tuple[str, dict[str, set[tuple[int, int]]]]]:
    lines = (ROOT / "corpora" / "seed" / "seed.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        (
            document["text"],
            {
                "sentences": {tuple(span) for span in document["sentences"]},
                "tokens": {tuple(span) for span in document["tokens"]},
                "citations": {(mark["start"], mark["end"]) for mark in document["citations"]},
            },
        )
        for document in map(json.loads, lines)
    ]


def bar_cases(layer: str) -> Iterable[tuple[str, set[tuple[int, int]]]]:
    """The text of each bar line with the spans between its bars."""
    for file in sorted((ROOT / "tests" / "cases" / layer).glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if not line or line.startswith("#"):
                continue
            spans, place = set(), 0
            for number, part in enumerate(re.split(r"\|" if layer == "sentences" else r"(\|| +)", line)):
                if number % 2 == 0 and part:
                    spans.add((place, place + len(part)))
                place += 0 if part == "|" else len(part)
            yield line.replace("|", "").replace("⏎", "\n").replace("␣", " "), spans


def mark_cases() -> Iterable[tuple[str, set[tuple[int, int]]]]:
    folder = ROOT / "tests" / "cases" / "citations"
    for case in map(json.loads, (folder / "marks.jsonl").read_text(encoding="utf-8").splitlines()):
        spans, place = set(), 0
        for mark, _ in case["marks"]:
            start = case["text"].index(mark, place)
            place = start + len(mark)
            spans.add((start, place))
        yield case["text"], spans
    for line in (folder / "negative.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line, set()


def megabytes_per_second(read: Callable[[str], object], text: str, rounds: int) -> float:
    if len(text) > PIECE:
        rate = megabytes_per_second(read, text[:PIECE], 3)
        if rate < 2:
            return rate
    size, best = len(text.encode()) / 1e6, float("inf")
    for _ in range(rounds):
        started = time.process_time()
        read(text)
        best = min(best, time.process_time() - started)
    return size / best


def measure(layer: str, texts: dict[str, str], rounds: int) -> list[dict[str, object]]:
    seed = [(document, gold[layer]) for document, gold in seed_documents()]
    cases = list(mark_cases() if layer == "citations" else bar_cases(layer))
    rows = []
    for name, package, make in LAYERS[layer]:
        try:
            spans, read = make()
        except ImportError:
            rows.append({"layer": layer, "name": name, "own": name.startswith("azproc"), "note": f"not installed: pip install {package}"})
            continue
        try:
            found = [(set(spans(document)), gold) for document, gold in seed]
        except Exception as error:  # noqa: BLE001 (a peer may fail in any way, the others go on)
            rows.append({"layer": layer, "name": name, "own": name.startswith("azproc"), "note": f"failed: {error!r}"})
            continue
        rows.append(
            {
                "layer": layer,
                "name": name,
                "own": name.startswith("azproc"),
                "right": sum(len(mine & gold) for mine, gold in found),
                "gold": sum(len(gold) for _, gold in found),
                "extra": sum(len(mine - gold) for mine, gold in found),
                "cases_right": sum(set(spans(case)) == gold for case, gold in cases),
                "cases": len(cases),
                "megabytes_per_second": {label: round(megabytes_per_second(read, text, rounds), 3) for label, text in texts.items()},
            }
        )
    return rows


READERS = {"strings": split_tokens, "tokens": tokenize, "sentences": split_sentences, "citations": find_citations}


def one_line(layer: str, file: Path, megabytes: float) -> tuple[float, float]:
    """Rate in MB/s on one line of the size, and the peak of the memory in MB; in a process of its own, without a round before."""
    line = repeated(" ".join(file.read_text(encoding="utf-8").split()) + " ", megabytes)
    started = time.process_time()
    READERS[layer](line)
    return len(line.encode()) / 1e6 / (time.process_time() - started), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def long_lines(file: Path, megabytes: float) -> list[Figure]:
    """One line of a tenth of the size and of the size: if time is linear, the two rates are near each other."""
    found = []
    for layer in READERS:
        for size in (megabytes / 10, megabytes):
            with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
                rate, peak = alone.submit(one_line, layer, file, size).result()
            found.append(Figure("one long line", f"azproc {layer}, {size:g} MB", own=True, speed=rate, note=f"{peak:,.0f} MB of memory at most"))
    return found


def figures(rows: Iterable[dict[str, object]]) -> Iterable[Figure]:
    """F1 of the spans on the seed beside the speed on the last text; how many hard cases are right goes into the details."""
    for row in rows:
        if "note" in row:
            yield Figure(row["layer"], row["name"], own=row["own"], note=row["note"])
        else:
            right, gold, extra = row["right"], row["gold"], row["extra"]
            yield Figure(
                row["layer"],
                row["name"],
                own=row["own"],
                quality=2 * right / (right + extra + gold),
                measure="F1 of spans on the seed",
                harm=row["cases"] - row["cases_right"],
                harm_measure=f"hard cases of our tests wrong, of {row['cases']}",
                speed=list(row["megabytes_per_second"].values())[-1],
                details=row,
            )


def table(rows: list[dict[str, object]], labels: Iterable[str]) -> Iterable[str]:
    yield f"{'':36}{'right':>12}{'extra':>7}{'cases':>10}" + "".join(f"{label[:14] + ' MB/s':>20}" for label in labels)
    for row in rows:
        if "note" in row:
            yield f"{row['name']:36}{row['note']:>14}"
        else:
            on_seed, on_cases = f"{row['right']}/{row['gold']}", f"{row['cases_right']}/{row['cases']}"
            speeds = "".join(f"{speed:>20.1f}" for speed in row["megabytes_per_second"].values())
            yield f"{row['name']:36}{on_seed:>12}{row['extra']:>7}{on_cases:>10}{speeds}"


def repeated(text: str, megabytes: float) -> str:
    return text * max(1, round(megabytes * 1e6 / len(text.encode())))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, action="append", help="text to measure the speed on; may be given again")
    parser.add_argument("--megabytes", type=float, default=2.0, help="repeat a shorter text up to this size")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--line", type=float, default=0, help="size in MB of one line that is read too, 0 for none")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    files = options.text or [SEED, *sorted(NEWS.parent.glob(NEWS.name))]
    lines = long_lines(files[-1], options.line) if options.line else []  # first: a process counts the memory of the one that began it as its own
    texts = {file.stem: repeated(file.read_text(encoding="utf-8"), options.megabytes) for file in files}
    rows = {layer: measure(layer, texts, options.rounds) for layer in LAYERS}
    if options.json:
        print_json([*figures(row for part in rows.values() for row in part), *lines])
        return
    for layer, part in rows.items():
        print(f"\n{layer}")
        print("\n".join(table(part, texts)))
    for figure in lines:
        print(f"{figure.job:15}{figure.system:28}{figure.speed:8.1f} MB/s, {figure.note}")


if __name__ == "__main__":
    main()
