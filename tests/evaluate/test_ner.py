"""Entity figures: against hand-counted cases, seqeval and nervaluate."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nervaluate import Evaluator
from seqeval.metrics import classification_report
from seqeval.scheme import IOB2

from azproc.evaluate.mentions import Marked, from_marks, write_mentions
from azproc.evaluate.ner import evaluate_mentions, find_mentions, names_of
from azproc.evaluate.spans import FATES, pairings
from azproc.ner.tagger import find_entities

GOLD = [
    from_marks("[PER Nigar Rəfibəyli] [LOC Gəncədə] yaşayırdı."),
    from_marks("[ORG Bakı Dövlət Universiteti] və [ORG Xəzər Universiteti] [LOC Bakıda] yerləşir."),
]


@pytest.mark.parametrize(
    ("gold", "found", "fates"),
    [
        ([(0, 4, "LOC")], [(0, 4, "LOC")], ["right"]),
        ([(0, 4, "LOC")], [(0, 4, "PER")], ["label"]),
        ([(0, 4, "LOC")], [(2, 6, "LOC")], ["boundary"]),
        ([(0, 4, "LOC")], [(2, 6, "PER")], ["boundary and label"]),
        ([(0, 4, "LOC")], [(4, 6, "LOC")], ["missed", "spurious"]),
        ([(0, 4, "PER"), (5, 9, "LOC")], [(0, 9, "LOC")], ["boundary", "missed"]),
        ([(0, 9, "ORG")], [(0, 4, "ORG"), (5, 9, "ORG")], ["boundary", "spurious"]),
        ([(0, 9, "ORG")], [(0, 4, "LOC"), (5, 9, "ORG")], ["boundary", "spurious"]),
        ([], [], []),
    ],
)
def test_fates(gold, found, fates):
    assert sorted(pair.fate for pair in pairings(gold, found)) == sorted(fates)


def _disjoint(triples):
    spans, end = [], 0
    for gap, length, label in triples:
        start = end + gap
        end = start + length
        spans.append((start, end, label))
    return spans


texts = st.lists(
    st.tuples(*[st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4), st.sampled_from(["PER", "LOC", "ORG"])), max_size=6).map(_disjoint)] * 2),
    min_size=1,
    max_size=4,
)


@given(texts)
def test_every_mention_has_one_fate(pairs):
    for gold, found in pairs:
        made = pairings(gold, found)
        assert sorted(pair.gold for pair in made if pair.gold) == gold
        assert sorted(pair.found for pair in made if pair.found) == found
        assert {pair.fate for pair in made} <= set(FATES)


def _report(pairs):
    return evaluate_mentions([Marked("x" * 60, tuple(gold)) for gold, _ in pairs], [found for _, found in pairs], resamples=10)


def _tags(spans):
    row = ["O"] * 60
    for start, end, label in spans:
        row[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
    return row


@given(texts)
@settings(deadline=None)
def test_exact_figures_agree_with_seqeval(pairs):
    if not all(any(side) for side in zip(*pairs, strict=True)):
        return  # seqeval refuses to count nothing
    gold, found = ([_tags(spans) for spans in side] for side in zip(*pairs, strict=True))
    theirs = classification_report(gold, found, mode="strict", scheme=IOB2, output_dict=True, zero_division=1)
    for ours in _report(pairs).exact:
        row = theirs["micro avg" if " " in ours.group or ours.group == "all" else ours.group]
        assert ours.gold == row["support"]
        assert ours.precision.value == pytest.approx(row["precision"])
        assert ours.recall.value == pytest.approx(row["recall"])
        if ours.gold and ours.found:
            assert ours.f1.value == pytest.approx(row["f1-score"])


@given(texts)
@settings(deadline=None)
def test_exact_and_partial_figures_agree_with_nervaluate(pairs):
    gold, found = ([[{"label": label, "start": s, "end": e - 1} for s, e, label in spans] for spans in side] for side in zip(*pairs, strict=True))
    theirs = Evaluator(gold, found, tags=["PER", "LOC", "ORG"], loader="dict").evaluate()
    report = _report(pairs)
    for name, table in (("strict", report.exact), ("partial", report.partial)):
        for ours in table:
            if ours.group in theirs["entities"]:
                row = theirs["entities"][ours.group][name]
                assert (ours.gold, ours.found, ours.right) == (row.possible, row.actual, row.correct + row.partial / 2)
                if ours.gold and ours.found:
                    assert (ours.precision.value, ours.recall.value) == pytest.approx((row.precision, row.recall))
                    assert ours.f1.value == pytest.approx(row.f1)
    whole = theirs["overall"]["strict"]
    assert next((ours.right for ours in report.exact if ours.group == "all"), 0) == whole.correct


def test_a_report_tells_where_the_errors_are():
    found = [[(0, 5, "PER"), (16, 23, "LOC")], [(0, 27, "ORG"), (28, 46, "LOC"), (47, 53, "LOC")], [(0, 3, "PER")]]
    report = evaluate_mentions([*GOLD, from_marks("Heç kim.")], found)
    assert [(case.fate, case.marked.text[slice(*(case.gold or case.found)[:2])]) for case in report.errors] == [
        ("boundary", "Nigar Rəfibəyli"),
        ("boundary", "Bakı Dövlət Universiteti"),
        ("label", "Xəzər Universiteti"),
        ("spurious", "Heç"),
    ]


def test_groups_count_what_they_name():
    gold = [Marked(GOLD[0].text, GOLD[0].mentions, "a", "letters"), Marked(GOLD[1].text, GOLD[1].mentions, "b", "news")]
    found = [list(gold[0].mentions), [mention for mention in gold[1].mentions if mention[2] == "LOC"]]
    report = evaluate_mentions(gold, found, seen=names_of([from_marks("[LOC Gəncəyə] və [LOC Bakıdan]")]))
    tables = {name: {row.group: (row.gold, row.found, row.right) for row in rows} for name, rows in report.by.items()}
    assert tables["name"] == {"seen": (2, 2, 2), "unseen": (3, 1, 1)}
    assert tables["genre"] == {"letters": (2, 2, 2), "news": (3, 1, 1)}
    assert tables["tokens"] == {"1": (2, 2, 2), "2": (2, 1, 1), "3": (1, 0, 0)}
    assert report.fates["missed"]["ORG"] == 2
    assert report.confusion["ORG"][""] == 2


def test_intervals_hold_the_figure_and_are_the_same_each_time():
    gold = [Marked("x" * 10, ((0, 4, "PER"),))] * 40
    found = [[(0, 4, "PER")] if place % 4 else [] for place in range(40)]
    first, again = (evaluate_mentions(gold, found, seed=7) for _ in range(2))
    recall = first.exact[0].recall
    assert recall == again.exact[0].recall
    assert recall.value == 0.75
    assert 0.55 < recall.low < 0.75 < recall.high < 0.92  # 0.75 ± 1.96 · sqrt(0.75 · 0.25 / 40) is 0.616 to 0.884
    assert first.exact[0].precision == type(recall)(1.0, 1.0, 1.0)


def test_paragraphs_are_what_is_drawn():
    marked = Marked("Bakı\n\nŞəki", ((0, 4, "LOC"), (6, 10, "LOC")))
    assert [case.paragraph for case in evaluate_mentions([marked, marked], [[], []]).cases] == [0, 1, 2, 3]


def test_nothing_at_all():
    report = evaluate_mentions([], [])
    assert report.exact == report.cases == ()
    assert json.dumps(report.as_json())


def test_a_tagger_is_scored():
    found = find_mentions(GOLD, find_entities)
    report = evaluate_mentions(GOLD, found)
    assert len(found) == 2
    assert report.exact[0].f1.value > 0.5


def test_the_command(tmp_path):
    from click.testing import CliRunner

    from azproc.cli.evaluate import command

    def run(*arguments):
        return CliRunner().invoke(command, [str(each) for each in arguments], catch_exceptions=False)

    write_mentions(GOLD, tmp_path / "gold.jsonl")
    write_mentions([GOLD[0], from_marks("Bakı Dövlət Universiteti və [LOC Xəzər Universiteti] [LOC Bakıda] yerləşir.")], tmp_path / "found.conll")
    options = ("--ner", tmp_path / "gold.jsonl", "--predictions", tmp_path / "found.conll")
    report = json.loads(run(*options, "--json").output)
    rows = {row["group"]: row for row in report["exact"]}
    assert rows["LOC"]["precision"]["value"] == pytest.approx(2 / 3, abs=1e-4)
    assert rows["LOC"]["recall"]["value"] == 1.0
    assert (report["fates"]["missed"]["ORG"], report["fates"]["label"]["ORG"]) == (1, 1)
    shown = run(*options, "--mistakes", "--seen", tmp_path / "gold.jsonl").output
    assert "[ORG Xəzər Universiteti] 28-46 → [LOC Xəzər Universiteti] 28-46" in shown
    assert "by name" in shown
    assert "exact" in run("--ner", tmp_path / "gold.jsonl", "--fast").output
    assert run("--fast").exit_code == 2
    assert run(tmp_path, "--fast").exit_code == 2
    assert run(*options, "--fast").exit_code == 2
