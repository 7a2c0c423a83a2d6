"""Train the first Stanza models for Azerbaijani with Stanza's own code: a tokenizer that follows ours, and an NER model.

    python models/vectors/train.py VECTORS                       # word vectors, once
    python models/stanza/train.py WORK --vectors VECTORS/vectors.txt [--data ../shared/data/ner]

Each step leaves its result in WORK and is skipped by a rerun; Stanza's NER training resumes from its checkpoint. The models
and their resources.json go to models/stanza/az. Needs ``pip install 'azproc[stanza]'`` and an installed torch.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent / "ner"), str(HERE.parents[1] / "tools")]

import torch
from manifest import record
from marked import in_final_half, line_of, read_marked  # of models/ner

from azproc.segment.sentences import split_sentences
from azproc.segment.tokens import tokenize


def paragraphs(path: Path, keep):
    """Yield text, tokens, sentence borders and tags of the marked lines whose id is to be kept."""
    for identifier, text, spans in read_marked(path):
        if keep(identifier):
            tokens = [(token.start, token.end) for token in tokenize(text)]
            if tokens:
                yield text, tokens, [(one.start, one.end) for one in split_sentences(text)], line_of(identifier, text, spans, tokens).tags


def write_tokenizer_data(rows, stem: Path) -> None:
    """Write Stanza's text, character labels (1 ends a token, 2 a sentence) and CoNLL-U for a list of paragraphs."""
    with (
        stem.with_suffix(".txt").open("w", encoding="utf-8") as texts,
        stem.with_suffix(".toklabels").open("w", encoding="utf-8") as labels,
        stem.with_suffix(".conllu").open("w", encoding="utf-8") as conllu,
    ):
        for text, tokens, sentences, _ in rows:
            marks = ["0"] * len(text)
            for _, end in tokens:
                marks[end - 1] = "1"
            for _, end in sentences:
                marks[end - 1] = "2"
            texts.write(text + "\n\n")
            labels.write("".join(marks) + "\n\n")
            for start, end in sentences:
                inside = [token for token in tokens if start <= token[0] < end]
                conllu.write(f"# text = {text[start:end]}\n")
                for number, (first, last) in enumerate(inside, 1):
                    glued = last < end and not text[last].isspace()
                    misc = "SpaceAfter=No" if glued else "_"
                    conllu.write(f"{number}\t{text[first:last]}\t_\t_\t_\t_\t{number - 1}\t_\t_\t{misc}\n")
                conllu.write("\n")


def write_ner_data(rows, path: Path) -> None:
    """Write Stanza's JSON: for each sentence its tokens with IOB2 tags."""
    found = []
    for text, tokens, sentences, tags in rows:
        for start, end in sentences:
            inside = [
                {"text": text[first:last], "ner": tag}
                for (first, last), tag in zip(tokens, tags, strict=True)
                if start <= first < end
            ]
            if inside:
                found.append(_repaired(inside))
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def _repaired(sentence):
    """Let an entity that a sentence border has cut begin with B-."""
    previous = "O"
    for token in sentence:
        if token["ner"].startswith("I-") and previous[2:] != token["ner"][2:]:
            token["ner"] = "B-" + token["ner"][2:]
        previous = token["ner"]
    return sentence


