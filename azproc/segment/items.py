"""Items that begin in the middle of a line without a stop before: ``1. Giriş 2. Əsas hissə``, ``Maddə 5. Ad 5.1. Mətn``.

Lists and headings that lost their line ends look like that. A number with a stop begins an item if its neighbours in the
list are near, or if it is the first one under a numbered heading.
"""

from __future__ import annotations

import functools

import regex

from azproc.language.casing import to_lower
from azproc.resources import read_lines

__all__ = ["continues", "item_start"]

_NEAR = 1200  # characters to the number before or after it in the list
_LONGEST_HEADING = 400
_CLOSING = frozenset('"”»)]%')
_NUMBER = regex.compile(r"(?r)(?<!\S)\d{1,4}(?:-\d{1,2})?(?:\.\d{1,3}(?:-\d{1,2})?)*+")
_TEXT_AFTER = regex.compile(r"\.\s?(?:[\"“«]?\p{Lu}|\d{1,2}\s\p{Ll}{3,})")
_HEADING_LABEL = r"(?:[Mm]addə|MADDƏ|Fəsil|FƏSİL|Bölmə|BÖLMƏ|Mövzu|MÖVZU)"
_WORD_BEFORE = regex.compile(r"(?r)(?<!\S)(\p{L}++)\s")
_HEADING = regex.compile(rf"{_HEADING_LABEL}\s(\d{{1,4}}(?:-\d{{1,2}})?)\.\s")


@functools.cache
def _labels() -> frozenset[str]:
    return frozenset(read_lines("labels.txt"))


def item_start(text: str, start: int, stop: int) -> int | None:
    """Return where the item begins whose number ends at ``stop``, in a sentence that began at ``start``; None if none does.

    >>> text = "1. Giriş 2. Əsas hissə"
    >>> item_start(text, 0, 10), item_start("Onların sayı 2. Hamısı gəncdir", 0, 14)
    (9, None)
    """
    found = _NUMBER.match(text, start, stop)
    if found is None or found.start() <= start or not _TEXT_AFTER.match(text, stop):
        return None
    number, begin = found[0], found.start()
    word = _WORD_BEFORE.match(text, start, begin)
    if word and to_lower(word[1]) in _labels():
        return _labelled_start(text, start, word, number)
    if not _is_open(text, start, begin):
        return None
    return begin if _opens_article(text, start, begin, number) or _is_in_list(text, start, begin, stop, number) else None


def _labelled_start(text: str, start: int, label: regex.Match[str], number: str) -> int | None:
    """``Ümumi müddəalar Maddə 2. Əsas anlayışlar``: where a label with a capital begins that is a heading or one of a row."""
    if not label[1][0].isupper() or not _is_open(text, start, label.start()):
        return None
    is_heading = _HEADING.match(text, label.start()) is not None
    return label.start() if is_heading or (number.isdigit() and _has_neighbour(text, label.start(), label[0], int(number))) else None


def _has_neighbour(text: str, begin: int, label: str, number: int) -> bool:
    return _has(text, f"{label}{number - 1}.", begin - _NEAR, begin) or _has(text, f"{label}{number + 1}.", begin, begin + _NEAR)


def _is_open(text: str, start: int, position: int) -> bool:
    """Tell whether a word, a number or a closing mark stands before, so that no punctuation parts the item from it."""
    before = text[max(start, position - 8) : position].rstrip()[-1:]
    return before.isalnum() or before in _CLOSING


def _opens_article(text: str, start: int, begin: int, number: str) -> bool:
    """Tell whether it is the first number under a heading: ``Maddə 32. Müqavilənin qüvvəsi 1. Müqavilə``."""
    heading = _HEADING.match(text, start, begin)
    if heading is None or begin - start > _LONGEST_HEADING:
        return False
    return number == "1" or number.startswith(heading[1] + ".")


def _neighbour(number: str, distance: int) -> str:
    levels, point, last = number.rpartition(".")
    return f"{levels}{point}{int(last) + distance}."


def continues(text: str, stop: int, number: str) -> bool:
    """Tell whether the next number of the list is near behind.

    >>> continues("Şərtlər: 3. Ərizə; 4. Arayış", 10, "3"), continues("Səhifə sayı: 320. Tiraj: 500.", 16, "320")
    (True, False)
    """
    return number.rpartition(".")[2].isdigit() and _has(text, _neighbour(number, 1), stop, stop + _NEAR)


def _is_in_list(text: str, start: int, begin: int, stop: int, number: str) -> bool:
    """Tell whether the number before opens a sentence near, or whether those around it, or the next two, are near."""
    last = number.rpartition(".")[2]
    if not last.isdigit() or len(last) > 3:
        return False
    before = _neighbour(number, -1)
    floor = begin - _NEAR
    if last != "1" and (text.startswith(before, start) or any(text.find(f"{mark} {before}", max(0, floor), begin) >= 0 for mark in ".:;!?")):
        return True
    return continues(text, stop, number) and (last == "1" or _has(text, before, floor, begin) or _has(text, _neighbour(number, 2), stop, stop + _NEAR))


def _has(text: str, label: str, start: int, end: int) -> bool:
    if start <= 0 and text.startswith(label):
        return True
    return any(text.find(space + label, max(0, start), end) >= 0 for space in " \n")
