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
# # How good are the entity taggers?
#
# Three taggers on one text that none of them has learnt from, the seed: the tagger that ships (`azproc.find_entities`), the fast
# tier (a CRF), and Stanza with the models of this repository, on our tokens, where Stanza is installed. Every figure comes with
# its interval of 95 %: paragraphs are drawn with replacement, a thousand times.

# %%
import json
import time
import warnings
from importlib.util import find_spec
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import HTML
from sklearn.model_selection import KFold

import azproc as az
from azproc.evaluate.mentions import Marked, read_mentions
from azproc.evaluate.ner import evaluate_mentions, find_mentions
from azproc.evaluate.spans import FATES
from azproc.integrations.sklearn import EntityTagger
from azproc.ner.fast import find_entities_fast
from azproc.show import spans_html

ROOT = next(folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "corpora").is_dir())
SEED = ROOT / "corpora/seed/seed.jsonl"
gold = read_mentions(SEED)

TAGGERS = {"shipped": az.find_entities, "fast": find_entities_fast}
if find_spec("stanza"):
    warnings.filterwarnings("ignore", message="IProgress not found")
    from azproc.integrations.stanza import find_entities_stanza

    TAGGERS["Stanza"] = find_entities_stanza

# The colours of Okabe and Ito, which colour-blind readers tell apart.
COLOURS = dict(zip(["shipped", "fast", "Stanza"], ["#0072B2", "#E69F00", "#009E73"]))
plt.rcParams.update({"font.size": 11, "axes.spines.top": False, "axes.spines.right": False, "figure.dpi": 110})

reports = {}
for name, find in TAGGERS.items():
    find("Bakı gözəldir.")  # opens the model
    began = time.perf_counter()
    found = find_mentions(gold, find)
    reports[name] = evaluate_mentions(gold, found)
    print(f"{name:8} {sum(map(len, found))} mentions in {time.perf_counter() - began:.1f} s")

# %% [markdown]
# ## Figures
#
# *Exact*: start, end and label agree. *Partial*: the right label on overlapping borders counts half.

# %%
print(f"{'':9}{'':13}{'gold':>5}{'found':>6}{'right':>6}{'P':>7}{'R':>7}{'F1':>7}  {'95 % of F1':12}{'partial F1':>11}")
for name, report in reports.items():
    for exact, partial in zip(report.exact, report.partial):
        print(
            f"{name:9}{exact.group:13}{exact.gold:5}{exact.found:6}{exact.right:6.0f}{exact.precision.value:7.3f}{exact.recall.value:7.3f}"
            f"{exact.f1.value:7.3f}  {exact.f1.low:.3f}–{exact.f1.high:.3f}{partial.f1.value:11.3f}"
        )
    print()

# %%
groups = ["PER LOC ORG", "PER", "LOC", "ORG", "EVENT", "LAW", "WORK", "NORP"]
figure, axes = plt.subplots(figsize=(11, 4.2))
width = 0.8 / len(reports)
for place, (name, report) in enumerate(reports.items()):
    rows = {row.group: row for row in report.exact}
    shown = [rows[group].f1 for group in groups]
    values = np.array([each.value for each in shown])
    spread = [values - [each.low for each in shown], [each.high for each in shown] - values]
    left = np.arange(len(groups)) + (place - (len(reports) - 1) / 2) * width
    axes.bar(left, values, width * 0.92, color=COLOURS[name], label=name, yerr=np.clip(spread, 0, 1), error_kw={"elinewidth": 1, "capsize": 2, "ecolor": "#333333"})
counts = {row.group: row.gold for row in reports["shipped"].exact}
axes.set_xticks(range(len(groups)), [f"{group}\n{counts[group]}" for group in groups])
axes.set_ylim(0, 1.02)
axes.set_ylabel("exact F1")
axes.grid(axis="y", color="#e5e5e5")
axes.set_axisbelow(True)
axes.legend(frameon=False, ncols=3, loc="upper right", bbox_to_anchor=(1, 1.14))
axes.set_xlabel("label; below, its mentions in the gold")
plt.show()

# %% [markdown]
# Labels with a dozen mentions or fewer say little: look at their intervals. The gold of the seed is rich in places; what it does
# not hold at all (sports, commerce, verse) it cannot measure.
#
# ## What goes wrong
#
# A mention may have the wrong borders, the wrong label, or both; it may be missed, or found where there is none.

# %%
kinds = [fate for fate in FATES if fate != "right"]
shades = dict(zip(kinds, ["#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999"]))
figure, axes = plt.subplots(figsize=(11, 0.7 * len(reports) + 1.3))
for row, (name, report) in enumerate(reports.items()):
    left = 0
    for kind in kinds:
        count = sum(report.fates[kind].values())
        axes.barh(row, count, left=left, color=shades[kind], edgecolor="white", label=kind if row == 0 else None)
        if count > 2:
            axes.text(left + count / 2, row, count, ha="center", va="center", fontsize=10)
        left += count
axes.set_yticks(range(len(reports)), reports)
axes.invert_yaxis()
axes.set_xlabel("mentions")
axes.legend(frameon=False, ncols=5, loc="upper left", bbox_to_anchor=(0, 1.2))
plt.show()

# %% [markdown]
# ## Which label is taken for which

