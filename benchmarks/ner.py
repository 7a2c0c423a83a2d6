"""Speed of the entity tagger, and how long it takes to open.

    python benchmarks/ner.py [--data ../shared/data] [--sentences 2000]

Sentences of the seed and of held-out news and encyclopedia text, as one document each and one by one. The time covers
everything that ``find_entities`` does: sentences, tokens, word pieces, the network, the chain and the names.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from azproc import find_entities, resources, split_sentences

ROOT = Path(__file__).parent.parent
OPENING = (
    "import time; began = time.perf_counter(); from azproc.ner.tagger import find_entities; "
    "find_entities('Bakı gözəldir.'); print(time.perf_counter() - began)"
)


def seed() -> str:
    lines = (ROOT / "corpora/seed/seed.jsonl").read_text(encoding="utf-8").splitlines()
    return "\n".join(json.loads(line)["text"] for line in lines)


def raw(path: Path, sentences: int) -> str:
    """The last sentences of a raw text."""
    text = path.read_text(encoding="utf-8")
    return text[split_sentences(text)[-sentences:][0].start :]


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def opening() -> float:
    """Seconds from the import to the first entity in a new process, the best of three."""
    command = [sys.executable, "-c", OPENING]
    return min(float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(3))


def row(name: str, texts: Sequence[str]) -> str:
    sentences = [split_sentences(text) for text in texts]
    count = sum(map(len, sentences))
    spent = min(seconds(lambda: [find_entities(text) for text in texts]) for _ in range(3))
    return f"{name:34} {count:9} {spent:9.2f} {count / spent:12.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data")
    parser.add_argument("--sentences", type=int, default=1000)
    options = parser.parse_args()
    size = sum(resources.model_file(f"ner/{name}").stat().st_size for name in ("model.onnx", "pieces.tsv", "tags.json"))
    print(f"{len(os.sched_getaffinity(0))} cores; model {size / 1e6:.1f} MB; opened and first answer {opening():.2f} s")
    print(f"{'text':34} {'sentences':>9} {'seconds':>9} {'sentences/s':>12}")
    document = seed()
    print(row("seed, one document", [document]))
    print(row("seed, sentence by sentence", [sentence.text for sentence in split_sentences(document)]))
    for name in ("news_banker_oxu", "wiki_kamal578"):
        path = options.data / "text" / f"{name}.txt"
        if path.is_file():
            print(row(f"{name}, one document", [raw(path, options.sentences)]))


if __name__ == "__main__":
    main()
