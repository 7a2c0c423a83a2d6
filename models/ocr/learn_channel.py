"""Learn how often each letter is read as another, from aligned pairs, and write the table of confusions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import log
from pathlib import Path

from pairs import Link, Pair, links, segments
from rapidfuzz.distance import Levenshtein

from azproc.clean.ocr.figures import LOOK_ALIKES

HEADER = (
    "# What stands in a damaged text, what its author meant, and -ln of how often that happens to the meant letters:",
    "# read by an engine with Azerbaijani, by one that knows Turkish only, and by one that knows English only. An empty cell: not seen.",
    "# Learnt by models/ocr/train.py from pairs; the sides may be empty (a letter lost or added).",
)
WIDEST = 3
FIGURE_COST = 6.0  # of figures that look like letters; too rare to be counted
LOOKS_LIKE = {  # in fonts, and to engines, that the pages lacked: the dearest that they may be
    ("rn", "m"): 7.0, ("cl", "d"): 7.0, ("ii", "ü"): 7.0, ("ıı", "n"): 7.0, ("li", "h"): 7.0, ("fı", "fi"): 7.0,
    ("o", "ə"): 6.0, ("O", "ə"): 6.0, ("e", "ə"): 6.0, ("a", "ə"): 6.0, ("c", "e"): 6.0, ("r", "ı"): 6.0, ("h", "b"): 6.0,
    ("u", "n"): 7.0, ("n", "u"): 7.0, ("g", "q"): 7.0, ("q", "g"): 7.0,
}  # fmt: skip
DOUBT = 50  # added to how often a group of letters was written: of rare groups less is sure


def readable(link: Link, *, garbled: float) -> bool:
    """Tell whether a damaged word is near enough to its clean one for their letters to be compared."""
    if not link.clean or " " in link.clean or any(side.isnumeric() for side in (link.clean, link.noisy)):
        return False
    return Levenshtein.distance(link.clean, link.noisy) <= max(2, garbled * len(link.clean))


def count_confusions(pairs: Iterable[Pair], *, garbled: float) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """Count (meant, read) groups of letters, and how often each meant group occurs at all."""
    seen: Counter[tuple[str, str]] = Counter()
    meant: Counter[str] = Counter()
    for pair in pairs:
        for link in links(pair):
            if not readable(link, garbled=garbled):
                continue
            for width in range(1, WIDEST + 1):
                meant.update(link.clean[place : place + width] for place in range(len(link.clean) - width + 1))
            meant[""] += len(link.clean) + 1
            if link.clean != link.noisy:
                seen.update(step for step in segments(link.clean, link.noisy) if step[0] != step[1] and max(map(len, step)) <= WIDEST)
    return seen, meant


def costs(seen: Counter[tuple[str, str]], meant: Counter[str], *, rarest: int) -> dict[tuple[str, str], float]:
    """Return -ln P(read | meant) of each confusion seen ``rarest`` times or more."""
    return {
        (read, author): log((max(meant[author], count) + DOUBT) / count)
        for (author, read), count in seen.items()
        if count >= rarest and not any(character.isnumeric() for character in author)
    }


def write_table(path: Path, columns: dict[str, dict[tuple[str, str], float]]) -> None:
    """Write the table of confusions, the cheapest first within each read side; figures and groups that look like letters are added."""
    for engine, column in columns.items():
        for read, letters in LOOK_ALIKES.items():
            for meant in letters:
                column.setdefault((read, meant), FIGURE_COST)
        if engine == "aze":
            for pair, dearest in LOOKS_LIKE.items():
                column[pair] = min(dearest, column.get(pair, dearest))
    rows = sorted(set().union(*columns.values()), key=lambda key: (key[0], min(column.get(key, 99.0) for column in columns.values()), key[1]))
    lines = [*HEADER, "\t".join(("#read", "meant", *columns))]
    for key in rows:
        cells = (f"{column[key]:.1f}" if key in column else "" for column in columns.values())
        lines.append("\t".join((*(side or "∅" for side in key), *cells)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
