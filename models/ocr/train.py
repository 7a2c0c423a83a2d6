"""Learn the OCR repair: channel, context, confusable words and judge, and write them to azproc/data.

    python models/ocr/train.py --pairs PAIRS.jsonl ...

The pairs come from ``tools/make_ocr_noise.py``. Each file holds one part of the texts as one engine read it, and its name
says which: ``learn_aze_heavy.jsonl``, ``judge_tur_light.jsonl``. The channel learns from both parts, the judge from part
``judge`` alone, whose words the lexicon and the counts have not seen. Part ``test`` and the pairs in ../shared/data/noisy
are for `benchmarks/ocr.py`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT / "tools"), str(HERE)]

import marisa_trie
from corpus import PAIRS, TEXTS, Part, lines
from count_context import count_neighbours, listed_pairs, pack
from count_letters import count_letters, pack_letters
from find_confusable import confusable
from judge_data import Example, examples
from learn_channel import costs, count_confusions, write_table
from manifest import record
from pairs import Pair, read_pairs
from spoil import spoil
from tell_turkish import HEAD, group_odds, turkish_sentences
from train_judge import fit, is_misprint

from azproc.clean.ocr.channel import ENGINES, channel
from azproc.clean.ocr.confusable import STEPS
from azproc.clean.ocr.vocabulary import vocabulary
from azproc.resources import lexicon

TURKISH = Path("ner") / "turkish_wikiner" / "train.conll"
LICENCE = "computed from the sources; see ../shared/data/README.md for theirs"
COUNTS = "the raw texts, part learn of tools/corpus.py"
JUDGED = "the raw texts, part judge of tools/corpus.py"


def edited_lines(texts: Path, part: Part, left_out: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each line once with the name of its source; spaces are single."""
    for path in sorted(texts.glob("*.txt")):
        if path.stem not in left_out:
            for line in dict.fromkeys(" ".join(line.split()) for line in lines(path, part)):
                yield path.stem, line


def learn_channel(pairs: list[Pair], config: dict[str, Any], out: Path) -> None:
    """Learn the costs from damaged passages: how many sound ones were printed beside them is chance."""
    columns = {}
    for engine in ENGINES:
        of_engine = [pair for pair in pairs if f"_{engine}_" in pair.setting and pair.clean != pair.noisy]
        seen, meant = count_confusions(of_engine, garbled=config["garbled"][engine])
        columns[engine] = costs(seen, meant, rarest=config["rarest"])
    write_table(out / "confusions.tsv", columns)


def count_context(texts: Path, listed: Path, pairs: list[Pair], config: dict[str, Any], out: Path) -> None:
    """Count neighbours and letters everywhere but in the passages on which the judge learns what they are worth."""
    passages = {pair.clean for pair in pairs if pair.setting.startswith("judge_")}
    kept = [line for _, line in edited_lines(texts, "learn", config["left_out"]) if line not in passages]
    pack_letters(count_letters(kept)).save(str(out / "ocr" / "letters.marisa"))
    words, neighbours = count_neighbours(kept)
    neighbours.update(listed_pairs(listed, words))
    model = pack(words, neighbours, rarest_word=config["rarest_word"], rarest_shape=config["rarest_shape"])
    model.counts.save(str(out / "ocr" / "context.marisa"))


def reverse_words(out: Path) -> None:
    """Write the listed words backwards, which tell how much of a word's end is sound."""
    marisa_trie.Trie(word[::-1] for word in lexicon().beginning("")).save(str(out / "ocr" / "backwards.marisa"))


def list_common(out: Path, config: dict[str, Any]) -> None:
    """Write the common words, to which more than one change may lead; the shorter, the commoner they must be."""
    least = {True: config["least_short"], False: config["least"]}
    common = (word for word in lexicon().beginning("") if vocabulary().weight(word) >= least[len(word) <= config["short"]])
    marisa_trie.Trie(common).save(str(out / "ocr" / "common.marisa"))


def find_confusable(out: Path) -> None:
    found = confusable(lexicon().beginning(""), vocabulary(), channel("aze").confusions)
    rows = ((key, (min(255, round(cost * STEPS)),)) for key, cost in found.items())
    marisa_trie.RecordTrie("<B", rows).save(str(out / "ocr" / "confusable.marisa"))


def tell_turkish(texts: Path, pairs: list[Pair], config: dict[str, Any], out: Path) -> None:
    """Write which groups of letters part Azerbaijani, whatever became of its ə, from Turkish; no source counts for more than so many lines."""
    rng = random.Random(config["seed"])
    lines = [pair.noisy for pair in pairs if pair.setting.startswith("learn_tur")]
    for group in by_source(texts, "learn", config).values():
        lines += rng.sample(group, min(config["lines"], len(group)))
    turkish = list(turkish_sentences(texts.parent / TURKISH))
    odds = {engine: group_odds(lines, turkish, engine, least=config["least"]) for engine in ENGINES if engine != "aze"}
    rows = (f"{engine}\t{group}\t{value}\n" for engine, of_engine in odds.items() for group, value in of_engine.items() if value)
    (out / "ocr" / "turkish.tsv").write_text(HEAD + "".join(rows), encoding="utf-8")


