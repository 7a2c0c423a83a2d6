"""Speed of ``clean`` beside ftfy, memory of ``azproc clean`` on a large file, time of ``import azproc``.

    python benchmarks/clean.py                         # all of it: a 1 GB file is written to a temporary directory
    python benchmarks/clean.py --megabytes 1 --large 50   # short

The text is the file given with --text (default: ../shared/data/text/news_banker_oxu*, else the seed), repeated to the size asked for.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import ftfy
from figures import Figure, print_json

import azproc as az

ROOT = Path(__file__).parents[1]
MB = 1_000_000


def default_text() -> Path:
    news = sorted((ROOT / ".." / "shared" / "data" / "text").glob("news_banker_oxu*"))
    return news[0] if news else ROOT / "corpora" / "seed" / "seed.txt"


def repeated(text: str, megabytes: float) -> str:
    size = len(text.encode())
    return text * max(1, round(megabytes * MB / size))


def paragraphs(text: str, characters: int = 2000) -> list[str]:
    """Cut at line ends into pieces such as documents are."""
    pieces, piece = [], ""
    for line in text.splitlines(keepends=True):
        piece += line
        if len(piece) >= characters:
            pieces.append(piece)
            piece = ""
    return [*pieces, piece] if piece else pieces


def speed(function, texts: list[str], rounds: int) -> float:
    """Best of some rounds, in MB of UTF-8 a second of processor time."""
    size = sum(len(text.encode()) for text in texts)
    function(texts[0])
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        for text in texts:
            function(text)
        best = min(best, time.process_time() - begun)
    return size / MB / best


def throughput(text: str, rounds: int) -> list[tuple[str, float]]:
    pieces = paragraphs(text)
    rows = [(f"ftfy {version('ftfy')} fix_text, 2,000 characters at a time", speed(ftfy.fix_text, pieces, rounds))]
    for profile in ("web", "minimal", "wiki"):
        pipeline = az.load(profile)
        rows.append((f"azproc {profile}, 2,000 characters at a time", speed(lambda piece, run=pipeline: run(piece), pieces, rounds)))
        rows.append((f"azproc {profile}, whole text", speed(lambda whole, run=pipeline: run(whole), [text], rounds)))
    return rows


def linear(text: str) -> list[tuple[str, float]]:
    """Seconds for one line of a size, twice it and four times it."""
    line = text.replace("\n", " ")
    rows = []
    for times in (1, 2, 4):
        begun = time.process_time()
        az.clean(line * times, profile="web")
        rows.append((f"one line of {len(line.encode()) * times / MB:.1f} MB, seconds", time.process_time() - begun))
    return rows


def memory(text: str, megabytes: float, profile: str) -> list[tuple[str, float]]:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "large.txt"
        data = text.encode()
        with path.open("wb") as file:
            for _ in range(max(1, round(megabytes * MB / len(data)))):
                file.write(data)
        size = path.stat().st_size
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "azproc", "clean", str(path), "--profile", profile, "--output", str(Path(place) / "out")]
        subprocess.run([*command, "--edits", str(Path(place) / "edits.jsonl")], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        peak = after.ru_maxrss * 1024
    return [
        (f"azproc clean --profile {profile} on {size / MB:,.0f} MB: MB/s of processor time", size / MB / taken),
        (f"azproc clean --profile {profile} on {size / MB:,.0f} MB: peak memory, MB", peak / MB),
    ]


def mojibake() -> Iterator[tuple[str, float]]:
    """Shares of the cases of tests/cases/mojibake that come out as they should."""
    cases = [json.loads(line) for line in (ROOT / "tests/cases/mojibake/cases.jsonl").read_text(encoding="utf-8").splitlines()]
    for name, fix in (("azproc", lambda text: az.fix_encoding(text).text), ("ftfy", ftfy.fix_text)):
        yield name, sum(fix(case["text"]) == case["after"] for case in cases) / len(cases)


IMPORT = "import time; t = time.process_time(); import azproc; print(time.process_time() - t)"


def import_time() -> float:
    runs = [subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, check=True) for _ in range(7)]
    return statistics.median(float(run.stdout) * 1000 for run in runs)


def figures(rows: dict[str, float]) -> Iterator[Figure]:
    shares = dict(mojibake())
    for name, speed in rows.items():
        if name.endswith("2,000 characters at a time, MB/s"):
            system = name.partition(",")[0]
            own = name.startswith("azproc")
            measure = "cases of mojibake in our tests mended"
            yield Figure("cleaning", system, own=own, quality=shares["azproc" if own else "ftfy"], measure=measure, speed=speed)
    megabytes = {name: value for name, value in rows.items() if name.endswith("peak memory, MB")}
    for name, value in megabytes.items():
        yield Figure(f"peak memory, {name.partition(': ')[0]}", "azproc", own=True, speed=value, unit="MB at most")
    yield Figure("import azproc", "azproc", own=True, speed=rows["import azproc, ms of processor time"], unit="ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--text", type=Path, default=default_text())
    parser.add_argument("--megabytes", type=float, default=5, help="size of the text for throughput")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--large", type=float, default=1000, help="size in MB of the file for memory, 0 for none")
    parser.add_argument("--profile", default="web", help="profile for the large file")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    source = options.text.read_text(encoding="utf-8", errors="replace")
    rows = [("import azproc, ms of processor time", import_time())]
    if options.large:
        rows += memory(source, options.large, options.profile)
    text = repeated(source, options.megabytes)
    rows += [(f"{name}, MB/s", rate) for name, rate in throughput(text, options.rounds)]
    rows += linear(repeated(source, min(options.megabytes, 2)))
    if options.json:
        print_json(figures(dict(rows)))
        return
    print(f"text: {options.text.name}")
    for name, value in rows:
        print(f"{value:>12,.2f}  {name}")


if __name__ == "__main__":
    main()
