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
from functools import cache
from pathlib import Path

import corpus
import manifest
import marisa_trie
import regex
from rapidfuzz.distance.Levenshtein import distance as edits

from azproc.language.alphabet import LETTERS, VOWELS
from azproc.language.casing import fold, is_capitalised, is_upper
from azproc.language.harmony import Shape, shape_of
from azproc.language.stems import Root, citation, may_be_changed, stem_shapes, stems_behind
from azproc.language.suffixes import LONGEST_ENDING, ROOTS, chains, write
from azproc.lexicon import Lexicon, Role, steps_of

VERSION = "2"
INFORMAL = {"informal_reviews_ceng442"}
WORD = regex.compile(r"(?<start>(?:^|[.!?…:;\"“”«»(–—-])\s*+)?(?<word>\p{L}[\p{L}\p{M}]*+(?:['’-]\p{L}++)*+)")
SPELT = regex.compile(rf"[{''.join(sorted(LETTERS))}]+(?:[-'][{''.join(sorted(LETTERS))}]+)*")

WORD_POINTS = 3
WELL_CONJUGATED = 5  # of the common forms, for a verb whose infinitive looks like a slip for another's (gizləmək, gizlətmək)
UNLISTED_VERB_FORMS = 6  # of the common ones, for a verb whose infinitive is nowhere
STEM_WEIGHT = 60
SHORT = 3  # a stem of so few letters explains too much by chance
SHORT_WEIGHT = 5_000
SHORT_FAMILY = 4
LIKELY_SLIP = 60  # how many times more frequent a word one likely slip away must be
LONG = 6
LONG_LIKELY_SLIP = 15  # the same for words of so many letters
FRAGMENT = 30  # how many times more frequent the form with one more letter is, if a form is only its beginning
ANY_SLIP = 400  # the same for any other slip, in words of seven letters or more
PAST = ("dı", "di", "du", "dü")
SMALL = sorted(letter for letter in LETTERS if letter.islower())
BARED = {"ə": "eao", "ı": "i", "ş": "s", "ç": "c", "ğ": "g", "ö": "o", "ü": "u", "q": "g"}  # what is lost, what is left
BARE = str.maketrans("əeaoöüuıişçğgqk", "aaaaauuiiscgggg")


@dataclass(slots=True)
class Evidence:
    """What each source says, by folded form."""

    news: Counter[str] = field(default_factory=Counter)  # localdoc_symspell
    stems: Counter[str] = field(default_factory=Counter)  # az_lang_nlp_stem_counts
    cased: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # tesseract_words
    texts: dict[str, Counter[str]] = field(default_factory=dict)
    sizes: dict[str, float] = field(default_factory=dict)  # a word of a long text weighs less
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
        texts = sum(counts[form] / self.sizes[name] for name, counts in self.texts.items() if form in counts)
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
            counts = count_text(corpus.lines(path, "learn"), evidence)
            evidence.texts[path.stem] = counts
            evidence.sizes[path.stem] = 20 + counts.total() / 10_000
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


COMMON: dict[Root, tuple[str, ...]] = {
    "noun": (
        "plural", "genitive", "dative", "accusative", "locative", "ablative", "possessive.3sg", "plural genitive", "plural possessive.3sg",
        "possessive.3sg genitive", "possessive.3sg accusative", "possessive.3sg locative", "possessive.3sg dative", "copula",
    ),
    "verb": (
        "past", "present", "perfect", "evidential", "participle", "aorist", "future", "infinitive dative", "evidential copula",
        "verbal.noun possessive.3sg", "converb.manner", "participle.object possessive.3sg", "negation past", "negation present", "past 3pl",
        "negation participle", "converb.when", "present 3pl",
    ),
}


def family(stem: str, root: Root, forms: set[str]) -> int:
    """Return how many of the common inflected forms of a stem are there."""
    return sum(form in forms for form in common_forms(stem, root))


def common_forms(stem: str, root: Root) -> Iterator[str]:
    for written, shape in stem_shapes(stem, root):
        for ending in endings(root, shape):
            yield written + ending


@cache
def endings(root: Root, shape: Shape) -> tuple[str, ...]:
    written = (write(root, shape, tuple(names.split())) for names in COMMON[root])
    return tuple(ending for ending in written if ending)


