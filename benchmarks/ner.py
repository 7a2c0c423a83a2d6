"""Speed of the entity taggers, Stanza beside ours, and how long ours takes to open.

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
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from figures import Figure, print_json

from azproc import find_entities, resources, split_sentences
from azproc.ner.fast import find_entities_fast

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


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the wall and seconds of processor time, which other work on the machine disturbs less."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def opening() -> float:
    """Seconds from the import to the first entity in a new process, the best of three."""
    command = [sys.executable, "-c", OPENING]
    return min(float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(3))


def taggers() -> Iterator[tuple[str, Callable[[str], object]]]:
    """Our taggers, and Stanza's with our models where it is installed."""
    yield "azproc", find_entities
    yield "azproc, fast tagger", find_entities_fast
    if find_spec("stanza"):
        from azproc.integrations.stanza import find_entities_stanza

        yield "Stanza, models/stanza on our tokens", find_entities_stanza


def row(name: str, texts: Sequence[str], find: Callable[[str], object]) -> str:
    sentences = [split_sentences(text) for text in texts]
    count = sum(map(len, sentences))
    runs = [seconds(lambda: [find(text) for text in texts]) for _ in range(3)]
    wall, processor = (min(column) for column in zip(*runs, strict=True))
    return f"{name:48} {count:9} {wall:9.2f} {count / wall:12.0f} {1000 * processor / count:22.2f}"


def figures() -> Iterator[Figure]:
    """Both taggers on the seed: no peer that a package registry holds finds entities in Azerbaijani."""
    documents = [json.loads(line) for line in (ROOT / "corpora/seed/seed.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = [document["text"] for document in documents]
    gold = [{(one["start"], one["end"], one["label"]) for one in document["entities"]} for document in documents]
    for name, find in (("azproc", find_entities), ("azproc, fast tagger", find_entities_fast)):
        found = [{(one.start, one.end, one.label) for one in find(text)} for text in texts]
        right = sum(len(mine & due) for mine, due in zip(found, gold, strict=True))
        size = sum(len(text.encode()) for text in texts) / 1e6
        spent = min(processor_seconds(lambda find=find: [find(text) for text in texts]) for _ in range(3))
        yield Figure(
            "entities",
            name,
            own=True,
            quality=2 * right / (sum(map(len, found)) + sum(map(len, gold))),
            measure="F1 of span and label on the seed",
            speed=size / spent,
            details={"right": right, "found": sum(map(len, found)), "gold": sum(map(len, gold))},
        )


def processor_seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data")
    parser.add_argument("--sentences", type=int, default=1000)
    parser.add_argument("--json", action="store_true", help="quality and speed on the seed")
    options = parser.parse_args()
    if options.json:
        print_json(figures())
        return
    size = sum(resources.model_file(f"ner/{name}").stat().st_size for name in ("model.onnx", "pieces.tsv", "tags.json"))
    print(f"{len(os.sched_getaffinity(0))} cores; model {size / 1e6:.1f} MB; opened and first answer {opening():.2f} s")
    print(f"{'text':48} {'sentences':>9} {'seconds':>9} {'sentences/s':>12} {'processor ms/sentence':>22}")
    document = seed()
    for name, find in taggers():
        print(row(f"{name}: seed", [document], find))
    print(row("azproc: seed, sentence by sentence", [sentence.text for sentence in split_sentences(document)], find_entities))
    for source in ("news_banker_oxu", "wiki_kamal578"):
        path = options.data / "text" / f"{source}.txt"
        if path.is_file():
            for name, find in taggers():
                print(row(f"{name}: {source}", [raw(path, options.sentences)], find))


if __name__ == "__main__":
    main()