# %%
labels = [*groups[1:], ""]
figure, panels = plt.subplots(1, len(reports), figsize=(4.6 * len(reports), 4.6), squeeze=False)
for axes, (name, report) in zip(panels[0], reports.items()):
    table = np.array([[report.confusion.get(due, {}).get(given, 0) for given in labels] for due in labels])
    share = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    axes.imshow(share, cmap="Blues", vmin=0, vmax=1)
    for (row, column), count in np.ndenumerate(table):
        if count:
            axes.text(column, row, count, ha="center", va="center", fontsize=9, color="white" if share[row, column] > 0.55 else "black")
    names = [label or "none" for label in labels]
    axes.set_xticks(range(len(labels)), names, rotation=60)
    axes.set_yticks(range(len(labels)), names)
    axes.set_xlabel("found")
    axes.set_title(name, loc="left")
panels[0][0].set_ylabel("gold")
figure.tight_layout()
plt.show()

# %% [markdown]
# ## Long names are harder

# %%
figure, axes = plt.subplots(figsize=(7, 3.4))
for place, (name, report) in enumerate(reports.items()):
    rows = report.by["tokens"]
    values = np.array([row.f1.value for row in rows])
    spread = [values - [row.f1.low for row in rows], [row.f1.high for row in rows] - values]
    axes.errorbar(np.arange(len(rows)) + 0.06 * place, values, yerr=np.clip(spread, 0, 1), color=COLOURS[name], marker="osD"[place], capsize=2, label=name)
rows = reports["shipped"].by["tokens"]
axes.set_xticks(range(len(rows)), [f"{row.group}\n{row.gold}" for row in rows])
axes.set_xlabel("tokens of the mention; below, how many the gold has")
axes.set_ylabel("exact F1")
axes.set_ylim(0, 1.02)
axes.grid(axis="y", color="#e5e5e5")
axes.legend(frameon=False)
plt.show()

# %% [markdown]
# ## What more text brings
#
# The scikit-learn estimator `EntityTagger` is a CRF that starts from nothing but azproc's features. It learns from growing parts
# of the seed's paragraphs and is judged on paragraphs that it has not seen (five folds; all their answers are scored together).
# These models are thrown away: what ships has never learnt from the seed.

# %%
paragraphs = [
    Marked(record["text"], tuple((each["start"], each["end"], each["label"]) for each in record["entities"]))
    for record in map(json.loads, SEED.read_text(encoding="utf-8").splitlines())
]
sizes = [3, 6, 12, 24]
curve = []
for size in sizes:
    answers = [[] for _ in paragraphs]
    for train, test in KFold(5, shuffle=True, random_state=1).split(paragraphs):
        chosen = [paragraphs[place] for place in train[:size]]
        tagger = EntityTagger(max_iterations=60).fit([each.text for each in chosen], [each.mentions for each in chosen])
        for place, mentions in zip(test, tagger.predict([paragraphs[place].text for place in test])):
            answers[place] = mentions
    curve.append(evaluate_mentions(paragraphs, answers).exact[0].f1)
    print(f"{size:3} paragraphs: F1 of PER LOC ORG {curve[-1].value:.3f} ({curve[-1].low:.3f}–{curve[-1].high:.3f})")

figure, axes = plt.subplots(figsize=(7, 3.6))
axes.plot(sizes, [each.value for each in curve], color="#D55E00", marker="o", label="EntityTagger, learning")
axes.fill_between(sizes, [each.low for each in curve], [each.high for each in curve], color="#D55E00", alpha=0.18)
for name, report in reports.items():
    axes.axhline(report.exact[0].f1.value, color=COLOURS[name], linestyle={"shipped": "-", "fast": "--"}.get(name, ":"), label=f"{name}, as it is")
axes.set_xticks(sizes)
axes.set_xlabel("paragraphs to learn from")
axes.set_ylabel("exact F1, PER LOC ORG")
axes.set_ylim(0, 1)
axes.set_xlim(2, 25)
axes.legend(frameon=False, loc="lower right", ncols=2)
plt.show()

# %% [markdown]
# ## Every error in its sentence
#
# The errors of the shipped tagger: above, the gold of the sentence, below, what was found.


# %%
def in_sentence(case, mentions):
    """The sentence of a case with some mentions marked."""
    start, end, _ = case.gold or case.found
    text = case.marked.text
    sentence = next(one for one in az.split_sentences(text) if one.start <= start < one.end)
    inside = [mention for mention in mentions if mention[0] < sentence.end and mention[1] > sentence.start]
    return spans_html(
        sentence.text, [az.Entity(s - sentence.start, e - sentence.start, text[s:e], label, text[s:e]) for s, e, label in inside]
    )


def browser(report):
    found = {}
    for case in report.cases:
        if case.found:
            found.setdefault(case.marked.text, []).append(case.found)
    parts = []
    for kind in kinds:
        cases = [case for case in report.errors if case.fate == kind]
        rows = "".join(
            f"<p style='margin:.8em 0 .1em'><b>{(case.gold or case.found)[2]}</b> {case.marked.text[slice(*(case.gold or case.found)[:2])]}</p>"
            f"<div>gold {in_sentence(case, case.marked.mentions)}</div><div>found {in_sentence(case, found[case.marked.text])}</div>"
            for case in cases
        )
        parts.append(f"<details {'open' if kind in ('label', 'missed') else ''}><summary><b>{kind}</b>: {len(cases)}</summary>{rows}</details>")
    return HTML("".join(parts))


browser(reports["shipped"])
