"""What stays whatever the channel offers: each guard tells whether a reading may stand at a place of a page."""

from __future__ import annotations

from collections.abc import Callable

from azproc.clean.ocr.candidates import Reading
from azproc.clean.ocr.channel import FREE, Engine
from azproc.clean.ocr.context import BORDER, neighbour
from azproc.clean.ocr.page import FAMILY, Page
from azproc.clean.ocr.vocabulary import vocabulary
from azproc.language.casing import fold, is_capitalised, is_lower, is_upper, match_case

__all__ = ["GUARDS", "Guard", "is_title"]

Guard = Callable[[Page, int, Reading], bool]

_PERSONS = frozenset({("m", "n"), ("n", "m")})
_PERSONAL_ENDINGS = frozenset("mnr")
_OPENING, _CLOSING = frozenset('“«„"'), frozenset('”»“"')
_SHORTEST_NAME, _LONGEST_CASE = 4, 3  # letters of a name, and of the endings that it may have elsewhere
_KNOWN_TO_ALL = 12.0  # weight of a word such as Azərbaycan
_BRANDING = frozenset("eimu")  # electronic, internet, mobile, you
_REPEATED = 3  # a name that comes so often is meant


def repeated_names_stay(page: Page, place: int, reading: Reading) -> bool:
    """A name that the text repeats is meant, unless the text has the other form of it too."""
    token = page.tokens[place]
    repeated = is_capitalised(token) and page.frequency[token] >= _REPEATED
    return not repeated or page.frequency[match_case(token, reading.word)] > 0


def small_letters_are_no_name(page: Page, place: int, reading: Reading) -> bool:
    """A word in small letters is no name, unless the name's first letter was lost (``zərbaycan``)."""
    token = page.tokens[place]
    return not (is_lower(token) and vocabulary().is_name(reading.word)) or reading.word.endswith(fold(token))


def inflected_stems_stay(page: Page, place: int, reading: Reading) -> bool:
    """An unknown word is meant if it is a listed one with suffixes, of which the text has several forms (``modemlərin``, ``modemlərdən``)."""
    token = page.tokens[place]
    word = fold(token)
    beginning = word[:FAMILY]
    return reading.word.startswith(beginning) or beginning not in page.families or vocabulary().weight_of_beginning(word) < 0


def persons_stay(page: Page, place: int, reading: Reading) -> bool:
    """A well-formed word is meant in the person that it has: they differ by a letter (``yaxınlığımda``, ``yaxınlığında``; ``verdin``, ``verdim``)."""
    token = page.tokens[place]
    word = fold(token)
    differing = {pair for pair in zip(word, reading.word, strict=False) if pair[0] != pair[1]}
    is_of_person = differing <= _PERSONS or (not vocabulary().lists(word) and word[:-1] == reading.word[:-1] and {word[-1], reading.word[-1]} <= _PERSONAL_ENDINGS)
    return len(word) != len(reading.word) or not is_of_person or not vocabulary().knows(word)


def names_stay_names(page: Page, place: int, reading: Reading) -> bool:
    """A capital inside a sentence is a name's: no word that is hardly ever one is so far away."""
    if len(reading.confusions) < 2 or not is_capitalised(page.tokens[place]) or is_upper(page.tokens[place]):
        return True
    opens = place == 0 or neighbour(page.tokens[place - 1]) == BORDER
    return opens or not vocabulary().is_no_name(reading.word)


def chance_does_not_repeat(page: Page, place: int, reading: Reading) -> bool:
    """What an engine lacks it misreads everywhere, but nothing else of a name twice in the same way, unless it is a name that all know."""
    token = page.tokens[place]
    if not is_capitalised(token) or all(confusion.cost <= FREE["tur"] for confusion in reading.confusions):
        return True
    repeated = any(page.frequency[token[:end]] > 1 for end in range(max(_SHORTEST_NAME, len(token) - _LONGEST_CASE), len(token) + 1))
    return not repeated or (vocabulary().is_name(reading.word) and vocabulary().weight(reading.word) >= _KNOWN_TO_ALL)


def brands_stay(page: Page, place: int, reading: Reading) -> bool:
    """A capital behind one small letter makes a brand of a word (``eHökumət``); a name has its capital anyway."""
    token = page.tokens[place]
    return not (token[0] in _BRANDING and token[1:2].isupper() and is_lower(token[2:])) or vocabulary().is_name(reading.word)


def is_title(page: Page, place: int, likeliest: Reading) -> bool:
    """Tell whether a word is to stay as a title or a name: it stands alone between quotation marks, and its likeliest reading is no name."""
    token, start = page.tokens[place], page.starts[place]
    before, after = page.text[max(start - 1, 0) : start], page.text[start + len(token) : start + len(token) + 1]
    return is_capitalised(token) and before in _OPENING and after in _CLOSING and not vocabulary().is_name(likeliest.word)


GUARDS: dict[Engine, tuple[Guard, ...]] = {
    "aze": (repeated_names_stay, names_stay_names, small_letters_are_no_name, inflected_stems_stay, persons_stay, brands_stay),
    "tur": (chance_does_not_repeat,),
    "eng": (chance_does_not_repeat,),
}
