"""Train the fast tagger: a CRF over `azproc.ner.features`.

    python models/vectors/train.py OUT              # word clusters, once
    python models/fast/train.py --clusters OUT/clusters.tsv [--data ../shared/data/ner]

Besides the annotated lines it learns from unlabelled lines that the accurate tagger has read (a silver standard).
Writes model.crfsuite, clusters.marisa, metrics.json and MANIFEST.json beside this file. The seed is never trained on;
decisions are made on one half of az_dev, the figures are those of the other. Needs python-crfsuite.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import tomllib
from pathlib import Path

import marisa_trie
import pycrfsuite

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent / "ner"), str(HERE.parents[1] / "tools")]

from manifest import record
from marked import in_final_half, line_of, read_marked  # of models/ner

from azproc.ner.fast import spans_of_tags
from azproc.ner.features import sentence_features
from azproc.segment.tokens import tokenize

ARTEFACTS = (
    ("model.crfsuite", "CRFsuite", ("az_train.tsv: lines of public texts, annotated for azproc", "public Azerbaijani texts, read by models/ner", "names of az-data-generator (Apache-2.0)", "CLDR (Unicode-3.0)"), "Apache-2.0"),
    ("clusters.marisa", "marisa_trie.RecordTrie <H", ("public Azerbaijani texts, the part that is not held out",), "Apache-2.0"),
)
BLOCK, EVERY = 50, 10  # every tenth block of fifty lines is held out, as in tools/corpus.py
CORE = ("PER", "LOC", "ORG")


def examples(path: Path, clusters: dict[str, int]):
    """Yield id, features and tags of each marked line."""
    for identifier, text, spans in read_marked(path):
        tokens = tokenize(text)
        line = line_of(identifier, text, spans, [(token.start, token.end) for token in tokens])
        yield identifier, sentence_features(text, tokens, clusters.get), list(line.tags)


def silver_examples(folder: Path, settings: dict, clusters: dict[str, int], kept_away: list[str]):
    """Yield features and tags of unlabelled lines, as the accurate tagger reads them.

    Doubtful lines are left out, and so are those that share text with ``kept_away``, the lines of az_dev.
    """
    away = "\n".join(kept_away)
    from azproc.ner.tagger import find_entities

    rng, chosen = random.Random(settings["seed"]), []
    for name, count in settings["lines"].items():
        with (folder / f"{name}.txt").open(encoding="utf-8") as file:
            lines = [" ".join(line.split()) for number, line in enumerate(file) if number // BLOCK % EVERY != EVERY - 1]
        fitting = [line for line in lines if settings["shortest"] <= len(line) <= settings["longest"]]
        chosen += rng.sample(fitting, min(count, len(fitting)))
    for text in chosen:
        if text[:50] in away or text[-50:] in away or any(other in text for other in kept_away):
            continue
        entities = find_entities(text)
        if all(entity.score >= settings["least_score"] for entity in entities):
            tokens = tokenize(text)
            spans = [(entity.start, entity.end, entity.label) for entity in entities]
            line = line_of("", text, spans, [(token.start, token.end) for token in tokens])
            yield sentence_features(text, tokens, clusters.get), list(line.tags)


def seed_examples(path: Path, clusters: dict[str, int]):
    for row in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(row)
        text, tokens = gold["text"], tokenize(gold["text"])
        spans = [(entity["start"], entity["end"], entity["label"]) for entity in gold["entities"]]
        line = line_of(gold["id"], text, spans, [(token.start, token.end) for token in tokens])
        for start, end in gold["sentences"]:
            places = [place for place, token in enumerate(tokens) if start <= token.start < end]
            if places:
                low, high = places[0], places[-1] + 1
                yield gold["id"], sentence_features(text, tokens[low:high], clusters.get), list(line.tags[low:high])


def scores(tagger: pycrfsuite.Tagger, rows) -> dict[str, float]:
    """Exact precision, recall and F1 of the spans, for the three core labels and for all."""
    counts = {name: [0, 0, 0] for name in ("core", "all", *CORE)}
    for _, features, tags in rows:
        gold, found = set(spans_of_tags(tags)), set(spans_of_tags(tagger.tag(features)))
        for name, count in counts.items():
            wanted = CORE if name == "core" else (name,) if name in CORE else ()
            ours = {span for span in found if not wanted or span[2] in wanted}
            theirs = {span for span in gold if not wanted or span[2] in wanted}
            for place, value in enumerate((len(ours & theirs), len(ours), len(theirs))):
                count[place] += value
    return {name: round(2 * hit / max(ours + theirs, 1), 4) for name, (hit, ours, theirs) in counts.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clusters", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/ner"))
    parser.add_argument("--texts", type=Path, default=Path("../shared/data/text"))
    parser.add_argument("--out", type=Path, default=HERE)
    options = parser.parse_args()
    config = tomllib.loads((HERE / "config.toml").read_text(encoding="utf-8"))
    rows = [line.split("\t") for line in options.clusters.read_text(encoding="utf-8").splitlines()]
    clusters = {word: int(cluster) for word, cluster in rows}
    marisa_trie.RecordTrie("<H", ((word, (cluster,)) for word, cluster in clusters.items())).save(
        str(options.out / "clusters.marisa")
    )
    trainer = pycrfsuite.Trainer(verbose=False)
    for _, features, tags in examples(options.data / "az_train.tsv", clusters):
        trainer.append(features, tags)
    silver, dev_texts = 0, [" ".join(text.split()) for _, text, _ in read_marked(options.data / "az_dev.tsv")]
    for features, tags in silver_examples(options.texts, config["silver"], clusters, dev_texts):
        trainer.append(features, tags)
        silver += 1
    print(f"{silver:,} silver lines")
    settings = dict(config["crf"])
    trainer.select(settings.pop("algorithm"))
    trainer.set_params(settings)
    begun = time.time()
    trainer.train(str(options.out / "model.crfsuite"))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(options.out / "model.crfsuite"))
    dev = list(examples(options.data / "az_dev.tsv", clusters))
    metrics = {
        "decision_half": scores(tagger, [row for row in dev if not in_final_half(row[0])]),
        "final_half": scores(tagger, [row for row in dev if in_final_half(row[0])]),
        "seed": scores(tagger, list(seed_examples(HERE.parents[1] / "corpora" / "seed" / "seed.jsonl", clusters))),
        "silver_lines": silver,
        "training_seconds": round(time.time() - begun),
    }
    (options.out / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
    built_by = "python models/vectors/train.py OUT && python models/fast/train.py --clusters OUT/clusters.tsv"
    for name, fmt, sources, licence in ARTEFACTS:
        record(
            options.out / name, version=config["version"], fmt=fmt, licence=licence, sources=list(sources),
            built_by=built_by, metrics=metrics,
        )
    print(json.dumps(metrics, indent=1))


if __name__ == "__main__":
    main()
