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
# # Clean a text, and see everything that was done
#
# The seed is a damaged text: citation marks, misread letters, words broken at line ends. It is cleaned here, every change is
# listed with its rule and its confidence, judged against the gold, and undone.

# %%
from collections import Counter
from pathlib import Path

import matplotlib.pyplot as plt
from IPython.display import HTML

import azproc as az
from azproc.evaluate.report import evaluate
from azproc.show import edits_html, reason

ROOT = next(folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "corpora").is_dir())
text = (ROOT / "corpora/seed/seed.txt").read_text(encoding="utf-8")

pipeline = az.load("ocr")
doc = pipeline(text)
edits = doc.changes.edits
print(f"{len(text):,} characters before, {len(doc.text):,} after, {len(edits)} edits; profile {doc.profile} {doc.profile_version}")

# %% [markdown]
# ## What was changed, and why
#
# A rule has a dotted name; its first part says what kind of damage it mends.

# %%
kinds = Counter(edit.rule.split(".")[0] for edit in edits)
rules = Counter(edit.rule for edit in edits)
for rule, count in rules.most_common(12):
    print(f"{count:4}  {rule:34} {reason(rule)}")

# %%
colours = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#999999"]  # Okabe and Ito
order = [kind for kind, _ in kinds.most_common()]
shade = {kind: colours[min(place, len(colours) - 1)] for place, kind in enumerate(order)}
figure, (left, right) = plt.subplots(1, 2, figsize=(12, 3.6), width_ratios=[1, 1.6])
left.barh(range(len(order)), [kinds[kind] for kind in order], color=[shade[kind] for kind in order])
left.set_yticks(range(len(order)), order)
left.invert_yaxis()
left.bar_label(left.containers[0], padding=3)
left.set_title("edits by kind", loc="left", fontsize=11)
for place, kind in enumerate(order):
    same = [edit for edit in edits if edit.rule.split(".")[0] == kind]
    where, sure = [edit.start / len(text) * 100 for edit in same], [edit.confidence for edit in same]
    right.scatter(where, sure, color=shade[kind], s=26, alpha=0.8, marker="os^Dv<>"[place % 7], label=kind)
right.legend(frameon=False, fontsize=9, loc="lower left", ncols=2)
right.set_xlabel("place in the text, per cent")
right.set_ylabel("confidence")
right.set_ylim(0.45, 1.03)
right.set_title("how sure each edit is", loc="left", fontsize=11)
right.grid(color="#e5e5e5")
right.set_axisbelow(True)
for axes in (left, right):
    axes.spines["top"].set_visible(False)
    axes.spines["right"].set_visible(False)
figure.tight_layout()
plt.show()

# %% [markdown]
# ## In the text
#
# One paragraph with its edits: what goes is struck out, what comes is underlined. Hover to read the reason.

# %%
paragraph = next(part for part in text.split("\n") if len(az.clean(part, profile="ocr").edits) > 6 and len(part) < 1200)
HTML(edits_html(az.clean(paragraph, profile="ocr")))

# %% [markdown]
# ## The least sure edits
#
# An audit begins here. `veto` refuses any edit for which a function of yours is true.

# %%
for edit in sorted(edits, key=lambda edit: edit.confidence)[:10]:
    around = text[max(0, edit.start - 25) : edit.start] + f"⟦{edit.before}→{edit.after}⟧" + text[edit.end : edit.end + 25]
    print(f"{edit.confidence:.2f}  {edit.rule:30} {' '.join(around.split())}")

careful = pipeline(text, veto=lambda edit: edit.confidence < 0.9)
print(f"\n{len(edits)} edits, {len(careful.changes.edits)} with a confidence of 0.9 and more")

# %% [markdown]
# ## Against the gold
#
# The seed's gold lists the damaged words and what their author meant. Mended, missed, and correct words harmed:

# %%
report = evaluate(ROOT / "corpora/seed", profile="ocr")
repaired = report.facts["corrections"]
print(f"{repaired['mended']} mended, {len(repaired['missed'])} missed, {len(repaired['harmed'])} correct words harmed")
print("missed:", "; ".join(before for before, _ in repaired["missed"]) or "nothing")
print("harmed:", "; ".join(f"{before} → {after}" for before, after in repaired["harmed"]) or "nothing")

# %% [markdown]
# ## Nothing is lost
#
# Every span of the clean text knows where it came from, and the whole is undone to the last character.

# %%
sentence = next(one for one in az.split_sentences(doc.text) if len(one.text) < 200 and doc.to_original(one).text != one.text)
print("clean   ", sentence.text)
print("original", doc.to_original(sentence).text)
assert doc.revert().text == text
assert doc.changes.inverse.text == text
