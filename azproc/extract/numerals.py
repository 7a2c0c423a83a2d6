"""Read one numeral at one place of a text: digits, words, both mixed, or Roman, with the suffix that it carries.

This is the ground floor of the number and date grammars. It says what a numeral is worth if it is one; whether ``bir`` counts
or is an article is judged above (`azproc.extract.numbers`, `azproc.extract.dates`).

Source of the words, their order and their endings: Müasir Azərbaycan dili (Bakı, 1978), chapter on the numeral; the words are
in ``data/numerals.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Context, Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from azproc.extract.tables import rows
from azproc.extract.tries import any_case, trie
from azproc.extract.values import plain
from azproc.language.casing import to_lower

__all__ = ["DIGITS", "ENDING", "GAP", "HYPHENS", "SUFFIX", "Numeral", "leads_to", "next_numeral", "numeral_at", "numeral_starts",
           "roman_at", "suffix_at", "words_at"]  # fmt: skip

GAP = "[ \t\N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}]"
HYPHENS = "-\N{SOFT HYPHEN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{MINUS SIGN}"
_GROUP_SPACES = " \N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}"
_POINTED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,9}+(?:,[0-9]++)?"  # 1.234.567,8
_COMMAED = r"[1-9][0-9]{0,2}(?:,[0-9]{3}){2,9}+(?:\.[0-9]++)?"  # 1,234,567.8
_SPACED = rf"[1-9][0-9]{{0,2}}(?:[{_GROUP_SPACES}][0-9]{{3}}){{1,9}}+(?:[.,][0-9]++)?"  # 1 234 567,8
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
_STRONG = rf"l{_I}[kqğy]"  # twelve thousand strong: only behind a multiplier, on iki minlik
SUFFIX = rf"(?:{_ORDINAL})?(?:c{_A})?{ENDING}"

_EXACT = Context(prec=100)
_MOST_DIGITS = 60
_PART_SIGNS = "¼½¾⅓⅔⅛"
_HALF = "yarı"  # yarım, yarısı
_FROM = ("dən", "dan")
_TENTH = "onda"  # "in it", but also in onda biri
_LETTERS = re.compile(r"[^\W\d_]++")
_SUFFIX_ONLY = re.compile(SUFFIX)
_STRONG_ONLY = re.compile(_STRONG + ENDING)
_STARTS_ORDINAL = re.compile(_ORDINAL)
_JOINED_ORDINAL = re.compile(rf"{_ORDINAL}(?:{_CASE}|{_OWNED})?(?:{_COPULA})?(?!\w)")
_JOINERS = frozenset(HYPHENS + "'’ʼ")
_STOPS = frozenset(["", ",", ")", "-", "%", ":", ";", "/", "\n", "]"])
_GROUP = Decimal(1000)
_WITHOUT_SPACES = dict.fromkeys(map(ord, _GROUP_SPACES))
_DIGITS_AT = re.compile(DIGITS)
_ONE_POINT = re.compile(r"[0-9]++\.[0-9]++")
_SECTION = re.compile(r"[0-9]++\.[0-9]{1,2}")
_SCALE_NEXT = re.compile(rf"{GAP}(?:milyon|milyard|trilyon|ml[nr]|trln|mld)")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},000")  # 20,000 is no twenty
_POINTED_ONLY = re.compile(_POINTED)
_ROMAN_AT = re.compile(r"[IVXLCDMİХІМС]{1,15}+(?![^\W\d_])")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_LOOKALIKES = str.maketrans("İХІМС", "IXIMC")  # dotted I and Cyrillic letters
_ROMAN_LETTERS = frozenset("IVXLCDMХІМС")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


class Numeral(NamedTuple):
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

    def scaled(self, first: Decimal) -> Decimal:
        """Return the first number of a range with the multiplier that stands only behind this, the last: 5-10 min is 5000 to 10000.

        >>> words_at("altı yüz min", 0).scaled(Decimal(5))
        Decimal('500000')
        """
        for multiplier in self.multipliers:
            scaled = first * multiplier
            if scaled < self.value:
                return scaled
        return first


class _Word(NamedTuple):
    value: Decimal
    rank: str
    homographs: frozenset[str] = frozenset()


class _Piece(NamedTuple):
    """A digit group or a numeral word; ``suffix`` is None where letters follow that are no suffix, ``next`` where a piece may follow, or -1."""

    word: _Word
    stem_end: int
    end: int
    suffix: str | None
    next: int


@cache
def _words() -> dict[str, _Word]:
    return {
        row["word"]: _Word(Decimal(row["value"]), row["rank"], frozenset(row["homographs"].split())) for row in rows("numerals.tsv")
    }


@lru_cache(4096)
def _word(stem: str) -> _Word:
    """Return a numeral word in any case; a keyboard without İ writes IKI."""
    small = to_lower(stem)
    return _words().get(small) or _words()[small.replace("ı", "i")]


def _longest_first() -> list[dict[str, str]]:
    return sorted(rows("numerals.tsv"), key=lambda row: -len(row["word"]))


@cache
def _stems() -> str:
    """Return a pattern for the beginning of numeral words, without the forms that are other words and without plurals.

    Grouped by first letter it takes half the time of a flat list.
    """
    rests: dict[str, list[str]] = {"y": [any_case(_HALF[1:])]}
    for row in _longest_first():
        word, forms = row["word"], set(row["homographs"].split()) - {_TENTH}
        others = "".join(f"|{form.removeprefix(word)}(?!\\w{'|' + leads_to() if form.endswith(_FROM) else ''})" for form in sorted(forms))
        rests.setdefault(word[0], []).append(f"{any_case(word[1:])}(?!l[aə]r{others})")
    return "|".join(f"{any_case(first)}(?:{'|'.join(group)})" for first, group in rests.items())


@cache
def _stem_at() -> re.Pattern[str]:
    return re.compile(trie(_words(), capitals=True))


@cache
def next_numeral() -> str:
    """Return a pattern for the gap, if there is one, and the beginning of a further numeral behind it."""
    return rf"(?:\.?{GAP}{{1,2}}+)?(?=[0-9]|{trie(_words(), capitals=True)})"


@cache
def leads_to() -> str:
    """Return a pattern for what follows the first number of a range in words: (birdən) ona qədər, (ondan) iyirmi beşə kimi."""
    return rf"(?<=d[aə]n)(?:{GAP}(?:{trie(_words(), capitals=True)})[^\W\d_]*+){{1,3}}{GAP}(?:qədər|kimi)(?!\w)"


@cache
def _in_range() -> re.Pattern[str]:
    return re.compile(rf"{leads_to()}|(?<=[aə]){GAP}(?:qədər|kimi)(?!\w)")


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile(next_numeral())


@cache
def _candidate() -> re.Pattern[str]:
    """Return a pattern for the character before a numeral; most words are passed over by their first letter, citation marks by their bracket."""
    roman = r"[IVXLCDMХ][IVXLCDMİХІМС]*+(?![^\W\d_])"
    firsts = "".join({any_case(row["word"][0]).strip("[]") for row in rows("numerals.tsv")})
    return re.compile(rf"\W(?=[0-9{_PART_SIGNS}IVXLCDMХ{firsts}])(?!(?<=\[)[0-9]{{1,3}}\])(?=[0-9{_PART_SIGNS}]|{_stems()}|{roman})")


def numeral_starts(text: str) -> Iterator[int]:
    """Yield every offset where a word begins that may be a numeral: a digit, the stem of a numeral word, or Roman letters.

    Plurals (``onlar`` they) and forms that alone are other words (``üçün`` for) are passed over.

    >>> list(numeral_starts("XI Ordu onlar üçün 5 ada üçlük"))
    [0, 19, 25]
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
    return (text[at : at + 1] in _ROMAN_LETTERS and roman_at(text, at)) or words_at(text, at)


