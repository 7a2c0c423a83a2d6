"""What every benchmark hands over with --json: one figure for each system and job, and how figures are set side by side."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

NONE = "–"


@dataclass(frozen=True, slots=True)
class Figure:
    """How well and how fast one system does one job; None and a note where that could not be measured.

    ``quality`` is a share (1.0 is perfect, below 0 does more harm than good) of what ``measure`` says; ``harm`` counts
    what ``harm_measure`` says. Speed is in ``unit`` of processor time on one core unless the unit says otherwise.
    """

    job: str
    system: str
    own: bool = False
    quality: float | None = None
    measure: str = ""
    harm: float | None = None
    harm_measure: str = ""
    speed: float | None = None
    unit: str = "MB/s"
    note: str = ""
    details: dict[str, Any] = field(default_factory=dict)


def attempt(figure: Callable[..., Figure], job: str, system: str, *arguments: object) -> Figure:
    """The figure of a peer, or a note of how it failed, so that the others go on."""
    try:
        return figure(job, system, *arguments)
    except Exception as error:  # noqa: BLE001 (a peer may fail in any way)
        return Figure(job, system, note=f"failed: {type(error).__name__}: {error}"[:200])


def print_json(figures: Iterable[Figure]) -> None:
    json.dump([asdict(figure) for figure in figures], sys.stdout, ensure_ascii=False, indent=1)


def by_job(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    jobs: dict[str, list[Figure]] = {}
    for figure in figures:
        jobs.setdefault(figure.job, []).append(figure)
    return jobs


def ours(figures: Sequence[Figure]) -> Figure | None:
    """The first of our own figures of a job: benchmarks put the one a user would call first."""
    return next((figure for figure in figures if figure.own), None)


def best_peer(figures: Sequence[Figure]) -> Figure | None:
    """The peer of the best quality, the faster one of two that are equal; a peer without figures is none."""
    measured = [figure for figure in figures if not figure.own and (figure.quality is not None or figure.speed is not None)]
    return max(measured, key=lambda figure: (figure.quality or 0.0, figure.speed or 0.0), default=None)


def quality_text(figure: Figure | None) -> str:
    return NONE if figure is None or figure.quality is None else f"{figure.quality:.1%}".replace("-", "−")


def harm_text(figure: Figure | None) -> str:
    if figure is None or figure.harm is None:
        return NONE
    return f"{figure.harm:.2%}" if isinstance(figure.harm, float) else f"{figure.harm:,}"


def number_text(value: float) -> str:
    """Three digits that mean something.

    >>> [number_text(value) for value in (1234.5, 12.345, 0.01234)]
    ['1,234', '12.3', '0.0123']
    """
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:#.3g}".rstrip(".")


def speed_text(figure: Figure | None) -> str:
    return NONE if figure is None or figure.speed is None else f"{number_text(figure.speed)} {figure.unit}"


def ratio_text(own: Figure | None, peer: Figure | None) -> str:
    if own is None or peer is None or own.unit != peer.unit or not own.speed or not peer.speed:
        return NONE
    return f"{number_text(own.speed / peer.speed)} ×"


def with_harm(quality: str, harm: str) -> str:
    return quality if harm in {NONE, ""} else f"{quality} ({harm})"


def row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def side_by_side(figures: Iterable[Figure]) -> Iterator[str]:
    """Lines of a Markdown table: for each job our figure beside the best peer of the same run."""
    yield row("job", "quality (harm)", "azproc", "speed or size", "best peer", "its quality (harm)", "its speed", "speed, azproc ÷ peer")
    yield row(*["---"] * 8)
    for job, some in by_job(figures).items():
        own, peer = ours(some), best_peer(some)
        left = with_harm(own.measure, own.harm_measure) if own else "", with_harm(quality_text(own), harm_text(own)), speed_text(own)
        right = peer.system if peer else NONE, with_harm(quality_text(peer), harm_text(peer)), speed_text(peer)
        yield row(job, *left, *right, ratio_text(own, peer))


def every_system(figures: Iterable[Figure]) -> Iterator[str]:
    """Lines of a Markdown table for each job with every system that was asked."""
    for job, some in by_job(figures).items():
        own = ours(some)
        yield f"\n### {job}\n"
        harm = next((figure.harm_measure for figure in some if figure.harm_measure), "")
        measure = next((figure.measure for figure in some if figure.measure), "quality")
        yield row("system", measure, harm or "harm", "speed", "azproc ÷ it", "note")
        yield row(*["---"] * 6)
        for figure in some:
            ratio = NONE if figure.own else ratio_text(own, figure)
            yield row(figure.system, quality_text(figure), harm_text(figure), speed_text(figure), ratio, figure.note)
