"""Quality against speed, a panel for each job in which both are known: docs/benchmarks/quality_speed.svg and .png.

    python benchmarks/plot.py        # again from benchmarks/results.json
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

from figures import Figure, by_job

ROOT = Path(__file__).parents[1]
OURS, THEIRS = "#0072B2", "#D55E00"  # blue and vermilion of Okabe and Ito (2008), told apart by every kind of colour vision
LOWEST = -0.5  # a quality below is drawn here with its value


def panels(figures: Sequence[Figure]) -> dict[str, list[Figure]]:
    """Jobs that a peer does too, with the systems whose quality and speed are both known."""
    drawn = {job: [one for one in some if one.quality is not None and one.speed] for job, some in by_job(figures).items()}
    return {job: some for job, some in drawn.items() if any(not one.own for one in some)}


def label_places(heights: Sequence[float], gap: float) -> list[float]:
    """Heights for labels, as near as may be to those of the points and at least a gap apart, in the same order.

    >>> label_places([0.0, 0.01, 1.0], 0.1)
    [-0.1, 0.01, 1.0]
    """
    order = sorted(range(len(heights)), key=lambda number: -heights[number])
    places, above = [0.0] * len(heights), math.inf
    for number in order:
        above = places[number] = round(min(heights[number], above - gap), 4) if above < math.inf else heights[number]
    return places


def draw(figures: Sequence[Figure], path: Path) -> None:
    """Draw the panels into ``path`` with the endings .svg and .png."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot

    mpl.rcParams.update({"svg.hashsalt": "azproc", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False})
    jobs = panels(figures)
    columns = min(3, len(jobs))
    rows = math.ceil(len(jobs) / columns)
    picture, axes = pyplot.subplots(rows, columns, figsize=(5.2 * columns, 2.7 * rows), squeeze=False, layout="constrained")
    for axis in axes.flat[len(jobs) :]:
        axis.set_visible(False)
    for axis, (job, some) in zip(axes.flat, jobs.items(), strict=False):
        panel(axis, job, some)
    picture.suptitle("Quality against speed: azproc (blue squares) and its peers (vermilion circles); up and to the right is better")
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.savefig(path.with_suffix(".svg"), metadata={"Date": None})
    picture.savefig(path.with_suffix(".png"), dpi=110)
    pyplot.close(picture)


def panel(axis: object, job: str, some: Sequence[Figure]) -> None:
    some = sorted(some, key=lambda one: -one.speed)
    heights = [max(one.quality, LOWEST) for one in some]
    low = LOWEST if min(heights) < 0 else 0.0
    gap = (1.05 - low) * 0.085
    slowest, fastest = min(one.speed for one in some), max(one.speed for one in some)
    for one, height, place in zip(some, heights, label_places(heights, gap), strict=True):
        colour = OURS if one.own else THEIRS
        axis.scatter(one.speed, height, color=colour, marker="s" if one.own else "o", s=46 if one.own else 30, zorder=3)
        name = one.system if one.quality >= LOWEST else f"{one.system} ({one.quality:.0%})".replace("-", "−")
        axis.annotate(
            name, (one.speed, height), xytext=(1.03, place), textcoords=("axes fraction", "data"), color=colour, fontsize=8, va="center",
            arrowprops={"arrowstyle": "-", "color": colour, "lw": 0.5, "alpha": 0.5, "relpos": (0, 0.5), "shrinkA": 1, "shrinkB": 3},
        )  # fmt: skip
    axis.set_xscale("log")
    axis.xaxis.set_minor_formatter(lambda *_: "")
    axis.set_xlim(slowest / 2, fastest * 2)
    axis.set_ylim(low - 1.6 * gap, 1.08)
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}".replace("-", "−"))
    axis.grid(visible=True, color="#dddddd", lw=0.5)
    axis.set_title(job, loc="left", fontweight="bold", fontsize=10)
    axis.set_ylabel(some[0].measure, fontsize=8)
    axis.set_xlabel(some[0].unit, fontsize=8)


def main() -> None:
    results = json.loads((ROOT / "benchmarks/results.json").read_text(encoding="utf-8"))
    draw([Figure(**record) for record in results["figures"]], ROOT / "docs/benchmarks/quality_speed")


if __name__ == "__main__":
    main()
