"""Words whose letters a PDF extractor set apart: v ə for və, q ə bul edil ə n for qəbul edilən.

The extractor puts spaces around the letters that the page's main font lacks. So a space is doubtful only beside a piece
made of such letters alone. The doubtful spaces of a run are judged together: of all ways to join its pieces, the one
whose words are likeliest by the lexicon wins.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

import regex

from azproc import resources
from azproc.language.alphabet import CONSONANTS, VOWELS
from azproc.language.casing import fold, is_lower, is_upper, to_upper
from azproc.lexicon import Lexicon
from azproc.rewrite import Edit

__all__ = ["join_split_letters"]

_BORDER = "[\\s(\\[{\"'“«‘]"
_TRIGGER = re.compile(  # begins with a plain class, which re finds fast
    "[əğşıöüçƏĞŞİÖÜÇ][ ,;:!?)»”\\]]"
    f"(?:(?<={_BORDER}..)|(?<=^..)|(?<={_BORDER}G..)|(?<={_BORDER}GG..)|(?<=^G..))".replace("G", "[əğşƏĞŞİ]"),
    re.MULTILINE,
)
_LETTER = r"[\p{L}\p{M}\p{N}]"
_WORD = rf"-?+{_LETTER}++(?:['’-]{_LETTER}++)*+-?+"
_GROUP = r"(?:[əğşƏĞŞİ]{1,4}+|[ıöüçÖÜÇ])"  # what is set apart; only some letters come in groups
_ENDS_APART, _BEGINS_APART = rf"(?:{_LETTER}++-)*{_GROUP}", rf"-?{_GROUP}(?:-{_LETTER}++)*"
_APART = rf"(?:{_ENDS_APART}|{_BEGINS_APART})(?![\p{{L}}\p{{M}}\p{{N}}-])"
_RUN = regex.compile(
    rf"(?<!{_LETTER}|{_LETTER}['’\"”»-])(?:(?!{_APART}){_WORD}[ ])?+{_APART}"
    rf"(?:[ ](?:(?!{_APART}){_WORD}[ ])?+{_APART})*+(?:[ ](?:[sb]\.|{_WORD}))?+"
)
_ENDS, _BEGINS, _BARE = regex.compile(_ENDS_APART), regex.compile(_BEGINS_APART), regex.compile(rf"-?{_GROUP}")
_SPACED = regex.compile(rf"(?<!{_LETTER}|{_LETTER}['’-])\p{{L}}(?:[ ]\p{{L}}(?!{_LETTER}|['’-])){{2,}}+")
_ADJACENT = regex.compile(r"(?<![^ ])[\p{L}--[oOəğşıöüçƏĞŞİÖÜÇ]] (?=[\p{L}--[əğşıöüçƏĞŞİÖÜÇ]](?![^ ]))", regex.V1)
_CLOSING = re.compile(" (?=[,;:!?.)»”\\]])")
_UNSURE = 0.8  # confidence in a word that is not known
_LONGEST = 40  # letters of a word, and so the reach of the search

# Costs are negative natural logarithms of probabilities.
_TOTAL = 20.7  # logarithm of the sum of the lexicon's counts
_DERIVED, _SUFFIX, _BARE_VERB = 4.0, 1.5, 12.0  # a form made of a listed stem: for itself, for each suffix, a verb's stem
_UNKNOWN, _UNKNOWN_LETTER = 20.0, 3.0
_CUT = 12.0  # more for a suffix that stands alone
_SHORT_STEM = 4.0  # more for a form of a stem of two letters
_HYPHEN = 1.0
_ABBREVIATIONS, _ABBREVIATION = ("s.", "b."), 7.0  # the last of və s., və b.
_HEAP = regex.compile(  # of vowels or of consonants, as no word has
    "[{}]{{4}}|[{}]{{6}}".format(*("".join(sorted(letters | set(map(to_upper, letters)))) for letters in (VOWELS, CONSONANTS)))
)
_SHORT = 11.2  # cost from which a word of two letters is rather a word list's mistake
_SPACE = -3.0  # a doubtful space is rather a real one than words alone would tell, since neighbours go together
_PARTICLE, _PARTICLES = 3.0, ("də", "da", "ki")  # but the endings are commoner than the words


def join_split_letters(text: str) -> Iterator[Edit]:
    """Yield an edit for each word whose letters stand apart, with a space before the next stop or comma if it is odd.

    Letters that are meant to stand alone stay: ə hərfi, a list of letters, initials.

    >>> [edit.after for edit in join_split_letters("q ə bul edil ə n v ə ya, bu ə hərfi")]
    ['qəbul', 'edilən', 'və']
    """
    position = 0
    while hit := _TRIGGER.search(text, position):
        start = max(position, text.rfind("\n", position, hit.end() - 1) + 1)
        position = text.find("\n", hit.end()) + 1 or len(text)
        spaced = {match.start(): match for match in _SPACED.finditer(text, start, position) if _is_word(match) or _is_spaced_out(match[0])}
        taken = start
        edits: list[Edit] = []
        for run in sorted([*spaced.values(), *_RUN.finditer(text, start, position)], key=lambda run: run.start()):
            if run.start() >= taken:
                edits += _spaced_word(run) if run.start() in spaced else _joined(text, run)
                taken = run.end()
        damaged = any(edit.confidence > _UNSURE for edit in edits)  # an extractor does not spare all known words of a line
        yield from (edit for edit in edits if damaged or edit.confidence > _UNSURE)


def _is_spaced_out(letters: str) -> bool:
    """Tell whether single letters are a word spaced out by its author: no extractor sets two plain letters apart."""
    pairs, share = _plain_pairs(letters)
    return share > 0.4 or (pairs > 1 and share > 0.25)


def _plain_pairs(letters: str) -> tuple[int, float]:
    pairs = len(_ADJACENT.findall(letters))
    return pairs, pairs / (len(letters) // 2)


def _spaced_word(run: regex.Match[str]) -> Iterator[Edit]:
    """Close a word written with a space after every letter, if that gives a known word."""
    if _is_word(run):
        yield Edit(run.start(), run.end(), run[0], run[0].replace(" ", ""), "space.split-letters", 0.95)


def _is_word(spaced: regex.Match[str]) -> bool:
    word = spaced[0].replace(" ", "")
    lexicon = resources.lexicon()
    known = word in lexicon if len(word) < 6 else lexicon.knows(word)
    spaced_out = is_upper(word) or _plain_pairs(spaced[0])[1] > 0.25
    return len(word) > 3 and _is_cased(word) and known and spaced_out


def _joined(text: str, run: regex.Match[str]) -> Iterator[Edit]:
    pieces = [(run.start() + piece.start(), run.start() + piece.end()) for piece in re.finditer("[^ ]+", run[0])]
    words = [text[start:end] for start, end in pieces]
    doubtful = [
        bool(_ENDS.fullmatch(left) or _BEGINS.fullmatch(right)) and not right[0].isdigit() for left, right in pairwise(words)
    ]
    for first, last in _likeliest(words, doubtful):
        if last - first < 2:
            continue
        start, end = pieces[first][0], pieces[last - 1][1]
        after = "".join(words[first:last])
        if _ENDS.fullmatch(words[last - 1]) and (closing := _CLOSING.match(text, end)):
            end = closing.end()
        yield Edit(start, end, text[start:end], after, "space.split-letters", _confidence(after))


def _likeliest(pieces: list[str], doubtful: list[bool]) -> list[tuple[int, int]]:
    """Return the cheapest partition of the pieces as half-open ranges; only doubtful spaces may close."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    apart = [bool(_BARE.fullmatch(piece)) for piece in pieces]
    for last in range(1, len(pieces) + 1):
        choices = []
        word, bare, plain = "", False, False
        for first in range(last - 1, -1, -1):
            piece = pieces[first]
            word = piece + word
            bare, plain = bare or apart[first], plain or (len(piece) > 1 and not apart[first])
            alone = first == last - 1
            if not alone and (len(word) > _LONGEST or _HEAP.search(word)):
                break
            cost = _cost(word) if alone or _is_cased(word) else math.inf
            if cost == math.inf and (alone or (bare and plain and is_lower(word[1:]))):
                cost = _unknown_cost(word)
            space = _SPACE if first and doubtful[first - 1] else 0.0
            choices.append((best[first][0] + cost + space, first))
            if first and not doubtful[first - 1]:
                break
        best.append(min(choices))
    ranges = []
    last = len(pieces)
    while last:
        first = best[last][1]
        ranges.append((first, last))
        last = first
    return ranges[::-1]


