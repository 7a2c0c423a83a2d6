"""The shapes that a token can have, as one ordered grammar: the first shape that fits decides.

A shape sees only one unit (what stands between white space); what needs more is the business of ``tokens``.
"""

from __future__ import annotations

import re

import regex

from azproc.language.casing import to_upper
from azproc.segment.abbreviations import abbreviations, look_up

__all__ = ["MONTHS", "SHAPES", "Piece", "shapes"]

Piece = tuple[str, str, int]  # text, kind, and how far it is to where the next piece starts

MONTHS = ("yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr", "noyabr", "dekabr")

_HYPHEN = r"[-\u2010\u2011]"  # hyphen-minus, hyphen, non-breaking hyphen
_DASH = r"[-\u2010-\u2015\u2212]"
_APOSTROPHE = r"['\u2019\u02bc`\u00b4]"
_LETTER = r"[\p{L}\p{M}\u00ad\u200b-\u200d\ufeff]"  # with soft hyphen and characters of no width
_LETTER_OR_DIGIT = r"[\p{L}\p{M}\p{N}_\u00ad\u200b-\u200d\ufeff]"
_TOP_DOMAINS = "az|com|org|net|edu|gov|info|ru|tr|uk|eu|io|ai|tv|kz|ua|online|app|dev"  # not biz, de, me: they are words
_ADDRESS = r"(?:(?!\.\p{Lu}\p{Ll})[^\s<>\"“”«»])"  # a stop and a capital word begin a sentence
_ADDRESS_END = r"[\p{L}\p{N}/=&#_~%]"
_ROMAN = r"(?:X{1,3}(?:IX|IV|VI{0,3}|I{1,3})?|IX|IV|VI{0,3}|I{1,3}|(?:XL|LX{0,3}|XC)(?:IX|IV|VI{0,3}|I{1,3})|M{1,3}(?:CM|CD|DC{0,3}|C{1,3})(?:XC|XL|LX{0,3}|X{1,3})(?:IX|IV|VI{0,3}|I{1,3})?)"


def _either_case(form: str) -> str:
    """A pattern for the form with a small or a capital first letter; a capital alone would be an initial."""
    first = form[0] if form[1:] == "." else f"[{form[0]}{to_upper(form[0])}]"
    return first + str(regex.escape(form[1:]))


def _listed(*, free: bool) -> str:
    """The forms of the table of abbreviations, those that need no context or those that do."""
    forms = sorted((form for form, row in abbreviations().items() if free == (not row.needs)), key=len, reverse=True)
    return "|".join(map(_either_case, forms))


_MONTH = "(?:" + "|".join(_either_case(month) for month in MONTHS) + ")"
_LINE_END = r"[ \t]*+\r?\n[ \t]*+"
_SUFFIX = rf"(?:{_HYPHEN}{_LINE_END}\p{{Ll}}{{1,6}}+(?!{_LETTER})|{_HYPHEN}{_LETTER}++(?:{_HYPHEN}{_LETTER}++)*+|\u2013\p{{Ll}}{{1,4}}+(?!\p{{L}})|{_APOSTROPHE}\p{{Ll}}{_LETTER}*+)"
_START = r"(?<![\p{L}\p{M}\p{N}])"
_STOP = r"(?![\p{L}\p{M}\p{N}])"
_BREAK = (  # a word goes on after the line end; a capital goes on with capitals only: Bakı-⏎Tbilisi
    rf"(?:{_HYPHEN}|(?<=\u00ad)){_LINE_END}(?:(?=\p{{Ll}})"
    rf"|(?=\p{{L}})(?<=(?<![\p{{L}}\p{{M}}])\p{{Lu}}[\p{{L}}\p{{M}}]{{0,60}}(?:{_HYPHEN}|\u00ad){_LINE_END}))"
)
_NUMERAL = (
    r"(?:\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?+Z?+)?+(?![\d-])|\d\d?-\d\d?-\d{4}(?![\d-])|\d++(?:[./:]\d++)++(?:,\d++(?!,?\d))?+"
    r"|\d{1,3}(?:,\d{3})++(?!\d)(?:\.\d++)?+|\d++,\d++(?!,\d)(?<!,\d++,\d++)|\d++)"
)
_ARTICLE = (  # numbers of articles that were put in later, 293-1; what falls is no range
    r"(?:\d{2,4}(?:\.\d{1,3}){1,4}-\d|\d{1,4}(?:\.\d{1,3}){2,4}-\d{1,2}|\d{2,4}-\d(?:\.\d{1,3})++|\d{1,4}-\d{1,2}(?:\.\d{1,3}){2,4}(?<!-\d\d?\.\d\d?\.\d\d)"
    rf"|\d{{3}}-\d{{1,2}}|\d{{4}}-\d|\d\d-\d(?={_HYPHEN}\p{{Ll}}))(?!\d|[-.]\d)"
)

