"""Count the groups of letters of edited text and write the letter model, ``letters.marisa``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import marisa_trie

from azproc.clean.ocr.context import TOTAL, quantised
from azproc.clean.ocr.letter_model import ORDER, plain


def count_letters(texts: Iterable[str]) -> Counter[str]:
    """Count the groups of one to `ORDER` letters of texts, each of which begins and ends with a space."""
    joined = plain(" ".join(texts))
    groups: Counter[str] = Counter()
    for width in range(1, ORDER + 1):
        groups.update(joined[place : place + width] for place in range(len(joined) - width + 1))
    return groups


def pack_letters(groups: Counter[str]) -> marisa_trie.RecordTrie:
    """Put the counts into one trie, with their total."""
    total = sum(count for group, count in groups.items() if len(group) == 1)
    rows = {**groups, TOTAL: total}
    return marisa_trie.RecordTrie("<B", ((group, (quantised(count),)) for group, count in rows.items()))
