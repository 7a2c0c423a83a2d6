"""Letters that a converter replaced throughout a document: ``S@ffaflığın``, ``Azärbaycan``, ``yaþayýþ``.

A replacement is believed where most words that have the sign are known once the letter is back, and few were before. The
table is ``data/converters.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

import regex

from azproc.clean.ocr.vocabulary import vocabulary
from azproc.language.alphabet import LETTERS
from azproc.language.casing import fold, is_upper, to_upper
from azproc.resources import read_table
from azproc.rewrite import Edit, Rewrite

__all__ = ["mend_converted"]

_ALWAYS = "@äÄæÆєЄêÊýÝþÞðÐ"
_IN_WORD = regex.compile(r"(?<=\p{L})[?3](?=\p{Ll})|(?<![\p{L}\p{N}])[?3](?=\p{Ll}{2})")
_WORD = regex.compile(r"[\p{L}\p{M}@?3]++")
_WORD_BEFORE = regex.compile(r"(?r)[\p{L}\p{M}@?3]*+")
_ADDRESS = regex.compile(r"[^\s.]*+\.\p{L}")
_PLAIN = frozenset("@äÄæÆєЄþÞðÐýÝ")
_LOOK_BACK = 8
_NAME = 0.5  # share of capitals inside sentences from which a word is a name
_BELIEVED = 0.6  # share of the words with a sign that are known once the letter is back
_FEWEST, _FEWEST_LETTERS = 2, 1  # words with a sign in the text, letters in such a word
_MOST_SIGNS = 7
_LONGEST = 40
_SURE = 0.97
_LETTERS = 60  # a text of so many letters has each of the common ones


def mend_converted(text: str) -> Rewrite:
    """Return the rewrite that puts back letters that were replaced throughout the text.

    >>> mend_converted("S@ffaflığın t@min edilm@si").text
    'Səffaflığın təmin edilməsi'
    >>> mend_converted("ünvan: ad@sayt.az").edits
    ()
    """
    signs = {sign for sign in _ALWAYS if sign in text} | {match[0] for match in _IN_WORD.finditer(text)}
    if "y" in text and "ı" not in text and len(text) > _LETTERS:
        signs.add("y")
    if not signs:
        return Rewrite(text)
    words = [word for word in _words_with(signs, text) if sum(map(str.isalpha, word[1])) >= _FEWEST_LETTERS]
    restored = {word: _restore(word, frozenset(signs)) for _, word in words}
    asked = [word for _, word in words if not vocabulary().knows(fold(_without_mark(word)))]
    mended = sum(restored[word] != word for word in asked)
    if mended < _FEWEST or mended < _BELIEVED * len(asked):
        return Rewrite(text)
    return Rewrite(text, tuple(_edits(text, words, restored)))


def _words_with(signs: set[str], text: str) -> Iterator[tuple[int, str]]:
    """Yield the words that have a sign, each with its place."""
    end = 0
    for sign in regex.finditer(f"[{regex.escape(''.join(sorted(signs)))}]", text):
        if sign.start() >= end:
            start = _WORD_BEFORE.match(text, end, sign.start()).start()
            end = _WORD.match(text, start).end()
            yield start, text[start:end]


def _edits(text: str, words: list[tuple[int, str]], restored: dict[str, str]) -> Iterator[Edit]:
    for start, word in words:
        after = restored[word]
        if after == word and not _ADDRESS.match(text, start):
            after = "".join(_meanings()[letter] if letter in _PLAIN else letter for letter in word)
        if after != word:
            after = _in_case(word, after, opens=_opens(text, start))
            replaced = dict.fromkeys(f"ocr.{one}-{other}" for one, other in zip(fold(word), fold(after), strict=True) if one != other)
            yield Edit(start, start + len(word), word, after, "+".join(replaced), _SURE)


def _in_case(word: str, after: str, *, opens: bool) -> str:
    """Give a capital to letters that a sign without case stood for: in capitals, where a sentence opens, in names."""
    if len(word) > 2 and is_upper(word):
        return to_upper(after)
    if not word[0].isalpha() and (opens or vocabulary().words.capital_share(fold(after)) > _NAME):
        return to_upper(after[0]) + after[1:]
    return after


def _opens(text: str, start: int) -> bool:
    """Tell whether a sentence opens at a place: after a stop, a line end, or at the beginning."""
    before = text[max(start - _LOOK_BACK, 0) : start].rstrip(' "“«(–—-')
    return not before or before[-1] in ".!?…\n"


def _without_mark(word: str) -> str:
    """Return a word without the question mark that may follow it."""
    bare = word.rstrip("?")
    return bare if len(bare) > 1 else word


@cache
def _meanings() -> dict[str, str]:
    return {read: meant for read, meant, *_ in read_table("converters.tsv")}


def _restore(word: str, signs: frozenset[str]) -> str:
    """Return a word with its signs taken for letters if that makes a known word, otherwise the word as it is."""
    if len(word) > _LONGEST or vocabulary().knows(fold(_without_mark(word))) or sum(letter in signs for letter in word) > _MOST_SIGNS:
        return word
    options = [_options(letter) if letter in signs else (letter,) for letter in word]
    ways = (way for way in map("".join, product(*options)) if way != word)
    return next((way for way in ways if vocabulary().knows(fold(way))), word)


def _options(sign: str) -> tuple[str, ...]:
    """What a sign may have been: the replaced letter; a letter of the alphabet also itself."""
    meant = _meanings()[sign]
    return (sign, meant) if sign in LETTERS else (meant,)
