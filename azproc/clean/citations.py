"""Citation marks: find them, and take them out of a text that is to be read as plain text."""

from __future__ import annotations

import regex

from azproc.errors import require_text
from azproc.rewrite import Edit, Rewrite
from azproc.segment.marks import citation_marks
from azproc.spans import Citation

__all__ = ["find_citations", "strip_citations"]

_SPACES_BEFORE = regex.compile(r"(?r)[^\S\n\r]*+")
_SPACES_AFTER = regex.compile(r"[^\S\n\r]*+")
_BETWEEN_MARKS = regex.compile(r"[^\S\n\r]*+[,;][^\S\n\r]*+")
_CLOSING = frozenset(".,;:!?)]}»”…")


def find_citations(text: str) -> tuple[Citation, ...]:
    """Return the citation marks of a text in order: ``[7]``, ``[12, 14]``, ``[a]``, ``[qeyd 1]``, ``[kim?]``, ``¹²``, ``↑``.

    ``kind`` is numeric, note or editorial. Indices (``x[0]``), intervals (``[1, 2]`` near words of mathematics), years
    (``[1918]``), omissions (``[...]``) and words of a quotation (``[onlar]``) are none, nor are exponents (``m³``).
    Raises ``TypeError`` for anything but ``str``.

    >>> [(mark.text, mark.kind) for mark in find_citations("Bakı[6] paytaxtdır.[qeyd 1][mənbə göstərin]")]
    [('[6]', 'numeric'), ('[qeyd 1]', 'note'), ('[mənbə göstərin]', 'editorial')]
    """
    return citation_marks(require_text(text))


def strip_citations(text: str) -> Rewrite:
    """Return the rewrite without citation marks; each edit takes the space before its mark along.

    No doubled space and no space before a closing punctuation mark is left at a mark, line breaks stay, nothing else
    changes. Raises ``TypeError`` for anything but ``str``.

    >>> strip_citations("Bakı [6] paytaxtdır [7].").text
    'Bakı paytaxtdır.'
    """
    edits: list[Edit] = []
    marks = find_citations(text)
    head = False  # nothing but marks stands before on the line
    for mark in marks:
        floor = edits[-1].end if edits else 0
        start, end = mark.start, mark.end
        if floor and (between := _BETWEEN_MARKS.fullmatch(text, floor, start)):
            start = between.start()
        else:
            start = _SPACES_BEFORE.match(text, floor, start).start()
        after = _SPACES_AFTER.match(text, end).end()
        head = start == 0 or text[start - 1] in "\n\r" or (head and start == floor)
        left_over = start < mark.start or text[start - 1 : start].isspace()
        if after > end and (head or text[after : after + 1] in _CLOSING or text[after : after + 1] in ("\n", "\r", "")):
            end = after
        elif after > end + 1 or (after > end and left_over and start == mark.start):
            end = after - 1
        edits.append(Edit(start, end, text[start:end], "", mark.rule))
    return Rewrite(text, tuple(edits))
