"""What befell a passage as a whole: little, or an engine without Azerbaijani; or it is another language.

Every tenth letter of Azerbaijani is ə; a passage of fifty letters without it was read by an engine that has none, was typed
without it, or is no Azerbaijani. Whether it is tell its letters, and the share of its words that the lexicon has once ə may stand again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import filterfalse

from azproc.clean.ocr.candidates import find_readings
from azproc.clean.ocr.channel import FREE, Engine, channel
from azproc.clean.ocr.page import Page, Passage, count_words
from azproc.clean.ocr.turkish import odds_against_turkish
from azproc.clean.ocr.vocabulary import vocabulary
from azproc.language.casing import fold

__all__ = ["Damage", "damage_of", "native_passages"]

_FEW_LETTERS = 40
_SCHWA_LOST = 0.02  # share of ə among the letters below which it is missed
_MANY_LETTERS = 200  # in fewer a single ə tells that none is missed
_SAMPLE = 60
_LEGIBLE = 0.66  # share of words that are known once ə is back; in other languages fewer are
_EVEN, _EACH_KNOWN = 27.0, 40.0  # the odds against Turkish that are asked where none is known, and how much less where all are
_MANY_WORDS = 15  # in fewer the letters alone must speak against Turkish
_TURKISH = -10.0  # odds below which a passage that is too short for more is Turkish
_DOUBT = 5.0  # how much less is asked of a passage where most of its page was misread
_CERTAIN = 25.0  # odds that no passage of another language reaches, however little can be read
_FOREIGN = 0.5
_SCHWA_ALONE = 0.06  # share of ə that no other language has, however little else can be read
_FEW_WORDS = 4
_BEYOND_ENGLISH = frozenset("ışçğöüİŞÇĞÖÜ")  # letters that a Turkish engine has; forty letters of ours have some of them
_CODE, _CODE_SHARE = "(){}<>=_", 0.5  # signs of programs, for each word; prose has a bracket for every five words at most


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
    judged = [(passage, damage_of(page, passage)) for passage in page.passages]
    usual = _usual_engine(damage for _, damage in judged)
    if usual != "aze":
        judged = [(passage, _as_usual(page, passage, damage, usual)) for passage, damage in judged]
    return [(passage, damage) for passage, damage in judged if not damage.foreign]


def _usual_engine(found: Iterable[Damage]) -> Engine:
    """Return the engine that read the most words of a page; what may be another language speaks for one that has Azerbaijani."""
    words: Counter[Engine] = Counter()
    for damage in found:
        words[damage.engine] += damage.words
    return max(words, key=words.__getitem__, default="aze")


def _as_usual(page: Page, passage: Passage, damage: Damage, usual: Engine) -> Damage:
    """Take a passage without ə for one that the page's engine misread too, if its letters do not speak against it."""
    if damage.engine == "eng":
        return replace(damage, engine=usual)
    if damage.engine != "aze" or damage.schwa >= _SCHWA_LOST or _is_code(page.text[passage.start : passage.end], damage.words):
        return damage
    return replace(damage, engine=usual, foreign=False) if _is_misread(page, passage, usual, doubt=_DOUBT) else damage


def damage_of(page: Page, passage: Passage) -> Damage:
    """Judge a passage by its letters and its words."""
    words, strange = count_words(page.kinds[passage.first : passage.last])
    unknown = strange / max(words, 1)
    text = page.text[passage.start : passage.end]
    if _is_code(text, words):
        return Damage("aze", unknown, 0.0, words, foreign=True)
    letters = _letters(page.tokens[passage.first : passage.last])
    schwa = (text.count("ə") + text.count("Ə")) / max(letters, 1)
    if schwa < _SCHWA_LOST and (not schwa or letters >= _MANY_LETTERS):
        if letters >= _FEW_LETTERS:
            engine: Engine = "eng" if _BEYOND_ENGLISH.isdisjoint(text) else "tur"
            if _is_misread(page, passage, engine):
                return Damage(engine, unknown, schwa, words)
            return Damage("aze", unknown, schwa, words, foreign=words >= _FEW_WORDS)
        if odds_against_turkish(_whole_words(page, passage), "tur") < _TURKISH:
            return Damage("aze", unknown, schwa, words, foreign=True)
    return Damage("aze", unknown, schwa, words, foreign=words >= _FEW_WORDS and unknown > _FOREIGN and schwa < _SCHWA_ALONE)


def _is_code(text: str, words: int) -> bool:
    return sum(map(text.count, _CODE)) > words * _CODE_SHARE


def _whole_words(page: Page, passage: Passage) -> list[str]:
    return [token for token in page.tokens[passage.first : passage.last] if token.isalpha()]


def _letters(tokens: Sequence[str]) -> int:
    others = "".join(filterfalse(str.isalpha, tokens))
    return sum(map(len, filter(str.isalpha, tokens))) + sum(map(str.isalpha, others))


def _is_misread(page: Page, passage: Passage, engine: Engine, *, doubt: float = 0.0) -> bool:
    """Tell whether a passage without ə is Azerbaijani all the same, in view of its letters and of the words that they may have been.

    So much less is asked of the odds as there is ``doubt`` that it is anything else.
    """
    words = _whole_words(page, passage)
    odds = odds_against_turkish(words, engine) + doubt
    if not _EVEN - _EACH_KNOWN < odds <= _CERTAIN:
        return odds > _CERTAIN
    restored = _restored(words, engine)
    asked = _EVEN - _EACH_KNOWN * restored
    return restored >= _LEGIBLE and odds > (asked if len(words) >= _MANY_WORDS else max(asked, 0.0))


def _restored(words: Sequence[str], engine: Engine) -> float:
    """Share of the words that the lexicon has as they stand, or once the letters that an engine lacks are back."""
    sample = [word for word in words if len(word) > 2][:_SAMPLE]
    known, damaging = vocabulary(), channel(engine)
    found = (known.lists(fold(word)) or find_readings(word, damaging, known, limit=12.0, edits=0, free=FREE[engine]) for word in sample)
    return sum(map(bool, found)) / max(len(sample), 1)
