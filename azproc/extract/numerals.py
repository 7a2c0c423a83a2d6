"""Read one numeral at one place of a text: digits, words, both mixed, or Roman, with the suffix that it carries.

This is the ground floor of the number and date grammars. It says what a numeral is worth if it is one; whether ``bir`` counts
or is an article is judged above (`azproc.extract.numbers`, `azproc.extract.dates`).

Source of the words, their order and their endings: Müasir Azərbaycan dili (Bakı, 1978), chapter on the numeral; the words are
in ``data/numerals.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cache

from azproc.extract.tables import rows
from azproc.language.casing import to_lower, to_upper

__all__ = ["DIGITS", "ENDING", "GAP", "HYPHENS", "SUFFIX", "Numeral", "any_case", "find_numerals", "numeral_at", "numeral_starts", "plain",
           "roman_at", "suffix_at", "words_at"]  # fmt: skip

GAP = "[ \t\N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}]"
HYPHENS = "-\N{SOFT HYPHEN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{MINUS SIGN}"
_GROUP_SPACES = " \N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}"
_POINTED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,9}+(?:,[0-9]++)?"  # 1.234.567,8
_COMMAED = r"[1-9][0-9]{0,2}(?:,[0-9]{3}){2,9}+(?:\.[0-9]++)?"  # 1,234,567.8
_SPACED = rf"[1-9][0-9]{{0,2}}(?:[{_GROUP_SPACES}][0-9]{{3}}){{1,9}}+(?:,[0-9]++)?"  # 1 234 567,8
DIGITS = rf"(?:(?:{_POINTED}|{_COMMAED}|{_SPACED})(?![0-9])|[0-9]++(?:[.,][0-9]++)?)"

# What follows a numeral, in this order: ordinal, "only", possessive, case, "up to" or "with", copula. Vowels are loose: harmony is often
# broken by typists and by OCR (18-do), and the stems are a closed list.
_I, _A = "[ıiuü]", "[aəeo]"
_ORDINAL = rf"(?:{_I}?n)?c{_I}"
_CASE = rf"(?:n?{_I}n|y?{_A}|[ny]?{_I}|[dt]{_A}n?)"
_OWNED = rf"(?:s?{_I}(?:n{_I}n|n{_A}|n{_I}|nd{_A}n?)?|{_I}?[mn]{_I}z{_CASE}?)"
_TAIL = rf"(?:(?:y?{_A})?d{_A}k|(?:y?{_A})c{_A}n|y?l{_A}|d{_A}k{_I})"
_COPULA = rf"d{_I}r(?:l{_A}r)?(?:s{_A})?"
ENDING = rf"(?:{_CASE}|{_OWNED})?{_TAIL}?(?:{_COPULA})?"
SUFFIX = rf"(?:{_ORDINAL})?(?:c{_A})?{ENDING}"

_EXACT = Context(prec=100)
_MOST_DIGITS = 60
_HALF = "yarı"  # yarım, yarısı
_LETTERS = re.compile(r"[^\W\d_]++")
_SUFFIX_ONLY = re.compile(SUFFIX)
_STARTS_ORDINAL = re.compile(_ORDINAL)
_JOINED_ORDINAL = re.compile(rf"{_ORDINAL}(?:{_CASE}|{_OWNED})?(?:{_COPULA})?(?!\w)")
_HYPHEN = re.compile(rf"[{HYPHENS}'’ʼ](?=[^\W\d_])")
_DIGITS_AT = re.compile(DIGITS)
_POINTED_ONLY = re.compile(_POINTED)
_GAP_AT = re.compile(GAP + "{1,2}+")
_GAP_AFTER_SHORT = re.compile(rf"\.?{GAP}{{1,2}}+")
_ROMAN_AT = re.compile(r"[IVXLCDMİХІМС]{1,15}+(?![^\W\d_])")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_LOOKALIKES = str.maketrans("İХІМС", "IXIMC")  # dotted I and Cyrillic letters
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral at ``[start, end)``; ``stem_end`` is where its suffix begins, ``suffix`` its letters in small, without hyphen.

    ``form`` is digits, words, mixed or roman. ``ordinal`` tells of a written ordinal suffix, so ``XI Ordu`` has none. ``multipliers`` are
    the words that multiply all that stands before them, joined from the left: (100000, 1000) in ``altı yüz min``.
    """

    start: int
    end: int
    stem_end: int
    value: Decimal
    form: str
    ordinal: bool = False
    suffix: str = ""
    multipliers: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    value: Decimal
    rank: str
    homographs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A digit group or a numeral word; ``suffix`` is None where letters follow that are no suffix, ``next`` where a further piece may begin."""

    word: _Word
    stem_end: int
    end: int
    suffix: str | None
    next: int


@cache
def _words() -> tuple[_Word, ...]:
    return tuple(
        _Word(Decimal(row["value"]), row["rank"], frozenset(row["homographs"].split())) for row in _longest_first()
    )


def _longest_first() -> list[dict[str, str]]:
    return sorted(rows("numerals.tsv"), key=lambda row: -len(row["word"]))


def any_case(word: str) -> str:
    """Return a pattern for a small-lettered word in any case; i has the capitals İ and, from other keyboards, I.

    >>> any_case("iki")
    '[iİI][kK][iİI]'
    """
    return "".join(
        "[iİI]" if letter == "i" else f"[{letter}{to_upper(letter)}]" if letter.isalpha() else re.escape(letter)
        for letter in word
    )


@cache
def _stem_at() -> re.Pattern[str]:
    return re.compile("|".join(f"({any_case(row['word'])})" for row in _longest_first()))


@cache
def _candidate() -> re.Pattern[str]:
    rests: dict[str, list[str]] = {}
    for word in (_HALF, *(row["word"] for row in _longest_first())):
        rests.setdefault(word[0], []).append(any_case(word[1:]))
    stems = "|".join(f"{any_case(first)}(?:{'|'.join(group)})" for first, group in rests.items())  # half the time of a flat list
    return re.compile(rf"\W(?=[0-9]|{stems}|[IVXLCDMХ][IVXLCDMİХІМС]*+(?![^\W\d_]))")


def find_numerals(text: str) -> Iterator[Numeral]:
    """Yield the numerals of a text from left to right, without judging whether they count something.

    >>> [(n.start, n.end, str(n.value), n.form) for n in find_numerals("XI Ordu 1918-ci ildə iki min nəfər idi")]
    [(0, 2, '11', 'roman'), (8, 15, '1918', 'digits'), (21, 28, '2000', 'words')]
    """
    end = 0
    for at in numeral_starts(text):
        if at >= end and (numeral := numeral_at(text, at)):
            end = numeral.end
            yield numeral


def numeral_starts(text: str) -> Iterator[int]:
    """Yield every offset where a word begins that may be a numeral: a digit, the stem of a numeral word, or Roman letters.

    >>> list(numeral_starts("XI Ordu onlar, 5 ada"))
    [0, 8, 15]
    """
    for match in _candidate().finditer(" " + text):
        yield match.start()  # the padding makes this the place of the candidate in the text


def numeral_at(text: str, at: int) -> Numeral | None:
    """Return the longest numeral that begins at offset ``at``, or None.

    A comma is the decimal mark; a point or a space groups by three; a point before any other count of digits is decimal. Words
    for scales multiply the digits before them.

    >>> [str(numeral_at(text, 0).value) for text in ("1.234.567", "3.5", "1 000 000", "86,6 min", "1 mln. 200 min")]
    ['1234567', '3.5', '1000000', '86600', '1200000']
    >>> numeral_at("18-də", 0).suffix, numeral_at("92-ci yerdə", 0).ordinal, numeral_at("XI Ordu", 0).value
    ('də', True, Decimal('11'))
    """
    return roman_at(text, at) or words_at(text, at)


def words_at(text: str, at: int) -> Numeral | None:
    """Return the numeral in digits or words at ``at`` with its inflection, or None; Roman numerals are left out.

    A word that only begins like a numeral is none (``üçbucaq`` triangle, ``onlar`` they, ``üçün`` for).

    >>> numeral = words_at("üç yüz qırx dördünün", 0)
    >>> numeral.value, numeral.suffix
    (Decimal('344'), 'ünün')
    >>> words_at("üçbucaq", 0), words_at("üçün", 0), words_at("minlərlə", 0)
    (None, None, None)
    """
    amount, found, here, forms = _Sum(), None, at, ""
    multipliers: tuple[Decimal, ...] = ()
    while piece := _piece_at(text, here):
        added = amount.plus(piece.word)
        ordinal = bool(piece.suffix and _STARTS_ORDINAL.match(piece.suffix))
        if added is None or (forms and ordinal and piece.word.rank == "digits"):
            break
        form = "digits" if piece.word.rank == "digits" else "words"
        forms = form if forms in {"", form} else "mixed"
        alone = here == at and piece.word.homographs and to_lower(text[at : piece.end]) in piece.word.homographs
        worth = piece.word.value
        multiplies = here > at and piece.word.rank in {"hundred", "scale", "short"}
        multipliers = (*(worth * before for before in multipliers), worth) if multiplies else ()
        if piece.suffix is not None and not alone:
            found = Numeral(at, piece.end, piece.stem_end, added.value, forms, ordinal, piece.suffix, multipliers)
        if piece.suffix:
            break
        amount, here = added, piece.next
    return found


def _piece_at(text: str, at: int) -> _Piece | None:
    if digits := _DIGITS_AT.match(text, at):
        if digits.end() - at > _MOST_DIGITS:
            return None
        word, end = _Word(_decimal(digits[0]), "digits"), digits.end()
        hyphen = _HYPHEN.match(text, end)
        suffix = suffix_at(text, hyphen.end()) if hyphen else ""
        if suffix:
            return _Piece(word, end, hyphen.end() + len(suffix) if hyphen else end, suffix, -1)
        if joined := _JOINED_ORDINAL.match(text, end):
            return _Piece(word, end, joined.end(), to_lower(joined[0]), -1)
        gap = _GAP_AT.match(text, end)
        return _Piece(word, end, end, "", gap.end() if gap else end)
    if stem := _stem_at().match(text, at):
        word, end = _words()[(stem.lastindex or 1) - 1], stem.end()
        short = word.rank == "short" and _HYPHEN.match(text, end)
        begin = short.end() if short else end
        suffix = suffix_at(text, begin)
        gap = (_GAP_AFTER_SHORT if word.rank == "short" else _GAP_AT).match(text, end)
        return _Piece(word, end, begin + len(suffix) if suffix else end, suffix, gap.end() if gap else end)
    return None


def roman_at(text: str, at: int) -> Numeral | None:
    """Return the Roman numeral in its canonical spelling at ``at``, or None; İ for I and Cyrillic look-alikes are read too.

    >>> roman_at("XIX əsr", 0).value, roman_at("III-ü", 0).suffix, roman_at("IIX", 0), roman_at("XİX əsr", 0).value
    (Decimal('19'), 'ü', None, Decimal('19'))
    """
    match = _ROMAN_AT.match(text, at)
    if match is None:
        return None
    letters = match[0].translate(_ROMAN_LOOKALIKES)
    if not _ROMAN.fullmatch(letters):
        return None
    values = [_ROMAN_VALUES[letter] for letter in letters]
    value = sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
    hyphen = _HYPHEN.match(text, match.end())
    suffix = (suffix_at(text, hyphen.end()) if hyphen else None) or ""
    end = hyphen.end() + len(suffix) if hyphen and suffix else match.end()
    return Numeral(at, end, match.end(), Decimal(value), "roman", bool(_STARTS_ORDINAL.match(suffix)), suffix)


def suffix_at(text: str, at: int) -> str | None:
    """Return the letters at ``at`` in small if all of them are suffixes that a numeral takes ('' if there are none), else None.

    >>> suffix_at("beşinci", 3), suffix_at("üçbucaq", 2), suffix_at("iki ", 3)
    ('inci', None, '')
    """
    letters = _LETTERS.match(text, at)
    end = letters.end() if letters else at
    if text[end : end + 1].isalnum():
        return None
    suffix = to_lower(letters[0]) if letters else ""
    return suffix if _SUFFIX_ONLY.fullmatch(suffix) else None


def _decimal(digits: str) -> Decimal:
    """Read digits by the marks between them; see `numeral_at`."""
    plain = digits.translate(dict.fromkeys(map(ord, _GROUP_SPACES)))
    if plain.count(",") > 1:
        return Decimal(plain.replace(",", ""))
    if _POINTED_ONLY.fullmatch(plain):
        plain = plain.replace(".", "")
    return Decimal(plain.replace(",", "."))


@dataclass(frozen=True, slots=True)
class _Sum:
    """What a numeral is worth so far: finished scales, the group being read, the scale that the next one must stay below."""

    total: Decimal = Decimal(0)
    group: Decimal | None = None
    ceiling: Decimal = Decimal("1e30")
    multiplied: bool = False  # the group is in digits or has a half: only a scale can follow

    @property
    def value(self) -> Decimal:
        return plain(_EXACT.add(self.total, self.group or Decimal(0)))

    def plus(self, word: _Word) -> _Sum | None:
        """Return the sum with a further word, or None where the word cannot go on."""
        return getattr(self, f"_plus_{word.rank}")(word.value)

    def _plus_digits(self, worth: Decimal) -> _Sum | None:
        if self.group is not None or (self.total and not 0 < worth < 1000):
            return None
        return _Sum(self.total, worth, self.ceiling, multiplied=True)

    def _plus_zero(self, worth: Decimal) -> _Sum | None:
        return _Sum(group=worth, multiplied=True) if self == _Sum() else None

    def _plus_half(self, worth: Decimal) -> _Sum | None:
        if self.multiplied or self.total:
            return None
        return _Sum(group=_EXACT.add(self.group or Decimal(0), worth), multiplied=True)

    def _plus_unit(self, worth: Decimal) -> _Sum | None:
        return self._plus_within(worth, Decimal(10))

    def _plus_ten(self, worth: Decimal) -> _Sum | None:
        return self._plus_within(worth, Decimal(100))

    def _plus_within(self, worth: Decimal, room: Decimal) -> _Sum | None:
        if self.group is None:
            return _Sum(self.total, worth, self.ceiling)
        if self.multiplied or self.group % room:
            return None
        return _Sum(self.total, self.group + worth, self.ceiling)

    def _plus_hundred(self, worth: Decimal) -> _Sum | None:
        if self.group is not None and self.group not in range(1, 10):
            return None
        return _Sum(self.total, (self.group or 1) * worth, self.ceiling)

    def _plus_scale(self, worth: Decimal) -> _Sum | None:
        if worth >= self.ceiling or self.group == 0 or (self.group is None and self.total and worth > 1000):
            return None
        group = Decimal(1) if self.group is None else self.group
        return _Sum(_EXACT.add(self.total, _EXACT.multiply(group, worth)), None, worth)

    def _plus_short(self, worth: Decimal) -> _Sum | None:
        return self._plus_scale(worth) if self.multiplied else None


def plain(value: Decimal) -> Decimal:
    """Return the same value without zeros at the end of its decimal places.

    >>> plain(Decimal("86600.0")), plain(Decimal("1.70")), plain(Decimal("1E+3"))
    (Decimal('86600'), Decimal('1.7'), Decimal('1000'))
    """
    short = _EXACT.normalize(value)
    return short if short.as_tuple().exponent <= 0 else _EXACT.quantize(short, Decimal(1))
