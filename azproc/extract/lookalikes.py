"""Digits that are no quantity: identity numbers, versions, clock times, models, coordinates, list labels, citation marks.

They are told by their own shape, by what stands directly before them, or by what they run into.
"""

from __future__ import annotations

import re
from functools import cache

from azproc.extract.numerals import GAP, HYPHENS, Numeral, suffix_at
from azproc.extract.tables import rows
from azproc.extract.tries import any_case
from azproc.extract.units import unit_at
from azproc.language.casing import is_capitalised, is_lower
from azproc.language.suffixes import attach
from azproc.resources import read_lines

__all__ = ["lookalike_end"]

_MONTHS = [row["word"] for row in rows("months.tsv")]
_BEHIND_MONTH = "|".join(f"(?<={any_case(attach(month, 'genitive'))} )" for month in _MONTHS)
_SHAPES = {
    "grouped id": r"[0-9]{4}(?P<gap>[ -])[0-9]{4}(?P=gap)[0-9]{4}(?:(?P=gap)[0-9]{1,4})*+(?![0-9])",
    "telephone": r"(?:(?:[0-9]{1,3}[ -]?)?\(?[0-9]{2,3}\)?[ -])?[0-9]{3}(?P<mark>[ -])[0-9]{2}(?P=mark)[0-9]{2}(?![0-9])",
    "code in brackets": r"(?<=\(\+)[0-9]{1,3}\)(?:[ -]?[0-9]{2,7})*+",
    "chain": rf"[0-9]++(?:[{HYPHENS}][0-9]++){{2,}}+",
    "version": r"(?![1-9][0-9]{0,2}(?:\.[0-9]{3})++(?!\.?[0-9]))[0-9]++(?:\.[0-9]++){2,}+(?:-[0-9]++)?(?:-[^\W\d_]++)?",
    "clock": r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?(?:-[^\W\d_]++)?(?![0-9])|[0-9]++(?::[0-9]++){2,}+",
    "list": r"(?![0-9]{1,3}(?:,[0-9]{3})++(?![0-9,]))[0-9]++(?:,[0-9]++){2,}+",
    "coordinate": rf"[0-9]++(?:[.,][0-9]++)?{GAP}?°{GAP}?(?:[0-9]++(?:[.,][0-9]++)?{GAP}?[′'’]|(?:[NSEW]|ş\.|c\.|şm|cn)(?![^\W\d_]))"
    rf"(?:{GAP}?[0-9]++(?:[.,][0-9]++)?{GAP}?[″\"”])?",
    "season": r"(?:19|20)[0-9]{2}[-–/][0-9]{2}(?![0-9]|[-–/.,][0-9])(?:-[^\W\d_]++)?",
    "years": r"(?<=\()[0-9]{3,4}[-–][0-9]{3,4}(?=\))",
    "slashed": r"[0-9]++/[0-9]++(?:[/-]\w++)*+",
    "spaced out": r"(?<=\s[^\W\d_] [^\W\d_] )[0-9](?: [0-9])*+(?!\w|[.,][0-9])",
    "day of no calendar": rf"(?:29|3[0-9]){GAP}(?:{'|'.join(_MONTHS)})[^\W\d_]*+"
    rf"|(?:{_BEHIND_MONTH})(?:29|3[0-9])-(?!(?:[ıiuü]?n)?c[ıiuü])[^\W\d_]++",
    "zeros": r"(?<!№)(?<!№\s)0[0-9]++(?![.,][0-9])(?:-[^\W\d_]++)?",
}
_SHAPED = re.compile("|".join(f"(?:{shape})" for shape in _SHAPES.values()))
_DIGITS = re.compile(r"[0-9]++")
_RUN = re.compile(r"[^\s()\[\]«»“”\"<>]++")
_LONGEST_QUANTITY = 9  # more digits without a mark between them, and without a unit, are an account or the like
_LABEL = re.compile(
    r"[0-9]{1,4}(?:[-.][0-9]{1,3})*+"
    r"(?:[.)](?![\w.,])|(?:\)|(?<![0-9]{4})\.)(?=[A-ZÇƏĞİÖŞÜ][a-zçəğıöşü])|(?<=\.[0-9])(?=\s)|(?<=\.[0-9][0-9])(?=\s))"
)
_LABEL_FOLLOWS = re.compile(r"(?<=[0-9]\.)\s[0-9]{1,3}\.(?!\S)")
_LABEL_BEFORE = re.compile(r"(?<![\w.,])[0-9]{1,3}\.\s\Z")
_SMALL_WORD = re.compile(r"(?<!\w)[a-zçəğıöşü][a-zçəğıöşü-]++[”\"»]?\s\Z")
_SENTENCE_END = re.compile(r"[.!?;:…\])]\s*+\Z")
_LONGEST_LINE = 1000
_BRACKETED = re.compile(r"\[(?:[\s0-9,;–-]|s(?:əh)?\.)*\Z")
_BRACKET_END = re.compile(r"(?:[\s0-9,;–-]|s(?:əh)?\.)*\]")
_WEB = re.compile(r"://|www\.|@|\.(?:az|com|org|net|gov|edu|ru|tr)\b|^[#@]|\.(?:html?|pdf|docx?|xlsx?|jpe?g|png|mp[34])\b")
_GLUE = frozenset("-‐‑_#@\\/=?&.:%")
_LONGEST_NAME = 24
_AROUND_NAMES = '.:)(№+“”„"«»'
_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}(?![0-9])")
_NOTHING_COUNTED = re.compile(rf"{GAP}*+(?:\Z|[^\w\s%‰€₼$№(-]|\n|(?:və|ya|ilə|tarix|[A-ZÇƏĞIİÖŞÜ0-9])(?!\w*+[%]))")
_REFERENCE = re.compile(rf"(?<!\w)(?:[mM]addə|[bB]ənd|[sS]əh(?:ifə|\.)?|nömrə|№|No|otaq|mənzil|küçəsi|cədvəl|şəkil|fəsil|bölmə|hissə|cild|məsələ|misal|sual){GAP}?\Z")
_SIGNED = re.compile(rf"(?:№|No|N){GAP}?\Z")
_LI = re.compile(rf"[{HYPHENS}]l[ıiuü](?!\w)")
_SHORT_TELEPHONE = re.compile(rf"{GAP}nömrə(?:si)?(?:n[əi]|ndən|yə|ni|dən)?(?!\w)")
_LETTERED = re.compile(r"[^\W\d_][0-9]{1,4}\Z")  # J2-8015
_AGE = re.compile(rf"[{HYPHENS}]yaş")


