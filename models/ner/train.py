"""Train the entity tagger: ``python models/ner/train.py STAGE [--data ../shared/data] [--scratch DIR]``.

Stages in order: prepare, transfer, train, ask, distil, export, figures. Every stage writes into the scratch directory
and goes on from its last checkpoint when it is started again. All settings are in config.toml.
"""

import argparse
import hashlib
import json
import random
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import corpus
import numpy as np
import score
import torch
from corpus import TAGS, Line
from export import build
from network import Crf, Tagger, from_e5, seed_dropout
from torch import Tensor

from azproc.language.casing import to_lower, to_upper
from azproc.ner.encoder import Encoder
from azproc.ner.subwords import Pieces

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SPECIAL = 4
"""<s>, <pad>, </s>, <unk> open the table of pieces."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A line as piece numbers with the first and last piece of every token, and its tags.

    ``tags`` are numbers; ``shares`` are a teacher's probabilities of all tags, which stand in their place.
    """

    pieces: tuple[int, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]
    tags: tuple[int, ...]
    shares: np.ndarray | None = None


def encode(line: Line, table: Pieces) -> Encoded:
    pieces, first, last = [0], [], []
    for token, spaced in zip(line.tokens, line.spaced, strict=True):
        first.append(len(pieces))
        pieces += table.encode(token, after_space=spaced)
        last.append(len(pieces) - 1)
    return Encoded((*pieces, 2), tuple(first), tuple(last), tuple(map(TAGS.index, line.tags)))


@dataclass(frozen=True, slots=True)
class Batch:
    pieces: Tensor
    lengths: Tensor
    first: Tensor
    last: Tensor
    tags: Tensor
    tokens: Tensor
    shares: Tensor

    @property
    def mask(self) -> Tensor:
        return torch.arange(self.tags.shape[1])[None, :] < self.tokens[:, None]


def batch_of(rows: Sequence[Encoded]) -> Batch:
    def padded(values: Sequence[tuple[int, ...]], filler: int) -> Tensor:
        longest = max(map(len, values))
        return torch.tensor([(*row, *[filler] * (longest - len(row))) for row in values])
    longest = max(len(r.tags) for r in rows)
    shares = torch.zeros(len(rows), longest, len(TAGS))
    for i, row in enumerate(rows):
        own = torch.tensor(np.eye(len(TAGS))[list(row.tags)] if row.shares is None else row.shares)
        shares[i, : len(row.tags)] = own.float()
    return Batch(
        padded([r.pieces for r in rows], 1), torch.tensor([len(r.pieces) for r in rows]),
        padded([r.first for r in rows], 0), padded([r.last for r in rows], 0),
        padded([r.tags for r in rows], 0), torch.tensor([len(r.tags) for r in rows]), shares,
    )