def words_at(text: str, at: int, *, last: bool = False) -> Numeral | None:
    """Return the numeral in digits or words at ``at`` with its inflection, or None; Roman numerals are left out.

    A word that only begins like a numeral is none (``üçbucaq`` triangle, ``onlar`` they, ``üçün`` for). ``last`` tells that a number
    leads to this one, so that the words that are mostly others count too (beşdən ona qədər, from five to ten).

    >>> numeral = words_at("üç yüz qırx dördünün", 0)
    >>> numeral.value, numeral.suffix
    (Decimal('344'), 'ünün')
    >>> words_at("üçbucaq", 0), words_at("üçün", 0), words_at("minlərlə", 0)
    (None, None, None)
    """
    amount, found, here, forms = _Sum(), None, at, ""
    multipliers: tuple[Decimal, ...] = ()
    while here >= 0 and (piece := _piece_at(text, here)):
        word, stem_end, end, suffix, following = piece
        added = amount.plus(word)
        ordinal = bool(suffix) and _STARTS_ORDINAL.match(suffix or "") is not None
        if added is None or (forms and ordinal and word.rank == "digits"):
            break
        form = "digits" if word.rank == "digits" else "words"
        forms = form if forms in {"", form} else "mixed"
        if here > at:
            if suffix is None and word.rank == "scale" and (strong := _strong_at(text, stem_end)):
                return Numeral(at, stem_end + len(strong), stem_end, added.value, forms, suffix=strong)
            multiplies = word.rank in {"hundred", "scale", "short"}
            multipliers = (*(word.value * before for before in multipliers), word.value) if multiplies else ()
        elif suffix and word.homographs and to_lower(text[at:end]) in word.homographs and not _ranged(text, end, last=last):
            break
        if suffix is not None:
            section = ordinal and word.rank == "digits" and _SECTION.fullmatch(text, at, stem_end)
            value = Decimal(section[0]) if section else added.value  # article 15.10 is not article 15.1
            found = Numeral(at, end, stem_end, value, forms, ordinal, suffix, multipliers)
        amount, here = added, following
    return found