def lookalike_end(text: str, numeral: Numeral) -> int | None:
    """Return where the digits of a numeral end, with what belongs to them, if they are no quantity; else None.

    >>> from azproc.extract.numerals import numeral_at
    >>> [lookalike_end(text, numeral_at(text, at)) for text, at in (("+994 50 123 45 67", 1), ("344 vulkan", 0), ("COVID-19", 6))]
    [17, None, 8]
    """
    at = numeral.start
    if shaped := _SHAPED.match(text, at):
        return shaped.end()
    before = text[at - 1 : at] if at else ""
    if before in _GLUE and (end := _glued_end(text, at)):
        return end
    if before == "[" or text.rfind("[", max(0, at - 40), at) > text.rfind("]", max(0, at - 40), at):
        bracketed = _BRACKETED.search(text, max(0, at - 40), at) and _BRACKET_END.match(text, at)
        if bracketed:
            return bracketed.end()
    return _named_end(text, at) or _label_end(text, at) or _code_end(text, numeral) or _year_end(text, numeral)


def _run_end(text: str, at: int) -> int:
    run = _RUN.match(text, at)
    return run.end() if run else at


def _glued_end(text: str, at: int) -> int | None:
    """V-2, COVID-19, x_2, #5 and web addresses; but not 5-ci-6-cı."""
    mark, letter = text[at - 1], text[max(0, at - 2) : at - 1]
    if mark in HYPHENS and letter.isdigit() and _LETTERED.search(text, max(0, at - 8), at - 1):
        return _run_end(text, at)
    if mark in "_#@\\" or (mark in HYPHENS and letter.isalpha() and not _ends_in_suffix(text, at - 1)):
        return _run_end(text, at)
    if mark in "/=?&.:%-_":
        start = max(text.rfind(space, max(0, at - 100), at) for space in " \n\t") + 1
        end = _run_end(text, at)
        return end if _WEB.search(text, start, end) else None
    return None