SHAPES: tuple[tuple[str, str], ...] = (
    ("url", rf"(?:(?:https?|ftp)://|www\.){_ADDRESS}*{_ADDRESS_END}"),
    ("email", r"(?<![\w.+-])[\w.+-]++@(?:[\p{L}\d-]{1,63}+\.){1,6}\p{L}{2,}+" + rf"(?:{_SUFFIX})?+"),
    ("url", rf"(?<![\w.@-])(?:[\p{{L}}\d-]{{1,63}}+\.){{1,6}}(?:{_TOP_DOMAINS}|(?<=^\p{{Lu}}[\p{{L}}\d]*\.)(?:Az|AZ))(?![\p{{L}}\p{{N}}@]|\.\p{{L}})(?:/(?:{_ADDRESS}*{_ADDRESS_END})?)?(?:{_SUFFIX})?+"),
    ("mention", rf"(?<![\w])@[\w]++(?:\.\w++)*+(?:{_SUFFIX})?+"),
    ("hashtag", rf"(?<![\w])#(?=\d*+[\p{{L}}_])[\w\p{{M}}]++(?:{_SUFFIX})?+"),
    ("emoji", r"\p{RI}\p{RI}|[\d#*]\ufe0f?\u20e3|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|(?![\u00a9\u00ae\u2122\u2190-\u21ff\u203c\u2049])\p{Extended_Pictographic})[\ufe0f\p{EMod}]*+(?:\u200d\p{Extended_Pictographic}[\ufe0f\p{EMod}]*+)*+"),
    ("emoji", r"(?:(?<!\d)[:;](?<!\([^()\s]{0,24})['’]?-?(?:[)(]++|[DPpOo](?![\p{L}\p{N}])|/(?![\p{L}/]))|=[)D](?!\w)|(?<!\w):-?\*(?!\*))|(?<!\w)(?:[xX]D++(?!\w)|<3++|\^_*+\^|-_++-)"),
    ("abbreviation", rf"(?<![\p{{L}}\p{{M}}\p{{N}}.])(?<![\p{{L}}\p{{N}}]{_HYPHEN})(?:\p{{L}}\.(?:\p{{Ll}}\.)++|(?:{_listed(free=True)})(?<=\.)|(?:{_listed(free=False)})(?={_HYPHEN}\p{{Ll}})|(?:\p{{Ll}}\.)++\p{{Ll}}(?!\p{{L}}))(?:{_HYPHEN}\p{{Ll}}++)?+"),
    ("contextual", rf"(?<![\p{{L}}\p{{M}}\p{{N}}.])(?<![\p{{L}}\p{{N}}]{_HYPHEN})(?:{_listed(free=False)})"),
    ("initial", rf"(?<![\p{{L}}\p{{M}}\p{{N}}'’])(?<![\p{{L}}\p{{N}}]{_HYPHEN})\p{{Lu}}\.(?!\.)(?:{_HYPHEN}\p{{Ll}}++)?+"),
    ("roman", rf"{_START}(?!I['’]){_ROMAN}(?:(?:{_HYPHEN}\p{{Ll}}{_LETTER}*+|{_APOSTROPHE}\p{{Ll}}{_LETTER}*+)?+{_STOP}(?!{_HYPHEN}[\p{{L}}\d])|(?={_DASH}{_ROMAN}{_STOP}))"),
    ("month", rf"{_START}{_MONTH}(?={_DASH}(?:\d|{_MONTH}))"),
    ("signed", r"(?<![\p{L}\p{N})\]%]|(?<!\.)\.)[-\u2212+]\d++(?:[.,]\d++)?+(?![\d-]|[.,]\d)(?:%|°[CF]?+(?!\p{L}))?+"),
    ("grouped", r"(?<![\p{L}\p{M}\p{N}.-])\d{3}-\d{1,2}(?![\p{L}\p{N}.,-])"),  # an article, or 5 500-7 000
    ("number", rf"(?<![\p{{L}}\p{{M}}\p{{N}}.-]){_ARTICLE}(?:{_SUFFIX})?+(?![\p{{L}}\p{{N}}])"),
    ("version", rf"{_START}(?:[vV]\d++(?:\.\d++)++|(?!\d\d?\.\d\d?\.\d{{2,4}}(?!\.?\d))(?!\d{{1,3}}(?:\.\d{{3}})++(?!\.?\d))\d++(?:\.\d++){{2,}}+)(?:{_SUFFIX})?+(?!\w)"),
    ("number", rf"(?<![\p{{L}}\p{{M}}]){_NUMERAL}(?:[%‰]|°[CF]?+(?!\p{{L}}))?+(?:{_SUFFIX})?+(?![\p{{L}}\p{{N}}])"),
    ("symbol", rf"[\p{{S}}%‰№§]{_HYPHEN}\p{{Ll}}{_LETTER}*+"),
    ("abbreviation", rf"{_START}\p{{Lu}}{{2,}}+{_HYPHEN}\p{{Ll}}{_LETTER}*+{_STOP}(?!{_HYPHEN}\p{{L}})"),
    (
        "word",
        rf"(?:\p{{L}}|\d++(?:[.,]\d++)*+(?=\p{{L}})){_LETTER_OR_DIGIT}*+(?:(?:{_APOSTROPHE}(?=\p{{L}})|{_HYPHEN}(?=[\p{{L}}\d])|{_BREAK}){_LETTER_OR_DIGIT}++)*+",
    ),
    ("number", r"\d++"),
    ("symbol", r"[%‰§]|°[CF](?!\p{L})"),
    ("punctuation", r"[.…]{2,}+|…|\p{P}\p{M}*+"),
    ("symbol", r"[^\s]\p{M}*+"),
)

