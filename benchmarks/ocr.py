"""OCR repair on the seed, on scans, on clean text, and its speed, beside symspellpy and pyspellchecker with the same lexicon.

    python benchmarks/ocr.py [--data ../shared/data] [--pairs PAIRS.jsonl ...] [--lines 100]

Scans: the even lines of the given dev pairs (the odd ones were read while the repair was built; later what stays wrong
on the even ones was listed too, see models/ocr/card.md), and any further pairs,
for example from ``python tools/make_ocr_noise.py OUT.jsonl --part test``. Clean text: the lines of part test of
tools/corpus.py, which no count and no judge has seen; its own misprints are in it, so --changes prints every change to be looked at.
Without ../shared/data only the seed and the speed are measured. The peers are slow: they see the first --lines lines.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import regex
from figures import Figure, attempt, print_json

import azproc as az
from azproc import resources
from azproc.clean.ocr.repair import THRESHOLD
from azproc.evaluate.text import Pair, TextReport, evaluate_pairs
from azproc.language.alphabet import ALPHABET
from azproc.language.casing import fold, match_case

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "models" / "ocr")]
import corpus  # noqa: E402
from pairs import WORD as PRINTED  # noqa: E402
from pairs import Pair as Scan  # noqa: E402
from pairs import links  # noqa: E402
from tell_turkish import turkish_sentences  # noqa: E402

WORD = regex.compile(r"\p{L}++(?:[-'’]\p{L}++)*+")
KINDS = ("ocr", "diacritic", "spelling", "harmony", "case", "hyphen", "spacing")
CLEAN = (
    "news_banker_oxu", "legal_codes_legalrag", "legal_codes_eqanun_md", "legal_codes_eqanun_pdf", "lit_pos_shafahat",
    "books_blurbs_alinino", "books_ebooks_az", "wiki_kamal578", "ted_talks", "gov_agro_aqrobiznes",
)
SPEED_LETTERS = 1_000_000
THRESHOLDS = (THRESHOLD, 0.8, 0.9, 0.96)
BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95)
Repair = Callable[[str], str]


def peers() -> dict[str, Repair]:
    """The other spell checkers that are installed, with the words and counts of our lexicon."""
    lexicon = resources.lexicon()
    counts = {word: count for word in lexicon.beginning("") if (count := lexicon.count(word))}
    found: dict[str, Repair] = {}
    try:
        from symspellpy import SymSpell, Verbosity
    except ImportError:
        print("symspellpy is not installed: pip install symspellpy to see it here", file=sys.stderr)
    else:
        speller = SymSpell(max_dictionary_edit_distance=2)
        for word, count in counts.items():
            speller.create_dictionary_entry(word, count)

        def nearest(word: str) -> str:
            near = speller.lookup(word, Verbosity.TOP, max_edit_distance=2)
            return near[0].term if near else word

        found["symspellpy"] = _by_word(nearest)
    try:
        from spellchecker import SpellChecker
    except ImportError:
        print("pyspellchecker is not installed: pip install pyspellchecker to see it here", file=sys.stderr)
    else:
        checker = SpellChecker(language=None, case_sensitive=True, distance=1)
        checker.word_frequency.load_json(counts)
        found["pyspellchecker"] = _by_word(lambda word: checker.correction(word) or word)
    return found


def _by_word(nearest: Callable[[str], str]) -> Repair:
    return lambda text: WORD.sub(lambda match: match_case(match[0], nearest(fold(match[0]))), text)


def seed_counts(repair: Callable[[str], az.Rewrite]) -> tuple[int, int, int]:
    """Corrections mended, corrections in all, and edits that the gold does not have, on the seed as one text."""
    paragraphs, gold, start = [], {}, 0
    for line in (ROOT / "corpora" / "seed" / "seed.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        paragraphs.append(document["text"])
        gold |= {(one["start"] + start, one["end"] + start): one["after"] for one in document["corrections"]}
        start += len(document["text"]) + 2
    edits = [edit for edit in repair("\n\n".join(paragraphs)).edits if edit.rule.startswith(KINDS)]
    mended = sum(gold.get((edit.start, edit.end)) == edit.after for edit in edits)
    return mended, len(gold), len(edits) - mended


def repair_page(text: str) -> az.Rewrite:
    return az.clean(text, profile="ocr")


def seed_figure() -> Figure:
    begun = time.process_time()
    mended, total, harmed = seed_counts(repair_page)
    seconds = time.process_time() - begun
    return Figure(
        "corrections of the seed",
        "azproc",
        own=True,
        quality=mended / total,
        measure=f"mended, of {total}",
        harm=harmed,
        harm_measure="other words changed",
        speed=(ROOT / "corpora" / "seed" / "seed.txt").stat().st_size / seconds / 1e6,
    )


def scan(repair: Repair, pairs: list[tuple[str, str]]) -> tuple[TextReport, float]:
    """What became of the words, and the seconds of processor time that it took."""
    begun = time.process_time()
    repaired = [repair(noisy) for _, noisy in pairs]
    seconds = time.process_time() - begun
    return evaluate_pairs(Pair(clean, noisy, after) for (clean, noisy), after in zip(pairs, repaired, strict=True)), seconds


def figures(sets: dict[str, list[tuple[str, str]]], others: dict[str, Repair]) -> Iterator[Figure]:
    yield seed_figure()
    for title, pairs in sets.items():
        yield figure(f"OCR repair, {title}", "azproc", lambda text: az.fix_ocr(text).text, pairs)
        for name, repair in others.items():
            yield attempt(figure, f"OCR repair, {title}", name, repair, pairs)


def figure(job: str, system: str, repair: Repair, pairs: list[tuple[str, str]]) -> Figure:
    repair(pairs[0][1])
    report, seconds = scan(repair, pairs)
    return Figure(
        job,
        system,
        own=system == "azproc",
        quality=report.cut,
        measure=f"wrong words cut by, {len(pairs)} passages",
        harm=report.harmed,
        harm_measure="correct words damaged",
        speed=sum(len(noisy.encode()) for _, noisy in pairs) / seconds / 1e6,
        details={"passages": len(pairs), "wrong_before": report.wer_before, "wrong_after": report.wer_after, "mended": report.mended},
    )


def scan_figures(name: str, repair: Repair, pairs: list[tuple[str, str]]) -> None:
    report, seconds = scan(repair, pairs)
    print(
        f"  {name:<16} words wrong {report.wer_before:6.2%} -> {report.wer_after:6.2%}, cut by {report.cut:6.1%}; damaged words mended "
        f"{report.mended:6.1%}, correct words damaged {report.harmed:6.2%}; {1000 * seconds / max(report.total.damaged, 1):.1f} ms per damaged word"
    )


def calibration(pairs: list[tuple[str, str]]) -> None:
    """Of the edits of each band of confidence, the share that is right, over all pairs: whose words are the printed ones, signs apart."""
    seen: dict[float, list[bool]] = {}
    for clean, noisy in pairs:
        meant = {link.start: link.clean for link in links(Scan(clean, noisy, ""))}
        for edit in az.fix_ocr(noisy).edits:
            if edit.start in meant:
                band = max(low for low in BANDS if edit.confidence >= low)
                seen.setdefault(band, []).append(" ".join(PRINTED.findall(edit.after)) == meant[edit.start])
    for band in sorted(seen):
        print(f"  confidence from {band:.2f}: {sum(seen[band])} of {len(seen[band])} edits right, {sum(seen[band]) / len(seen[band]):.1%}")


def clean_figures(data: Path, *, changes: bool) -> tuple[int, list[float]]:
    """Print how many words of clean text are changed; return how many were read, and the confidence of each change."""
    words = 0
    confidences: list[float] = []
    for source in CLEAN:
        own = own_words = 0
        for line in corpus.lines(data / "text" / f"{source}.txt", "test"):
            edits = az.fix_ocr(line).edits
            own += len(edits)
            confidences += [edit.confidence for edit in edits]
            own_words += len(WORD.findall(line))
            for edit in edits if changes else ():
                print(f"    {source} {edit.rule} {edit.confidence:.2f}: {line[max(edit.start - 25, 0) : edit.start]}[{edit.before} -> {edit.after}]{line[edit.end : edit.end + 20]}")
        words += own_words
        print(f"  {source:<24} {own:4} of {own_words:7} words changed, {own / max(own_words, 1):.3%}")
    print(f"  {'all':<24} {len(confidences):4} of {words:7} words changed, {len(confidences) / max(words, 1):.3%}")
    return words, confidences


def threshold_figures(sets: dict[str, list[tuple[str, str]]], words: int, confidences: list[float]) -> None:
    """Print what a profile that asks for surer edits mends on scans, and what it changes in clean text."""
    for threshold in THRESHOLDS:
        changed = sum(confidence >= threshold for confidence in confidences) / max(words, 1)
        print(f"  {threshold:.2f}: clean text changed {changed:.3%}")
        for name, pairs in sets.items():
            report, _ = scan(lambda text, threshold=threshold: az.fix_ocr(text, threshold=threshold).text, pairs)
            print(f"        {name}: cut by {report.cut:.1%}, correct words damaged {report.harmed:.2%}")


def turkish_figures(data: Path, repair: Repair, name: str, lines: int | None = None) -> None:
    """Print how many words of Turkish sentences, none of which a table was counted from, are changed."""
    sentences = list(turkish_sentences(data / "ner" / "turkish_wikiner" / "dev.conll"))[:lines]
    words = changed = 0
    for sentence in sentences:
        before, after = WORD.findall(sentence), WORD.findall(repair(sentence))
        words += len(before)
        changed += sum(map(str.__ne__, before, after))
    print(f"  {name:<16} {changed:4} of {words:7} words changed, {changed / max(words, 1):.3%}")


def speed(name: str, repair: Repair, text: str) -> float:
    begun = time.process_time()
    repair(text)
    rate = len(text.encode()) / (time.process_time() - begun) / 1e6
    print(f"  {name:<24} {rate:.2f} MB/s")
    return rate


def garbage(letters: int) -> str:
    rng = random.Random(1)
    alphabet = [letter.lower for letter in ALPHABET]
    return " ".join("".join(rng.choices(alphabet, k=rng.randint(2, 12))) for _ in range(letters // 8))


def dev_pairs(path: Path) -> list[tuple[str, str]]:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(record["clean"], record["noisy"]) for record in records[1::2]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / ".." / "shared" / "data")
    parser.add_argument("--pairs", type=Path, nargs="*", default=[], help="further pairs, all lines of each")
    parser.add_argument("--lines", type=int, default=100, help="lines for the peers")
    parser.add_argument("--changes", action="store_true", help="print every change of clean text")
    parser.add_argument("--json", action="store_true", help="figures on the first --lines passages, for each system the same")
    options = parser.parse_args()
    others = peers()
    sets = {path.stem: dev_pairs(path) for path in sorted((options.data / "noisy").glob("ocr_*.dev.jsonl"))}
    for path in options.pairs:
        sets[path.stem] = [(row["clean"], row["noisy"]) for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())]
    if options.json:
        few = {name.removesuffix(".dev"): pairs[: options.lines] for name, pairs in sets.items()}
        print_json(figures(few, others))
        return
    print("speed, one core")
    text = (ROOT / "corpora" / "seed" / "seed.txt").read_text(encoding="utf-8")
    az.fix_ocr(text)
    speed("azproc, seed x 40", lambda text: az.fix_ocr(text).text, text * 40)
    if (options.data / "text").is_dir():
        news = (options.data / "text" / "news_banker_oxu.txt").read_text(encoding="utf-8")[:SPEED_LETTERS]
        speed("azproc, news, first time", lambda text: az.fix_ocr(text).text, news)
        clean = speed("azproc, news, again", lambda text: az.fix_ocr(text).text, news)
        wiki = (options.data / "text" / "wiki_kamal578.txt").read_text(encoding="utf-8")[:SPEED_LETTERS]
        speed("azproc, wiki, first time", lambda text: az.fix_ocr(text).text, wiki)
        spoilt = speed("azproc, random letters", lambda text: az.fix_ocr(text).text, garbage(200_000))
        print(f"  random letters cost {clean / spoilt:.1f} times as much as news")
    for peer, repair in others.items():
        speed(f"{peer}, seed", repair, text[:5000])
    print("seed")
    print("  azproc, ocr      {} of {} mended, {} other words changed".format(*seed_counts(repair_page)))
    for name, pairs in sets.items():
        print(f"scan {name}, {len(pairs)} passages")
        scan_figures("azproc", lambda text: az.fix_ocr(text).text, pairs)
        for peer, repair in others.items():
            scan_figures(f"{peer}*", repair, pairs[: options.lines])
    print(f"  * on the first {options.lines} passages of each" if sets else "no pairs: see --data and --pairs")
    if sets:
        print("calibration, over all these passages")
        calibration([pair for pairs in sets.values() for pair in pairs])
    if (options.data / "text").is_dir():
        print("Turkish sentences, held out")
        turkish_figures(options.data, lambda text: az.fix_ocr(text).text, "azproc")
        for peer, repair in others.items():
            turkish_figures(options.data, repair, f"{peer}*", options.lines)
        print("clean text, held out")
        words, confidences = clean_figures(options.data, changes=options.changes)
        print("by threshold")
        threshold_figures(sets, words, confidences)


if __name__ == "__main__":
    main()