def _ends_in_suffix(text: str, end: int) -> bool:
    """Tell whether the letters that end at ``end`` are the suffix of digits: ``5-ci`` in ``5-ci-6-cı``."""
    start = end
    while start > 0 and end - start < 12 and text[start - 1].isalpha():
        start -= 1
    return start > 1 and text[start - 1] in HYPHENS and text[start - 2].isdigit() and bool(suffix_at(text[:end], start))


def _named_end(text: str, at: int) -> int | None:
    """Boeing 737, ISO 3166-1, VÖEN 1400057421."""
    words = text[max(0, at - _LONGEST_NAME) : at].split()
    return _run_end(text, at) if words and words[-1].strip(_AROUND_NAMES) in _names() else None


@cache
def _names() -> frozenset[str]:
    return frozenset(read_lines("named_numbers.txt"))


def _label_end(text: str, at: int) -> int | None:
    """Return the end of a list label: 1) or 1. or 2.3. at the start of a line, 1) in it, and 1. between sentences."""
    label = _LABEL.match(text, at)
    if label is None:
        return None
    line = text.rfind("\n", max(0, at - _LONGEST_LINE), at) + 1 or max(0, at - _LONGEST_LINE)
    if label[0][-1] == ")":
        closes = text.count("(", line, at) > text.count(")", line, at) or _REFERENCE.search(text, max(0, at - 10), at)
        return None if closes else label.end()
    opens = (line == 0 or text[line - 1] == "\n") and not text[line:at].strip("*•–- \t")
    follows = text[label.end() : label.end() + 2]
    if follows[:1].isalpha():
        return label.end()
    if opens:
        counts = label[0][-1].isdigit() and is_lower(follows[1:])  # 3.5 faiz, but 3.5 Tərəflər
        return label.end() if follows[:1].isspace() and not counts else None
    if label[0][:-1].isdigit() and (_LABEL_FOLLOWS.match(text, label.end()) or (not follows.strip() and _LABEL_BEFORE.search(text, max(0, at - 8), at))):
        return label.end()  # the first column of a table: 1. 2. 3.
    if label[0][-1] != "." or not (follows[:1].isspace() and is_capitalised(follows[1:])) or _REFERENCE.search(text, max(0, at - 10), at):
        return None
    if _SMALL_WORD.search(text, max(0, at - _LONGEST_NAME), at) and label[0][:-1].isdigit():
        return label.end()  # nothing but a numbered list puts a bare number before a full stop
    sections = label[0].count(".") > 1
    return label.end() if sections or _SENTENCE_END.search(text, max(0, at - 4), at) else None


def _year_end(text: str, numeral: Numeral) -> int | None:
    """Return the end of four digits that look like a year and count nothing: 1985-ci, Bakı, 2011; but not 1850 nəfər."""
    year = _YEAR.match(text, numeral.start)
    if year is None or year.end() != numeral.stem_end or numeral.form != "digits":
        return None
    if _REFERENCE.search(text, max(0, numeral.start - 10), numeral.start):
        return None
    alone = _NOTHING_COUNTED.match(text, numeral.end) and not numeral.suffix and not unit_at(text, numeral.end)
    return numeral.end if numeral.ordinal or alone else None


def _code_end(text: str, numeral: Numeral) -> int | None:
    """4G, 577-IIQ, 12-mərtəbəli, 1400057421: digits that run into letters which are no suffix and no unit, or that are too many."""
    if numeral.suffix or numeral.form != "digits":
        return None
    end = numeral.end
    if _SHORT_TELEPHONE.match(text, end):
        return end
    after, letter = text[end : end + 1], text[end + 1 : end + 2]
    if _SIGNED.search(text, max(0, numeral.start - 4), numeral.start) and _LI.match(text, end):
        return None
    if after.isalpha() or (after and after in HYPHENS and letter.isalpha() and not _AGE.match(text, end)):
        return None if unit_at(text, end) else _run_end(text, end)
    too_many = end - numeral.start > _LONGEST_QUANTITY and text[numeral.start : end].isdigit()
    return end if too_many and not unit_at(text, end) else None
