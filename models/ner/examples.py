"""Lines as numbers: word pieces with the first and the last of every token, in batches of like length."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import marked
import numpy as np
import torch
from marked import TAGS, Line
from torch import Tensor

from azproc.language.casing import to_lower, to_upper
from azproc.ner.subwords import Pieces


@dataclass(frozen=True, slots=True)
class Encoded:
    """A line as piece numbers with the first and last piece of every token, and its tags.

    ``tags`` are numbers; ``shares`` are a teacher's probabilities of all tags, which stand in their place.
    """

    pieces: tuple[int, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]
    tags: tuple[int, ...]
    shares: np.ndarray | None = None


def encode(line: Line, table: Pieces) -> Encoded:
    pieces, first, last = [0], [], []
    for token, spaced in zip(line.tokens, line.spaced, strict=True):
        first.append(len(pieces))
        pieces += table.encode(token, after_space=spaced)
        last.append(len(pieces) - 1)
    return Encoded((*pieces, 2), tuple(first), tuple(last), tuple(map(TAGS.index, line.tags)))


@dataclass(frozen=True, slots=True)
class Batch:
    pieces: Tensor
    lengths: Tensor
    first: Tensor
    last: Tensor
    tags: Tensor
    tokens: Tensor
    shares: Tensor

    @property
    def mask(self) -> Tensor:
        return torch.arange(self.tags.shape[1])[None, :] < self.tokens[:, None]


def batch_of(rows: Sequence[Encoded]) -> Batch:
    def padded(values: Sequence[tuple[int, ...]], filler: int) -> Tensor:
        longest = max(map(len, values))
        return torch.tensor([(*row, *[filler] * (longest - len(row))) for row in values])
    longest = max(len(r.tags) for r in rows)
    shares = torch.zeros(len(rows), longest, len(TAGS))
    for i, row in enumerate(rows):
        own = torch.tensor(np.eye(len(TAGS))[list(row.tags)] if row.shares is None else row.shares)
        shares[i, : len(row.tags)] = own.float()
    return Batch(
        padded([r.pieces for r in rows], 1), torch.tensor([len(r.pieces) for r in rows]),
        padded([r.first for r in rows], 0), padded([r.last for r in rows], 0),
        padded([r.tags for r in rows], 0), torch.tensor([len(r.tags) for r in rows]), shares,
    )


def batches(rows: Sequence[Encoded], budget: int, chance: random.Random | None = None) -> list[list[int]]:
    """Row numbers in groups of like length whose padded size keeps to the budget."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].pieces) + (chance.uniform(0, 6) if chance else 0))
    groups: list[list[int]] = []
    longest = 0
    for i in order:
        longest = max(longest, len(rows[i].pieces))
        if not groups or longest * (len(groups[-1]) + 1) > budget:
            groups.append([])
            longest = len(rows[i].pieces)
        groups[-1].append(i)
    if chance:
        chance.shuffle(groups)
    return groups


def augmented(lines: Sequence[Line], swap: marked.MentionSwap, rates: dict[str, float], chance: random.Random) -> Iterator[Line]:
    """Every line once, some of them with another name, damage or another case."""
    for line in lines:
        renamed = swap(line, rates["swap"], chance)
        cited = chance.random() < rates["citations"]
        yield rewritten(marked.with_citations(renamed, chance) if cited else renamed, rates, chance)


def rewritten(line: Line, rates: dict[str, float], chance: random.Random) -> Line:
    """The line with the same tokens, perhaps in other quotation marks, another case or damaged."""
    if chance.random() < rates["quotes"]:
        line = marked.with_quotes(line, chance)
    kind = chance.random()
    for name, change in (
        ("lower", lambda row: marked.recased(row, to_lower)),
        ("upper", lambda row: marked.recased(row, to_upper)),
        ("ocr", lambda row: marked.with_ocr_noise(row, rates["ocr_letters"], chance)),
        ("no_diacritics", marked.without_diacritics),
    ):
        if 0 <= kind < rates[name]:
            line = change(line)
        kind -= rates[name]
    return line


def short(lines: Iterable[Line], table: Pieces, longest: int) -> list[Encoded]:
    """The lines that have tokens and no more pieces than *longest*."""
    return [row for row in (encode(line, table) for line in lines) if row.tags and len(row.pieces) <= longest]
