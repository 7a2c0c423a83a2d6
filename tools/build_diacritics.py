"""Build azproc/data/diacritics.marisa: what a word typed without diacritics may stand for, and which neighbours decide.

    python tools/build_diacritics.py [--data ../shared/data] [--output azproc/data/diacritics.marisa]

The words are those of words.marisa, which must be built first. The pairs are counted in the running texts without their
held-out lines (see corpus.py); a pair is kept where one of its words could be read in two ways. Then the figure of the
manifest is measured on the held-out lines of the news, stripped of their diacritics.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import corpus
import manifest
import marisa_trie
import regex

from azproc import resources
from azproc.clean.restorations import FORMAT, bare, marks, pair_key
from azproc.language.casing import fold

VERSION = "1"
INFORMAL = {"informal_reviews_ceng442"}
LEAST = 1  # a pair is kept that was seen that often at least
DISCOUNT = 0.5  # taken off each count of a pair
FORMULAIC = {"legal_codes_legalrag", "legal_codes_eqanun_md", "legal_codes_eqanun_pdf"}  # not asked how common a word is
PRIOR = 20.0  # occurrences that the lexicon's counts are worth beside those of the running texts
NEWS = "news_banker_oxu.txt"
STRIPPED = str.maketrans("əıöüşçğƏİÖÜŞÇĞ", "eiouscgEIOUSCG")
WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[-'’][\p{L}\p{M}]+)*")
SENTENCE_PART = regex.compile(r"[\p{L}\p{M}'’-]+(?: [\p{L}\p{M}'’-]+)*+")
RIVAL = 2e-4  # share of the commonest reading from which another one counts


def words_of(trie: marisa_trie.RecordTrie) -> Iterator[tuple[str, int]]:
    """Yield the listed forms with their counts, bare verb stems with none; small ı at the start of a name is a misread I."""
    lexicon = resources.lexicon()
    for form in trie.keys():  # noqa: SIM118, a trie is no dictionary
        if not (form.startswith("ı") and lexicon.capital_share(form) > 0.5):
            yield form, lexicon.count(form)


def count_pairs(data: Path, ambiguous: set[str]) -> tuple[Counter[str], Counter[str], Counter[tuple[str, str]]]:
    """Count all words, those of free texts, and the pairs with a word that could be read in two ways."""
    singles: Counter[str] = Counter()
    free: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for path in sorted((data / "text").glob("*.txt")):
        if path.stem in INFORMAL:
            continue
        for line in dict.fromkeys(corpus.lines(path, "learn")):
            for part in SENTENCE_PART.finditer(line):
                words = [fold(word) for word in part[0].split(" ")]
                singles.update(words)
                if path.stem not in FORMULAIC:
                    free.update(words)
                pairs.update((left, right) for left, right in pairwise(words) if left in ambiguous or right in ambiguous)
    return singles, free, pairs


def shared_out(forms: dict[str, int], seen: Counter[str]) -> dict[str, float]:
    """Return the counts of rival readings as running texts divide them, the lexicon's counts being the prior."""
    total, occurrences = sum(forms.values()) or 1, sum(seen[form] for form in forms)
    return {
        form: total * (seen[form] + PRIOR * count / total) / (occurrences + PRIOR) if count else 0.0 for form, count in forms.items()
    }


def words_right(lines: list[str]) -> float:
    """Return the share of words that come back after all diacritics were taken off."""
    from azproc.clean.diacritics import restore_diacritics

    text = "\n".join(lines)
    restored = restore_diacritics(text.translate(STRIPPED)).text
    pairs = list(zip(WORD.findall(text), WORD.findall(restored), strict=True))
    return sum(meant == word for meant, word in pairs) / len(pairs)


def write_entry(options: argparse.Namespace, metrics: dict[str, float]) -> None:
    manifest.record(
        options.output,
        version=VERSION,
        fmt=f"marisa-trie RecordTrie {FORMAT}: bare form to marks and count steps; pair to steps of its conditional probability",
        licence="counts computed from the sources",
        sources=["azproc/data/words.marisa"]
        + [f"text/{path.name} without the held-out lines" for path in sorted((options.data / "text").glob("*.txt")) if path.stem not in INFORMAL],
        built_by="python tools/build_diacritics.py",
        metrics=metrics,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--output", type=Path, default=Path("azproc/data/diacritics.marisa"))
    options = parser.parse_args()
    trie = resources.record_trie("<BBB", resources.data_file("words.marisa"))
    readings: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for form, count in words_of(trie):
        readings[bare(form)][form] = count
    for forms in readings.values():
        top = max(forms.values())
        for form in [form for form, count in forms.items() if 0 < count < RIVAL * top]:
            del forms[form]
    ambiguous = {form for forms in readings.values() if len(forms) > 1 for form in forms}
    singles, free, pairs = count_pairs(options.data, ambiguous)
    records = [
        (key, (marks(form), min(255, round(8 * math.log2(count + 1)))))
        for key, forms in readings.items()
        for form, count in shared_out(forms, free).items()
    ]
    size = len(records)
    for (left, right), count in pairs.items():
        if count >= LEAST and left.isalpha() and right.isalpha():
            records.append((pair_key(left, right), (0, min(255, round(-8 * math.log2((count - DISCOUNT) / singles[left]))))))
    marisa_trie.RecordTrie(FORMAT, records).save(str(options.output))
    metrics: dict[str, float] = {"readings": size, "pairs": len(records) - size, "bytes": options.output.stat().st_size}
    write_entry(options, metrics)
    news = list(corpus.lines(options.data / "text" / NEWS, "test"))
    metrics["words right in stripped news, held out"] = round(words_right(news), 4)
    write_entry(options, metrics)
    print(f"{size} readings of {len(readings)} words, {len(records) - size} pairs, {options.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
