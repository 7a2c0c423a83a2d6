"""Big runs: throughput with one and two workers, memory by size, kills at random moments, a million small documents.

    python benchmarks/run.py speed      [--megabytes 200] [--profile web] [--text FILE]
    python benchmarks/run.py memory     [--profile web] [--sizes 1 16 128 512]
    python benchmarks/run.py kills      [--count 50]
    python benchmarks/run.py small      [--documents 1000000]

Text is the seed repeated with numbered paragraphs, or that of ``--text``. Everything is written to a temporary folder. With
``--keep``, speed and memory go into run_figures.json; ``python tools/fill_figures.py benchmarks/run_figures.json`` puts them into the docs.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from figures import Figure, print_json

SEED = Path(__file__).parents[1] / "corpora" / "seed" / "seed.txt"
KEPT = Path(__file__).parent / "run_figures.json"


def write_text(path: Path, megabytes: float, text: str) -> None:
    """Write paragraphs of a text over and over, each copy of each one numbered, up to a size."""
    paragraphs = [paragraph for paragraph in text.split("\n\n") if paragraph.strip()]
    size, copy = 0, 0
    with path.open("w", encoding="utf-8") as file:
        while size < megabytes * 1e6:
            copy += 1
            for paragraph in paragraphs:
                size += file.write(f"Nəşr {copy}. {paragraph}\n\n") + paragraph.count("ə")


def keep(figures: dict[str, float]) -> None:
    """Put figures among those that the documentation shows."""
    kept = json.loads(KEPT.read_text(encoding="utf-8")) | figures
    KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def command(source: Path, out: Path, workers: int, profile: str, *more: str) -> list[str]:
    return [sys.executable, "-m", "azproc", "run", "--profile", profile, "--workers", str(workers), *more, str(source), str(out)]


def digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not str(path.relative_to(folder)).startswith("."):
            total.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return total.hexdigest()


def speed(options: argparse.Namespace, folder: Path) -> None:
    source = folder / "in.txt"
    write_text(source, options.megabytes, options.text.read_text(encoding="utf-8"))
    megabytes, rates = source.stat().st_size / 1e6, {}
    for workers in (1, 2):
        begun = time.perf_counter()
        subprocess.run(command(source, folder / f"out{workers}", workers, options.profile), check=True, stderr=subprocess.DEVNULL)
        rates[workers] = megabytes / (time.perf_counter() - begun)
    if options.keep:
        keep({f"speed.{options.profile}.{count}": round(rate, 2) for count, rate in zip(("one", "two"), rates.values(), strict=True)})
    if options.json:
        print_json(
            Figure(f"azproc run, {options.profile}, {megabytes:.0f} MB, {count}", "azproc", own=True, speed=rate, unit="MB/s of wall-clock time")
            for count, rate in zip(("one worker", "two workers"), rates.values(), strict=True)
        )
        return
    for workers, rate in rates.items():
        print(f"{options.profile}, {workers} worker(s), {megabytes:.0f} MB: {rate:.2f} MB/s")
    print(f"two workers / one: {rates[2] / rates[1]:.2f}; same bytes: {digest(folder / 'out1') == digest(folder / 'out2')}")
    begun = time.perf_counter()
    subprocess.run(command(source, folder / "out2", 2, options.profile), check=True, stderr=subprocess.DEVNULL)
    shards = len(list((folder / "out2").glob("*.txt")))
    print(f"rerun of the finished plan: {time.perf_counter() - begun:.2f} s for {shards} shards")


def memory(options: argparse.Namespace, folder: Path) -> None:
    figures, peaks = {}, []
    for megabytes in options.sizes:
        source = folder / f"{megabytes}.txt"
        write_text(source, megabytes, options.text.read_text(encoding="utf-8"))
        begun = time.perf_counter()
        process = subprocess.Popen(command(source, folder / f"out{megabytes}", 1, options.profile), stderr=subprocess.DEVNULL)
        peak = 0
        while process.poll() is None:
            peak = max([peak, *map(resident, descendants(process.pid))])
            time.sleep(0.02)
        seconds = time.perf_counter() - begun
        print(f"{megabytes} MB: {seconds:.1f} s, {megabytes / seconds:.2f} MB/s, largest process {peak / 1e6:.0f} MB")
        source.unlink()
        name = f"memory.{megabytes}" if options.profile == "web" else f"memory.{options.profile}.{megabytes}"
        peaks.append(round(peak / 1e6))
        figures |= {f"{name}.seconds": round(seconds, 1), f"{name}.rate": round(megabytes / seconds, 2), f"{name}.peak": peaks[-1]}
    if options.keep:
        keep(figures | {f"memory.{options.profile}": max(peaks)})


def descendants(root: int) -> list[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
    found, grown = {root}, True
    while grown:
        more = {process for process, parent in parents.items() if parent in found} - found
        found |= more
        grown = bool(more)
    return sorted(found)


def resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def kills(options: argparse.Namespace, folder: Path) -> None:
    source = folder / "in.txt"
    write_text(source, options.megabytes, options.text.read_text(encoding="utf-8"))
    size = ("--shard-size", "400000")
    begun = time.perf_counter()
    subprocess.run(command(source, folder / "whole", 2, options.profile, *size), check=True, stderr=subprocess.DEVNULL)
    longest, expected = time.perf_counter() - begun, digest(folder / "whole")
    rng, same, died = random.Random(options.seed), 0, 0
    for number in range(options.count):
        out = folder / f"killed{number}"
        process = subprocess.Popen(command(source, out, 2, options.profile, *size), stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(rng.uniform(0.05, longest))
        died += process.poll() is None
        with contextlib.suppress(ProcessLookupError):  # it was done already
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        subprocess.run(command(source, out, 2, options.profile, *size), check=True, stderr=subprocess.DEVNULL)
        same += digest(out) == expected
    print(f"{same} of {options.count} runs resumed to the identical bytes; {died} were killed while at work")


def small(options: argparse.Namespace, folder: Path) -> None:
    source = folder / "in.jsonl"
    with source.open("w", encoding="utf-8") as file:
        for number in range(options.documents):
            file.write(json.dumps({"id": f"d{number}", "text": f"{number} saylı sənəd Bakıda\N{SOFT HYPHEN} yazılıb."}, ensure_ascii=False) + "\n")
    begun = time.perf_counter()
    subprocess.run(command(source, folder / "out", 2, "minimal"), check=True, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - begun
    expected = 0
    wrong = 0
    for path in sorted((folder / "out").glob("*.jsonl")):
        for line in path.open(encoding="utf-8"):
            wrong += json.loads(line)["id"] != f"d{expected}"
            expected += 1
    print(f"{options.documents:,} documents in {seconds:.0f} s: {expected:,} came out, {wrong} out of place")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = {"speed": speed, "memory": memory, "kills": kills, "small": small}
    parser.add_argument("what", choices=commands)
    parser.add_argument("--profile", default="web")
    parser.add_argument("--text", type=Path, default=SEED)
    parser.add_argument("--megabytes", type=float, default=None)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1, 16, 128, 512])
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="with speed or memory: write run_figures.json")
    parser.add_argument("--json", action="store_true", help="with speed: figures")
    options = parser.parse_args()
    options.megabytes = options.megabytes or (200 if options.what == "speed" else 8)
    with tempfile.TemporaryDirectory() as folder:
        commands[options.what](options, Path(folder))


if __name__ == "__main__":
    main()
