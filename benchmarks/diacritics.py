"""Words right after ``restore_diacritics``, on held-out news stripped of its diacritics and on comments typed without them.

    python benchmarks/diacritics.py [--data ../shared/data] [--lines 200]

Beside it: the text as typed; symspellpy with the same lexicon, on some of the lines; and the commonest reading of each word,
without its neighbours and without a look at whether the text needs it (measured warm, so its speed is flattered). Held-out lines are those of tools/corpus.py, which no count has seen. The
corrections of the comments also mend spelling and grammar, and about 85 % of them are right.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import regex
from figures import Figure, attempt, print_json

import azproc as az
from azproc import resources
from azproc.clean.restorations import readings
from azproc.language.casing import fold, match_case

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))
import corpus  # noqa: E402

OWN = ("azproc", "commonest reading of our table")
STRIPPED = str.maketrans("əıöüşçğƏİÖÜŞÇĞ", "eiouscgEIOUSCG")
WORD = regex.compile(r"[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*")


def commonest(text: str) -> str:
    return WORD.sub(lambda match: match_case(match[0], readings(match[0])[0].form), text)


def symspell() -> Callable[[str], str]:
    from symspellpy import SymSpell, Verbosity

    lexicon = resources.lexicon()
    speller = SymSpell(max_dictionary_edit_distance=2)
    for form in resources.record_trie(lexicon.FORMAT, resources.data_file("words.marisa")):
        if count := lexicon.count(form):
            speller.create_dictionary_entry(form, count)

    def nearest(match: regex.Match[str]) -> str:
        found = speller.lookup(fold(match[0]), Verbosity.TOP, max_edit_distance=2)
        return match_case(match[0], found[0].term) if found else match[0]

    return lambda text: WORD.sub(nearest, text)


class Score(NamedTuple):
    right: int
    total: int
    sound: int
    harmed: int
    speed: float


def score(pairs: list[tuple[str, str]], restore: Callable[[str], str]) -> Score:
    right = total = sound = harmed = 0
    begun = time.process_time()
    restored = [restore(typed) for typed, _ in pairs]
    seconds = time.process_time() - begun
    for text, (typed, meant) in zip(restored, pairs, strict=True):
        got, due, was = WORD.findall(text), WORD.findall(meant), WORD.findall(typed)
        if len(got) == len(due) == len(was):
            total += len(due)
            right += sum(word == other for word, other in zip(got, due, strict=True))
            sound += sum(word == other for word, other in zip(was, due, strict=True))
            harmed += sum(before == other != word for before, word, other in zip(was, got, due, strict=True))
    return Score(right, total, sound, harmed, sum(len(typed.encode()) for typed, _ in pairs) / max(seconds, 1e-6) / 1e6)


def line(name: str, score: Score) -> str:
    speed = f", {score.speed:.2f} MB/s" if name != "as typed" else ""
    return f"  {name:<32} {score.right / score.total:7.2%} of {score.total} words right, {score.harmed} of {score.sound} right ones damaged{speed}"


def figures(sets: dict[str, list[tuple[str, str]]], systems: dict[str, Callable[[str], str]]) -> Iterator[Figure]:
    """How much each system cuts the words that are wrong as typed, on the same lines."""
    for title, pairs in sets.items():
        for name, restore in systems.items():
            yield attempt(figure, f"diacritics, {title}", name, restore, pairs)


def figure(job: str, system: str, restore: Callable[[str], str], pairs: list[tuple[str, str]]) -> Figure:
    restore(pairs[0][0])
    got = score(pairs, restore)
    return Figure(
        job,
        system,
        own=system in OWN,
        quality=(got.right - got.sound) / (got.total - got.sound),
        measure=f"wrong words cut by, {len(pairs)} lines",
        harm=got.harmed / got.sound,
        harm_measure="words right as typed damaged",
        speed=got.speed,
        details=got._asdict(),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / ".." / "shared" / "data")
    parser.add_argument("--lines", type=int, default=200, help="lines for symspellpy, which is slow")
    parser.add_argument("--json", action="store_true", help="figures on the first --lines lines, for each system the same")
    options = parser.parse_args()
    sets = {
        f"{name}, held out, stripped": [(line.translate(STRIPPED), line) for line in corpus.lines(options.data / "text" / f"{name}.txt", "test")]
        for name in ("news_banker_oxu", "lit_pos_shafahat", "ted_talks", "wiki_kamal578")
    }
    rows = (line.split("\t") for line in (options.data / "noisy" / "typed_comments.dev.tsv").read_text(encoding="utf-8").split("\n"))
    sets["typed comments"] = [(row[0], row[1]) for row in rows if len(row) == 2]
    systems = {"azproc": lambda text: az.restore_diacritics(text).text, "commonest reading of our table": commonest}
    try:
        systems["symspellpy"] = symspell()
    except ImportError:
        print("symspellpy is not installed: pip install symspellpy to see it here", file=sys.stderr)
    if options.json:
        stripped = [pair for title, pairs in sets.items() if title != "typed comments" for pair in pairs[: options.lines // 4]]
        few = {"held out, stripped": stripped, "typed comments": sets["typed comments"][: options.lines]}
        print_json(figures(few, systems))
        return
    for title, pairs in sets.items():
        print(title)
        for name, restore in systems.items():
            print(line(name, score(pairs[: options.lines] if name == "symspellpy" else pairs, restore)))
        print(line("as typed", score(pairs, str)))


if __name__ == "__main__":
    main()
