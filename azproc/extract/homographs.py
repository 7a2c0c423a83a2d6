"""Tell numeral words from the other words that they are.

``bir`` is mostly the article "a", ``altı`` is also "its underside", ``min`` also "get on!", ``yetmiş`` also "having reached", ``əlli`` also
"having hands". A word inside a longer numeral always counts (``on bir``), so only single words are judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache

from azproc.extract.modifiers import mod_of
from azproc.extract.numerals import GAP, HYPHENS, Numeral, leads_to, next_numeral, words_at
from azproc.extract.units import time_unit_at, unit_at
from azproc.language.casing import to_lower

__all__ = ["article_end", "counts"]

_ONLY = re.compile(rf"(?<!\w)(?:cəmi|cəmisi|yalnız|təkcə|Cəmi|Yalnız|Təkcə){GAP}\Z")
_EACH = re.compile(rf"(?<!\w)(?:[hH]ər|[hH]eç|[bB]aşqa|[dD]igər|hansı){GAP}\Z")
_SHARE = re.compile(rf"{GAP}(?:hissəs|qism[ıi]|qədər|az(?!\w)|neçə|növ(?!\w)|şey)")
_ENDS_OF_ONLY, _ENDS_OF_EACH = ("mi ", "si ", "ız ", "cə "), ("r ", "ç ", "a ", "ı ")
_COMPOUND = re.compile(rf"[{HYPHENS}][^\W\d_]")  # əlli-ayaqlı; ranges are read before
_SCALES = frozenset(Decimal(10) ** places for places in (3, 6, 9, 12))
_LISTED_AFTER = re.compile(rf"(?:{GAP}[^\W\d_]++){{1,3}}?(?<!d[ıiuü])(?<!d[ıu]lar)(?<!d[iü]lər)(?:,|{GAP}və|,?{GAP}ya(?:xud)?){GAP}(?:həm{GAP})?(?=[^\W_])")
_OR = re.compile(rf"(?:,?{GAP}ya(?:xud)?|,|{GAP}və(?:{GAP}ya)?){GAP}(?=[^\W_])")
_LISTED_BEFORE = re.compile(rf"(?:^|\W)(?P<numeral>[^\W_]++)(?:{GAP}[^\W\d_]++){{0,2}}(?:,|{GAP}və){GAP}\Z")
_GENITIVE = re.compile(rf"[^\W\d_]{{2,}}[ıiuü]n{GAP}\Z")
_DATIVE = re.compile(rf"[^\W\d_]{{2,}}[aə]{GAP}\Z")
_POSSESSED_NOUN = re.compile(rf"{GAP}[^\W\d_]++(?<=[ıiuü])(?<![ld][ıiuü])(?!\w)")
_WORD_AFTER = re.compile(rf"{GAP}(?=[^\W\d_])(?!(?:və|get|gəl|düş|gedək|idi|deyil)(?!\w))")
_VAGUE = re.compile(rf"{GAP}(?:yüz|min|milyon|milyard)l[aə]r")
_HOW_MANY = re.compile(rf"ne[çc]ə{GAP}\Z")
_HALF_DONE = re.compile(rf"{GAP}(?:qal|et|ed|ol|burax|qoy|kəs|açıq|aç|ac|qapalı|ağız|ağıl|çıl|könül|yamalaq|dairə)|(?!{GAP}[^\W\d_])")
_HANDED = re.compile(r"(?<!\w)(?:[uU]zun|boş|ağır|yüngül|sağ|sol|iki|bir|əyri|açıq|qanlı|qızıl|dolu|quru|çevik)[ ]\Z")


def counts(text: str, numeral: Numeral) -> bool:
    """Tell whether a numeral in words counts something where it stands.

    >>> [counts(text, words_at(text, at)) for text, at in (("bir manat", 0), ("bir qrup", 0), ("masanın altı tozludur", 8))]
    [True, False, False]
    """
    if _VAGUE.match(text, numeral.end) or _HOW_MANY.search(text, max(0, numeral.start - 6), numeral.start):
        return False
    if numeral.form != "words" or numeral.ordinal:
        return True
    if text[numeral.start - 1 : numeral.start] == "(" and numeral.value in _SCALES and ")" in text[numeral.end : numeral.end + 12]:
        return False  # the head of a table: (min ton)
    if _COMPOUND.match(text, numeral.end):
        return False
    judge = _JUDGES.get(numeral.value)
    return judge is None or " " in text[numeral.start : numeral.stem_end] or judge(text, numeral)


def article_end(text: str, at: int) -> int | None:
    """Return where the article ``bir`` (a) ends if it stands at ``at`` before a word and counts nothing, else None.

    >>> [article_end(text, 0) for text in ("bir qrup", "bir manat", "bir milyon", "birinci")]
    [4, None, None, None]
    """
    article = _article_at().match(text, at)
    return None if article is None or _one(text, at, at + len("bir")) else article.end()


@cache
def _article_at() -> re.Pattern[str]:
    return re.compile(rf"[bB]ir{GAP}(?!{next_numeral()}|tam(?!\w))(?=[^\W\d_])")


def _article(text: str, numeral: Numeral) -> bool:
    """Tell whether ``bir`` counts; ``birdən`` does before çox and in ``birdən ona qədər``, and ``bir-iki`` is a range."""
    at, end = numeral.start, numeral.end
    if numeral.suffix:
        return numeral.suffix == "dən" and _more_or_to().match(text, end) is not None
    joined = words_at(text, end + 1) if text[end : end + 1] and text[end] in HYPHENS else None
    return joined.value != 1 if joined else _one(text, at, end)


@cache
def _more_or_to() -> re.Pattern[str]:
    return re.compile(rf"{GAP}(?:çox|artıq)(?!\w)|{leads_to()}")


def _one(text: str, at: int, end: int) -> bool:
    """Tell whether a bare ``bir`` is the number one: before a unit, behind "only", or in an enumeration."""
    before = text[max(0, at - 8) : at]
    if _SHARE.match(text, end):
        return False
    if before.endswith(_ENDS_OF_EACH) and _EACH.search(before):
        return False
    if before.endswith(_ENDS_OF_ONLY) and _ONLY.search(before):
        return True
    unit = unit_at(text, end)
    if unit and unit.name != "dərəcə" and not (unit.name == "dəfə" and text[at] == "B"):
        return True
    return _in_enumeration(text, at, end)


def _in_enumeration(text: str, at: int, end: int) -> bool:
    for pattern in (_OR, _LISTED_AFTER):
        listed = pattern.match(text, end, end + 50)
        if listed and _other(text, listed.end()):
            return True
    if not text.endswith((", ", "və "), 0, at):
        return False
    before = _LISTED_BEFORE.search(text, max(0, at - 40), at)
    return before is not None and _other(text, before.start("numeral"))


def _other(text: str, at: int) -> bool:
    other = words_at(text, at)
    return (
        other is not None
        and not other.ordinal
        and other.suffix == ""
        and not time_unit_at(text, other.end)
        and not (other.form == "words" and to_lower(text[other.start : other.end]) in {"bir", "altı", "min"})
    )


def _underside(text: str, numeral: Numeral) -> bool:
    if numeral.suffix or not _GENITIVE.search(text, max(0, numeral.start - 20), numeral.start):
        return True
    return _POSSESSED_NOUN.match(text, numeral.end, numeral.end + 30) is not None or unit_at(text, numeral.end) is not None


def _mounting(text: str, numeral: Numeral) -> bool:
    if numeral.suffix:
        return mod_of(text, numeral.start, numeral.end, numeral.suffix, counts=False) is not None
    return _WORD_AFTER.match(text, numeral.end) is not None


def _million(text: str, numeral: Numeral) -> bool:
    """Tell whether a bare scale counts the word behind it; alone it is the head of a table or a keyword."""
    return numeral.suffix != "" or _WORD_AFTER.match(text, numeral.end) is not None


def _having_reached(text: str, numeral: Numeral) -> bool:
    return unit_at(text, numeral.end) is not None or not _DATIVE.search(text, max(0, numeral.start - 20), numeral.start)


def _having_hands(text: str, numeral: Numeral) -> bool:
    return _HANDED.search(text, max(0, numeral.start - 8), numeral.start) is None


def _half(text: str, numeral: Numeral) -> bool:
    return _HALF_DONE.match(text, numeral.end) is None


_JUDGES: dict[Decimal, Callable[[str, Numeral], bool]] = {
    Decimal("0.5"): _half,
    Decimal(1): _article,
    Decimal(6): _underside,
    Decimal(50): _having_hands,
    Decimal(70): _having_reached,
    Decimal(1000): _mounting,
    Decimal(10**6): _million,
    Decimal(10**9): _million,
    Decimal(10**12): _million,
}
