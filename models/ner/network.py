"""The encoder in PyTorch and the linear-chain CRF on top of it; used for training only."""

import threading
from collections.abc import Mapping

import torch
from marked import TAGS
from torch import Tensor, nn
from torch.nn import functional

FORBIDDEN = -1e4
"""Score of a transition that IOB2 does not allow."""


CHANCE = threading.local()
"""The random numbers of dropout, a generator for each thread, so that a run can be repeated."""


def seed_dropout(seed: int) -> None:
    CHANCE.generator = torch.Generator().manual_seed(seed)


class WholeDropout(nn.Module):
    """Dropout that silences the same features at every position of a line; far cheaper on a CPU than one mask each."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, hidden: Tensor) -> Tensor:
        """The hidden states, in training with some features of every line set to zero."""
        if not self.training or not self.rate:
            return hidden
        kept = torch.rand(hidden.shape[0], 1, hidden.shape[2], generator=CHANCE.generator) >= self.rate
        return hidden * (kept.to(hidden.dtype) / (1 - self.rate))


class Layer(nn.Module):
    """One post-norm transformer layer of a BERT encoder."""

    def __init__(self, width: int, heads: int, inner: int, epsilon: float, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.query_key_value = nn.Linear(width, 3 * width)
        self.attention_out = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, epsilon)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.output_norm = nn.LayerNorm(width, epsilon)
        self.dropout = WholeDropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = hidden.shape
        query, key, value = (
            self.query_key_value(hidden).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        )
        weights = (query @ key.transpose(2, 3) * (width // self.heads) ** -0.5 + mask).softmax(dim=3)
        attended = (weights.to(value.dtype) @ value).transpose(1, 2).reshape(batch, length, width)
        hidden = self.attention_norm(hidden + self.dropout(self.attention_out(attended)))
        return self.output_norm(hidden + self.dropout(self.outer(functional.gelu(self.inner(hidden)))))


class Tagger(nn.Module):
    """Pieces in, one score per tag for the first piece of every token out."""

    def __init__(self, shape: Mapping[str, float], vocabulary: int, layers: int, dropout: float) -> None:
        super().__init__()
        width, epsilon = int(shape["hidden_size"]), float(shape["layer_norm_eps"])
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(int(shape["max_position_embeddings"]), width)
        self.embedding_norm = nn.LayerNorm(width, epsilon)
        self.layers = nn.ModuleList(
            Layer(width, int(shape["num_attention_heads"]), int(shape["intermediate_size"]), epsilon, dropout)
            for _ in range(layers)
        )
        self.dropout = WholeDropout(dropout)
        self.head = nn.Linear(2 * width, len(TAGS))
        self.crf = Crf()

    def forward(self, pieces: Tensor, lengths: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Scores (batch, tokens, tags); *first* and *last* hold the piece positions of every token."""
        places = torch.arange(pieces.shape[1])
        mask = torch.where(places[None, :] < lengths[:, None], 0.0, FORBIDDEN)[:, None, None, :]
        hidden = self.dropout(self.embedding_norm(self.words(pieces) + self.positions(places)))
        for layer in self.layers:
            hidden = layer(hidden, mask)
        ends = [hidden.gather(1, at[:, :, None].expand(-1, -1, hidden.shape[2])) for at in (first, last)]
        return self.head(self.dropout(torch.cat(ends, dim=2))).float()