_GRAMMAR = regex.compile("|".join(f"(?P<k{place}>{shape})" for place, (_, shape) in enumerate(SHAPES)))
_PLAIN_WORD = re.compile(r"([(\"“«]?)([^\W\d_]+)([.,;:!?]?[\"”»]?|[)\"”»][.,;:!?]?)\s*")
_ROMAN_LETTERS = frozenset("IVXLCDM")
_KINDS = ("", *("word" if kind == "month" else kind for kind, _ in SHAPES))


def _plain_word(unit: str) -> list[Piece] | None:
    """The pieces of a unit that is a word with a few single marks around it, by far the most frequent shape; None otherwise."""
    found = _PLAIN_WORD.fullmatch(unit)
    if found is None:
        return None
    opening, word, marks = found.groups()
    if _ROMAN_LETTERS.issuperset(word) or (marks[:1] == "." and (len(word) == 1 or look_up(word + "."))):
        return None
    pieces = [(opening, "punctuation", 1)] if opening else []
    pieces += [(word, "word", len(word)), *((mark, "punctuation", 1) for mark in marks)]
    text, kind, _ = pieces[-1]
    pieces[-1] = text, kind, len(unit) - found.end(3) + len(text)
    return pieces


def shapes(unit: str) -> list[Piece]:
    """Return the pieces of a unit with their kinds and how far it is from each to the next, or to the end of the unit.

    >>> shapes("S.A.Puqaçovun ")
    [('S.', 'initial', 2), ('A.', 'initial', 2), ('Puqaçovun', 'word', 10)]
    """
    plain = _plain_word(unit)
    if plain:
        return plain
    found = list(_GRAMMAR.finditer(unit))
    following = [*(piece.start() for piece in found[1:]), len(unit)]
    return [(piece[0], _KINDS[piece.lastindex], end - piece.start()) for piece, end in zip(found, following, strict=True)]
