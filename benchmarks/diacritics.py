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
from collections.abc import Callable
from pathlib import Path

import regex
from symspellpy import SymSpell, Verbosity

import azproc as az
from azproc import resources
from azproc.clean.restorations import readings
from azproc.language.casing import fold, match_case

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))
import corpus  # noqa: E402

STRIPPED = str.maketrans("əıöüşçğƏİÖÜŞÇĞ", "eiouscgEIOUSCG")
WORD = regex.compile(r"[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*")


def commonest(text: str) -> str:
    return WORD.sub(lambda match: match_case(match[0], readings(match[0])[0].form), text)


def symspell() -> Callable[[str], str]:
    lexicon = resources.lexicon()
    speller = SymSpell(max_dictionary_edit_distance=2)
    for form in resources.record_trie(lexicon.FORMAT, resources.data_file("words.marisa")):
        if count := lexicon.count(form):
            speller.create_dictionary_entry(form, count)

    def nearest(match: regex.Match[str]) -> str:
        found = speller.lookup(fold(match[0]), Verbosity.TOP, max_edit_distance=2)
        return match_case(match[0], found[0].term) if found else match[0]

    return lambda text: WORD.sub(nearest, text)


def score(name: str, pairs: list[tuple[str, str]], restore: Callable[[str], str]) -> None:
    right = total = 0
    begun = time.process_time()
    restored = [restore(typed) for typed, _ in pairs]
    seconds = time.process_time() - begun
    for text, (_, meant) in zip(restored, pairs, strict=True):
        got, due = WORD.findall(text), WORD.findall(meant)
        if len(got) == len(due):
            total += len(due)
            right += sum(word == other for word, other in zip(got, due, strict=True))
    speed = sum(len(typed.encode()) for typed, _ in pairs) / max(seconds, 1e-6) / 1e6
    print(f"  {name:<22} {right / total:7.2%} of {total} words right" + (f", {speed:.2f} MB/s" if restore is not str else ""))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / ".." / "shared" / "data")
    parser.add_argument("--lines", type=int, default=200, help="lines for symspellpy, which is slow")
    options = parser.parse_args()
    sets = {
        f"{name}, held out, stripped": [(line.translate(STRIPPED), line) for line in corpus.lines(options.data / "text" / f"{name}.txt", heldout=True)]
        for name in ("news_banker_oxu", "lit_pos_shafahat", "ted_talks", "wiki_kamal578")
    }
    rows = (line.split("\t") for line in (options.data / "noisy" / "typed_comments.dev.tsv").read_text(encoding="utf-8").split("\n"))
    sets["typed comments"] = [(row[0], row[1]) for row in rows if len(row) == 2]
    speller = symspell()
    for title, pairs in sets.items():
        print(title)
        score("azproc", pairs, lambda text: az.restore_diacritics(text).text)
        score("commonest reading", pairs, commonest)
        score("symspellpy", pairs[: options.lines], speller)
        score("as typed", pairs, str)


if __name__ == "__main__":
    main()
