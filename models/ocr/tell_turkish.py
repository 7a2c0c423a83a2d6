"""Count the groups of letters that part Azerbaijani from Turkish, whatever became of ə, for ``turkish.tsv``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from math import log
from pathlib import Path

import regex

from azproc.clean.ocr.channel import Engine
from azproc.clean.ocr.turkish import letter_groups

HEAD = """\
# The engine that read a text, four letters of a word (_ stands before and after it; e, ə and o count as a, q as g, and for eng
# ı as i, ş as s and so on), and ln of how many times as frequent they are in Azerbaijani as in Turkish. Counted by models/ocr/train.py.
#engine	letters	odds
"""
WORD = regex.compile(r"\p{L}++")
UNSEEN = 0.5  # sightings of a group that one side has and the other lacks


def turkish_sentences(conll: Path) -> Iterator[str]:
    """Yield the sentences of a file with a token and its tag on each line."""
    for sentence in conll.read_text(encoding="utf-8").split("\n\n"):
        yield " ".join(line.split()[0] for line in sentence.splitlines() if line.strip())


def group_odds(azerbaijani: Iterable[str], turkish: Iterable[str], engine: Engine, *, least: int) -> dict[str, float]:
    """Return the logarithm of the odds of each group that was seen so often, ours on the scale of the Turkish ones."""
    ours, theirs = count_groups(azerbaijani, engine), count_groups(turkish, engine)
    groups = ours.keys() | theirs.keys()
    scale = (theirs.total() + UNSEEN * len(groups)) / (ours.total() + UNSEEN * len(groups))
    return {
        group: round(log((ours[group] + UNSEEN) * scale / (theirs[group] + UNSEEN)), 1)
        for group in sorted(groups)
        if ours[group] * scale + theirs[group] >= least
    }


def count_groups(lines: Iterable[str], engine: Engine) -> Counter[str]:
    return Counter(group for line in lines for word in WORD.findall(line) for group in letter_groups(word, engine))
