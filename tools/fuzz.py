"""Coverage-guided fuzzing of every public function: no crash, no wrong offset, no slow input.

    python tools/fuzz.py --seconds 600 [--functions tokenize find_dates ...] [--corpus tests/fuzz/corpus]

Needs atheris. Inputs that reach new code are kept in the corpus folder; a crash is written beside it and ends that
function's run with a trace. At the end the slowest input per megabyte is named, with its ratio to the median and to ordinary
text: a function that has nothing to do with most inputs has a median near 0.
"""

from __future__ import annotations

import argparse
import heapq
import random
import statistics
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "fuzz" / "corpus"
CLEANERS = ("normalize", "fix_encoding", "fix_spacing", "fix_ocr", "strip_citations", "restore_diacritics")
FINDERS = ("tokenize", "split_sentences", "find_citations", "find_dates", "find_numbers", "find_entities")
CASES = ("to_lower", "to_upper", "to_title", "to_latin")
WHOLE = ("clean", "document", "report")
PROFILES = ("web", "ocr", "typed")
FUNCTIONS = CLEANERS + FINDERS + CASES + WHOLE
PIECES = (
    "1918-ci il mayın 28-də", "saat 14:30-da", "e.ə. V əsr", "üç yüz qırx", "9,6 milyon nəfər", "[7]", "[mənbə göstərin]", "və s.",
    "F.Xoyski", "20%-ni", "olun-\nmasını", "v ə", "gÉ™lÉ™cÉ™k", "haş verdi", "“Kapital Bank”ın", "КИТАБХАНА", "\u00ad", "\u200d", "İ", "i̇",
    "https://a.az/?b=1", "+994 50 123 45 67", "XIX", "\ud800", "\x00", "😀", "\r\n\r\n", "-", "…", "</script>", "=SUM(A1)",
)  # fmt: skip
SLOW_FROM = 200  # characters: shorter inputs measure the call, not the text
TIMED_AGAIN = 20  # inputs, at random for the median, and the slowest
ORDINARY = (
    "Gəncədə yeni məktob binası açıldı.[3] Tikinti 1923-cü ilin ya-\nzında başlanmışdı. Şəhər 15 min manat ayırdı, halbuki əvvəllər mübarizə haş verdi. ",
    "Men dunen bazara getdim, almanin qiymeti yene qalxib. Usaqlar mektebden gec geldiler, cunki yagis yagirdi ve yollar baglanmisdi. ",
)  # a scanned page, a comment typed without marks: some functions only look at such texts


def text_of(data: bytes) -> str:
    """Turn fuzzer bytes into text: bytes below the number of pieces stand for one, the rest is UTF-8 with surrogates kept."""
    parts, plain = [], bytearray()
    for byte in data:
        if byte < len(PIECES):
            parts += (plain.decode("utf-8", "surrogateescape"), PIECES[byte])
            plain.clear()
        else:
            plain.append(byte)
    return "".join(parts) + plain.decode("utf-8", "surrogateescape")


def check(name: str, text: str) -> None:
    """Call a public function and hold its result to what it promises."""
    import azproc as az
    from azproc.report import report_html

    if name in CLEANERS:
        rewrite = getattr(az, name)(text)
        assert rewrite.source == text
        assert rewrite.inverse.text == text
        assert all(text[edit.start : edit.end] == edit.before for edit in rewrite.edits)
    elif name in FINDERS:
        spans = getattr(az, name)(text)
        assert all(text[span.start : span.end] == span.text for span in spans)
        assert all(one.end <= two.start for one, two in pairwise(spans))
    elif name == "clean":
        for rewrite in (az.clean(text, profile=profile) for profile in PROFILES):
            assert rewrite.source == text
            assert rewrite.inverse.text == text
    elif name in CASES:
        assert isinstance(getattr(az, name)(text), str)
    else:
        doc = az.Pipeline("normalize", "citations", "spacing", "sentences", "tokens", "dates", "numbers")(text)
        assert doc.original == text
        assert doc.revert().text == text
        if name == "report":
            page = report_html(doc)
            page.encode("utf-8")
            assert page.count("</script>") == 2
        elif not any("\ud800" <= character <= "\udfff" for character in text + doc.text):
            again = az.Document.from_json(doc.to_json())
            assert (again.text, again.changes, again.layers) == (doc.text, doc.changes, doc.layers)  # the history becomes one


def seconds_per_megabyte(name: str, text: str) -> float:
    """Check a function on a text and return what that cost, in seconds of the processor per million characters."""
    begun = time.process_time()
    check(name, text)
    return (time.process_time() - begun) / max(len(text), 1) * 1e6


def summary(name: str, rates: list[tuple[float, str]]) -> str:
    """Say how slow the slowest text is. A first time may have opened a lexicon, so the better of two more counts, for the median too."""

    def again(text: str) -> float:
        return min(seconds_per_megabyte(name, text) for _ in range(2))

    ordinary = max(again(text * 2) for text in ORDINARY)
    some = random.Random(1).sample(rates, min(TIMED_AGAIN, len(rates)))
    middle = statistics.median(again(text) for _, text in some)
    slowest, text = max((again(text), text) for _, text in heapq.nlargest(TIMED_AGAIN, rates))
    ratios = f"{slowest / max(middle, 1e-9):.1f} times, ordinary text {ordinary:.2f}: {slowest / max(ordinary, 1e-9):.1f} times"
    return f"median {middle:.2f} s/MB, slowest {slowest:.2f} ({ratios}): {text[:60]!r}"


def fuzz(name: str, corpus: Path, seconds: int) -> None:
    """Fuzz one function in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["azproc"]):
        check(name, "Bakı gözəldir, 1918-ci il mayın 28-də.")
    rates: list[tuple[float, str]] = []

    def one(data: bytes) -> None:
        text = text_of(data)
        rate = seconds_per_megabyte(name, text)
        if len(text) >= SLOW_FROM:
            rates.append((rate, text))

    ends = time.monotonic() + seconds - 1

    def one_and_report(data: bytes) -> None:
        nonlocal ends
        one(data)
        if time.monotonic() > ends and rates:  # libFuzzer leaves without a goodbye
            ends = float("inf")
            print(f"{name}: {len(rates):,} timed, {summary(name, rates)}", flush=True)

    folder = corpus / name
    folder.mkdir(parents=True, exist_ok=True)
    atheris.Setup(
        [sys.argv[0], str(folder), f"-max_total_time={seconds}", "-max_len=2000", "-len_control=0", "-timeout=60", f"-artifact_prefix={corpus.parent}/{name}-"],
        one_and_report,
    )
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=600, help="in all, shared among the functions")
    parser.add_argument("--functions", nargs="*", choices=FUNCTIONS, default=list(FUNCTIONS))
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--one", choices=FUNCTIONS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        fuzz(options.one, options.corpus, options.seconds)
        return 0
    share, failed = max(options.seconds // len(options.functions), 1), []
    for name in options.functions:
        run = subprocess.run(
            [sys.executable, __file__, "--one", name, "--seconds", str(share), "--corpus", str(options.corpus)], capture_output=True, text=True, check=False
        )
        lines = (run.stdout + run.stderr).splitlines()
        print(next((line for line in reversed(lines) if line.startswith(f"{name}:")), f"{name}: no timing"))
        executed = next((line for line in reversed(lines) if line.startswith("Done ")), "")
        print(f"    {executed}" if run.returncode == 0 else "\n".join(lines[-25:]))
        failed += [name] * bool(run.returncode)
    print(f"{len(options.functions) - len(failed)} of {len(options.functions)} functions without a crash" + (f"; crashed: {failed}" if failed else ""))
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