def scanned(pairs: list[Pair], config: dict[str, Any]) -> list[Pair]:
    """Draw passages of each kind of real damage that the judge may learn from."""
    rng = random.Random(config["seed"])
    by_setting: dict[str, list[Pair]] = {}
    for pair in pairs:
        if pair.setting.startswith("judge_"):
            by_setting.setdefault(pair.setting, []).append(pair)
    return [pair for group in by_setting.values() for pair in rng.sample(group, min(config["pairs"], len(group)))]


def by_source(texts: Path, part: Part, config: dict[str, Any]) -> dict[str, list[str]]:
    """Return the lines of each source that are neither very short nor very long."""
    found: dict[str, list[str]] = {}
    for source, line in edited_lines(texts, part, config["left_out"]):
        if config["shortest"] <= len(line) <= config["longest"]:
            found.setdefault(source, []).append(line)
    return found


def drawn(texts: Path, config: dict[str, Any], *, seed: int) -> Iterator[Pair]:
    """Yield lines as they are, and each with several draws of rare damage."""
    rng = random.Random(seed)
    scan = channel("aze").confusions
    for group in by_source(texts, "judge", config).values():
        for line in rng.sample(group, min(config["lines"], len(group))):
            yield Pair(line, line, "clean")
            for _ in range(config["spoiled"]):
                yield spoil(line, scan, rate=rng.choice(config["rates"]), slips=config["slips"], again=config["again"], rng=rng)


def judge_examples(pairs: list[Pair], texts: Path, config: dict[str, Any]) -> list[list[Example]]:
    """Return the examples of each forest: the same real damage, and drawn damage of its own."""
    real = list(examples(scanned(pairs, config)))
    forests = ([*real, *examples(drawn(texts, config, seed=config["seed"] + number))] for number in range(config["forests"]))
    return [[example for example in forest if not is_misprint(example)] for forest in forests]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, nargs="+", required=True)
    parser.add_argument("--texts", type=Path, default=TEXTS)
    parser.add_argument("--listed-pairs", type=Path, default=TEXTS.parent / "lexicon" / "tesseract_bigrams.txt")
    parser.add_argument("--only-judge", action="store_true", help="keep everything but the judge as it is")
    parser.add_argument("--output", type=Path, default=ROOT / "azproc" / "data")
    options = parser.parse_args()
    config = tomllib.loads((HERE / "config.toml").read_text(encoding="utf-8"))
    evaluated = {json.loads(line)["clean"] for path in PAIRS.glob("ocr_*.jsonl") for line in path.open(encoding="utf-8")}
    pairs = [pair for pair in read_pairs(options.pairs) if not any(clean in pair.clean for clean in evaluated)]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        (out / "ocr").mkdir()
        os.environ["AZPROC_DATA"] = folder
        if options.only_judge:
            shutil.copy(options.output / "confusions.tsv", out)
            for name in ("context.marisa", "letters.marisa", "confusable.marisa", "backwards.marisa", "common.marisa", "turkish.tsv"):
                shutil.copy(options.output / "ocr" / name, out / "ocr")
        else:
            learn_channel(pairs, config["channel"], out)
            count_context(options.texts, options.listed_pairs, pairs, config["context"], out)
            reverse_words(out)
            list_common(out, config["common"])
            find_confusable(out)
            tell_turkish(options.texts, pairs, config["turkish"], out)
        found = judge_examples(pairs, options.texts, config["judge"])
        model, figures = fit(found, config["judge"])
        (out / "ocr" / "judge.json").write_text(json.dumps(model), encoding="utf-8")
        (options.output / "ocr").mkdir(parents=True, exist_ok=True)
        for path in (*out.glob("*.tsv"), *out.glob("ocr/*")):
            shutil.move(path, options.output / path.relative_to(out))
    made = f"{len(pairs)} pairs made by tools/make_ocr_noise.py from the parts learn and judge"
    for name, form, sources in (
        ("context.marisa", "marisa-trie RecordTrie <B: logarithmic counts", [COUNTS, "lexicon/tesseract_bigrams.txt"]),
        ("letters.marisa", "marisa-trie RecordTrie <B: logarithmic counts", [COUNTS]),
        ("confusable.marisa", "marisa-trie RecordTrie <B: cost in tenths", ["azproc/data/words.marisa", "azproc/data/confusions.tsv"]),
        ("backwards.marisa", "marisa-trie Trie", ["azproc/data/words.marisa"]),
        ("common.marisa", "marisa-trie Trie", ["azproc/data/words.marisa"]),
        ("turkish.tsv", "tab-separated: engine, four letters, logarithm of odds", [COUNTS, made, TURKISH.as_posix()]),
        ("judge.json", "JSON: boosted trees as nested lists", [made, JUDGED]),
    ):
        record(options.output / "ocr" / name, version="1", fmt=form, licence=LICENCE, sources=sources, built_by="models/ocr/train.py",
               metrics=figures if name == "judge.json" else {})
    measured = HERE / "metrics.json"
    kept = json.loads(measured.read_text(encoding="utf-8")) if measured.exists() else {}
    measured.write_text(json.dumps(kept | {"training": figures}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
