"""Capitals that stray into a sentence (``qəbul Etdi``) and place names that lost theirs (``azərbaycan dilinə``)."""

from __future__ import annotations

from azproc.clean.ocr.channel import LACKED
from azproc.clean.ocr.figures import SCHWA_FIGURES
from azproc.clean.ocr.kinds import Kind, is_finite_verb, kind_of
from azproc.clean.ocr.page import Page
from azproc.clean.ocr.vocabulary import vocabulary
from azproc.language.casing import fold, is_capitalised, is_lower, is_upper, match_case, to_lower, to_upper
from azproc.rewrite import Edit

__all__ = ["in_case", "mend_capital", "mend_stray_capital", "recased"]

_STRAY_RULE, _PROPER_RULE = "case.stray-capital", "case.proper-name"
_STRAY_SURE, _PROPER_SURE = 0.93, 0.93
_SAMPLE = 300
_FEWEST_CAPITALS = 30  # one in so many words, in a text that uses capitals
_CAPITALS, _SMALL = frozenset("Iİ"), frozenset("li")  # read for small letters


def in_case(token: str, word: str, *, opens: bool) -> str:
    """Return a word, folded, as it is written where ``token`` was read; ``opens``: at the beginning of a sentence.

    A first letter that was lost, added or taken for another has no case to go by; nor has one that the engine lacks.

    >>> in_case("HAŞ", "baş", opens=False), in_case("zərbaycan", "azərbaycan", opens=False)
    ('BAŞ', 'Azərbaycan')
    >>> in_case("mRespublika", "respublika", opens=False), in_case("İiderliyi", "liderliyi", opens=False)
    ('Respublika', 'liderliyi')
    >>> in_case("İurnalı", "jurnalı", opens=False), in_case("lurnalı", "jurnalı", opens=True)
    ('jurnalı', 'Jurnalı')
    >>> in_case("Ilin", "ilin", opens=False), in_case("3DV", "ədv", opens=False), in_case("9rəb", "ərəb", opens=False)
    ('ilin', 'ƏDV', 'Ərəb')
    """
    if token[0] in SCHWA_FIGURES:
        return match_case(to_upper(word[0]) + token[1:], word)
    if len(token) > 2 and not is_upper(token) and fold(token[0]) != word[0]:
        capitalised = to_upper(word[0]) + word[1:]
        if word[0] in LACKED:
            return capitalised if opens or vocabulary().is_name(word) else word
        if is_lower(token) and vocabulary().is_name(word):
            return capitalised
        if fold(token[1:]) == word:
            return token[1:]
        if token[0] in _CAPITALS and word[0] in _SMALL and not opens and vocabulary().is_no_name(word):
            return word
    return match_case(token, word)


def mend_stray_capital(page: Page, place: int) -> Edit | None:
    """Return the edit that a capital inside a sentence needs, or None; most begin one."""
    return mend_capital(page, place) if _follows_small_word(page, place) else None


def mend_capital(page: Page, place: int) -> Edit | None:
    """Return the edit that the first letter of a word needs between its neighbours, or None."""
    token, start = page.tokens[place], page.starts[place]
    after = recased(page, place, token)
    if after == token:
        return None
    rule, sure = (_PROPER_RULE, _PROPER_SURE) if is_capitalised(after) else (_STRAY_RULE, _STRAY_SURE)
    return Edit(start, start + len(token), token, after, rule, sure)


def recased(page: Page, place: int, word: str) -> str:
    """Return a word with the first letter that it needs between the neighbours of a place."""
    kind = kind_of(word)
    if kind is Kind.STRAY and page.frequency[word] <= 1 and _follows_small_word(page, place) and _ends_clause(page, place) and is_finite_verb(fold(word)):
        return to_lower(word[0]) + word[1:]
    if kind is Kind.CLITIC and _follows_small_word(page, place) and _goes_on(page, place):
        return to_lower(word)
    if kind is Kind.PROPER and _has_capitals(page) and not page.in_address(place):
        return to_upper(word[0]) + word[1:]
    return word


def _follows_small_word(page: Page, place: int) -> bool:
    """Tell whether nothing but a space stands between a small word and this one."""
    return place > 0 and is_lower(page.tokens[place - 1]) and page.gap_before(place) == " "


def _ends_clause(page: Page, place: int) -> bool:
    """Tell whether a stop, a pause or a bracket follows, or the text ends."""
    return place + 1 >= len(page.tokens) or not page.tokens[place + 1][0].isalnum()


def _goes_on(page: Page, place: int) -> bool:
    """Tell whether the text ends, pauses or goes on with a small letter: a capital would make a name or a heading of both."""
    return place + 1 >= len(page.tokens) or not is_capitalised(page.tokens[place + 1])


def _has_capitals(page: Page) -> bool:
    sample = page.tokens[:_SAMPLE]
    return sum(map(is_capitalised, sample)) * _FEWEST_CAPITALS > len(sample)
