"""Score the Stanza tagger on the final half of az_dev and on the seed, on our tokens: exact F1 of whole mentions.

    python models/stanza/score.py [--data ../shared/data/ner]

Writes metrics.json beside this file.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent / "ner")]

from marked import in_final_half, read_marked  # of models/ner

from azproc.integrations.stanza import find_entities_stanza

CORE = ("PER", "LOC", "ORG")


def f1(pairs, labels) -> float:
    right = ours = theirs = 0
    for found, gold in pairs:
        mine = {mention for mention in found if not labels or mention[2] in labels}
        due = {mention for mention in gold if not labels or mention[2] in labels}
        right, ours, theirs = right + len(mine & due), ours + len(mine), theirs + len(due)
    return round(2 * right / max(ours + theirs, 1), 4)


def read(text: str, spans) -> tuple[set, set]:
    return {(entity.start, entity.end, entity.label) for entity in find_entities_stanza(text)}, set(spans)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/ner"))
    options = parser.parse_args()
    final = [read(text, spans) for name, text, spans in read_marked(options.data / "az_dev.tsv") if in_final_half(name)]
    rows = map(json.loads, (HERE.parents[1] / "corpora" / "seed" / "seed.jsonl").open(encoding="utf-8"))
    seed = [read(row["text"], [(one["start"], one["end"], one["label"]) for one in row["entities"]]) for row in rows]
    metrics = {
        part: {"PER LOC ORG": f1(pairs, CORE), "all": f1(pairs, ()), **{label: f1(pairs, (label,)) for label in CORE}}
        for part, pairs in (("final half of az_dev", final), ("seed", seed))
    }
    (HERE / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(metrics, indent=1))


if __name__ == "__main__":
    main()
