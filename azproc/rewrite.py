"""The algebra of change: text is never changed, it is rewritten.

A `Rewrite` holds a source and the edits made to it. The new text, the map of offsets, the undo and the explanation are
all derived from these two, so they cannot disagree.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from azproc.errors import require_text
from azproc.spans import Span

__all__ = ["Edit", "OffsetMap", "Rewrite", "compose"]

Mode = Literal["expand", "contract", "strict"]


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """One replacement: ``source[start:end] == before`` becomes ``after``.

    Offsets are code points, half-open. ``rule`` is the dotted name of the rule or model that asked for it, joined by
    ``+`` where several did; ``confidence`` is the probability, 0 to 1, that the edit is right.

    >>> Edit(9, 12, "haş", "baş", "ocr.b-h", 0.98).after
    'baş'
    """

    start: int
    end: int
    before: str
    after: str
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where positions of the source stand in the text, and back.

    A span whose border falls inside an edit has no exact image. ``expand`` (the default) takes the whole edit in,
    ``contract`` leaves it out, ``strict`` gives None. ``contract`` gives None too where nothing is left.
    Text inserted exactly at a border is taken in by ``expand`` only.
    """

    edits: tuple[Edit, ...]
    _source_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _source_ends: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _text_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _text_ends: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        shift, starts, ends = 0, [], []
        for edit in self.edits:
            starts.append(edit.start + shift)
            shift += len(edit.after) - len(edit.before)
            ends.append(edit.end + shift)
        object.__setattr__(self, "_source_starts", tuple(edit.start for edit in self.edits))
        object.__setattr__(self, "_source_ends", tuple(edit.end for edit in self.edits))
        object.__setattr__(self, "_text_starts", tuple(starts))
        object.__setattr__(self, "_text_ends", tuple(ends))

    def forward(self, span: Span | tuple[int, int], *, mode: Mode = "expand") -> tuple[int, int] | None:
        """Return the place in the text of a span of the source; None as the mode says.

        >>> rewrite = Rewrite("Bakı[7] gözəldir", (Edit(4, 7, "[7]", "", "citation.numeric"),))
        >>> rewrite.offsets.forward((8, 16))
        (5, 13)
        """
        return _image(
            _borders(span), self._source_starts, self._source_ends, self._text_starts, self._text_ends, mode
        )

    def back(self, span: Span | tuple[int, int], *, mode: Mode = "expand") -> tuple[int, int] | None:
        """Return the place in the source of a span of the text; None as the mode says.

        >>> rewrite = Rewrite("Müttəfiq vo", (Edit(9, 11, "vo", "və", "ocr.o-ə"),))
        >>> rewrite.offsets.back((9, 11))
        (9, 11)
        """
        return _image(
            _borders(span), self._text_starts, self._text_ends, self._source_starts, self._source_ends, mode
        )


def _borders(span: Span | tuple[int, int]) -> tuple[int, int]:
    return (span.start, span.end) if isinstance(span, Span) else span


def _image(
    span: tuple[int, int],
    starts: tuple[int, ...],
    ends: tuple[int, ...],
    image_starts: tuple[int, ...],
    image_ends: tuple[int, ...],
    mode: Mode,
) -> tuple[int, int] | None:
    """Map a span between the two sides of a list of edits, given as the borders of each edit on each side."""
    start, end = span
    first, last = _touching(start, starts)
    if last < 0:
        left = start
    elif starts[last] < start < ends[last]:
        if mode == "strict":
            return None
        left = image_starts[last] if mode == "expand" else image_ends[last]
    elif starts[last] == start:
        inserted = ends[last] == start and mode != "expand"
        left = image_ends[last] if inserted else image_starts[first if mode == "expand" else last]
    else:
        left = start - ends[last] + image_ends[last]
    first, last = _touching(end, starts)
    if last < 0:
        right = end
    elif starts[last] < end < ends[last]:
        if mode == "strict":
            return None
        right = image_ends[last] if mode == "expand" else image_starts[last]
    elif starts[last] == end:
        inserted = ends[last] == end and mode == "expand"
        right = image_ends[last] if inserted else image_starts[last if mode == "expand" else first]
    else:
        right = end - ends[last] + image_ends[last]
    if mode == "expand":
        return left, right
    if start == end:
        return left, left
    return (left, right) if left < right else None


