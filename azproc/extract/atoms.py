"""Cut out of a text the numbers and words of which dates and times are made, and put neighbours together.

A cluster is a run of atoms with nothing but spaces, a dash, a comma or a slash between them. Its ``code`` has one letter for
each, so that a rule is a pattern over a few letters: ``oYmn`` is ordinal, year, month, number: ``1918-ci il mayın 28-də``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from azproc.extract.numerals import SUFFIX, roman_at, words_at
from azproc.extract.tables import rows
from azproc.extract.vocabulary import ENDINGS, Word, agrees, case_of, trie, words
from azproc.language.casing import is_upper, to_lower

__all__ = ["Atom", "Cluster", "clusters", "lowered"]

# After a day the possessive is often left out before the case: martın 1-nə (birinə).
_DAY_SUFFIX = rf"(?:n[aə](?:d[aə]k|c[aə]n)?|nd[aə]n?|{SUFFIX})"
_MARKED = rf"\s?[-‐‑–'’]\s?(?P<suffix>{_DAY_SUFFIX})(?<!\W)(?!\w)|(?P<joined>(?=\w\w){_DAY_SUFFIX})(?<!\W)(?!\w)|\s(?P<apart>c[ıiuü])(?=\s)|(?!\w)"
_DIGITS = (
    r"(?<![0-9][.,:])(?:(?P<numeric>[0-9]{1,4}(?P<mark>[./-])[0-9]{1,2}(?P=mark)[0-9]{1,4})(?![0-9]|[./:][0-9])"
    r"|(?P<clock>[0-9]{1,2}:[0-9]{2})(?![0-9]|[:.,][0-9])"
    r"|(?P<integer>[0-9]{1,4})(?![0-9]|[.,:][0-9]|[ \xa0\u2009\u202f][0-9]{3}(?![0-9]))"
    r"|(?P<figure>[0-9]++(?:[.,: \xa0\u2009\u202f][0-9]++)*+))"
)
_CONJUNCTIONS = "və ya|və|yaxud|həmçinin"
_GAP = re.compile(
    r"[^\S\n]*+(?:\n[^\S\n]*+)?+"
    rf"(?:(?P<dash>[-‐‑–—−])\s*+(?:ö\.\s?|vəf\.\s?)?|(?P<and>(?:,\s*+)?(?:{_CONJUNCTIONS})\s++)|(?P<comma>,)\s*+|(?P<slash>/))?+"
)
_LONGEST_GAP = 14
_ARTICLE = r"(?<!saat bir\s)(?<!d[aə]n bir\s)"  # bir is "a", but for saat bir (one o'clock), 10 gündən bir (every ten days)
_ORDINAL = re.compile(r"(?:[ıiuü]?n)?c[ıiuü](?!l)")
_MARKS = {"dash": "-", "and": "&", "comma": ",", "slash": "/"}


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


class Cluster(NamedTuple):
    """Neighbouring atoms and the marks between them; ``code`` holds the kind of each."""

    text: str
    code: str
    atoms: tuple[Atom, ...]


def lowered(text: str) -> str:
    """Return the text in small letters with every character at its place.

    >>> lowered("MAYIN 28-İ"), len(lowered("I\N{COMBINING DOT ABOVE}yun"))
    ('mayın 28-i', 5)
    """
    small = to_lower(text)
    if len(small) == len(text):
        return small
    return "".join(letter if len(lower := to_lower(letter)) != 1 else lower for letter in text)


def clusters(text: str, small: str | None = None) -> Iterator[Cluster]:
    """Yield the clusters of a text from left to right; single atoms that mean nothing alone are left out.

    ``small`` is the text in small letters (see `lowered`), if that is at hand.

    >>> [cluster.code for cluster in clusters("XIX əsrdə, 1918-ci il mayın 27-dən noyabrın 19-dək")]
    ['rC,oYmnmn']
    """
    small = lowered(text) if small is None else small
    run: list[re.Match[str]] = []
    marks: list[Atom] = []
    end = 0
    for match in _scanner().finditer(small):
        start, stop = match.span()
        mark = _between(small, end, start) if run and start - end <= _LONGEST_GAP else None
        if mark is not None:
            run.append(match)
            marks.append(mark)
        else:
            if len(run) > 1 or (run and _means_alone(small, run[0])):
                yield from _atoms(text, run, marks)
            run, marks = [match], []
        end = stop
    if len(run) > 1 or (run and _means_alone(small, run[0])):
        yield from _atoms(text, run, marks)


def _means_alone(small: str, match: re.Match[str]) -> bool:
    group = match.lastgroup
    if group != "digits":
        return group in {"noun", "possessed"} and (match["all"] or match["own"]) in _alone()
    integer = match["integer"]
    if integer is None or len(integer) != len("1918"):
        return integer is None
    return match["suffix"] is not None or small[max(0, match.start() - 3) : match.start()].rstrip()[-1:] in _OPENERS


@cache
def _alone() -> frozenset[str]:
    return frozenset(spelling for spelling, meanings in words().items() if meanings[0].kind in "mzwv")


def _atoms(text: str, run: list[re.Match[str]], marks: list[Atom]) -> Iterator[Cluster]:
    """Yield what the matches and the marks between them make: one cluster, or several where a match is no atom."""
    atoms: list[Atom] = []
    end = 0
    for match, mark in zip(run, [_NO_MARK, *marks], strict=True):
        if match.start() < end:
            continue
        atom = _READERS[match.lastgroup or ""](text, match)
        if atom is None and atoms and atoms[-1].kind == "H" and not atoms[-1].case:
            atom = _spoken_hour(match)
        if atom is None:
            if atoms:
                yield Cluster(text, "".join([one.kind for one in atoms]), tuple(atoms))
            atoms = []
            continue
        if atoms and mark.kind:
            atoms.append(mark)
        atoms.append(atom)
        end = atom.end
    if atoms:
        yield Cluster(text, "".join([one.kind for one in atoms]), tuple(atoms))


def _between(small: str, start: int, end: int) -> Atom | None:
    """Return the mark between two atoms, one of no kind for white space, None where something else parts them."""
    if end - start == 1 and small[start] == " ":
        return _NO_MARK
    if (gap := _GAP.fullmatch(small, start, end)) is None:
        return None
    return Atom(_MARKS.get(gap.lastgroup or "", ""), start, end)


@cache
def _scanner() -> re.Pattern[str]:
    spelled: dict[str, list[str]] = {forms: [] for forms in ENDINGS}
    for spelling, meanings in words().items():
        for word in meanings:
            spelled[word.forms].append(spelling)
    spelled["numeral"] = [row["word"] for row in rows("numerals.tsv")]
    any_of = {forms: f"(?=[{''.join(sorted({spelling[0] for spelling in some}))}]){trie(some)}" for forms, some in spelled.items()}
    other = "|".join(any_of.values())
    return re.compile(
        r"(?<!\w)(?:"
        rf"(?P<digits>{_DIGITS}(?:{_MARKED}))"
        rf"|(?P<possessed>(?P<own>{any_of['own']})(?P<owned>{ENDINGS['own']})(?!\w))"
        rf"|(?P<noun>(?P<all>{any_of['all']}){ENDINGS['all']}(?!\w))"
        rf"|(?P<fixed>{any_of['as-is']})(?:(?<=\.)|(?!\w))"
        rf"|(?P<leading>{any_of['leads']})(?=\s+(?:[0-9ıvx]|{other}))"
        rf"|(?P<numeral>(?!bir\s{_ARTICLE}(?!\s*(?:{other}))){any_of['numeral']}\w*+)"
        r"|(?P<roman>(?:[ıvxlcdm]++|x[ıivx]++)(?:[-‐‑–]c[ıiuü])?+)(?!\w))"
    )


def _noun(_: str, match: re.Match[str]) -> Atom | None:
    if not agrees(match["all"], match[0][len(match["all"]) :]):
        return None
    word = _meaning(match["all"], "all")
    plural, derived = match["plural"] is not None, match["derived"] is not None
    return Atom(word.kind, match.start(), match.end(), word.value, None, case_of(match["case"] or ""), plural, derived)


def _possessed(_: str, match: re.Match[str]) -> Atom:
    word = _meaning(match["own"], "own")
    return Atom(word.kind, match.start(), match.end(), word.value, None, case_of(match["owned"]))


def _fixed(_: str, match: re.Match[str]) -> Atom:
    word = _meaning(match["fixed"], "as-is")
    return Atom(word.kind, match.start(), match.end(), word.value)


def _leading(_: str, match: re.Match[str]) -> Atom:
    word = _meaning(match["leading"], "leads")
    return Atom(word.kind, match.start(), match.end(), word.value)


def _numeral(text: str, match: re.Match[str]) -> Atom | None:
    numeral = words_at(text, match.start())
    if numeral is None:
        return None
    kind = "o" if numeral.ordinal else "n"
    value = int(numeral.value) if numeral.value == int(numeral.value) else None
    return Atom(kind, numeral.start, numeral.end, "words", value, case_of(numeral.suffix))


def _spoken_hour(match: re.Match[str]) -> Atom | None:
    """Read a numeral that is mostly another word as the hour that it is after ``saat``: ``saat onda``, ``saat birin yarısı``."""
    hundred = "yüz "  # inside a longer numeral there is no doubt
    numeral = words_at(hundred + match[0], 0) if match.lastgroup == "numeral" else None
    if numeral is None or numeral.end != len(hundred + match[0]):
        return None
    return Atom("n", match.start(), match.end(), "words", int(numeral.value) - 100, case_of(numeral.suffix))


def _roman(text: str, match: re.Match[str]) -> Atom | None:
    if not is_upper(text[match.start()]) or (numeral := roman_at(text, match.start())) is None:
        return None
    return Atom("r", numeral.start, numeral.end, "roman", int(numeral.value), case_of(numeral.suffix))


def _digits(_: str, match: re.Match[str]) -> Atom:
    suffix = match["suffix"] or match["joined"] or match["apart"] or ""
    ordinal = _ORDINAL.match(suffix)
    case = case_of(suffix[ordinal.end() :] if ordinal else suffix)
    if match["integer"]:
        return Atom("o" if ordinal else "n", match.start(), match.end(), match["integer"], int(match["integer"]), case)
    for name, kind in (("numeric", "f"), ("clock", "c")):
        if match[name]:
            return Atom(kind, match.start(), match.end(), match[name], None, case)
    return Atom("n", match.start(), match.end(), "figure", None, case)


_READERS = {"digits": _digits, "noun": _noun, "possessed": _possessed, "fixed": _fixed, "leading": _leading, "numeral": _numeral, "roman": _roman}


@cache
def _meaning(spelling: str, forms: str) -> Word:
    plain = re.sub(r"\s+", " ", re.sub(r"(?<=\.)\s(?=.)", "", spelling))
    return next(word for word in words()[plain] if word.forms == forms)