def explained(word: str, stems: dict[Root, set[str]]) -> bool:
    """Tell whether a shorter stem (or a verb stem alone) explains a word."""
    for place in range(len(word), max(1, len(word) - LONGEST_ENDING), -1):
        form = word[:place]
        changed = may_be_changed(form)
        for root in ROOTS:
            if form in stems[root] or changed:
                for stem, shape in stems_behind(form, root):
                    if stem in stems[root] and (stem != word or root == "verb") and chains(root, shape, word[place:]):
                        return True
    return False


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


def is_suffixed_token(form: str) -> bool:
    """Tell whether a form may be an abbreviation with its suffix (abş-ın): these are judged by rule, not listed."""
    stem, _, ending = form.rpartition("-")
    return 0 < len(stem) <= 6 and any(chains("digits", shape_of(f"{vowel}{end}"), ending) for vowel in "aieou" for end in ("", "n"))


def pronounceable(form: str, evidence: Evidence) -> bool:
    """Tell whether a form has a vowel, or is an abbreviation that the texts know."""
    return bool(VOWELS & set(form)) or evidence.seen(form) >= 5


class Slips:
    """Finds the more frequent word that a rare form may be a slip for."""

    def __init__(self, weights: dict[str, float]) -> None:
        self._weights = weights
        self._near: defaultdict[str, list[str]] = defaultdict(list)
        for word, weight in weights.items():
            if weight > LIKELY_SLIP:
                for key in self._keys(word):
                    self._near[key].append(word)

    def meant(self, form: str) -> str | None:
        """Return the word that was probably meant."""
        own = self._weights[form]
        for other in {word for key in self._keys(form) for word in self._near.get(key, ())} - {form}:
            ratio = self._weights[other] / own
            if ratio > self._least(form, other):
                return other
        return next((other for other in self._once(form) if self._weights.get(other, 0) / own > LIKELY_SLIP), None)

    @staticmethod
    def _keys(word: str) -> set[str]:
        """Return keys that two words share if one letter or only letters that are easily confused differ."""
        bare = word.translate(BARE).upper()
        return {word, bare} | {word[:place] + word[place + 1 :] for place in range(len(word))}

    @staticmethod
    def _once(form: str) -> Iterator[str]:
        """Yield the form without a pair of letters that it has twice in a row (rayonununda)."""
        for place in range(2, len(form) - 3):
            if form[place : place + 2] == form[place + 2 : place + 4]:
                yield form[:place] + form[place + 2 :]

    @staticmethod
    def _least(form: str, other: str) -> float:
        """Return how many times more frequent another word must be for a form to be a slip for it."""
        if len(form) == len(other):
            kinds = {(meant, written) for written, meant in zip(form, other, strict=True) if written != meant}
            if len(kinds) == 1:
                (meant, written) = kinds.pop()
                if written in BARED.get(meant, ""):
                    return LIKELY_SLIP if len(form) < LONG else LONG_LIKELY_SLIP
                if meant in BARED.get(written, "") and len(form) >= LONG:
                    return LIKELY_SLIP
        if len(form) > LONG and form[-1] == other[-1] and abs(len(form) - len(other)) <= 1 and edits(form, other) == 1:
            return ANY_SLIP
        return float("inf")


def is_fit(form: str, evidence: Evidence, weights: dict[str, float], forms_of: int, clusters: Counter[str]) -> bool:
    """Tell whether a word may serve as a stem: well enough known, whole, and with an end that other words have too."""
    weight = weights[form]
    if len(form) < 2 or clusters[final_cluster(form)] < 3:
        return False
    if any(weights.get(form + letter, 0) > FRAGMENT * weight for letter in SMALL):
        return False
    if len(form) <= SHORT and form not in evidence.lemmas:
        return weight >= SHORT_WEIGHT and forms_of >= SHORT_FAMILY
    return weight >= STEM_WEIGHT or forms_of >= 3


def final_cluster(form: str) -> str:
    """Return the consonants at the end of a form, after the last vowel."""
    place = max((form.rfind(vowel) for vowel in VOWELS), default=-1)
    return form[place + 1 :]


