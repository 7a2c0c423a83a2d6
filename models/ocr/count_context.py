"""Count neighbours in edited text and write the context model, ``context.marisa``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import marisa_trie

from azproc.clean.ocr.context import BORDER, TOKEN, TOTAL, Context, letter_groups, neighbour, quantised, shape
from azproc.language.casing import fold


def count_neighbours(texts: Iterable[str]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Count words and pairs of words; each text begins and ends with a border."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        row = [BORDER, *map(neighbour, TOKEN.findall(text)), BORDER]
        words.update(row)
        pairs.update(pairwise(row))
    return words, pairs


def listed_pairs(path: Path, words: Counter[str]) -> Counter[tuple[str, str]]:
    """Read a list of pairs without counts; only pairs of words that the texts have too are trusted."""
    found: Counter[tuple[str, str]] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        pair = tuple(fold(word) for word in line.split(" "))
        if len(pair) == 2 and all(word.isalpha() and words[word] > 1 for word in pair):
            found[pair] = 1
    return found


def pack(words: Counter[str], pairs: Counter[tuple[str, str]], *, rarest_word: int, rarest_shape: int) -> Context:
    """Put words, shapes and their pairs into one trie; pairs of words rarer than ``rarest_word`` are left out."""
    shapes: Counter[str] = Counter()
    shape_pairs: Counter[tuple[str, str]] = Counter()
    for word, count in words.items():
        shapes[shape(word)] += count
    for (left, right), count in pairs.items():
        shape_pairs[shape(left), shape(right)] += count
    rows: dict[str, int] = {}
    rows |= {word: count for word, count in words.items() if count >= rarest_word}
    rows |= {f"{left} {right}": count for (left, right), count in pairs.items() if min(words[left], words[right]) >= rarest_word}
    rows |= {kind: count for kind, count in shapes.items() if count >= rarest_shape}
    rows |= {f"{left} {right}": count for (left, right), count in shape_pairs.items() if count >= rarest_shape}
    groups: Counter[str] = Counter()
    for word, count in words.items():
        if word.isalpha():
            groups.update(dict.fromkeys(letter_groups(word), count))
    rows |= {group: count for group, count in groups.items() if count >= rarest_word}
    rows[TOTAL] = words.total()
    trie = marisa_trie.RecordTrie("<B", ((key, (quantised(count),)) for key, count in rows.items()))
    return Context(trie, float(words.total()))
