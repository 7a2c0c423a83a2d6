"""Spaces and hyphens that a page's layout left in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from azproc.clean.hyphenation import join_hyphenated, join_suffixes
from azproc.clean.letters import join_split_letters
from azproc.errors import require_text
from azproc.rewrite import Edit, Rewrite

__all__ = ["fix_spacing"]

_WIDE = re.compile("  ++")
_GAP = re.compile(r"(?<=[^\s]) ++(?=[^\s])")


def fix_spacing(text: str) -> Rewrite:
    """Join the words that a page's layout broke, and close doubled spaces.

    >>> fix_spacing("şə xs  v ə").text
    'şəxs və'
    """
    rewrite = Rewrite(require_text(text))
    for step in (close_doubled_spaces, join_split_letters, join_hyphenated, join_suffixes):
        rewrite = rewrite.then(Rewrite(rewrite.text, tuple(step(rewrite.text))))
    return rewrite


def close_doubled_spaces(text: str) -> Iterator[Edit]:
    """Yield an edit for each run of spaces between words; indentation, line ends and columns stay."""
    position = 0
    while hit := _WIDE.search(text, position):
        start = text.rfind("\n", position, hit.start()) + 1 or position
        position = text.find("\n", hit.end()) + 1 or len(text)
        if not _is_row(text, start, position):
            for gap in _GAP.finditer(text, start, position):
                if len(gap[0]) > 1:
                    yield Edit(gap.start(), gap.end(), gap[0], " ", "space.double")


def _is_row(text: str, start: int, end: int) -> bool:
    """Tell whether a line is a row of a table: all its gaps are wide and one very wide, or a wide one borders a digit."""
    gaps = list(_GAP.finditer(text, start, end))
    wide = [gap for gap in gaps if len(gap[0]) > 1]
    borders_digit = any(
        len(gap[0]) > 2 and (text[gap.start() - 1].isdigit() or text[gap.end()].isdigit()) for gap in wide
    )
    return borders_digit or (len(gaps) == len(wide) > 1 and max(len(gap[0]) for gap in wide) > 3)
