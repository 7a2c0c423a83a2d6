"""The neural part of the tagger: tokens in, one row of tag scores a token out, by onnxruntime."""

import json
import os
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from azproc.errors import DataError
from azproc.ner.chain import Chain, Floats
from azproc.ner.subwords import Pieces

__all__ = ["Encoder", "Window", "windows"]

WINDOW = 120
"""Word pieces up to which neighbouring sentences are read together."""

OVERLAP = 40
"""Word pieces that two windows of one long sentence share."""

LONGEST = 60
"""Characters that are read at either end of a token."""

Word = tuple[str, bool]
"""A token and whether white space stands before it."""


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens ``[first, end)`` read together; the scores of ``[keep_first, keep_end)`` are taken from this reading."""

    first: int
    end: int
    keep_first: int
    keep_end: int


def windows(
    sizes: Sequence[int], sentences: Sequence[tuple[int, int]], paragraphs: Collection[int] = frozenset()
) -> Iterator[Window]:
    """Cover all sentences, given the number of pieces of every token and the sentences as token ranges.

    Short neighbours share a window, but not across the first token of a paragraph. A sentence that is too long is read in
    windows that overlap by half an overlap on either side, so the time grows with the length only.

    >>> list(windows([2, 1, 1, 1], [(0, 2), (2, 4)]))
    [Window(first=0, end=4, keep_first=0, keep_end=4)]
    >>> [(w.first, w.end) for w in windows([2, 1, 1, 1], [(0, 2), (2, 4)], paragraphs={2})]
    [(0, 2), (2, 4)]
    >>> [(w.keep_first, w.keep_end) for w in windows([1] * 300, [(0, 300)])]
    [(0, 100), (100, 180), (180, 260), (260, 300)]
    """
    open_from, total = None, 0
    last = 0
    for first, end in sentences:
        size = sum(sizes[first:end])
        if open_from is not None and (total + size > WINDOW or first in paragraphs):
            yield Window(open_from, last, open_from, last)
            open_from, total = None, 0
        if size > WINDOW:
            yield from _cuts(sizes, first, end)
        else:
            open_from, total = (first, size) if open_from is None else (open_from, total + size)
        last = end
    if open_from is not None:
        yield Window(open_from, last, open_from, last)


def _cuts(sizes: Sequence[int], first: int, end: int) -> Iterator[Window]:
    start = keep = first
    while True:
        stop, total = start, 0
        while stop < end and (total + sizes[stop] <= WINDOW or stop == start):
            total += sizes[stop]
            stop += 1
        if stop == end:
            yield Window(start, end, keep, end)
            return
        back, shared = stop, 0
        while back > start + 1 and shared + sizes[back - 1] <= OVERLAP:
            back -= 1
            shared += sizes[back]
        border = (back + stop) // 2
        yield Window(start, stop, keep, border)
        start, keep = back, border


class Encoder:
    """An opened model folder: ``model.onnx``, ``pieces.tsv`` and ``tags.json``. Safe to use from several threads."""

    def __init__(self, pieces: Pieces, session: Any, chain: Chain, temperature: float) -> None:
        self._pieces = pieces
        self._session = session
        self._temperature = temperature
        self.chain = chain

    @classmethod
    def open(cls, model: Path, pieces: Path, tags: Path) -> "Encoder":
        """Open the three files; ``DataError`` if one of them is not what it should be."""
        session = _session(model)
        try:
            table = Pieces.read(pieces)
        except (ValueError, KeyError) as error:
            raise DataError(f"{pieces} is no table of pieces ({error}): reinstall azproc") from error
        try:
            chain, temperature = _chain(json.loads(tags.read_text(encoding="utf-8")))
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(f"{tags} is no table of tags ({error}): reinstall azproc") from error
        return cls(table, session, chain, temperature)

    def scores(
        self, words: Sequence[Word], sentences: Sequence[tuple[int, int]], paragraphs: Collection[int] = frozenset()
    ) -> Floats:
        """Tag scores of all tokens, one row each.

        *sentences* are ranges of tokens that together cover them, *paragraphs* the first tokens of paragraphs.
        """
        encoded = [self._encoded(text, after_space=spaced) for text, spaced in words]
        plan = list(windows([len(pieces) for pieces in encoded], sentences, paragraphs))
        found = np.zeros((len(words), len(self.chain.tags)))

        def read(window: Window) -> None:
            rows = self._session.run(None, self._feeds(window, words, encoded))[0][0]
            found[window.keep_first : window.keep_end] = rows[window.keep_first - window.first : window.keep_end - window.first]

        cores = _cores()
        if cores == 1 or len(plan) == 1:
            for window in plan:
                read(window)
        else:
            with ThreadPoolExecutor(min(cores, len(plan))) as pool:
                list(pool.map(read, plan))
        return found / self._temperature

    def _encoded(self, token: str, *, after_space: bool) -> tuple[int, ...]:
        """Pieces of a token; of one without end only its beginning and its end, where the stem and the suffixes are."""
        if len(token) > 2 * LONGEST:
            token = token[:LONGEST] + token[-LONGEST:]
        return self._pieces.encode(token, after_space=after_space)

    def _feeds(self, window: Window, words: Sequence[Word], encoded: Sequence[tuple[int, ...]]) -> dict[str, Any]:
        """The input of one window; windows are not put together, since the network rounds by all that it reads at once."""
        row = [self._pieces.number("<s>")]
        first, last = [], []
        for i in range(window.first, window.end):
            text, spaced = words[i]
            first.append(len(row))
            row += encoded[i] if spaced or i > window.first else self._encoded(text, after_space=True)
            last.append(len(row) - 1)
        row.append(self._pieces.number("</s>"))
        return {
            "pieces": np.array([row], np.int32),
            "places": np.arange(len(row), dtype=np.int32),
            "lengths": np.array([len(row)], np.int32),
            "first": np.array(first, np.int64)[None, :, None],
            "last": np.array(last, np.int64)[None, :, None],
        }


def _session(model: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(model.read_bytes(), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise DataError(
            f"{model} is no model that onnxruntime {onnxruntime.__version__} can open ({error}): reinstall azproc"
        ) from error


def _chain(table: dict[str, Any]) -> tuple[Chain, float]:
    """The chain and the temperature by which its scores and those of the network are divided to be honest."""
    temperature = float(table["temperature"])
    return Chain(tuple(table["tags"]), np.array(table["start"]) / temperature, np.array(table["moves"]) / temperature), temperature


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
