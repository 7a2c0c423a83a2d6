"""The training loop: schedule, averaged weights, checkpoints."""

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from examples import Batch, Encoded, batch_of, batches
from network import Tagger, seed_dropout
from torch import Tensor


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
        saved = torch.load(checkpoint, weights_only=True)
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
