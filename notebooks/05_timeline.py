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
# # A time line out of a text
#
# `find_dates` reads every date of the seed text: days, years, centuries, ranges, dates before our era. A day whose year is not
# written (`İyunun 23-də`) takes it from the text before it. Here all of them are drawn.

# %%
import textwrap
from itertools import groupby
from pathlib import Path

import matplotlib.dates as mdates
import matplotlib.pyplot as plt

import azproc as az

ROOT = next(folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "corpora").is_dir())
text = (ROOT / "corpora/seed/seed.txt").read_text(encoding="utf-8")
dates = az.find_dates(text)
sentences = az.split_sentences(text)

{kind: sum(date.type == kind for date in dates) for kind in ("date", "time", "duration", "set")}

# %% [markdown]
# What the library says of a few of them: the value that the text gives, the one that its context adds, and the rule.

# %%
for date in dates[:3] + tuple(date for date in dates if date.resolved)[:4]:
    print(f"{date.text!r:75} {date.value!s:14} {date.resolved or '':12} {date.mod or '':10} {date.rule}")

# %% [markdown]
# ## Day by day: the Republic, 1918–1920
#
# Every date that is one day, once, with the sentence in which it stands.

# %%
MONTHS = "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr".split()


def written(day):
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def event(date):
    """The words after the date in its sentence, or the whole sentence if few follow; without citation marks, cut to one line."""
    sentence = next(one for one in sentences if one.start <= date.start < one.end)
    words = az.strip_citations(text[date.end : sentence.end]).text.strip(" ,-–—()")
    if len(words) < 20:
        words = az.strip_citations(sentence.text).text
    return textwrap.shorten(words, 118, placeholder=" …")


one_day = sorted((date for date in dates if date.earliest and date.earliest == date.latest), key=lambda date: date.earliest)
days = [(day, event(next(same))) for day, same in groupby(one_day, key=lambda date: date.earliest)]

figure, axes = plt.subplots(figsize=(13, 0.30 * len(days) + 1.2))
rows = range(len(days))
colours = {1918: "#1b6ca8", 1919: "#4d9078", 1920: "#b5483a", 1922: "#6b4c9a"}
axes.plot([0] * len(days), rows, color="#c8c8c8", linewidth=2, zorder=1)
for row, (day, words) in enumerate(days):
    colour = colours.get(day.year, "#555555")
    axes.scatter(0, row, s=46, color=colour, zorder=2)
    axes.text(-0.015, row, written(day), ha="right", va="center", fontsize=9.5, color=colour, fontweight="bold")
    axes.text(0.015, row, words, ha="left", va="center", fontsize=9.5)
axes.set_xlim(-0.16, 1)
axes.set_ylim(len(days), -1)
axes.set_axis_off()
axes.set_title("Azərbaycan Xalq Cümhuriyyəti: mətndəki günlər", loc="left", fontsize=13)
plt.show()

# %% [markdown]
# ## How close the days stand
#
# The same days on a true scale: the summer of 1918 and the last week of April 1920 stand out.

# %%
republic = [day for day, _ in days if 1918 <= day.year <= 1920]
figure, axes = plt.subplots(figsize=(13, 2.2))
axes.vlines(republic, 0, 1, color=[colours[day.year] for day in republic], linewidth=2)
axes.xaxis.set_major_locator(mdates.MonthLocator(bymonth=(1, 4, 7, 10)))
axes.xaxis.set_major_formatter(lambda place, _: "{0} {1}".format(MONTHS[mdates.num2date(place).month - 1], mdates.num2date(place).year))
axes.tick_params(axis="x", labelrotation=35)
axes.set_yticks([])
axes.set_title(f"{len(republic)} gün, 1918–1920", loc="left")
for side in ("left", "top", "right"):
    axes.spines[side].set_visible(False)
plt.show()

# %% [markdown]
# ## From the fourth millennium on
#
# Coarser dates are ranges of years. Years before our era have no `datetime.date`, so they are read from the EDTF value itself:
# `-3999/-2000` is from 4000 to 2001 BC.


# %%
def years(value):
    """The first and the last year of an EDTF value, counted astronomically."""
    first, _, last = value.partition("/")

    def year(end, digit):
        return int(end[: 5 if end.startswith("-") else 4].replace("X", digit))

    return year(first, "0"), year(last or first, "9")


coarse = {}
for date in dates:
    value = date.resolved or date.value
    if date.type == "date" and value and not value.startswith("XX"):
        first, last = years(value)
        if last - first >= 5 or not 1900 <= first <= 1925:
            coarse.setdefault((first, last, date.mod), date.text)
coarse = sorted(coarse.items())

figure, axes = plt.subplots(figsize=(13, 0.34 * len(coarse) + 1))
for row, ((first, last, _), words) in enumerate(coarse):
    colour = "#b5483a" if first < 0 else "#1b6ca8"
    axes.barh(row, max(last - first, 12), left=first, height=0.55, color=colour)
    label = textwrap.shorten(" ".join(words.split()), 80, placeholder=" …")
    left = first > 0
    axes.text(first - 40 if left else last + 40, row, label, ha="right" if left else "left", va="center", fontsize=9.5)
axes.set_ylim(len(coarse), -1)
axes.set_yticks([])
axes.set_xlim(-4100, 2150)
axes.set_xticks([-4000, -3000, -2000, -1000, 0, 1000, 2000], ["e.ə. 4001", "e.ə. 3001", "e.ə. 2001", "e.ə. 1001", "e.ə. 1", "1000", "2000"])
axes.grid(axis="x", color="#e5e5e5")
axes.set_axisbelow(True)
for side in ("left", "top", "right"):
    axes.spines[side].set_visible(False)
axes.set_title("Əsrlər, minilliklər və hökmdarlıq illəri", loc="left", fontsize=13)
plt.show()