def _touching(position: int, starts: tuple[int, ...]) -> tuple[int, int]:
    """Numbers of the first edit that starts at a position and of the last that starts there or before it."""
    last = bisect_right(starts, position) - 1
    first = last
    while first > 0 and starts[first - 1] == position:
        first -= 1
    return first, last


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A source and the edits made to it, sorted and disjoint.

    ``text`` is the result. Raises `ValueError` where an edit does not fit the source, changes nothing, or overlaps the
    one before it; two insertions at one point must be written as one.

    >>> rewrite = Rewrite("mübarizə haş verdi", (Edit(9, 12, "haş", "baş", "ocr.b-h", 0.98),))
    >>> rewrite.text
    'mübarizə baş verdi'
    >>> rewrite.inverse.text == rewrite.source
    True
    """

    source: str
    edits: tuple[Edit, ...] = ()
    text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        source = require_text(self.source, "source")
        object.__setattr__(self, "edits", tuple(self.edits))
        if not self.edits:
            object.__setattr__(self, "text", source)
            return
        parts: list[str] = []
        position, insertion = 0, -1
        for edit in self.edits:
            if edit.start < position:
                raise ValueError(f"{edit} begins before the one in front of it ends ({position}): sort and merge the edits")
            if source[edit.start : edit.end] != edit.before or edit.end - edit.start != len(edit.before):
                raise ValueError(f"{edit} does not fit: the source has {source[edit.start : edit.end]!r} there")
            if edit.before == edit.after:
                raise ValueError(f"{edit} changes nothing: leave it out")
            if edit.start == edit.end == insertion:
                raise ValueError(f"{edit} is a second insertion at one point: write both as one")
            insertion = edit.end if edit.start == edit.end else -1
            parts += (source[position : edit.start], edit.after)
            position = edit.end
        object.__setattr__(self, "text", "".join(parts) + source[position:])

    @property
    def inverse(self) -> Rewrite:
        """The rewrite that turns the text back into the source."""
        shift, undone = 0, []
        for edit in self.edits:
            start = edit.start + shift
            undone.append(replace(edit, start=start, end=start + len(edit.after), before=edit.after, after=edit.before))
            shift += len(edit.after) - len(edit.before)
        return Rewrite(self.text, _merge_insertions(undone))

    @property
    def offsets(self) -> OffsetMap:
        """The map between positions of the source and of the text; keep it if you ask often."""
        return OffsetMap(self.edits)

    def then(self, other: Rewrite) -> Rewrite:
        """Return one rewrite from this source to the other's text; the other must start from this text.

        >>> one = Rewrite("Bakı  [7]", (Edit(4, 6, "  ", " ", "space.double"),))
        >>> two = Rewrite("Bakı [7]", (Edit(4, 8, " [7]", "", "citation.numeric"),))
        >>> one.then(two).edits
        (Edit(start=4, end=9, before='  [7]', after='', rule='space.double+citation.numeric', confidence=1.0),)
        """
        return compose(self, other)

    def without(self, predicate: Callable[[Edit], bool]) -> Rewrite:
        """Return the rewrite that lacks the edits for which the predicate is true.

        >>> rewrite = Rewrite("haş vo", (Edit(0, 3, "haş", "baş", "ocr.b-h", 0.7), Edit(4, 6, "vo", "və", "ocr.o-ə", 0.99)))
        >>> rewrite.without(lambda edit: edit.confidence < 0.9).text
        'haş və'
        """
        return Rewrite(self.source, tuple(edit for edit in self.edits if not predicate(edit)))

    def explain(self) -> str:
        """Return one line for each edit: place, before, after, rule and confidence.

        >>> print(Rewrite("haş", (Edit(0, 3, "haş", "baş", "ocr.b-h", 0.98),)).explain())
        0-3  'haş' → 'baş'  ocr.b-h  0.98
        """
        return "\n".join(
            f"{edit.start}-{edit.end}  {edit.before!r} → {edit.after!r}  {edit.rule}  {edit.confidence:.2f}"
            for edit in self.edits
        )


def _merge_insertions(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Join insertions at one point, which arise where touching deletions are undone."""
    merged: list[Edit] = []
    for edit in edits:
        last = merged[-1] if merged else None
        if last and last.start == last.end == edit.start == edit.end:
            merged[-1] = _joined(last.start, last.end, "", last.after + edit.after, (last, edit))
        else:
            merged.append(edit)
    return tuple(merged)


def _joined(start: int, end: int, before: str, after: str, parts: Iterable[Edit]) -> Edit:
    parts = tuple(parts)
    rules = dict.fromkeys(rule for part in parts for rule in part.rule.split("+") if rule)
    return Edit(start, end, before, after, "+".join(rules), min(part.confidence for part in parts))


def compose(first: Rewrite, second: Rewrite) -> Rewrite:
    """Return one rewrite from ``first.source`` to ``second.text``; edits that overlap or touch become one.

    Raises `ValueError` if the second does not start from the first's text. Linear in the number of edits but for a sort.

    >>> compose(Rewrite("vo", (Edit(1, 2, "o", "ə", "a"),)), Rewrite("və", (Edit(0, 1, "v", "V", "b"),))).edits
    (Edit(start=0, end=2, before='vo', after='Və', rule='a+b', confidence=1.0),)
    """
    if first.text != second.source:
        raise ValueError("the second rewrite does not start from the first one's text: build it from first.text")
    if not first.edits:
        return second
    if not second.edits:
        return first
    undone = first.inverse.edits
    groups: list[tuple[list[int], tuple[list[Edit], list[Edit]]]] = []
    for start, end, step, edit in sorted(
        [(edit.start, edit.end, 0, edit) for edit in undone] + [(edit.start, edit.end, 1, edit) for edit in second.edits]
    ):
        if groups and start <= groups[-1][0][1]:
            borders = groups[-1][0]
            borders[1] = max(borders[1], end)
        else:
            groups.append(([start, end], ([], [])))
        groups[-1][1][step].append(edit)
    edits, to_source, to_text = [], 0, 0
    for (start, end), (firsts, seconds) in groups:
        source_growth = sum(len(edit.after) - len(edit.before) for edit in firsts)
        text_growth = sum(len(edit.after) - len(edit.before) for edit in seconds)
        source_start, source_end = start + to_source, end + to_source + source_growth
        before = first.source[source_start:source_end]
        after = second.text[start + to_text : end + to_text + text_growth]
        if before != after:
            edits.append(_joined(source_start, source_end, before, after, firsts + seconds))
        to_source += source_growth
        to_text += text_growth
    return Rewrite(first.source, _merge_insertions(edits))
