"""The training loop: schedule, averaged weights, checkpoints."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
from examples import Batch, Encoded, batch_of, batches
from network import Tagger, seed_dropout
from torch import Tensor

Loss = Callable[[Tagger, Batch, Sequence[int]], Tensor]

LOWEST_RATE = 0.02  # share of the top rate


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


class Run:
    """A model in training, with its optimizer, its averaged weights, and the step that it has come to."""

    def __init__(self, model: Tagger, loss_of: Loss, setting: dict[str, float], config: dict) -> None:
        self.model, self.loss_of, self.setting = model, loss_of, setting
        self.seed, self.threads = config["seed"], config["threads"]
        self.update = optimizer(model, setting)
        self.average = Average(model, setting["average"])
        self.pool = ThreadPoolExecutor(self.threads)
        self.step = 0

    def resume(self, checkpoint: Path) -> None:
        """Go on from a checkpoint, if there is one."""
        if checkpoint.exists():
            saved = torch.load(checkpoint, weights_only=True)
            self.model.load_state_dict(saved["model"])
            self.update.load_state_dict(saved["optimizer"])
            self.average.state, self.step = saved["average"], saved["step"]
            say(f"going on from step {self.step}")

    def keep(self, checkpoint: Path) -> None:
        """Write a checkpoint."""
        state = {"model": self.model.state_dict(), "optimizer": self.update.state_dict(), "average": self.average.state, "step": self.step}
        save(state, checkpoint)

    def learn(self, rows: Sequence[Encoded], group: Sequence[int], total: int) -> float:
        """Take one step, of ``total`` in all, on a group of rows, and return its loss."""
        self.step += 1
        for parameters in self.update.param_groups:
            parameters["lr"] = parameters["top"] * rate_at(self.step / total, self.setting["warm_up"])
        self.model.train()
        parts = [group[first :: self.threads] for first in range(self.threads) if group[first:]]
        loss = sum(self.pool.map(lambda number: self._backward(rows, parts[number], number, len(group)), range(len(parts))))
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.update.step()
        self.update.zero_grad()
        self.average.update(self.model, self.step)
        return loss

    def _backward(self, rows: Sequence[Encoded], part: Sequence[int], number: int, size: int) -> float:
        """Add the gradient of a part of a group; every thread computes alone, so none waits for another inside a layer."""
        torch.set_num_threads(1)
        seed_dropout(self.seed + 8 * self.step + number)
        loss = self.loss_of(self.model, batch_of([rows[place] for place in part]), part) * (len(part) / size)
        loss.backward()
        return loss.item()

    @contextmanager
    def averaged(self) -> Iterator[None]:
        """Give the model its averaged weights in the body."""
        own = {name: value.clone() for name, value in self.model.state_dict().items()}
        self.model.load_state_dict(self.average.state)
        yield
        self.model.load_state_dict(own)


def rate_at(share: float, warm: float) -> float:
    """Return the share of the top rate after a share of all steps: up while it is below ``warm``, then down."""
    return share / warm if share < warm else max(LOWEST_RATE, (1 - share) / (1 - warm))


def fit(
    model: Tagger,
    epoch_rows: Callable[[int, random.Random], Sequence[Encoded]],
    loss_of: Loss,
    setting: dict[str, float],
    config: dict,
    out: Path,
    judge: Callable[[Tagger], str] | None = None,
) -> None:
    """Train a model and leave the averaged weights in *out*; a checkpoint beside it lets a rerun go on."""
    checkpoint = out.with_suffix(".checkpoint")
    run = Run(model, loss_of, setting, config)
    run.resume(checkpoint)
    done, step, total, began, losses = run.step, 0, 0, time.time(), []
    for epoch in range(int(setting["epochs"])):
        chance = random.Random(f"{config['seed']}-{out.stem}-{epoch}")
        rows = epoch_rows(epoch, chance)
        groups = batches(rows, config["batch_pieces"], chance)
        total = total or len(groups) * int(setting["epochs"])
        for group in groups:
            step += 1
            if step <= done:
                continue
            losses.append(run.learn(rows, group, total))
            if step % config["log_every"] == 0:
                speed = (time.time() - began) / (step - done)
                say(f"{out.stem} step {step}/{total} loss {np.mean(losses):.4f} {speed:.2f} s/step, left {speed * (total - step) / 60:.1f} min")
                losses.clear()
            if step % config["checkpoint_every"] == 0:
                run.keep(checkpoint)
        if judge and step > done:
            with run.averaged():
                say(f"{out.stem} after epoch {epoch + 1}: {judge(model)}")
    model.load_state_dict(run.average.state)
    save(run.average.state, out)
    checkpoint.unlink(missing_ok=True)


def save(what: object, path: Path) -> None:
    beside = path.with_suffix(path.suffix + ".new")
    torch.save(what, beside)
    beside.replace(path)


def say(text: str) -> None:
    print(time.strftime("%H:%M:%S"), text, flush=True)