class Crf(nn.Module):
    """A linear chain over IOB2 tags that knows which tag may follow which."""

    def __init__(self) -> None:
        super().__init__()
        count = len(TAGS)
        allowed = torch.tensor([[_may_follow(a, b) for b in TAGS] for a in TAGS])
        self.register_buffer("forbidden", torch.where(allowed, 0.0, FORBIDDEN), persistent=False)
        self.register_buffer(
            "forbidden_start", torch.tensor([FORBIDDEN if t.startswith("I-") else 0.0 for t in TAGS]), persistent=False
        )
        self.transitions = nn.Parameter(torch.zeros(count, count))
        self.start = nn.Parameter(torch.zeros(count))

    def loss(self, scores: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """Mean negative log-likelihood per token of the given tags."""
        return (self._partition(scores, mask, self.transitions, self.start) - self._path(scores, tags, mask)).sum() / mask.sum()

    def soft_loss(self, scores: Tensor, shares: Tensor, mask: Tensor) -> Tensor:
        """Cross-entropy per token against tag probabilities, up to a constant; the steps between tags are not trained."""
        expected = (scores * shares).sum(2) * mask
        moves, start = self.transitions.detach(), self.start.detach()
        return (self._partition(scores, mask, moves, start) - expected.sum(1)).sum() / mask.sum()

    @torch.no_grad()
    def marginals(self, scores: Tensor, mask: Tensor) -> Tensor:
        """Probability of every tag at every token."""
        moves = self.transitions + self.forbidden
        forward = [self.start + self.forbidden_start + scores[:, 0]]
        for step in range(1, scores.shape[1]):
            forward.append(torch.logsumexp(forward[-1][:, :, None] + moves, dim=1) + scores[:, step])
        backward = [torch.zeros_like(scores[:, 0])]
        for step in range(scores.shape[1] - 2, -1, -1):
            later = torch.logsumexp(moves + (scores[:, step + 1] + backward[-1])[:, None, :], dim=2)
            backward.append(torch.where(mask[:, step + 1, None], later, 0.0))
        return (torch.stack(forward, 1) + torch.stack(backward[::-1], 1)).softmax(dim=2)

    def _path(self, scores: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        moves = self.transitions + self.forbidden
        emitted = scores.gather(2, tags[:, :, None]).squeeze(2)
        stepped = moves[tags[:, :-1], tags[:, 1:]]
        begun = (self.start + self.forbidden_start)[tags[:, 0]]
        return begun + (emitted * mask).sum(1) + (stepped * mask[:, 1:]).sum(1)

    def _partition(self, scores: Tensor, mask: Tensor, transitions: Tensor, start: Tensor) -> Tensor:
        moves = transitions + self.forbidden
        forward = start + self.forbidden_start + scores[:, 0]
        for step in range(1, scores.shape[1]):
            after = torch.logsumexp(forward[:, :, None] + moves, dim=1) + scores[:, step]
            forward = torch.where(mask[:, step, None], after, forward)
        return torch.logsumexp(forward, dim=1)

    @torch.no_grad()
    def decode(self, scores: Tensor, lengths: Tensor) -> list[list[int]]:
        """The best allowed path of every row."""
        moves = self.transitions + self.forbidden
        best = self.start + self.forbidden_start + scores[:, 0]
        history, trail = [best], []
        for step in range(1, scores.shape[1]):
            best, came_from = (best[:, :, None] + moves).max(dim=1)
            best = best + scores[:, step]
            history.append(best)
            trail.append(came_from)
        paths = []
        for row, length in enumerate(lengths.tolist()):
            path = [int(history[length - 1][row].argmax())]
            for came_from in reversed(trail[:length - 1]):
                path.append(int(came_from[row, path[-1]]))
            paths.append(path[::-1])
        return paths


def _may_follow(before: str, after: str) -> bool:
    return not after.startswith("I-") or before in (f"B-{after[2:]}", f"I-{after[2:]}")


def from_e5(arrays: Mapping[str, Tensor], kept: list[int], tagger: Tagger) -> None:
    """Fill a tagger with the encoder's weights under their Hugging Face names, for the kept pieces."""
    kind = arrays["embeddings.token_type_embeddings.weight"][0]
    state = {
        "words.weight": arrays["embeddings.word_embeddings.weight"][kept],
        "positions.weight": arrays["embeddings.position_embeddings.weight"] + kind,
    }
    names = {
        "attention_out": "attention.output.dense", "attention_norm": "attention.output.LayerNorm",
        "inner": "intermediate.dense", "outer": "output.dense", "output_norm": "output.LayerNorm",
    }
    for part in ("weight", "bias"):
        state[f"embedding_norm.{part}"] = arrays[f"embeddings.LayerNorm.{part}"]
        for i in range(len(tagger.layers)):
            theirs = f"encoder.layer.{i}."
            state[f"layers.{i}.query_key_value.{part}"] = torch.cat(
                [arrays[f"{theirs}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            )
            for ours, name in names.items():
                state[f"layers.{i}.{ours}.{part}"] = arrays[f"{theirs}{name}.{part}"]
    missing, unexpected = tagger.load_state_dict({k: v.float() for k, v in state.items()}, strict=False)
    if unexpected or any(not name.startswith(("head.", "crf.")) for name in missing):
        raise ValueError(f"weights do not fit: missing {missing}, unexpected {unexpected}")
