"""Cut out of a text the numbers and words of which dates and times are made, and put neighbours together.

A cluster is a run of atoms with nothing but spaces, a dash, a comma or a slash between them. Its ``code`` has one letter for
each, so that a rule is a pattern over a few letters: ``oYmn`` is ordinal, year, month, number: ``1918-ci il mayın 28-də``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from azproc.extract.damage import MeantMonth, month_before
from azproc.extract.numerals import SUFFIX, roman_at, words_at
from azproc.extract.tables import rows
from azproc.extract.tries import trie
from azproc.extract.vocabulary import beginnings, case_of, meaning
from azproc.language.casing import is_upper, to_lower

__all__ = ["Atom", "Cluster", "Run", "clusters", "clusters_of", "lowered", "runs"]

# After a day the possessive is often left out before the case: martın 1-nə (birinə).
_DAY_SUFFIX = rf"(?:n[aə](?:d[aə]k|c[aə]n)?|nd[aə]n?|{SUFFIX})"
_MARKED = rf"\s?[-‐‑–'’]\s?(?P<suffix>{_DAY_SUFFIX})(?<!\W)(?!\w|\.\s?ə)|(?P<joined>(?=\w\w){_DAY_SUFFIX})(?<!\W)(?!\w)|\s(?P<apart>c[ıiuü])(?=\s)|(?!\w)"
_NUMERAL = "|".join(row["word"] for row in rows("numerals.tsv"))
_SPELLED = rf"(?:\s?\((?:{_NUMERAL})(?:\s(?:{_NUMERAL}))*+\))?+"  # 30 (otuz) gün
_DIGITS = (
    r"(?<![0-9][.,:])(?:(?P<numeric>[0-9]{1,4}(?P<mark>[./-])[0-9]{1,2}(?P=mark)[0-9]{1,4})(?![0-9]|[./:][0-9])"
    r"|(?P<clock>[0-9]{1,2}:[0-9]{2})(?![0-9]|[:.,][0-9])"
    rf"|(?P<integer>[0-9]{{1,4}}){_SPELLED}(?![0-9]|[.,:][0-9]|[ \xa0\u2009\u202f][0-9]{{3}}(?![0-9]))"
    r"|(?P<figure>[0-9]++(?:[.,: \xa0\u2009\u202f][0-9]++)*+))"
)
_CONJUNCTIONS = "və ya|və|yaxud|həmçinin"
_GAP = re.compile(
    r"[^\S\n]*+(?:\n[^\S\n]*+)?+"
    rf"(?:(?P<dash>[-‐‑–—−])\s*+(?:ö\.\s?|vəf\.\s?)?|(?P<and>(?:,\s*+)?(?:{_CONJUNCTIONS})\s++)|(?P<comma>,)\s*+|(?P<slash>/))?+"
)
_CODE = re.compile(r"[^\W\d_][0-9]+-$")  # J2-8015
_LONGEST_GAP = 14
_ORDINAL = re.compile(r"(?:[ıiuü]?n)?c[ıiuü](?!l)")
_MARKS = {"dash": "-", "and": "&", "comma": ",", "slash": "/"}


Piece = re.Match[str] | MeantMonth


class Atom(NamedTuple):
    """A number, word or mark with its kind; ``number`` is what a numeral is worth, ``value`` what a word means."""

    kind: str
    start: int
    end: int
    value: str = ""
    number: int | None = None
    case: str = ""
    plural: bool = False
    derived: bool = False


_NO_MARK = Atom("", 0, 0)
_OPENERS = frozenset("([,;.:-–—")
_BEHIND_YEARS = (" —", " –", ", s")  # of a chronicle's entry, and before a page
_ANCHORS = frozenset("abehmtvuwzACDHIKMQSTWY")  # without one of these, or digits, nothing is a date
_ALONE = frozenset("mvwz")


class Cluster(NamedTuple):
    """Neighbouring atoms and the marks between them; ``code`` holds the kind of each."""

    text: str
    code: str
    atoms: tuple[Atom, ...]


class Run(NamedTuple):
    """Neighbours that may be atoms, from ``start`` to ``end``, with the mark before each; only a hopeful run may hold a date."""

    start: int
    end: int
    matches: list[Piece]
    marks: list[Atom]
    hopeful: bool


def lowered(text: str) -> str:
    """Return the text in small letters with every character at its place.

    >>> lowered("MAYIN 28-İ"), len(lowered("I\N{COMBINING DOT ABOVE}yun"))
    ('mayın 28-i', 5)
    """
    small = to_lower(text)
    if len(small) == len(text):
        return small
    return "".join(letter if len(lower := to_lower(letter)) != 1 else lower for letter in text)


def clusters(text: str, small: str) -> Iterator[Cluster]:
    """Yield the clusters of a text in which there may be a date, from left to right.

    ``small`` is the text in small letters (see `lowered`).

    >>> text = "XIX əsrdə, 1918-ci il mayın 27-dən noyabrın 19-dək"
    >>> [cluster.code for cluster in clusters(text, lowered(text))]
    ['rC,oYmnmn']
    """
    for run in runs(small, 0, len(small)):
        yield from clusters_of(text, small, run)


def runs(small: str, start: int, stop: int) -> Iterator[Run]:
    """Yield the runs of what may be an atom that begin between two places of a text in small letters, without single words that are no date.

    >>> [(run.start, run.end, run.hopeful) for run in runs("bu ada, iki min ada, mayın 5-i", 0, 22)]
    [(8, 15, False), (21, 30, True)]
    """
    matches: list[Piece] = []
    marks = [_NO_MARK]
    end = 0
    hopeful = False
    for match in _matches(small, start):
        group = match.lastgroup
        if group == "word":
            word = meaning(match[0])
            if word is None:
                continue
            hope = word.kind in _ANCHORS
        else:
            hope = group == "digits"
        first, last = match.span()
        mark = _between(small, end, first) if matches and first - end <= _LONGEST_GAP else None
        if mark is None:
            if hopeful or len(matches) > 1:
                yield Run(matches[0].start(), end, matches, marks, hopeful)
            if first >= stop:
                return
            matches, marks, hopeful = [match], [_NO_MARK], hope
        else:
            matches.append(match)
            marks.append(mark)
            hopeful = hopeful or hope
        end = last
    if hopeful or len(matches) > 1:
        yield Run(matches[0].start(), end, matches, marks, hopeful)


def clusters_of(text: str, small: str, run: Run) -> Iterator[Cluster]:
    """Yield what the matches of a run and the marks between them make: one cluster, or several where a match is no atom."""
    if not run.hopeful or (len(run.matches) == 1 and not _means_alone(text, small, run.matches[0])):
        return
    atoms: list[Atom] = []
    end = 0
    for match, mark in zip(run.matches, run.marks, strict=True):
        if match.start() < end:
            continue
        atom = _READERS[match.lastgroup or ""](text, match)
        if atom is None and atoms and atoms[-1].kind == "H" and not atoms[-1].case:
            atom = _spoken_hour(match)
        if atom is None:
            if atoms:
                yield _cluster(text, atoms)
            atoms = []
            continue
        if atoms and mark.kind:
            atoms.append(mark)
        atoms.append(atom)
        end = atom.end
    if atoms:
        yield _cluster(text, atoms)


def _matches(small: str, start: int) -> Iterator[Piece]:
    """Yield what the scanner finds, and a month that one wrong letter hides before its day: ``aprclin 9-da``."""
    for match in _scanner().finditer(small, start):
        if match.lastgroup == "digits" and match["suffix"] and (damaged := month_before(small, match.start())):
            yield damaged
        yield match


def _means_alone(text: str, small: str, match: Piece) -> bool:
    if match.lastgroup == "word":
        word = meaning(match[0])
        return word is not None and word.kind in _ALONE
    integer = match["integer"]
    if integer is None or len(integer) != len("1918"):
        return integer is None
    if match["suffix"] is not None or small.startswith(_BEHIND_YEARS, match.end()) or is_upper(text[match.end() + 1 : match.end() + 2]):
        return True
    return small[max(0, match.start() - 3) : match.start()].rstrip()[-1:] in _OPENERS


def _cluster(text: str, atoms: list[Atom]) -> Cluster:
    return Cluster(text, "".join([atom.kind for atom in atoms]), tuple(atoms))


def _between(small: str, start: int, end: int) -> Atom | None:
    """Return the mark between two atoms, one of no kind for white space, None where something else parts them."""
    if end - start == 1 and small[start] == " ":
        return _NO_MARK
    gap = _GAP.fullmatch(small, start, end)
    return None if gap is None else Atom(_MARKS.get(gap.lastgroup or "", ""), start, end)


@cache
def _scanner() -> re.Pattern[str]:
    """Find what may be an atom: digits that are no citation mark, anything that begins like a word of the vocabulary, Roman letters."""
    firsts = "".join({spelling[0] for spelling in beginnings()})
    return re.compile(
        rf"\b(?=[0-9{firsts}ıvxlcdm])(?:(?!(?<=\[)[0-9]{{1,3}}\])(?P<digits>{_DIGITS}(?:{_MARKED}))"
        rf"|(?P<word>{trie(beginnings())}[^\W\d_]*+)(?!\d)"
        r"|(?P<roman>(?:[ıvxlcdm]++|x[ıivx]++)(?:[-‐‑–]c[ıiuü])?+)(?!\w))"
    )


def _word(text: str, match: Piece) -> Atom | None:
    word = meaning(match[0])
    if word is None:
        return None
    if word.kind == "n":
        return _numeral(text, match.start())
    return Atom(word.kind, match.start(), match.end(), word.value, None, word.case, word.plural, word.derived)


def _numeral(text: str, start: int) -> Atom | None:
    numeral = words_at(text, start)
    if numeral is None:
        return None
    kind = "o" if numeral.ordinal else "n"
    value = int(numeral.value) if numeral.value == int(numeral.value) else None
    return Atom(kind, numeral.start, numeral.end, "words", value, case_of(numeral.suffix))


def _spoken_hour(match: Piece) -> Atom | None:
    """Read a numeral that is mostly another word as the hour that it is after ``saat``: ``saat onda``, ``saat birin yarısı``."""
    hundred = "yüz "  # inside a longer numeral there is no doubt
    numeral = words_at(hundred + match[0], 0) if match.lastgroup == "word" else None
    if numeral is None or numeral.end != len(hundred + match[0]):
        return None
    return Atom("n", match.start(), match.end(), "words", int(numeral.value) - 100, case_of(numeral.suffix))


def _roman(text: str, match: Piece) -> Atom | None:
    if not is_upper(text[match.start()]) or (numeral := roman_at(text, match.start())) is None:
        return None
    return Atom("r", numeral.start, numeral.end, "roman", int(numeral.value), case_of(numeral.suffix))


def _digits(text: str, match: Piece) -> Atom | None:
    if text[match.start() - 1 : match.start()] == "-" and _CODE.search(text, max(0, match.start() - 8), match.start()):
        return None
    suffix = match["suffix"] or match["joined"] or match["apart"] or ""
    ordinal = _ORDINAL.match(suffix)
    case = case_of(suffix[ordinal.end() :] if ordinal else suffix)
    if match["integer"]:
        return Atom("o" if ordinal else "n", match.start(), match.end(), match["integer"], int(match["integer"]), case)
    for name, kind in (("numeric", "f"), ("clock", "c")):
        if match[name]:
            return Atom(kind, match.start(), match.end(), match[name], None, case)
    return Atom("n", match.start(), match.end(), "figure", None, case)


_READERS = {"digits": _digits, "word": _word, "roman": _roman}
