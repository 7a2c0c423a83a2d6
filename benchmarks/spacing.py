"""Words mended and harmed by ``fix_spacing`` on text whose letters a PDF extractor set apart, beside symspellpy.

    python benchmarks/spacing.py [--pairs ../shared/data/noisy/pdf_split_letters.dev.tsv] [--lines 300]

The pairs are damaged and clean text, one a line. The rules were written with the odd lines in view; only the even ones are
measured. The clean side of a few pairs was extracted with words spaced out itself: "Madd ə" stands against "M a d d ə", and to mend it
counts as harm to the word "ə". The second row closes such words on the clean side first, three or more single letters in a row, whatever was
found for them; all pairs stay, so that words which are then damaged count too. symspellpy gets the same lexicon; its ``lookup_compound`` drops capitals and punctuation, so words are compared
without either for it. Then clean text: how many edits each makes there, and the speed of ``fix_spacing`` on it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import regex
from figures import Figure, print_json

import azproc as az
from azproc import resources
from azproc.language.casing import fold

ROOT = Path(__file__).parents[1]
DATA = ROOT / ".." / "shared" / "data"
SPACED_OUT = regex.compile(r"(?<!\S)\p{L}(?: \p{L}(?!\S)){2,}+")
WORD = regex.compile(r"[\p{L}\p{N}]+(?:[-'’.,:][\p{L}\p{N}]+)*")


def words(text: str) -> list[str]:
    return WORD.findall(text)


def closed(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs without spaces in the spaced-out words of their clean sides."""
    return [(noisy, SPACED_OUT.sub(lambda word: word[0].replace(" ", ""), clean)) for noisy, clean in pairs]


def kept(clean: list[str], other: list[str]) -> list[bool]:
    """Which words of the clean text stand in the other one, in order."""
    found = [False] * len(clean)
    for start, _, size in SequenceMatcher(None, clean, other, autojunk=False).get_matching_blocks():
        found[start : start + size] = [True] * size
    return found


class Score(NamedTuple):
    damaged: int
    mended: int
    sound: int
    harmed: int
    speed: float

    def __str__(self) -> str:
        return (
            f"{self.mended:6} of {self.damaged} mended ({self.mended / self.damaged:.2%}), "
            f"{self.harmed:5} of {self.sound} harmed ({self.harmed / self.sound:.3%}), {self.speed:.2f} MB/s"
        )


def score(pairs: list[tuple[str, str]], fix: Callable[[str], str], same: Callable[[str], str]) -> Score:
    damaged = mended = sound = harmed = 0
    seconds = 0.0
    for noisy, clean in pairs:
        begun = time.process_time()
        fixed = fix(noisy)
        seconds += time.process_time() - begun
        meant = words(same(clean))
        for before, after in zip(kept(meant, words(same(noisy))), kept(meant, words(same(fixed))), strict=True):
            damaged += not before
            mended += not before and after
            sound += before
            harmed += before and not after
    size = sum(len(noisy.encode()) for noisy, _ in pairs)
    return Score(damaged, mended, sound, harmed, size / seconds / 1e6)


def figure(system: str, score: Score) -> Figure:
    return Figure(
        "letters set apart by a PDF extractor",
        system,
        own=system.startswith("azproc"),
        quality=(score.mended - score.harmed) / score.damaged,
        measure=f"wrong words cut by, of {score.damaged}",
        harm=score.harmed / score.sound,
        harm_measure="correct words damaged",
        speed=score.speed,
        details=score._asdict(),
    )


def mend(text: str) -> str:
    return az.fix_spacing(text).text


def symspell() -> Callable[[str], str]:
    from symspellpy import SymSpell

    lexicon = resources.lexicon()
    speller = SymSpell(max_dictionary_edit_distance=1)
    trie = resources.record_trie(lexicon.FORMAT, resources.data_file("words.marisa"))
    for form in trie:
        if count := lexicon.count(form):
            speller.create_dictionary_entry(form, count)
    return lambda text: speller.lookup_compound(fold(text), 1)[0].term


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, default=DATA / "noisy" / "pdf_split_letters.dev.tsv")
    parser.add_argument("--lines", type=int, default=300, help="lines for symspellpy, which is slow")
    parser.add_argument("--text", type=Path, default=DATA / "text" / "news_banker_oxu.txt")
    parser.add_argument("--json", action="store_true", help="figures on the first --lines lines, for each system the same")
    options = parser.parse_args()
    rows = [line.split("\t") for line in options.pairs.read_text(encoding="utf-8").split("\n")[1::2]]
    pairs = [(row[0], row[1]) for row in rows if len(row) == 2]
    others = {}
    try:
        others["symspellpy"] = symspell()
    except ImportError:
        print("symspellpy is not installed: pip install symspellpy to see it here", file=sys.stderr)
    if options.json:
        some = pairs[: options.lines]
        az.fix_spacing(some[0][0])
        ours = [figure("azproc", score(some, mend, str)), figure("azproc, spaced-out words of the clean side closed", score(closed(some), mend, str))]
        print_json([*ours, *(figure(name, score(some, fix, fold)) for name, fix in others.items())])
        return
    print(f"azproc      {score(pairs, mend, str)}")
    print(f"azproc      {score(closed(pairs), mend, str)} (spaced-out words of the clean side closed)")
    few = pairs[: options.lines]
    for name, fix in others.items():
        print(f"{name:11} {score(few, fix, fold)} ({len(few)} lines)")
    text = options.text.read_text(encoding="utf-8")[:1_000_000]
    begun = time.process_time()
    edits = az.fix_spacing(text).edits
    print(f"azproc, clean text: {len(edits)} edits in {len(words(text))} words, {len(text.encode()) / (time.process_time() - begun) / 1e6:.1f} MB/s")


if __name__ == "__main__":
    main()
