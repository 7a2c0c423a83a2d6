"""What befell a passage as a whole: little, or an engine without Azerbaijani; or it is another language.

Every tenth letter of Azerbaijani is ə; a passage of fifty letters without it was read by an engine that has none, was typed
without it, or is no Azerbaijani. Whether it is tells the share of its words that the lexicon has once ə may stand again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import filterfalse

from azproc.clean.ocr.candidates import find_readings
from azproc.clean.ocr.channel import FREE, Engine, channel
from azproc.clean.ocr.page import Page, Passage, count_words
from azproc.clean.ocr.vocabulary import vocabulary
from azproc.language.casing import fold

__all__ = ["Damage", "damage_of", "native_passages"]

_FEW_LETTERS = 40
_SCHWA_LOST = 0.02  # share of ə among the letters below which it is missed
_SAMPLE = 60
_RESTORED = 1.0  # share of known words once ə is back, and how much that gained: 1.0 parts scans from Turkish texts
_RESTORED_WITHOUT_X = 1.08  # Turkish has no x, and one letter in fifty of Azerbaijani is x
_MANY_WORDS = 25  # so many words leave little to chance
_KNOWN = 0.65
_FOREIGN = 0.5
_SCHWA_ALONE = 0.06  # share of ə that no other language has, however little else can be read
_FEW_WORDS = 4
_CODE, _CODE_SHARE = "(){}<>=_", 0.5  # signs of programs, for each word; prose has a bracket for every five words at most
_TURKISH = frozenset(
    ("için", "değil", "çok", "olarak", "gibi", "kadar", "ancak", "tarafından", "yıl", "yılında")
)  # common in Turkish, and nothing that Azerbaijani becomes when it is misread


@dataclass(frozen=True, slots=True)
class Damage:
    """``engine`` read the passage; shares of unknown words and of ə; ``words`` were counted; ``foreign``: leave it alone."""

    engine: Engine
    unknown: float
    schwa: float
    words: int
    foreign: bool = False


def native_passages(page: Page) -> list[tuple[Passage, Damage]]:
    """Return the passages of a page that are Azerbaijani, each with what befell it."""
    judged = ((passage, damage_of(page, passage)) for passage in page.passages)
    return [(passage, damage) for passage, damage in judged if not damage.foreign]


def damage_of(page: Page, passage: Passage) -> Damage:
    """Judge a passage by its letters and its words."""
    words, strange = count_words(page.kinds[passage.first : passage.last])
    unknown = strange / max(words, 1)
    text = page.text[passage.start : passage.end]
    if sum(map(text.count, _CODE)) > words * _CODE_SHARE:
        return Damage("aze", unknown, 0.0, words, foreign=True)
    letters = _letters(page.tokens[passage.first : passage.last])
    schwa = (text.count("ə") + text.count("Ə")) / max(letters, 1)
    if letters >= _FEW_LETTERS and schwa < _SCHWA_LOST:
        before, after = _restored(page, passage)
        bar = _RESTORED if "x" in text or words >= _MANY_WORDS else _RESTORED_WITHOUT_X
        if after >= _KNOWN and after + after - before >= bar and not _is_turkish(page, passage):
            return Damage("tur", unknown, schwa, words)
        return Damage("aze", unknown, schwa, words, foreign=words >= _FEW_WORDS)
    return Damage("aze", unknown, schwa, words, foreign=words >= _FEW_WORDS and unknown > _FOREIGN and schwa < _SCHWA_ALONE)


def _letters(tokens: Sequence[str]) -> int:
    others = "".join(filterfalse(str.isalpha, tokens))
    return sum(map(len, filter(str.isalpha, tokens))) + sum(map(str.isalpha, others))


def _is_turkish(page: Page, passage: Passage) -> bool:
    tokens = page.tokens[passage.first : passage.last]
    return len(_TURKISH.intersection(tokens)) * _FEW_LETTERS >= len(tokens)


def _restored(page: Page, passage: Passage) -> tuple[float, float]:
    """Share of the words that the lexicon has as they stand, and once the letters that a Turkish engine lacks are back."""
    sample = [token for token in page.tokens[passage.first : passage.last] if token.isalpha() and len(token) > 2][:_SAMPLE]
    words, turkish = vocabulary(), channel("tur")
    before = after = 0
    for token in sample:
        if words.lists(fold(token)):
            before += 1
            after += 1
        elif find_readings(token, turkish, words, limit=12.0, edits=0, free=FREE["tur"]):
            after += 1
    return before / max(len(sample), 1), after / max(len(sample), 1)