def batches(rows: Sequence[Encoded], budget: int, chance: random.Random | None = None) -> list[list[int]]:
    """Row numbers in groups of like length whose padded size keeps to the budget."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].pieces) + (chance.uniform(0, 6) if chance else 0))
    groups: list[list[int]] = []
    longest = 0
    for i in order:
        longest = max(longest, len(rows[i].pieces))
        if not groups or longest * (len(groups[-1]) + 1) > budget:
            groups.append([])
            longest = len(rows[i].pieces)
        groups[-1].append(i)
    if chance:
        chance.shuffle(groups)
    return groups


def augmented(lines: Sequence[Line], swap: corpus.MentionSwap, rates: dict[str, float], chance: random.Random) -> Iterator[Line]:
    """Every line once, some of them with another name, damage or another case."""
    for line in lines:
        renamed = swap(line, rates["swap"], chance)
        cited = chance.random() < rates["citations"]
        yield rewritten(corpus.with_citations(renamed, chance) if cited else renamed, rates, chance)


def rewritten(line: Line, rates: dict[str, float], chance: random.Random) -> Line:
    """The line with the same tokens, perhaps in other quotation marks, another case or damaged."""
    if chance.random() < rates["quotes"]:
        line = corpus.with_quotes(line, chance)
    kind = chance.random()
    for name, change in (
        ("lower", lambda row: corpus.recased(row, to_lower)),
        ("upper", lambda row: corpus.recased(row, to_upper)),
        ("ocr", lambda row: corpus.with_ocr_noise(row, rates["ocr_letters"], chance)),
        ("no_diacritics", corpus.without_diacritics),
    ):
        if 0 <= kind < rates[name]:
            line = change(line)
        kind -= rates[name]
    return line


class Average:
    """Exponential moving average of the weights."""

    def __init__(self, model: Tagger, decay: float) -> None:
        self.decay = decay
        self.state = {name: value.detach().clone() for name, value in model.state_dict().items()}

    @torch.no_grad()
    def update(self, model: Tagger, step: int) -> None:
        decay = min(self.decay, (1 + step) / (10 + step))
        names = list(self.state)
        current = model.state_dict()
        torch._foreach_lerp_([self.state[n] for n in names], [current[n] for n in names], 1 - decay)


def optimizer(model: Tagger, setting: dict[str, float]) -> torch.optim.AdamW:
    """AdamW with a smaller rate the deeper the layer, and rates of their own for the head and the words."""
    depth = len(model.layers)
    groups = []
    for name, value in model.named_parameters():
        if name.startswith(("head.", "crf.")):
            rate = setting["head_rate"]
        elif name.startswith("words."):
            rate = setting["word_rate"]
        elif name.startswith("layers."):
            rate = setting["rate"] * setting["layer_decay"] ** (depth - 1 - int(name.split(".")[1]))
        else:
            rate = setting["rate"] * setting["layer_decay"] ** depth
        decay = setting["weight_decay"] if value.dim() > 1 and not name.startswith("words.") else 0.0
        groups.append({"params": [value], "lr": rate, "top": rate, "weight_decay": decay})
    return torch.optim.AdamW(groups, fused=True)


def fit(
    model: Tagger,
    epoch_rows: Callable[[int, random.Random], Sequence[Encoded]],
    loss_of: Callable[[Tagger, Batch, Sequence[int]], Tensor],
    setting: dict[str, float],
    config: dict,
    out: Path,
    judge: Callable[[Tagger], str] | None = None,
) -> None:
    """Train a model and leave the averaged weights in *out*; a checkpoint beside it lets a rerun go on."""
    checkpoint = out.with_suffix(".checkpoint")
    update = optimizer(model, setting)
    average = Average(model, setting["average"])
    done = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        update.load_state_dict(saved["optimizer"])
        average.state, done = saved["average"], saved["step"]
        say(f"going on from step {done}")
    step, total, began, losses = 0, 0, time.time(), []
    pool = ThreadPoolExecutor(config["threads"])

    def backward(step: int, number: int, part: Sequence[int], rows: Sequence[Encoded], size: int) -> float:
        """Add the gradient of a part of a batch; every thread computes alone, so none waits for another inside a layer."""
        torch.set_num_threads(1)
        seed_dropout(config["seed"] + 8 * step + number)
        batch = batch_of([rows[i] for i in part])
        loss = loss_of(model, batch, part) * (len(part) / size)
        loss.backward()
        return loss.item()

    for epoch in range(int(setting["epochs"])):
        chance = random.Random(f"{config['seed']}-{out.stem}-{epoch}")
        rows = epoch_rows(epoch, chance)
        groups = batches(rows, config["batch_pieces"], chance)
        total = total or len(groups) * int(setting["epochs"])
        for group in groups:
            step += 1
            if step <= done:
                continue
            share = step / total
            warm = setting["warm_up"]
            scale = share / warm if share < warm else max(0.02, (1 - share) / (1 - warm))
            for parameters in update.param_groups:
                parameters["lr"] = parameters["top"] * scale
            model.train()
            parts = [group[i::config["threads"]] for i in range(config["threads"]) if group[i:]]
            loss = sum(pool.map(lambda part: backward(*part), [(step, i, part, rows, len(group)) for i, part in enumerate(parts)]))
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            update.step()
            update.zero_grad()
            average.update(model, step)
            losses.append(loss)
            if step % config["log_every"] == 0:
                speed = (time.time() - began) / (step - done)
                say(f"{out.stem} step {step}/{total} loss {np.mean(losses):.4f} {speed:.2f} s/step, left {speed * (total - step) / 60:.1f} min")
                losses.clear()
            if step % config["checkpoint_every"] == 0:
                save({"model": model.state_dict(), "optimizer": update.state_dict(), "average": average.state, "step": step}, checkpoint)
        if judge and step > done:
            own = {name: value.clone() for name, value in model.state_dict().items()}
            model.load_state_dict(average.state)
            say(f"{out.stem} after epoch {epoch + 1}: {judge(model)}")
            model.load_state_dict(own)
    model.load_state_dict(average.state)
    save(average.state, out)
    checkpoint.unlink(missing_ok=True)


def save(what: object, path: Path) -> None:
    beside = path.with_suffix(path.suffix + ".new")
    torch.save(what, beside)
    beside.replace(path)


def say(text: str) -> None:
    print(time.strftime("%H:%M:%S"), text, flush=True)


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


def figures(found: Sequence[Sequence[str]], due: Sequence[Sequence[str]], labels: Sequence[str]) -> tuple[float, float, float]:
    """Exact precision, recall and F1 over token spans of the given labels."""
    right = predicted = marked = 0
    for ours, gold in zip(found, due, strict=True):
        a, b = ({span for span in corpus.entity_spans(tags) if span[2] in labels} for tags in (ours, gold))
        right, predicted, marked = right + len(a & b), predicted + len(a), marked + len(b)
    precision, recall = right / max(1, predicted), right / max(1, marked)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def report(model: Tagger, table: Pieces, lines: Sequence[Line]) -> str:
    found = tag(model, [encode(line, table) for line in lines])
    due = [line.tags for line in lines]
    parts = [f"P/L/O {figures(found, due, ('PER', 'LOC', 'ORG'))[2]:.4f}", f"all {figures(found, due, corpus.LABELS)[2]:.4f}"]
    parts += [f"{label} {figures(found, due, (label,))[2]:.3f}" for label in corpus.LABELS]
    return " ".join(parts)


def prepare(config: dict, data: Path, scratch: Path) -> None:
    """Cut the vocabulary down to the pieces that Azerbaijani and Turkish text uses, with the weights of these rows."""
    from tokenizers import Tokenizer, models

    rows = [row.split("\t") for row in (scratch / "e5/pieces.tsv").read_text("utf-8").split("\n") if row]
    words: Counter[str] = Counter()
    for token, spaced, count in vocabulary_words(data):
        words[("▁" if spaced else "") + corpus.normal(token)] += count
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
        for start, end in corpus.token_spans(text):
            yield text[start:end], start == 0 or text[start - 1].isspace(), 1
    for path in sorted((data / "text").glob("*.txt")):
        yield from of_text(path.read_text("utf-8"))
    for name in ("az_train.tsv", "az_dev.tsv"):
        for _, text, _ in corpus.read_marked(data / "ner" / name):
            yield from of_text(text)
    for line in corpus.read_turkish(data / "ner/turkish_wikiner/train.conll"):
        for kind in (line, corpus.without_apostrophes(line)):
            yield from zip(kind.tokens, kind.spaced, [1] * len(kind.tokens), strict=True)
    for name in ("localdoc_symspell_80k.txt", "tesseract_words.txt"):
        for row in (data / "lexicon" / name).read_text("utf-8").splitlines():
            yield row.split()[0], True, 1
            yield to_upper(row[0]) + row.split()[0][1:], True, 1
    for path in sorted((data / "gazetteer").rglob("*.t*")):
        yield from of_text(path.read_text("utf-8").replace("\t", " "))


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
    lines = [line for part in ("train", "test", "dev") for line in corpus.read_turkish(data / f"ner/turkish_wikiner/{part}.conll")]
    say(f"{len(lines)} Turkish sentences")
    decisions, _, _ = azerbaijani(data)

    def rows(_: int, chance: random.Random) -> list[Encoded]:
        written = (corpus.without_apostrophes(line) if chance.random() < 0.7 else line for line in lines)
        return short(written, table, config)

    torch.manual_seed(config["seed"])
    model = new_tagger(scratch, 12, config["transfer"]["dropout"])
    fit(model, rows, crf_loss, config["transfer"], config, scratch / "transfer.pt", lambda m: report(m, table, decisions))


def short(lines: Iterator[Line], table: Pieces, config: dict) -> list[Encoded]:
    return [row for row in (encode(line, table) for line in lines) if row.tags and len(row.pieces) <= config["longest_line"]]


def azerbaijani(data: Path) -> tuple[list[Line], list[Line], list[Line]]:
    """The half of az_dev for decisions, its final half, and az_train."""
    def lines(name: str) -> list[Line]:
        return [corpus.line_of(i, text, spans, corpus.token_spans(text)) for i, text, spans in corpus.read_marked(data / "ner" / name)]
    dev = lines("az_dev.tsv")
    return [x for x in dev if not corpus.in_final_half(x.id)], [x for x in dev if corpus.in_final_half(x.id)], lines("az_train.tsv")


def train(config: dict, data: Path, scratch: Path) -> None:
    """Stage 2: the Azerbaijani lines, varied anew in every epoch."""
    table = Pieces.read(scratch / "pieces.tsv")
    decisions, _, lines = azerbaijani(data)
    swap = corpus.MentionSwap(lines)
    model = new_tagger(scratch, 12, config["train"]["dropout"])
    model.load_state_dict(torch.load(scratch / "transfer.pt"))

    def rows(_: int, chance: random.Random) -> list[Encoded]:
        return short(augmented(lines, swap, config["augment"], chance), table, config)

    fit(model, rows, crf_loss, config["train"], config, scratch / "teacher.pt", lambda m: report(m, table, decisions))


def unlabelled(config: dict, data: Path) -> list[Line]:
    """Lines of raw text, one to three sentences each, none of which is in an annotated line.

    All lines with a capital inside are kept, and a share of the others; of law and reviews only some.
    """
    chance = random.Random(config["seed"])
    setting = config["unlabelled"]
    known = {sentence for name in ("az_train.tsv", "az_dev.tsv") for _, text, _ in corpus.read_marked(data / "ner" / name)
             for sentence in corpus.sentences(text)}
    lines: list[Line] = []
    for path in sorted((data / "text").glob("*.txt")):
        share = setting["shares"].get(path.stem, 1.0)
        found = []
        for row in path.read_text("utf-8").splitlines():
            fresh = [sentence for sentence in corpus.sentences(row) if sentence not in known]
            while fresh:
                size = chance.randint(1, 3)
                text, fresh = " ".join(fresh[:size]), fresh[size:]
                capitals = len(corpus.INNER_CAPITAL.findall(text))
                wanted = share * (1.0 if capitals else setting["plain"])
                if 20 < len(text) < 500 and "[" not in text and chance.random() < wanted:
                    found.append(corpus.line_of(f"{path.stem}-{len(found)}", text, (), corpus.token_spans(text)))
        say(f"{len(found)} unlabelled lines of {path.stem}")
        lines += found
    return lines


def ask(config: dict, data: Path, scratch: Path) -> None:
    """Let the teacher say how probable every tag is at every token of the unlabelled lines."""
    table = Pieces.read(scratch / "pieces.tsv")
    model = new_tagger(scratch, 12, 0.0)
    model.load_state_dict(torch.load(scratch / "teacher.pt"))
    model.eval()
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
    swap = corpus.MentionSwap(gold)
    setting = config["distil"]
    model = new_tagger(scratch, 12, setting["dropout"])
    model.load_state_dict(torch.load(scratch / "teacher.pt"))
    model.layers = torch.nn.ModuleList(model.layers[i] for i in setting["layers"])

    def rows(_: int, chance: random.Random) -> list[Encoded]:
        asked = (
            replace(encode(rewritten(line, config["augment"], chance), table), shares=shares)
            for line, shares in zip(pool, answers, strict=True)
        )
        return [
            *short(augmented(gold, swap, config["augment"], chance), table, config),
            *(row for row in asked if len(row.pieces) <= config["longest_line"]),
        ]

    fit(model, rows, answer_loss, setting, config, scratch / "student.pt", lambda m: report(m, table, decisions))


def answer_loss(model: Tagger, batch: Batch, _: Sequence[int]) -> Tensor:
    return model.crf.soft_loss(scores_of(model, batch), batch.shares, batch.mask)


def export(config: dict, data: Path, scratch: Path) -> None:
    """Write what ships: the student with 8-bit weights, its pieces, its tags, and a manifest."""
    shape = json.loads((scratch / "e5/config.json").read_text())
    state = {name: value.numpy() for name, value in torch.load(scratch / "student.pt").items()}
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


FORMATS = {
    "model.onnx": "ONNX opset 20 with com.microsoft operators, 8-bit weights",
    "pieces.tsv": "piece TAB log-probability, one a line",
    "tags.json": "tags, start and step scores of the chain, temperature",
}

STAGES = {stage.__name__: stage for stage in (prepare, transfer, train, ask, distil, export)}


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