def flags(table: dict) -> list[str]:
    return [part for name, value in table.items() for part in (f"--{name}", str(value))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/ner"))
    options = parser.parse_args()
    config = tomllib.loads((HERE / "config.toml").read_text(encoding="utf-8"))
    package, work = config["package"], options.work
    work.mkdir(parents=True, exist_ok=True)
    train = list(paragraphs(options.data / "az_train.tsv", lambda _: True))
    dev = list(paragraphs(options.data / "az_dev.tsv", lambda identifier: not in_final_half(identifier)))

    from stanza.models import ner_tagger, tokenizer
    from stanza.models.common.pretrain import Pretrain

    pretrain = work / f"{package}.pretrain.pt"
    if not pretrain.exists():
        Pretrain(str(pretrain), str(options.vectors), max_vocab=config["vectors"]).load()
    tokenizer_file = work / f"{package}.tokenizer.pt"
    if not tokenizer_file.exists():
        write_tokenizer_data(train, work / "train")
        write_tokenizer_data(dev, work / "dev")
        (work / "expansions.json").write_text("[]", encoding="utf-8")  # no word of ours is several words of syntax
        tokenizer.main(
            [
                "--mode", "train", "--lang", "az", "--shorthand", f"az_{package}", "--no_use_mwt", "--mwt_json_file", str(work / "expansions.json"),
                "--txt_file", str(work / "train.txt"), "--label_file", str(work / "train.toklabels"),
                "--dev_txt_file", str(work / "dev.txt"), "--dev_label_file", str(work / "dev.toklabels"),
                "--dev_conll_gold", str(work / "dev.conllu"), "--conll_file", str(work / "dev.predicted.conllu"),
                "--save_dir", str(work), "--save_name", tokenizer_file.name, *flags(config["tokenizer"]),
            ]
        )  # fmt: skip
    ner_file = work / f"{package}.ner.pt"
    if not ner_file.exists() or (work / f"{package}.ner_checkpoint.pt").exists():
        write_ner_data(train, work / "train.json")
        write_ner_data(dev, work / "dev.json")
        ner_tagger.main(
            [
                "--mode", "train", "--shorthand", f"az_{package}", "--wordvec_pretrain_file", str(pretrain),
                "--train_file", str(work / "train.json"), "--eval_file", str(work / "dev.json"),
                "--save_dir", str(work), "--save_name", ner_file.name, *flags(config["ner"]),
            ]
        )  # fmt: skip
    install(config, {"tokenize": tokenizer_file, "ner": ner_file, "pretrain": pretrain})


def copy_without_paths(file: Path, place: Path) -> None:
    """Copy a model; of the files and folders that Stanza notes in its settings only the names are kept, the machine is nobody's business."""
    model = torch.load(file, map_location="cpu", weights_only=True)
    if "config" in model:
        model["config"] = {name: _name_of(value) for name, value in model["config"].items()}
    torch.save(model, place, _use_new_zipfile_serialization=False)


def _name_of(value):
    return Path(value).name if isinstance(value, str) and Path(value).is_absolute() else value


def install(config: dict, files: dict[str, Path]) -> None:
    """Copy the models to models/stanza/az, with the resources.json that Stanza reads and our manifests."""
    package = config["package"]
    resources: dict = {"default_processors": {"tokenize": package, "ner": [package]}, "packages": {}, "lang_name": "Azerbaijani"}
    for processor, file in files.items():
        place = HERE / "az" / processor / f"{package}.pt"
        place.parent.mkdir(parents=True, exist_ok=True)
        copy_without_paths(file, place)
        entry: dict = {"md5": hashlib.md5(place.read_bytes()).hexdigest()}  # noqa: S324  (what Stanza compares)
        if processor == "ner":
            entry["dependencies"] = [{"model": "pretrain", "package": package}]
        resources[processor] = {package: entry}
        record(
            place, version=config["version"], fmt="Stanza 1.10 or later, torch with weights_only", licence="Apache-2.0",
            sources=["az_train.tsv: lines of public texts, annotated for azproc", "public Azerbaijani texts (word vectors)"],
            built_by="python models/stanza/train.py WORK --vectors VECTORS/vectors.txt", metrics={},
        )  # fmt: skip
    resources["packages"] = {"default": {"tokenize": package, "ner": package}, package: {"tokenize": package, "ner": package}}
    (HERE / "resources.json").write_text(json.dumps({"az": resources}, indent=1) + "\n", encoding="utf-8")
    print(f"{sum(file.stat().st_size for file in files.values()) / 1e6:.1f} MB -> {HERE / 'az'}")


if __name__ == "__main__":
    main()
