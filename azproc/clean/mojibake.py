"""Text whose UTF-8 bytes were read in another encoding: gÉ™lÉ™cÉ™k for gələcək.

ftfy judges each line alone, so that no line can change another; it is imported when the first suspicious line is met.
What it leaves, because the line is sound elsewhere, is mended by a table of what each Azerbaijani letter turns into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from azproc.errors import require_text
from azproc.language.alphabet import LETTERS
from azproc.rewrite import Edit, Rewrite

__all__ = ["fix_encoding"]

_WRONG_ENCODINGS = ("cp1252", "latin-1", "cp1254", "cp1250", "cp1251", "cp437", "cp857")
_NOT_ASCII = sorted(letter for letter in LETTERS if not letter.isascii())


def _damaged_forms() -> dict[str, str]:
    """Return what each letter looks like after its bytes were read in a wrong encoding."""
    forms: dict[str, str] = {}
    for encoding in _WRONG_ENCODINGS:
        for letter in _NOT_ASCII:
            form = letter.encode().decode(encoding, "replace")
            if "\N{REPLACEMENT CHARACTER}" not in form:
                forms.setdefault(form, letter)
    return forms


_FORMS = _damaged_forms()
_FORM = re.compile("|".join(map(re.escape, _FORMS)))
_RUN = re.compile(rf"(?:{_FORM.pattern})++")
# bytes C3 to C9 and E2, which begin our letters and quotation marks, and D0, D1 for Russian, in each of the encodings
_FIRST = "".join(sorted({form[0] for form in _FORMS})) + "ÂÐÑâвРСÔΓ"
_CONTROLS = r"\x80-\x84\x86-\x9f"
_SUSPICIOUS = re.compile(rf"[{_FIRST}{_CONTROLS}](?:[^\x00-\x7f\s]|(?<=[{_CONTROLS}]))")
_LOST_SECOND_BYTE = re.compile(r"Æ(?=\w)")  # Ə is C6 8F, and many programs drop the control character 8F
_PIECE = re.compile(r"[^\n]{1,1000}(?![^\s])|[^\n]{1,1000}")
_WORD = re.compile(r"\S++")


def fix_encoding(text: str) -> Rewrite:
    """Decode again the words whose UTF-8 bytes were read as Windows-1252, 1254, 1251 and their like.

    Sound text stays, also where a line holds both; bytes that are lost stay lost. Should run before `normalize`, which
    removes the control characters that are half of a damaged letter.

    >>> fix_encoding("gÉ™lÉ™cÉ™k zaman").edits
    (Edit(start=0, end=10, before='gÉ™lÉ™cÉ™k', after='gələcək', rule='encoding.mojibake', confidence=0.99),)
    >>> fix_encoding("gələn il vÉ™ São Paulo").text
    'gələn il və São Paulo'
    """
    require_text(text)
    return Rewrite(text, tuple(_edits(text)))


def _edits(text: str) -> Iterator[Edit]:
    position = 0
    while hit := _SUSPICIOUS.search(text, position):
        start = max(position, text.rfind("\n", position, hit.start()) + 1)
        position = text.find("\n", hit.end()) + 1 or len(text)
        for piece in _PIECE.finditer(text, start, position):
            if _SUSPICIOUS.search(piece[0]):
                yield from _word_edits(piece[0], _decode(piece[0]), piece.start())


def _decode(line: str) -> str:
    import ftfy

    try:
        decoded = ftfy.fix_encoding(line)
    except UnicodeError:  # a lone surrogate
        decoded = line
    decoded = _RUN.sub(_letters, decoded)
    return decoded if decoded == line else _LOST_SECOND_BYTE.sub("Ə", decoded)


def _letters(match: re.Match[str]) -> str:
    """Return the letters behind a run of damaged forms; outside Windows-1252 only where the run is in a word."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    decoded = _FORM.sub(lambda form: _FORMS[form[0]], match[0])
    sure = match[0][0] <= "ÿ" or before in LETTERS or after in LETTERS or len(decoded) > 1
    return decoded if sure else match[0]


def _word_edits(damaged: str, decoded: str, offset: int) -> Iterator[Edit]:
    """Yield an edit for each word that differs; words stand in the same order, a few may have been joined or split."""
    if damaged == decoded:
        return
    before, after = list(_WORD.finditer(damaged)), list(_WORD.finditer(decoded))
    if _gaps(damaged, before) == _gaps(decoded, after):
        for old, new in zip(before, after, strict=True):
            if old[0] != new[0]:
                yield Edit(offset + old.start(), offset + old.end(), old[0], new[0], "encoding.mojibake", 0.99)
        return
    for tag, start, end, new_start, new_end in SequenceMatcher(None, damaged, decoded, autojunk=False).get_opcodes():
        if tag != "equal":
            old_text, new_text = damaged[start:end], decoded[new_start:new_end]
            yield Edit(offset + start, offset + end, old_text, new_text, "encoding.mojibake", 0.99)


def _gaps(text: str, words: list[re.Match[str]]) -> list[str]:
    borders = [0, *(border for word in words for border in word.span()), len(text)]
    return [text[start:end] for start, end in zip(borders[::2], borders[1::2], strict=True)]
