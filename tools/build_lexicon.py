"""Build azproc/data/words.marisa: the words that several sources agree on, with counts, capital shares and roles.

    python tools/build_lexicon.py [--data ../shared/data] [--output azproc/data/words.marisa] [--without TEXT]

Held-out lines (see corpus.py) are never counted. Informal reviews are misspelt and are not used at all. A form is a word
when its points suffice (`points`) and no far more frequent word is one likely slip away (`slips`). A word that no chain
on a shorter stem explains is a stem. `--without` leaves one text out, to measure coverage on a genre never seen.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import corpus
import manifest
import marisa_trie
import regex

from azproc.language.alphabet import LETTERS, VOWELS
from azproc.language.casing import fold, is_capitalised, is_upper
from azproc.language.stems import Root, may_be_changed, stems_behind
from azproc.language.suffixes import LONGEST_ENDING, ROOTS, chains
from azproc.lexicon import Lexicon, Role, steps_of

VERSION = "2"
INFORMAL = {"informal_reviews_ceng442"}
WORD = regex.compile(r"(?<start>(?:^|[.!?…:;\"“”«»(–—-])\s*+)?(?<word>\p{L}[\p{L}\p{M}]*+(?:['’-]\p{L}++)*+)")
SPELT = regex.compile(rf"[{''.join(sorted(LETTERS))}]+(?:[-'][{''.join(sorted(LETTERS))}]+)*")

WORD_POINTS = 3
VERB_FORMS = 5  # distinct forms that an infinitive must explain
STEM_WEIGHT = 60
LIKELY_SLIP = 60  # how many times more frequent a word one likely slip away must be
ANY_SLIP = 400  # the same for any other slip, in words of seven letters or more
CONFUSED = {
    frozenset(pair)
    for pair in "əe əa əo aı oö uü ıi şs çc ğg qg kg qk xh hx öü oı aə ei əı iü uı oa oe jc iy ğq yk zs td pb".split()
}


@dataclass(slots=True)
class Evidence:
    """What each source says, by folded form."""

    news: Counter[str] = field(default_factory=Counter)  # localdoc_symspell
    stems: Counter[str] = field(default_factory=Counter)  # az_lang_nlp_stem_counts
    cased: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # tesseract_words
    texts: dict[str, Counter[str]] = field(default_factory=dict)
    capital: Counter[str] = field(default_factory=Counter)  # inside sentences
    small: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)  # all in capitals, among others that are not
    names: set[str] = field(default_factory=set)
    lemmas: set[str] = field(default_factory=set)

    def forms(self) -> set[str]:
        """Return all forms that are spelt with the alphabet."""
        sources = (self.news, self.cased, self.names, self.lemmas, *self.texts.values())
        return {form for source in sources for form in source if SPELT.fullmatch(form)}

    def seen(self, form: str) -> int:
        """Return how often the texts have a form."""
        return sum(counts[form] for counts in self.texts.values())

    def files(self, form: str) -> int:
        """Return how many of the texts have a form."""
        return sum(form in counts for counts in self.texts.values())

    def weight(self, form: str) -> float:
        """Return a count on the scale of the news list, whose least count is about 400."""
        texts = sum(counts[form] / (20 + counts.total() / 10000) for counts in self.texts.values())
        return max(1.0, self.news[form] + 4 * self.stems[form] + 60 * texts)

    def capital_share(self, form: str) -> float:
        """Return the share of capitalised occurrences inside sentences, smoothed by what the lists know."""
        capital, small = float(self.capital[form]), float(self.small[form])
        cased = self.cased.get(form, set())
        if form in self.names:
            capital += 2
        elif cased:
            prior = 0.05 if form in cased else 0.9
            capital, small = capital + 2 * prior, small + 2 * (1 - prior)
        return capital / (capital + small) if capital + small else 0.5


def counted(path: Path) -> Iterator[tuple[str, int]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        form, _, count = line.rpartition(" ")
        if form and count.isdigit():
            yield fold(form), int(count)


def gather(data: Path, without: str) -> Evidence:
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
        if path.stem not in INFORMAL | {without}:
            evidence.texts[path.stem] = count_text(corpus.lines(path, heldout=False), evidence)
    return evidence


def count_text(lines: Iterable[str], evidence: Evidence) -> Counter[str]:
    counts: Counter[str] = Counter()
    for line in lines:
        shouted = sum(character.isupper() for character in line) * 2 > sum(character.isalpha() for character in line)
        for match in WORD.finditer(line):
            form = fold(match["word"])
            counts[form] += 1
            if shouted:
                continue
            evidence.whole[form] += len(form) > 1 and is_upper(match["word"])
            if match["start"] is None:
                (evidence.capital if is_capitalised(match["word"]) else evidence.small)[form] += 1
    return counts


def explanations(word: str, stems: dict[Root, set[str]]) -> Iterator[tuple[str, Root]]:
    """Yield the shorter stems that explain a word."""
    for place in range(len(word), max(1, len(word) - LONGEST_ENDING), -1):
        form = word[:place]
        for root in ROOTS:
            if form not in stems[root] and not may_be_changed(form):
                continue
            for stem, shape in stems_behind(form, root):
                if stem in stems[root] and (stem != word or root == "verb") and chains(root, shape, word[place:]):
                    yield stem, root


def support(forms: set[str], stems: dict[Root, set[str]]) -> dict[Root, Counter[str]]:
    """Return how many forms each stem explains."""
    counts: dict[Root, Counter[str]] = {root: Counter() for root in ROOTS}
    for form in forms:
        for stem, root in set(explanations(form, stems)):
            counts[root][stem] += 1
    return counts


def points(form: str, evidence: Evidence, family: int) -> int:
    """Return how far the sources agree that a form is a word."""
    seen = evidence.seen(form)
    return (
        2 * bool(evidence.news[form])
        + (form in evidence.cased)
        + (evidence.stems[form] >= 20)
        + min(seen, 2)
        + (evidence.files(form) > 1)
        + 2 * (form in evidence.names)
        + 3 * (form in evidence.lemmas)
        + (family >= 1)
        + (family >= 3)
    )


def pronounceable(form: str, evidence: Evidence) -> bool:
    """Tell whether a form has a vowel, or is an abbreviation that the texts know."""
    return bool(VOWELS & set(form)) or evidence.seen(form) >= 5


class Slips:
    """Finds the more frequent word that a rare form may be a slip for."""

    def __init__(self, weights: dict[str, float]) -> None:
        self._weights = weights
        self._by_gap: defaultdict[str, list[str]] = defaultdict(list)
        for word, weight in weights.items():
            if weight > LIKELY_SLIP:
                for gapped in self._gapped(word):
                    self._by_gap[gapped].append(word)

    def meant(self, form: str) -> str | None:
        """Return the word that was probably meant."""
        own = self._weights[form]
        for other in {word for gapped in self._gapped(form) for word in self._by_gap.get(gapped, ())} - {form}:
            ratio = self._weights[other] / own
            if ratio > LIKELY_SLIP and (self._likely(form, other) or (ratio > ANY_SLIP and self._possible(form, other))):
                return other
        return None

    @staticmethod
    def _gapped(word: str) -> set[str]:
        return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}

    @staticmethod
    def _likely(form: str, other: str) -> bool:
        """Tell whether letters that are easily confused, all of one kind, are the only difference."""
        if len(form) != len(other):
            return False
        changed = {frozenset(pair) for pair in zip(form, other, strict=True) if pair[0] != pair[1]}
        return len(changed) == 1 and changed <= CONFUSED

    @staticmethod
    def _possible(form: str, other: str) -> bool:
        """Tell whether one letter, not the last, is missing, doubled or another."""
        return len(form) >= 7 and form[-1] == other[-1] and abs(len(form) - len(other)) <= 1


def find_stems(words: set[str], verbs: set[str], fit: set[str]) -> set[str]:
    """Return the fit words that no chain on a shorter stem explains."""
    stems: dict[Root, set[str]] = {"noun": set(), "verb": verbs}
    for word in sorted(words & fit, key=lambda word: (len(word), word)):
        if next(explanations(word, stems), None) is None or "-" in word:
            stems["noun"].add(word)
    return stems["noun"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--output", type=Path, default=Path("azproc/data/words.marisa"))
    parser.add_argument("--without", default="", help="a text to leave out")
    parser.add_argument("--report", type=Path, help="write what was refused as a slip, for reading")
    options = parser.parse_args()
    evidence = gather(options.data, options.without)
    forms = evidence.forms()
    weights = {form: evidence.weight(form) for form in forms}

    infinitives = {form[:-3] for form in forms if form.endswith(("maq", "mək")) and len(form) > 4}
    conjugated = support(forms, {"noun": set(), "verb": infinitives})["verb"]
    slips = Slips(weights)
    verbs = {stem for stem in infinitives if conjugated[stem] >= VERB_FORMS}
    family = support(forms, {"noun": forms, "verb": set()})["noun"]
    words = {form for form in forms if points(form, evidence, family[form]) >= WORD_POINTS and pronounceable(form, evidence)}
    known: dict[Root, set[str]] = {"noun": words, "verb": verbs}
    meant = {form: slips.meant(form) for form in words if next(explanations(form, known), None) is None}
    words -= {form for form, other in meant.items() if other}
    if options.report:
        options.report.write_text("".join(f"{form}\t{other}\t{weights[form]:.0f}\t{weights[other]:.0f}\n" for form, other in sorted(meant.items()) if other))
    fit = {form for form in words if weights[form] >= STEM_WEIGHT or family[form] >= 3}
    nouns = find_stems(words, verbs, fit)
    stems: dict[Root, set[str]] = {"noun": nouns, "verb": verbs}
    words |= {form for form in evidence.cased if form in forms and next(explanations(form, stems), None)}

    records = []
    for form in sorted(words | verbs):
        role = Role.WORD * (form in words) | Role.NOUN * (form in nouns) | Role.VERB * (form in verbs)
        steps = steps_of(weights[form]) if form in words else 0
        records.append((form, (steps, int(255 * evidence.capital_share(form)), int(role))))
    marisa_trie.RecordTrie(Lexicon.FORMAT, records).save(str(options.output))
    metrics = {"words": len(words), "noun stems": len(nouns), "verb stems": len(verbs), "bytes": options.output.stat().st_size}
    manifest.record(
        options.output,
        version=VERSION,
        fmt=f"marisa-trie RecordTrie {Lexicon.FORMAT}: count steps, capital share, roles",
        licence="counts computed from the sources; the lists are MIT, Apache-2.0 and CC BY-SA 3.0",
        sources=[f"lexicon/{path.name}" for path in sorted((options.data / "lexicon").iterdir()) if "bigrams" not in path.name]
        + [f"text/{name}.txt without the held-out lines" for name in evidence.texts]
        + [f"gazetteer/{path.name}" for path in sorted((options.data / "gazetteer").glob("*.txt"))],
        built_by="python tools/build_lexicon.py",
        metrics=metrics,
    )
    print(metrics)


if __name__ == "__main__":
    main()
