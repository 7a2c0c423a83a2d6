"""Does a sentence end here? An ordered tuple of small named rules; the first one that knows decides."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import regex

from azproc.language.casing import to_lower
from azproc.resources import read_lines
from azproc.segment.abbreviations import has_context, is_initial, is_opener, look_up
from azproc.segment.items import continues

__all__ = ["JOIN", "RULES", "SPLIT", "Boundary", "Rule", "is_finite_verb"]

SPLIT, JOIN = True, False

_NEAR = 40  # characters that a rule looks to the left or right
_BRACKETS_NEAR = 300
_RUN = regex.compile(r"(?r)[^\s(\[«“\"„‘—–_]*+")
_OPENING = regex.compile(r"[\"“”„«‘'(\[]*+")
_NEXT_LETTER = regex.compile(r"[\"“”„«‘'(\[]*+(?:(\p{Ll})|(\p{Lu})|(\d))")
_NEXT_WORD = regex.compile(r"[\"“”„«‘'(\[]*+(\p{L}[\p{L}\p{M}]*+)(?!\.)")
_REMARK = regex.compile(r"\(\p{Ll}++(?:\s\p{Ll}++)?\)\s*(?:\p{Lu}|$)")
_QUOTES = frozenset("\"”»’'")
_CLOSING_PUNCTUATION = frozenset(",;:)]}»%")
_DASH_AFTER = regex.compile(r"[-–—]+\s*")
_SMALL_WORDS = regex.compile(r"\p{Ll}++")
_NAME_AND_VERB = regex.compile(r"[-–—\s]*(?:\p{Lu}[\p{L}\p{M}.]*+\s+){1,3}(\p{Ll}++(?:\s\p{Ll}++)?)(?=[^.!?…,:;\"“«—–\n]{0,60}+(?:[.!…\n]|\Z))")  # no new speech follows
_HEADLINE_TAIL = regex.compile(r"[-–—]\s*[^.!?…,\n]{1,60}+")
_IMPRINT = regex.compile(r"[–—]\s*(?:\d|\p{Lu}\p{Ll}++(?:\s?:|,\s[–—\s]*\d{4})|(?:ISBN|№|S\.|C\.)\s)")
_CAPITALS_NEXT = regex.compile(r"\p{Lu}{2,}+(?!\p{Ll})")
_ROMAN_AFTER_SMALL_WORD = regex.compile(r"(?r)\b\p{Ll}++\s[IVX]{1,5}")
_NUMBER_NEXT = regex.compile(r"[(\"“«]?(?:\d|№|[IVXLC]++(?![\p{L}.]))")
_LEVEL = r"\.\d{1,3}(?:-\d{1,2})?"
_LIST_NUMBER = regex.compile(rf"[\"“«(]*(?:\d{{1,4}}(?:-\d{{1,2}})?(?:{_LEVEL})++|\d{{1,3}}(?:-\d{{1,2}})?|[IVXL]{{1,6}}|\p{{L}}|§\s?\d+)\.?")
_ITEM_NUMBER = regex.compile(rf"\d{{1,4}}(?:-\d{{1,2}})?(?:{_LEVEL}){{2,}}+|\p{{Lu}}(?:\.(?:\d{{1,2}}|[IVX]{{1,4}})){{1,3}}")
_ITEM_LETTER = regex.compile(r"(?r)(?<!\bvə\s)[a-eə]")  # but və b. (and others)
_AFTER_COLON = regex.compile(r"(?r)([^\s:;]{0,40})[:;]\s+")
_LABELLED = regex.compile(r"(?:^|(?<!\b[Bb]ax)[:;]\s)[\"“«(]*([\p{L}§№]+)\s?(?:\d[\d.–-]{0,11}|[IVXLC]{1,6}|\p{Lu})$")
_NUMBERED = regex.compile(r"(?:[IVXLC]{1,6}|\d{1,3}\s?[-–]\s?c\p{Ll})\s(\p{L}++)")
_SPACED_NUMBER = regex.compile(r"(?r)(?<!\d)\d\s(?:\.\s)?\d\s")
_SPACED_DATE = regex.compile(r"(?<!\d)\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})(?!\d)")
_QUOTE_APART = regex.compile(r"['\"”»’]\s+\p{Ll}")
_LIST_ITEM = regex.compile(r"(?:[-–—•*·▪●◦►✓➢]|\(?(?:\d{1,3}(?:\.\d{1,3})*+|\p{L}|[IVXivx]{1,5})[.)]|\p{Lu}\p{L}++\s\d{1,4}(?:-\d{1,2})?\.)\s")  # - a, 1. b, Maddə 5. Ad
_ADDRESS = regex.compile(r"://|www\.|@")
_SITE = regex.compile(r"(?:Az|AZ|Com|Org|Net|TV|NET|COM|ORG|Ru|Tr)(?!\p{L})")
_CODE_NEXT = regex.compile(r"(?!\p{Lu}\.\p{Lu})\w++[(.=]\S|\p{Lu}\p{Ll}++\p{Lu}\p{Ll}")
_SMALL_WORD = regex.compile(r"(?r)(?<![\p{Lu}.])(?:[\p{Ll}\p{M}]{2,}|[)\]\"”»])")
_WORD_APART = regex.compile(r"(?r)[\p{Ll}\p{M}]{2,}[^\S\n]")
_CAPITALISED = regex.compile(r"\p{Lu}\p{Ll}")
_FINITE_VERB = regex.compile(
    r"(?:\p{Ll}{2,}(?:d[ıiuü]r(?:lar|lər)?|[dt][ıiuü](?:m|n|q|k|lar|lər|nız|niz|nuz|nüz)?|[ae]caq\p{Ll}*|əcək\p{Ll}*|mış(?:am|ıq|san)|miş(?:əm|ik|sən)"
    r"|[ıiuü]r(?:am|əm|san|sən|ıq|ik|uq|ük|lar|lər|sız|siz)?|[ıiuü]b(?:lar|lər)?|ar(?:am|ıq)|ər(?:əm|ik)|mır(?:am)?|mir(?:əm)?|s[ıiuü]n(?:lar|lər)?|mal[ıi]\p{Ll}*|məli\p{Ll}*)|yox|var|deyil)"
)
_LEVELS_OF_DATE = regex.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}")


@dataclass(slots=True, frozen=True)
class Boundary:
    """A place where a sentence may end: ``stop`` to ``end`` are the marks that may end it, ``next`` is what stands after.

    All are offsets in ``text``; the sentence so far begins at ``start``; where ``next`` is the text's length, nothing follows.
    """

    text: str
    start: int
    stop: int
    end: int
    next: int

    @property
    def marks(self) -> str:
        """The terminator with the closing quotes, brackets and citation marks after it."""
        return self.text[self.stop : self.end]

    @property
    def gap(self) -> str:
        """The white space after it."""
        return self.text[self.end : self.next]

    @property
    def run(self) -> str:
        """The characters before it up to white space, a dash or something that opens."""
        floor = max(self.start, self.stop - _NEAR)
        word = self.text[max(floor, self.text.rfind(" ", floor, self.stop) + 1) : self.stop]
        return word if word.isalnum() else str(_RUN.match(self.text, floor, self.stop)[0])

    def follows(self, pattern: regex.Pattern[str]) -> regex.Match[str] | None:
        """Match a pattern at what stands after it."""
        return pattern.match(self.text, self.next, min(len(self.text), self.next + 2 * _NEAR))


Rule = Callable[[Boundary], bool | None]


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_lines(name))


@functools.lru_cache(1 << 14)
def is_finite_verb(word: str) -> bool:
    """Tell whether a word in small letters has the ending of a verb that closes a sentence.

    >>> is_finite_verb("gəldi"), is_finite_verb("gələn")
    (True, False)
    """
    return _FINITE_VERB.fullmatch(word) is not None


def nothing_follows(at: Boundary) -> bool | None:
    return SPLIT if at.next == len(at.text) else None


def blank_line(at: Boundary) -> bool | None:
    return SPLIT if at.gap.count("\n") > 1 else None


def nothing_before(at: Boundary) -> bool | None:
    """An ellipsis at the head of a sentence, ``...Sonra``, or a mark at the head of brackets: ``(!)``, ``(?-1332)``."""
    if not any(map(str.isalnum, at.text[at.start : at.stop][-_NEAR:])):
        return JOIN
    return JOIN if at.text[at.stop - 1] in "([" and at.marks[-1] not in _QUOTES else None


def omission(at: Boundary) -> bool | None:
    """``1-ci, 2-ci, ... 7-ci``: dots after a comma stand for what a list leaves out."""
    return JOIN if at.marks[0] in ".…" and at.text.endswith((", ", "; "), at.start, at.stop) else None


def web_address(at: Boundary) -> bool | None:
    return JOIN if not at.gap and _ADDRESS.search(at.run) else None


def no_space(at: Boundary) -> bool | None:
    """``getdi.Sonra`` and ``getdi .Sonra`` end a sentence, ``F.Xoyski``, ``ASP.NET``, ``Oxu.Az`` and ``string.Format(`` do not."""
    if at.gap or at.next == len(at.text):
        return None
    if at.follows(_CODE_NEXT):
        return JOIN
    if at.marks[0] != ".":
        return None
    if at.follows(_SITE) and at.run[:1].isupper():
        return JOIN
    if at.run.isdigit():
        return None
    if _SMALL_WORD.match(at.text, at.start, at.stop):
        return None
    return None if _WORD_APART.match(at.text, at.start, at.stop) and at.follows(_CAPITALISED) and not at.follows(_SITE) else JOIN


def punctuation_follows(at: Boundary) -> bool | None:
    return JOIN if at.text[at.next] in _CLOSING_PUNCTUATION else None


def list_item_follows(at: Boundary) -> bool | None:
    """A dash, a number or a letter with a bracket at the head of a line."""
    return SPLIT if "\n" in at.gap and at.follows(_LIST_ITEM) else None


def small_letter_follows(at: Boundary) -> bool | None:
    """A small letter goes on with the sentence, unless a finite verb and a plain stop show a careless writer, or it is a remark on its own, ``(gülüş)``."""
    if at.gap and at.text[at.next] == "(" and at.follows(_REMARK):
        return SPLIT
    found = at.follows(_NEXT_LETTER)
    if not found or not found[1]:
        return None
    if at.gap and (at.marks == "." or set(at.marks) == {"!"}) and is_finite_verb(at.run):
        return SPLIT
    return JOIN


def _ends_headline(at: Boundary) -> bool:
    """``Faiz niyə qalxıb? – AÇIQLAMA``: a few words without a stop up to the end of the line."""
    tail = at.follows(_HEADLINE_TAIL)
    return tail is not None and at.text[tail.end() : tail.end() + 1] in ("", "\n")


def _says(at: Boundary, position: int) -> bool:
    """Tell whether a verb of speech is among the next words; if not, a dash after a finished sentence is that of a list."""
    return any(_reports_speech(" ".join(words)) for words in pairwise((*_SMALL_WORDS.findall(at.text, position, position + _NEAR), "")))


def _reports_speech(words: str) -> bool:
    """Tell whether the first of two words is a verb of speech, or both are one: ``cavab verdi``."""
    return not _words("speech_verbs.txt").isdisjoint((words, words.partition(" ")[0]))


def speech_goes_on(at: Boundary) -> bool | None:
    """``— Gedək! — Anar dedi.`` and ``"Gedək!" Anar dedi.`` are one sentence each; a dash before a capital is a new speaker."""
    dash = at.follows(_DASH_AFTER)
    quoted = at.marks[-1] in _QUOTES
    if not dash and not quoted:
        return None
    if dash and "\n" not in at.gap and (at.follows(_IMPRINT) if at.marks[0] == "." else _ends_headline(at)):
        return JOIN
    if dash and "\n" not in at.gap and at.text[dash.end() : dash.end() + 1].islower():
        return SPLIT if at.marks == "." and is_finite_verb(at.run) and not _says(at, dash.end()) else JOIN
    said = at.follows(_NAME_AND_VERB)
    if "\n" not in at.gap and said and _reports_speech(said[1]):
        return JOIN
    return SPLIT if dash else None


def quotation_ends_later(at: Boundary) -> bool | None:
    """``' . ' sözləri``: the closing quote stands apart, and the sentence goes on."""
    return JOIN if at.follows(_QUOTE_APART) else None


def inside_brackets(at: Boundary) -> bool | None:
    """``Kitab (Bakı. 1998) satıldı``: what stands in brackets inside a sentence does not end it."""
    floor = max(at.start + 1, at.stop - _BRACKETS_NEAR)
    opened = at.text.rfind("(", floor, at.stop)
    if opened < 0 or at.text.find(")", opened, at.end) >= 0 or "\n" in at.gap:
        return None
    closed = at.text.find(")", at.end, at.end + _BRACKETS_NEAR)
    if closed < 0 or at.text.find("\n", at.end, closed) >= 0 or 0 <= at.text.find("(", at.end, closed) < closed:
        return None
    return JOIN


def _counts_after_colon(at: Boundary, number: str) -> bool:
    """``Şərtlər: 1. Ərizə`` and ``deyilirdi: 12. Vergi`` count items, ``Səhifə sayı: 320. Tiraj`` does not."""
    found = _AFTER_COLON.match(at.text, at.start, at.stop - len(number))
    return found is not None and (number.rpartition(".")[2] == "1" or ";" in found[0] or is_finite_verb(found[1]) or continues(at.text, at.stop, number))


def list_number(at: Boundary) -> bool | None:
    """``1. Giriş``, ``Şərtlər: 1. Ərizə``, ``178.1.2. Bu Məcəllə``, ``370-1.0. Rabitə``, ``b. Arayış``."""
    run = at.run
    if at.marks != "." or (run[-1:].islower() and len(run) > 1):
        return None
    if _ITEM_NUMBER.fullmatch(run) and not _LEVELS_OF_DATE.fullmatch(run):
        return JOIN
    if len(run) == 1 and _ITEM_LETTER.match(at.text, at.start, at.stop):
        return JOIN
    head = at.text[at.start : at.start + _NEAR]
    if at.stop - at.start <= _NEAR and _LIST_NUMBER.fullmatch(head[: at.stop - at.start]) and at.text[at.stop - 1] != ".":
        return JOIN
    if run[:1].isdigit() and _LIST_NUMBER.fullmatch(run) and _counts_after_colon(at, run):
        return JOIN
    return None


def label(at: Boundary) -> bool | None:
    """``Maddə 5. Ad``, ``V fəsil. Giriş``: a word that is followed or led by a number, at the head of a line."""
    if at.marks != "." or "\n" in at.gap:
        return None
    found = _NUMBERED.fullmatch(at.text, at.start, at.stop)
    if found is None and not at.text[at.stop - 1].islower():
        found = _LABELLED.search(at.text[max(at.start, at.stop - _NEAR) : at.stop])
    return JOIN if found and to_lower(found[1]) in _words("labels.txt") else None


def spaced_number(at: Boundary) -> bool | None:
    """``1 2 7 . 1 . Audiovizual media``: the number of an article that the extraction of a PDF spaced out."""
    return JOIN if at.marks[0] == "." and _SPACED_NUMBER.match(at.text, at.start, at.stop) else None


def spaced_date(at: Boundary) -> bool | None:
    """``28. 05. 1918``."""
    if not at.run[-1:].isdigit() or at.marks != ".":
        return None
    floor = max(at.start, at.stop - 8)
    return JOIN if any(found.start() < at.stop < found.end() for found in _SPACED_DATE.finditer(at.text, floor, at.stop + 16)) else None


def initial(at: Boundary) -> bool | None:
    """``F. Xoyski``; a word that is never a name shows that the sentence ends: ``cənab A. Sonra``."""
    run = at.run
    if at.marks != "." or not run[-1:].isupper() or run[-2:-1].isalnum():
        return None
    if not is_initial(at.text, at.stop - 1) or at.follows(_NEXT_LETTER) is None:
        return None
    if (row := look_up(run + ".")) and row.ends == "never":  # P.S.
        return None
    if at.text[at.next].isdigit():
        return JOIN if run[-2:-1] == "." else None  # mayor T.Ə. 2020-ci ildə, but vitamin C. 5 nəfər
    word = at.follows(_NEXT_WORD)
    return SPLIT if word and is_opener(word[1]) else JOIN


def abbreviation(at: Boundary) -> bool | None:
    """By the table: a title never ends a sentence, ``səh.`` not before a number, ``və s.`` before a capital does."""
    if at.marks[0] != "." or at.marks[:2] == "..":
        return None
    run = at.run.rpartition(":")[2]
    row = look_up(run + ".")
    if row is None and not run.isalpha():
        row = look_up(run.rpartition("-")[2] + ".") or look_up(run.rpartition(".")[2] + ".")
    if row is None or not has_context(row, at.text, at.stop + 1 - len(row.form), at.stop + 1):
        return None
    alone = at.marks == "."  # no bracket closes before what follows
    match row.ends:
        case "never":
            return JOIN
        case "name":
            word = at.follows(_NEXT_WORD)
            return None if word and is_opener(word[1]) else JOIN
        case "number":
            return JOIN if alone and at.follows(_NUMBER_NEXT) else None
        case "unit":
            return JOIN if alone and "\n" not in at.gap and at.text[at.next].isdigit() else None
        case "multiple":
            return JOIN if at.text[at.next].isdigit() or at.follows(_CAPITALS_NEXT) else None
    return None


def roman_ordinal(at: Boundary) -> bool | None:
    """``şah II. Şapur``; after a capital the numeral is the end of a name: ``Napoleon III. Sonra``."""
    if at.marks != "." or not _ROMAN_AFTER_SMALL_WORD.match(at.text, at.start, at.stop):
        return None
    word = at.follows(_NEXT_WORD)
    return JOIN if word and word[1][0].isupper() and not is_opener(word[1]) else None


def stop(_: Boundary) -> bool | None:
    return SPLIT


RULES: tuple[Rule, ...] = (
    nothing_follows,
    blank_line,
    nothing_before,
    omission,
    web_address,
    no_space,
    punctuation_follows,
    list_number,
    label,
    spaced_number,
    spaced_date,
    quotation_ends_later,
    abbreviation,
    speech_goes_on,
    list_item_follows,
    small_letter_follows,
    inside_brackets,
    initial,
    roman_ordinal,
    stop,
)
