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
# # Your own corpus in twenty lines
#
# The shipped tagger knows seven labels. A corpus of your own may need another, here dishes. Write sentences, mark the names inline,
# let the scikit-learn estimator learn from them, and compare.

# %%
from collections import Counter

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import HTML
from sklearn.model_selection import KFold

import azproc as az
from azproc.evaluate.mentions import from_marks
from azproc.evaluate.ner import evaluate_mentions, find_mentions, names_of
from azproc.integrations.sklearn import EntityTagger
from azproc.ner.fast import find_entities_fast
from azproc.show import spans_html

LINES = """
Nənəm bayramda [FOOD şah plov] bişirir, süfrəyə [FOOD badımcan dolması] da qoyur.
[LOC Şəkidə] səhər yeməyinə [FOOD piti] yeyirlər, deyir [PER Aygün Məmmədova].
[LOC Lənkəranda] [FOOD ləvəngi] balıqdan da, toyuqdan da olur.
[PER Rauf Əzizov] [FOOD paxlavanı] on iki qat açır.
[LOC Gəncədə] bazardan [FOOD dovğa] üçün təzə göyərti aldıq.
Toyda qonaqlara əvvəl [FOOD düşbərə], sonra [FOOD lülə kabab] verdilər.
[ORG Azərbaycan Kulinariya Assosiasiyası] [FOOD qutab] günü keçirdi.
[PER Səbinə] [FOOD şəkərburanı] öz əli ilə naxışlayır.
[LOC Naxçıvanda] [FOOD qovurma] küpdə qışa saxlanır.
Uşaqlar [FOOD halva] istəyir, atam isə [FOOD dolma]; [ORG AZTV] dünən [FOOD bozbaşdan] danışdı.
Aşpaz [PER Elçin Quliyev] [FOOD balıq kababı] ilə tanınır.
Yağışlı gündə [FOOD xəngəldən] yaxşı yemək yoxdur.
[LOC Qubada] [FOOD tıxmaya] fındıq qoyurlar.
[PER Leyla] kitabında [FOOD kələm dolmasının] üç növünü yazıb.
[LOC Abşeronda] tut vaxtı [FOOD doşab] qaynadılır.
Qardaşım [FOOD dovğanı] soyuq, mən isti içirəm.
[ORG Azərsun Holdinq] çayı [LOC Astaradan] alır.
[LOC Qazaxda] qonağa [FOOD xaş] səhər tezdən verilir.
[PER Tofiq Həsənli] [FOOD plova] şabalıd atmağı sevir.
[LOC Bakıda], [LOC İçərişəhərdə] [FOOD düşbərə] bişirən qadınlara baxdıq.
""".strip().splitlines()
corpus = [from_marks(line) for line in LINES]

print(len(corpus), "lines,", dict(Counter(label for each in corpus for _, _, label in each.mentions)))
HTML(
    "".join(
        spans_html(each.text, [az.Entity(start, end, each.text[start:end], label, each.text[start:end]) for start, end, label in each.mentions])
        for each in corpus[:4]
    )
)

# %% [markdown]
# ## Learn, and be judged on other lines
#
# Ten folds: the tagger learns from eighteen lines and reads the other two, until every line was read once by a tagger that had not
# seen it.

# %%
texts, mentions = [each.text for each in corpus], [each.mentions for each in corpus]
own = [[] for _ in corpus]
for train, test in KFold(10, shuffle=True, random_state=3).split(corpus):
    tagger = EntityTagger(c1=0.05, c2=0.01).fit([texts[place] for place in train], [mentions[place] for place in train])
    for place, found in zip(test, tagger.predict([texts[place] for place in test])):
        own[place] = found

answers = {
    "own, 18 lines": own,
    "fast": find_mentions(corpus, find_entities_fast),
    "shipped": find_mentions(corpus, az.find_entities),
}
reports = {name: evaluate_mentions(corpus, found) for name, found in answers.items()}
for name, report in reports.items():
    for row in report.exact:
        if row.gold:
            print(f"{name:15}{row.group:13}{row.gold:4} gold{row.found:5} found{row.right:5.0f} right   F1 {row.f1.value:.2f} ({row.f1.low:.2f}–{row.f1.high:.2f})")
    print()

# %%
groups = ["FOOD", "PER", "LOC", "ORG"]
colours = ["#D55E00", "#E69F00", "#0072B2"]  # Okabe and Ito
figure, axes = plt.subplots(figsize=(9, 3.8))
for place, (name, report) in enumerate(reports.items()):
    rows = {row.group: row for row in report.exact}
    shown = [rows[group].f1 for group in groups]
    values = np.array([each.value for each in shown])
    spread = [values - [each.low for each in shown], [each.high for each in shown] - values]
    left = np.arange(len(groups)) + (place - 1) * 0.27
    axes.bar(left, values, 0.25, color=colours[place], label=name, yerr=np.clip(spread, 0, 1), error_kw={"elinewidth": 1, "capsize": 2, "ecolor": "#333333"})
counts = {row.group: row.gold for row in report.exact}
axes.set_xticks(range(len(groups)), [f"{group}\n{counts[group]}" for group in groups])
axes.set_ylim(0, 1.05)
axes.set_ylabel("exact F1")
axes.grid(axis="y", color="#e5e5e5")
axes.set_axisbelow(True)
axes.legend(frameon=False, ncols=3, loc="upper left", bbox_to_anchor=(0, 1.16))
for side in ("top", "right"):
    axes.spines[side].set_visible(False)
plt.show()

# %% [markdown]
# For the label of your own twenty lines are a start, and the only one there is; for the others use a tagger that has learnt from
# thousands of lines. The intervals are wide: forty names are few, and most dishes stand in one line only, so that they are read for the first time.
#
# ## Which names were learnt, and which by heart?
#
# A name that stands in other lines too is *seen*, by its citation form (`dovğa`, `dovğanı`).

# %%
for name in ("seen", "unseen"):
    gold_count = right = 0
    for place, each in enumerate(corpus):
        others = names_of(corpus[:place] + corpus[place + 1 :])
        for row in evaluate_mentions([each], [own[place]], seen=others, resamples=1).by["name"]:
            if row.group == name:
                gold_count += row.gold
                right += row.right
    print(f"{name:7} {right:.0f} of {gold_count} found exactly")

# %% [markdown]
# ## Both together
#
# The new label from your own tagger, the others from the shipped one; where two overlap, the shipped one stays. The learnt tagger
# is a scikit-learn estimator: search its parameters with `GridSearchCV`, keep it by its `model_`.

# %%
tagger = EntityTagger(c1=0.05, c2=0.01).fit(texts, mentions)
sentence = "Elmira Şamaxıda qonaqlara düşbərə, sonra badımcan dolması verdi."
shipped = az.find_entities(sentence)
dishes = [
    az.Entity(start, end, sentence[start:end], label, sentence[start:end])
    for start, end, label in tagger.predict([sentence])[0]
    if label == "FOOD" and all(end <= entity.start or start >= entity.end for entity in shipped)
]
HTML(spans_html(sentence, [*shipped, *dishes]))

# %% [markdown]
# `azproc evaluate --ner GOLD --predictions FILE` does the same sums from files: inline marks (`.tsv`, `.txt`), IOB2 (`.conll`),
# spaCy's pairs (`.json`) or our records (`.jsonl`).
