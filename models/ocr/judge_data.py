"""Proposals on damaged pages with the answer: features, and whether the best reading is what the author wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pairs import Pair, links

from azproc.clean.ocr.damage import native_passages
from azproc.clean.ocr.kinds import Kind
from azproc.clean.ocr.page import read_page
from azproc.clean.ocr.repair import propose, written

ALSO = frozenset({Kind.FORMED})  # well-formed words are sound as a rule: they teach caution


@dataclass(frozen=True, slots=True)
class Example:
    """A proposal's features; ``right`` if its best reading is the clean word, ``sound`` if what was read is."""

    setting: str
    token: str
    after: str
    clean: str
    features: tuple[float, ...]

    @property
    def right(self) -> bool:
        return self.after == self.clean

    @property
    def sound(self) -> bool:
        return self.token == self.clean


def examples(pairs: Iterable[Pair]) -> Iterator[Example]:
    """Yield an example for each proposal on the noisy side of each pair."""
    for pair in pairs:
        clean_at = {link.start: link for link in links(pair)}
        page = read_page(pair.noisy)
        for proposal in propose(page, native_passages(page), also=ALSO):
            link = clean_at.get(proposal.start)
            if link is not None and link.end == proposal.end:
                yield Example(pair.setting, link.noisy, written(proposal.choice), link.clean, proposal.features)
