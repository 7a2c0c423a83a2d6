"""Words that a commoner word is easily read as: ``dö`` stands where ``də`` (too) was printed.

The table was computed over the whole lexicon from the channel's costs and the counts, by ``models/ocr/train.py``: its keys
are ``word other``, its values the cost of reading ``other`` as ``word``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from azproc.resources import data_file, record_trie

if TYPE_CHECKING:
    import marisa_trie

__all__ = ["STEPS", "is_confusable", "neighbours"]

STEPS = 10.0  # stored steps for each unit of cost


@cache
def _table() -> marisa_trie.RecordTrie:
    return record_trie("<B", data_file("ocr/confusable.marisa"))


def is_confusable(word: str) -> bool:
    """Tell whether a word, folded, may well be a commoner one misread.

    >>> is_confusable("dö"), is_confusable("kitab")
    (True, False)
    """
    return next(_table().iterkeys(word + " "), None) is not None


def neighbours(word: str) -> list[tuple[str, float]]:
    """Return the commoner words that may be read as a word, with the cost of each.

    >>> "də" in dict(neighbours("dö"))
    True
    """
    return [(key[len(word) + 1 :], steps / STEPS) for key, (steps,) in _table().items(word + " ")]
