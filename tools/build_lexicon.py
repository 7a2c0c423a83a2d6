"""Build azproc/data/words.marisa: the words that several sources agree on, with counts, capital shares and roles.

    python tools/build_lexicon.py [--data ../shared/data] [--output azproc/data/words.marisa]

Held-out lines (see corpus.py) are never counted. Informal reviews are misspelt and are not used at all.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import corpus
import manifest
import marisa_trie
import regex

from azproc.language.alphabet import LETTERS, VOWELS
from azproc.language.casing import fold, is_capitalised
from azproc.language.stems import Root
from azproc.language.suffixes import split_glued
from azproc.lexicon import Lexicon, Role, steps_of

VERSION = "1"
INFORMAL = {"informal_reviews_ceng442"}
WORD = regex.compile(r"(?<start>(?:^|[.!?…:;\"“”«»(–—-])\s*+)?(?<word>\p{L}[\p{L}\p{M}]*+(?:['’-]\p{L}++)*+)")
SHAPE = regex.compile(r"[" + "".join(sorted(letter for letter in LETTERS)) + r"]+(?:[-'][" + "".join(sorted(LETTERS)) + r"]+)*")


@dataclass(slots=True)
class Evidence:
    """What each source says, by folded form."""

    news: Counter[str] = field(default_factory=Counter)  # localdoc_symspell
    stems: Counter[str] = field(default_factory=Counter)  # az_lang_nlp_stem_counts
    cased: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # tesseract_words
    texts: dict[str, Counter[str]] = field(default_factory=dict)
    capital: Counter[str] = field(default_factory=Counter)  # inside sentences
    small: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    lemmas: set[str] = field(default_factory=set)

    def seen(self, form: str) -> int:
        """Return how often the texts have a form."""
        return sum(counts[form] for counts in self.texts.values())


def counted(path: Path) -> Iterator[tuple[str, int]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        form, _, count = line.rpartition(" ")
        if form and count.isdigit():
            yield fold(form), int(count)


def gather(data: Path) -> Evidence:
    evidence = Evidence()
    lists = data / "lexicon"
    evidence.news.update(dict(counted(lists / "localdoc_symspell_80k.txt")))
    evidence.stems.update(dict(counted(lists / "az_lang_nlp_stem_counts.txt")))
    for form in (lists / "tesseract_words.txt").read_text(encoding="utf-8").split():
        evidence.cased[fold(form)].add(form)
    for row in (lists / "unimorph_aze.tsv").read_text(encoding="utf-8").splitlines():
        evidence.lemmas.add(fold(row.split("\t")[0]))
    for path in sorted((data / "gazetteer").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            evidence.names.update(fold(match["word"]) for match in WORD.finditer(line) if is_capitalised(match["word"]))
    for path in sorted((data / "text").glob("*.txt")):
        if path.stem not in INFORMAL:
            evidence.texts[path.stem] = count_text(corpus.lines(path, heldout=False), evidence)
    return evidence


def count_text(lines: Iterable[str], evidence: Evidence) -> Counter[str]:
    counts: Counter[str] = Counter()
    for line in lines:
        capitals = sum(character.isupper() for character in line) * 2 > sum(character.isalpha() for character in line)
        for match in WORD.finditer(line):
            form = fold(match["word"])
            counts[form] += 1
            if match["start"] is None and not capitals:
                (evidence.capital if is_capitalised(match["word"]) else evidence.small)[form] += 1
    return counts


def attested(form: str, evidence: Evidence) -> bool:
    """Tell whether the sources agree well enough that a form is a word."""
    if not SHAPE.fullmatch(form) or (len(form) > 2 and not VOWELS & set(form)):
        return False
    listed = form in evidence.cased
    seen, files = evidence.seen(form), sum(form in counts for counts in evidence.texts.values())
    if evidence.news[form]:
        return listed or seen > 0 or evidence.stems[form] > 0
    return form in evidence.names or form in evidence.lemmas or (listed and (seen > 0 or evidence.stems[form] > 20)) or (seen > 2 and files > 1)


def weight(form: str, evidence: Evidence) -> float:
    """Return a count on the scale of the news list, where the least count is about 400."""
    texts = sum(counts[form] / (200 + counts.total() / 1000) for counts in evidence.texts.values())
    return max(1.0, evidence.news[form] + 4 * evidence.stems[form] + 50 * texts)


def capital_share(form: str, evidence: Evidence) -> float:
    capital, small = float(evidence.capital[form]), float(evidence.small[form])
    forms = evidence.cased.get(form, set())
    if form in evidence.names:
        capital += 2
    elif forms:
        prior = 0.05 if form in forms else 0.9
        capital, small = capital + 2 * prior, small + 2 * (1 - prior)
    return capital / (capital + small) if capital + small else 0.5


def infinitives(words: set[str]) -> set[str]:
    return {word[:-3] for word in words if word.endswith(("maq", "mək")) and len(word) > 4}


def find_stems(words: set[str], verbs: set[str]) -> set[str]:
    """Return the words that no chain on a shorter word explains, or that explain others which nothing shorter does."""
    nouns: set[str] = set()

    def is_stem(stem: str, root: Root) -> bool:
        return stem in (verbs if root == "verb" else nouns)

    for word in sorted(words, key=lambda word: (len(word), word)):
        if len(word) > 1 and not split_glued(word, is_stem):
            nouns.add(word)
    return nouns


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--output", type=Path, default=Path("azproc/data/words.marisa"))
    options = parser.parse_args()
    evidence = gather(options.data)
    candidates = {form for source in (evidence.news, evidence.cased, evidence.names, evidence.lemmas, *evidence.texts.values()) for form in source}
    words = {form for form in candidates if attested(form, evidence)}
    verbs = infinitives(words)
    nouns = find_stems(words, verbs)
    records = []
    for form in sorted(words | verbs):
        role = Role.WORD * (form in words) | Role.NOUN * (form in nouns) | Role.VERB * (form in verbs)
        steps = steps_of(weight(form, evidence)) if form in words else 0
        records.append((form, (steps, math.floor(255 * capital_share(form, evidence)), int(role))))
    marisa_trie.RecordTrie(Lexicon.FORMAT, records).save(str(options.output))
    manifest.record(
        options.output,
        version=VERSION,
        fmt=f"marisa-trie RecordTrie {Lexicon.FORMAT}: count steps, capital share, roles",
        licence="counts computed from the sources; the lists are MIT, Apache-2.0 and CC BY-SA 3.0",
        sources=[f"lexicon/{path.name}" for path in sorted((options.data / "lexicon").iterdir()) if "bigrams" not in path.name]
        + [f"text/{name}.txt without the held-out lines" for name in evidence.texts]
        + [f"gazetteer/{path.name}" for path in sorted((options.data / "gazetteer").glob("*.txt"))],
        built_by="python tools/build_lexicon.py",
        metrics={"words": len(words), "noun stems": len(nouns), "verb stems": len(verbs), "bytes": options.output.stat().st_size},
    )
    print(f"{len(words)} words, {len(nouns)} noun stems, {len(verbs)} verb stems, {options.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