def verb_stems(forms: set[str], evidence: Evidence, slips: Slips) -> set[str]:
    """Return the stems of the infinitives that are words, and other stems that many finite forms attest."""
    infinitives = {form[:-3] for form in forms if form.endswith(("maq", "mək")) and len(form) > 4}
    finite = {form[: -len(ending)] for form in forms for ending in PAST if form.endswith(ending)}
    verbs = set()
    for stem in infinitives | finite:
        infinitive, conjugated = citation(stem, "verb"), family(stem, "verb", forms)
        if not VOWELS & set(stem) or "-" in stem:
            continue
        if stem in infinitives:
            known = points(infinitive, evidence, conjugated) >= WORD_POINTS and not _is_slip(infinitive, conjugated, slips)
        else:
            known = conjugated >= UNLISTED_VERB_FORMS
        if known:
            verbs.add(stem)
    return {stem for stem in verbs if not (stem.endswith(("ma", "mə")) and stem[:-2] in verbs)}


def _is_slip(infinitive: str, conjugated: int, slips: Slips) -> bool:
    """Tell whether an infinitive is another's misspelt; one that is well conjugated is so only where its letters are bare (cixmaq)."""
    other = slips.meant(infinitive)
    return other is not None and (conjugated < WELL_CONJUGATED or infinitive.translate(BARE) == other.translate(BARE))


def is_own_stem(word: str, words: set[str], weights: dict[str, float], stems: dict[Root, set[str]]) -> bool:
    """Tell whether a word takes endings that its explanation cannot take (açar is no mere form of aç).

    Endings seen on words count; so do those seen on any form, if a third of them are such; of a short word half, of a
    verb's stem half and many. A verb's stem that is far more frequent than the infinitive is a word as well (quru).
    """
    own = [form for form in common_forms(word, "noun") if form in weights]
    unexplained = [form for form in own if not explained(form, stems)]
    known = sum(form in words for form in own)
    is_verb = word in stems["verb"]
    if known >= 3 and sum(form in words for form in unexplained) >= 2:
        return True
    if is_verb and len(word) > SHORT and known >= 3 and weights[word] > LIKELY_SLIP * weights.get(citation(word, "verb"), 1.0):
        return True
    share = 1 / 2 if is_verb or len(word) <= SHORT else 1 / 3
    return len(set(unexplained)) >= (5 if is_verb else 3) and len(unexplained) >= share * len(own)


def find_stems(words: set[str], verbs: set[str], own: set[str]) -> set[str]:
    """Return the words that no chain on a shorter stem explains, and those that are stems of their own all the same."""
    stems: dict[Root, set[str]] = {"noun": set(), "verb": verbs}
    for word in sorted(words, key=lambda word: (len(word), word)):
        if word in own or "-" in word or not explained(word, stems):
            stems["noun"].add(word)
    return stems["noun"]


def sound_stems(words: set[str], verbs: set[str], slips: Slips, weights: dict[str, float]) -> tuple[set[str], dict[str, str]]:
    """Return the noun stems among words after the slips are taken out of these, and what each slip was meant for."""
    meant: dict[str, str] = {}
    own: set[str] = set()
    while True:
        nouns = find_stems(words, verbs, own)
        for word in sorted(words - nouns, key=lambda word: (len(word), word)):
            if is_own_stem(word, words, weights, {"noun": nouns, "verb": verbs}):
                own.add(word)
                nouns.add(word)
        nouns = find_stems(words, verbs, own)
        found = {form: other for form in nouns if (other := slips.meant(form))}
        if not found:
            return nouns, meant
        meant |= found
        words -= found.keys()
        own -= found.keys()


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

    slips = Slips(weights)
    verbs = verb_stems(forms, evidence, slips)
    families = {form: family(form, "noun", forms) for form in forms}
    words = {form for form in forms if points(form, evidence, families[form]) >= WORD_POINTS and pronounceable(form, evidence)}
    words = {form for form in words if not is_suffixed_token(form)}
    clusters = Counter(final_cluster(form) for form in words if weights[form] >= SHORT_WEIGHT)
    fit = {form for form in words if is_fit(form, evidence, weights, families[form], clusters)}
    nouns, meant = sound_stems(fit, verbs, slips, weights)
    stems: dict[Root, set[str]] = {"noun": nouns, "verb": verbs}
    words -= meant.keys()
    meant |= {form: other for form in words - nouns if not explained(form, stems) and (other := slips.meant(form))}
    words -= meant.keys()
    if options.report:
        rows = (f"{form}\t{other}\t{weights[form]:.0f}\t{weights[other]:.0f}\n" for form, other in sorted(meant.items()))
        options.report.write_text("".join(rows), encoding="utf-8")
    words |= {form for form in evidence.cased if form in forms and explained(form, stems)}

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
