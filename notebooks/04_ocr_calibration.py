# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Is a confidence of 0.9 right nine times in ten?
#
# `fix_ocr` gives each edit the probability that it is right. Here clean sentences are damaged at random with the confusions
# that the channel has learnt, mended, and the edits counted in bands of confidence. Real scans are measured by
# `benchmarks/ocr.py`; this runs anywhere.

# %%
import json
import random
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import regex

import azproc as az
from azproc.clean.ocr.channel import channel

ROOT = next(folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "corpora").is_dir())
sys.path.insert(0, str(ROOT / "models" / "ocr"))
from pairs import links  # noqa: E402
from spoil import spoil  # noqa: E402

# %% [markdown]
# The paragraphs of the seed, without its citation marks and with its gold corrections made, are the clean text. The repair
# has never been trained on them.

# %%
paragraphs = []
for line in (ROOT / "corpora/seed/seed.jsonl").read_text(encoding="utf-8").splitlines():
    record = json.loads(line)
    text = record["text"]
    for one in reversed(record["corrections"]):
        text = text[: one["start"]] + one["after"] + text[one["end"] :]
    paragraphs.append(regex.sub(r"\[\d+\]", "", text))

rng = random.Random(7)
scan = channel("aze").confusions
pairs = [spoil(text, scan, rate=rate, slips=0.2, again=0.1, rng=rng) for text in paragraphs for rate in (0.01, 0.03, 0.08)]

# %%
bands = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01]
right = dict.fromkeys(bands[:-1], 0)
total = dict.fromkeys(bands[:-1], 0)
for pair in pairs:
    meant = {link.start: link.clean for link in links(pair)}
    for edit in az.fix_ocr(pair.noisy).edits:
        if edit.start in meant:
            band = max(low for low in bands[:-1] if edit.confidence >= low)
            total[band] += 1
            right[band] += edit.after == meant[edit.start]
for band in bands[:-1]:
    if total[band]:
        print(f"from {band:.2f}: {right[band]} of {total[band]} edits right, {right[band] / total[band]:.0%}")

# %%
middles = [(low + high) / 2 for low, high in zip(bands[:-1], bands[1:], strict=True) if total[low]]
shares = [right[low] / total[low] for low in bands[:-1] if total[low]]
figure, axes = plt.subplots(figsize=(6, 5))
axes.plot([0.5, 1], [0.5, 1], color="0.7", linestyle="--", label="as promised")
axes.plot(middles, shares, marker="o", color="#00629b", label="measured")
for middle, share, low in zip(middles, shares, [low for low in bands[:-1] if total[low]], strict=True):
    axes.annotate(f"{total[low]} edits", (middle, share), textcoords="offset points", xytext=(0, -14), ha="center", fontsize=8)
axes.set(xlabel="confidence of the edit", ylabel="share of edits that are right", title="Calibration of fix_ocr", ylim=(0, 1.05))
axes.legend()
figure.tight_layout()