@lru_cache(maxsize=1 << 16)
def _cost(word: str) -> float:
    """Return the negative logarithm of a word's probability, infinity if it is not known."""
    if word in _ABBREVIATIONS:
        return _ABBREVIATION
    form = fold(word).rstrip(".").strip("-")
    costs = [_known_cost(word.strip("-"), form)]
    parts = [part for part in form.split("-") if part]
    if len(parts) > 1 and not form[0].isdigit():
        costs.append(sum(map(_cost, parts)) + _HYPHEN)
    return min(costs) if len(form) > 2 or min(costs) < _SHORT else math.inf


def _known_cost(word: str, form: str) -> float:
    if not VOWELS & set(form) or _HEAP.search(form) or form in _cut_suffixes() or (len(form) == 1 and form != "o"):
        return math.inf
    lexicon = resources.lexicon()
    costs = [math.inf]
    if count := lexicon.count(form):
        costs.append(_TOTAL - math.log(count) + _PARTICLE * (form in _PARTICLES))
    for analysis in lexicon.analyses(word):
        stem = lexicon.count(analysis.stem)
        chain = _SUFFIX * len(analysis.suffixes) + _SHORT_STEM * (len(analysis.stem) < 3)
        costs.append((_TOTAL - math.log(stem) if stem else _BARE_VERB) + _DERIVED + chain)
    return min(costs)


def _unknown_cost(word: str) -> float:
    return _UNKNOWN + _UNKNOWN_LETTER * len(word) + _CUT * (fold(word) in _cut_suffixes())


@cache
def _cut_suffixes() -> frozenset[str]:
    return frozenset(form for line in resources.read_lines("cut_suffixes.txt") for form in line.split())


def _is_cased(word: str) -> bool:
    """Tell whether the case of a joined word is one that people write: small, capitals, or a first capital."""
    return all(is_lower(part[1:]) or is_upper(part) or len(part) < 2 for part in word.split("-"))


def _confidence(word: str) -> float:
    lexicon: Lexicon = resources.lexicon()
    if word in lexicon:
        return 0.99
    return 0.97 if lexicon.knows(word) else _UNSURE