def _ranged(text: str, end: int, *, last: bool) -> bool:
    match = _in_range().match(text, end)
    return match is not None and (last or len(match[0].split()) > 1)


def _piece_at(text: str, at: int) -> _Piece | None:
    if digits := _DIGITS_AT.match(text, at):
        end = digits.end()
        if end - at > _MOST_DIGITS:
            return None
        tenths = _ONE_POINT.fullmatch(digits[0]) and _SCALE_NEXT.match(text, end)  # 1.856 milyon, and not 1856 of them
        return _piece(text, _Word(plain(Decimal(digits[0])) if tenths else _decimal(digits[0]), "digits"), end)
    stem = _stem_at().match(text, at)
    return _piece(text, _word(stem[0]), stem.end()) if stem else None


def _piece(text: str, word: _Word, end: int) -> _Piece:
    """Look at what follows a digit group or stem that ends at ``end``: a suffix, a further piece, or nothing of these."""
    follows = text[end : end + 1]
    digits = word.rank == "digits"
    suffix: str | None = ""
    if follows.isalpha():
        joined = _JOINED_ORDINAL.match(text, end) if digits else None
        suffix = to_lower(joined[0]) if joined else "" if digits else suffix_at(text, end)
        begin = end
    elif follows == "." and word.rank == "short" and text[end + 1 : end + 2] in _JOINERS and text[end + 2 : end + 3].isalpha():
        begin = end + 2
        suffix = suffix_at(text, begin) or ""
    elif follows in _JOINERS and (digits or word.rank in {"scale", "short"}) and text[end + 1 : end + 2].isalpha():
        begin = end + 1
        suffix = suffix_at(text, begin) or ""
    if suffix:
        return _Piece(word, end, begin + len(suffix), suffix, -1)
    stops = follows in _STOPS or (follows == "." and word.rank != "short")
    goes_on = None if stops else _goes_on().match(text, end)
    return _Piece(word, end, end, suffix, goes_on.end() if goes_on else -1)


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
    follows, begin = text[match.end() : match.end() + 1], match.end() + 1
    suffix = (suffix_at(text, begin) if follows and follows in _JOINERS and text[begin : begin + 1].isalpha() else None) or ""
    end = begin + len(suffix) if suffix else match.end()
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
    return _suffix(letters[0]) if letters else ""


@lru_cache(4096)
def _suffix(letters: str) -> str | None:
    suffix = to_lower(letters)
    return suffix if _SUFFIX_ONLY.fullmatch(suffix) else None


def _strong_at(text: str, at: int) -> str:
    letters = _LETTERS.match(text, at)
    suffix = to_lower(letters[0]) if letters else ""
    return suffix if _STRONG_ONLY.fullmatch(suffix) else ""


def _decimal(digits: str) -> Decimal:
    """Read digits by the marks between them; see `numeral_at`."""
    if digits.isdigit():
        return Decimal(digits)
    joined = digits.translate(_WITHOUT_SPACES)
    if joined.count(",") > 1 or _THOUSANDS.fullmatch(joined):
        return plain(Decimal(joined.replace(",", "")))
    if _POINTED_ONLY.fullmatch(joined):
        joined = joined.replace(".", "")
    return plain(Decimal(joined.replace(",", ".")))


class _Sum(NamedTuple):
    """What a numeral is worth so far: finished scales, the group being read, the scale that the next one must stay below."""

    total: Decimal = Decimal(0)
    group: Decimal | None = None
    ceiling: Decimal = Decimal("1e30")
    multiplied: bool = False  # the group is in digits or has a half: only a scale can follow

    @property
    def value(self) -> Decimal:
        if self.group is None:
            return plain(self.total)
        return plain(_EXACT.add(self.total, self.group)) if self.total else self.group

    def plus(self, word: _Word) -> _Sum | None:
        """Return the sum with a further word, or None where the word cannot go on."""
        total, group, ceiling, multiplied = self
        worth = word.value
        match word.rank:
            case "digits":
                fits = group is None and (not total or 0 < worth < _GROUP)
                return _Sum(total, worth, ceiling, multiplied=True) if fits else None
            case "zero":
                return _Sum(group=worth, multiplied=True) if group is None and not total else None
            case "half":
                return None if multiplied or total else _Sum(group=(group or Decimal(0)) + worth, multiplied=True)
            case "unit" | "ten":
                room = 10 if word.rank == "unit" else 100
                fits = group is None or not (multiplied or group % room)
                return _Sum(total, (group or Decimal(0)) + worth, ceiling) if fits else None
            case "hundred":
                fits = group is None or (group < 10 and group in range(1, 10))
                return _Sum(total, (group or 1) * worth, ceiling) if fits else None
        if (word.rank == "short" and not multiplied) or worth >= ceiling or group == 0 or (group is None and total and worth > _GROUP):
            return None
        product = worth if group is None else _EXACT.multiply(group, worth)
        return _Sum(_EXACT.add(total, product), None, worth)
