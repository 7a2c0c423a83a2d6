"""What a linear-chain model sees of each token: the word, its ends and shape, its cluster, listings and neighbours.

Features are strings, as CRFsuite reads them. All that depends on the word alone is computed once for each word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import regex

from azproc.language.casing import fold, is_capitalised, is_lower, is_upper
from azproc.ner.gazetteer import find_listed
from azproc.resources import lexicon
from azproc.spans import Token

__all__ = ["Clusters", "sentence_features"]

Clusters = Callable[[str], int | None]
"""The cluster of a folded word, None if it has none."""

_RUNS = ((regex.compile(r"\p{Lu}++"), "X"), (regex.compile(r"\p{Ll}++"), "x"), (regex.compile(r"\p{N}++"), "0"))
_OPENING = frozenset("“«„‘")
_QUOTES = frozenset('“”«»„"‘')
_WORDS = 1 << 16


def shape(word: str) -> str:
    """Return the outline of a word, each run of capitals, small letters and digits as one sign.

    >>> shape("NATO-nun"), shape("Bakı"), shape("2025-ci")
    ('X-x', 'Xx', '0-x')
    """
    for run, sign in _RUNS:
        word = run.sub(sign, word)
    return word


@lru_cache(maxsize=_WORDS)
def _word_features(word: str, clusters: Clusters) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The features of a word where it stands, and as the left and as the right neighbour."""
    folded = fold(word)
    outline = shape(word)
    cluster = clusters(folded)
    near = [f"w={folded}", f"s={outline}", f"e={folded[-3:]}"]
    if cluster is not None:
        near.append(f"k={cluster}")
    here = [*near, f"e2={folded[-2:]}", f"e4={folded[-4:]}", f"b={folded[:3]}", f"b5={folded[:5]}"]
    if is_capitalised(word):
        here.append(f"share={round(lexicon().capital_share(folded) * 4) if folded in lexicon() else 'new'}")
    here += [name for name, test in (("upper", is_upper), ("lower", is_lower)) if test(word)]
    return tuple(here), tuple(f"-{name}" for name in near), tuple(f"+{name}" for name in near)


def _listed(text: str, start: int, tokens: Sequence[Token]) -> list[str]:
    """For each token the labels under which it is listed, with its place in the listing."""
    marks = [""] * len(tokens)
    place = 0
    for listing in find_listed(text):
        while tokens[place].end - start <= listing.start:
            place += 1
        first = place
        while place < len(tokens) and tokens[place].start - start < listing.end:
            marks[place] = f"list={'B' if place == first else 'I'}-{'/'.join(listing.labels)}{'?' if listing.common else ''}"
            place += 1
        place = min(place, len(tokens) - 1)
    return marks


def sentence_features(text: str, tokens: Sequence[Token], clusters: Clusters) -> list[list[str]]:
    """Return the features of each token of one sentence; ``text`` is the whole text that the tokens' offsets refer to.

    >>> tokens = (Token(0, 4, "Bakı", "word"), Token(4, 5, ".", "punctuation"))
    >>> sentence_features("Bakı.", tokens, {"bakı": 7}.get)[0][:4]
    ['bias', 'w=bakı', 's=Xx', 'e=akı']
    """
    if not tokens:
        return []
    start = tokens[0].start
    listed = _listed(text[start : tokens[-1].end], start, tokens)
    words = [_word_features(token.text, clusters) for token in tokens]
    rows, quoted = [], False
    for place, (token, (here, _, _)) in enumerate(zip(tokens, words, strict=True)):
        row = ["bias", *here]
        if place:
            row += words[place - 1][1]
            row.append(f"-s|s={shape(tokens[place - 1].text)}|{shape(token.text)}")
        else:
            row.append("first")
        if place > 1:
            row.append("-" + words[place - 2][1][0])
        if place + 1 < len(tokens):
            row += words[place + 1][2]
        else:
            row.append("last")
        if place + 2 < len(tokens):
            row.append("+" + words[place + 2][2][0])
        if listed[place]:
            row.append(listed[place])
        for side, other in (("-", place - 1), ("+", place + 1)):
            if 0 <= other < len(tokens) and listed[other]:
                row.append(side + listed[other])
        if token.text in _QUOTES:
            quoted = token.text in _OPENING or not quoted
        elif quoted:
            row.append("quoted")
        rows.append(row)
    return rows
