"""Coverage of the lexicon on held-out text, and how many damaged words it takes for good ones, beside plain word lists.

    python benchmarks/lexicon.py [--data ../shared/data] [--worst 30]

A plain list knows a word that it holds; the lexicon also knows a listed stem with a well-formed chain of suffixes.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import regex
from figures import Figure, print_json
from rapidfuzz.distance import Levenshtein

from azproc.language.casing import fold
from azproc.resources import lexicon

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))
import corpus  # noqa: E402

WORD = regex.compile(r"(?<![\p{L}\p{N}_@/.])\p{L}[\p{L}\p{M}]*+(?:['’-]\p{L}++)*+(?![\p{L}\p{N}_@/]|\.\p{L})")
RUN = regex.compile(r"[\p{L}\p{N}]++(?:[-'’.,:][\p{L}\p{N}]++)*+")
OWN = ("azproc", "azproc, listed only")
INFORMAL = {"informal_reviews_ceng442"}

Knows = Callable[[str], bool]


def words(path: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for line in corpus.lines(path, "test"):
        counts.update(WORD.findall(line))
    return counts


def damaged(path: Path) -> list[tuple[str, str]]:
    """Pairs of a clean word and the other word that the engine read for it."""
    pairs = []
    for row in path.read_text(encoding="utf-8").splitlines():
        pair = json.loads(row)
        clean, noisy = RUN.findall(pair["clean"]), RUN.findall(pair["noisy"])
        for edit in Levenshtein.opcodes(clean, noisy):
            if edit.tag == "replace" and edit.src_end - edit.src_start == edit.dest_end - edit.dest_start:
                pairs += zip(clean[edit.src_start : edit.src_end], noisy[edit.dest_start : edit.dest_end], strict=True)
    return [(good, bad) for good, bad in pairs if any(letter.isalpha() for letter in bad) and fold(good) != fold(bad)]


def share(counts: Counter[str], known: Knows) -> float:
    return sum(count for word, count in counts.items() if known(word)) / max(1, counts.total())


def peers(data: Path) -> dict[str, Knows]:
    news = {fold(line.rpartition(" ")[0]) for line in (data / "lexicon/localdoc_symspell_80k.txt").read_text(encoding="utf-8").splitlines()}
    tesseract = {fold(line) for line in (data / "lexicon/tesseract_words.txt").read_text(encoding="utf-8").split()}
    return {"word list of news, 80,000": lambda word: fold(word) in news, "word list of tesseract": lambda word: fold(word) in tesseract}


def microseconds(known: Knows, sample: list[str]) -> float:
    start = time.process_time()
    for word in sample:
        known(word)
    return (time.process_time() - start) / len(sample) * 1e6


def figures(data: Path, columns: dict[str, Knows]) -> Iterator[Figure]:
    """Held-out words known, all texts but the informal ones together, and words damaged by scanning that are taken for good."""
    counts: Counter[str] = Counter()
    for path in sorted((data / "text").glob("*.txt")):
        if path.stem not in INFORMAL:
            counts += words(path)
    bad = [word for path in sorted((data / "noisy").glob("ocr_*.jsonl")) for _, word in damaged(path)]
    sample = list(counts)[:5000]
    for name, known in columns.items():
        spent = microseconds(known, sample)  # first, since azproc remembers the words that it was asked about
        yield Figure(
            "known words",
            name,
            own=name in OWN,
            quality=share(counts, known),
            measure="held-out words known",
            harm=sum(map(known, bad)) / len(bad),
            harm_measure="damaged words taken for good",
            speed=1000 / spent,
            unit="thousand words/s",
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data")
    parser.add_argument("--worst", type=int, default=0, help="show so many unknown words of each text")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    entries = lexicon()
    columns: dict[str, Knows] = {"azproc": entries.knows, "azproc, listed only": entries.__contains__, **peers(options.data)}
    if options.json:
        print_json(figures(options.data, columns))
        return
    print(f"{'held-out text':28}{'words':>8}" + "".join(f"{name[-11:]:>12}" for name in columns))
    total: Counter[str] = Counter()
    texts = [(path.stem, words(path)) for path in sorted((options.data / "text").glob("*.txt"))]
    texts.append(("seed", Counter(WORD.findall((ROOT / "corpora/seed/seed.txt").read_text(encoding="utf-8")))))
    shares = []
    for name, counts in texts:
        if not counts:
            continue
        row = [share(counts, known) for known in columns.values()]
        print(f"{name:28}{counts.total():8}" + "".join(f"{value:12.4f}" for value in row))
        if name not in INFORMAL:
            total += counts
            shares.append(row)
        if options.worst:
            unknown = Counter({word: count for word, count in counts.items() if not entries.knows(word)})
            print("    ", " ".join(word for word, _ in unknown.most_common(options.worst)))
    print(f"{'all but informal':28}{total.total():8}" + "".join(f"{share(total, known):12.4f}" for known in columns.values()))
    print(f"{'mean of those texts':36}" + "".join(f"{sum(column) / len(shares):12.4f}" for column in zip(*shares, strict=True)))
    print("\ndamaged words taken for good ones")
    for path in sorted((options.data / "noisy").glob("ocr_*.jsonl")):
        pairs = damaged(path)
        taken = [sum(known(bad) for _, bad in pairs) / len(pairs) for known in columns.values()]
        print(f"{path.name:28}{len(pairs):8}" + "".join(f"{value:12.4f}" for value in taken))
        if options.worst:
            print("    ", " ".join(f"{good}>{bad}" for good, bad in pairs if entries.knows(bad))[: 40 * options.worst])
    sample = [word for word in total if word not in entries][:5000]
    entries._knows.cache_clear()  # noqa: SLF001
    start = time.process_time()
    for word in sample:
        entries.knows(word)
    print(f"\nknows: {(time.process_time() - start) / len(sample) * 1e6:.1f} µs for a word that is not listed")


if __name__ == "__main__":
    main()
