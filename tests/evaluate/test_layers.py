"""Scores are right: against hand-counted cases and against the libraries that others trust."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seqeval.metrics import f1_score, precision_score, recall_score
from seqeval.scheme import IOB2

from azproc.errors import InputError
from azproc.evaluate.corrections import repairs, stripped
from azproc.evaluate.layers import LAYERS, GoldDocument, Measure, _comparable, read_gold
from azproc.evaluate.report import evaluate
from azproc.evaluate.spans import Score, score
from azproc.rewrite import Edit, Rewrite
from azproc.spans import Date, Number

SEED = Path(__file__).parents[2] / "corpora" / "seed"


def test_a_score_counts_repeated_items():
    result = score(["a", "a", "b"], ["a", "b", "c"])
    assert (result.gold, result.found, result.right) == (3, 3, 2)
    assert result.precision == result.recall == pytest.approx(2 / 3)


def test_nothing_wanted_and_nothing_found_is_perfect():
    assert score([], []).f1 == 1.0
    assert score(["a"], []).f1 == 0.0
    assert score([], ["a"]).precision == 0.0


@given(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 9)))
def test_scores_add_up_and_are_symmetric(gold, found):
    one, other = score(gold, found), score(found, gold)
    assert one.precision == other.recall
    assert one.f1 == other.f1
    assert one + other == Score(one.gold + other.gold, one.found + other.found, one.right + other.right)
    assert 0 <= one.f1 <= 1


entity_lists = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 3), st.sampled_from(["PER", "LOC"])), max_size=6)


def _disjoint(triples):
    entities, end = [], 0
    for gap, length, label in triples:
        start = end + gap % 4
        end = start + length
        entities.append((start, end, label))
    return entities


@given(entity_lists, entity_lists)
def test_entity_scores_agree_with_seqeval(gold, found):
    gold, found = _disjoint(gold), _disjoint(found)
    length = max([end for _, end, _ in gold + found], default=0) + 1

    def tags(entities):
        row = ["O"] * length
        for start, end, label in entities:
            row[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
        return [row]

    if gold and found:
        ours = score(gold, found)
        options = {"mode": "strict", "scheme": IOB2, "zero_division": 0}
        assert ours.precision == pytest.approx(precision_score(tags(gold), tags(found), **options))
        assert ours.recall == pytest.approx(recall_score(tags(gold), tags(found), **options))
        assert ours.f1 == pytest.approx(f1_score(tags(gold), tags(found), **options))


def test_a_measure_counts_the_labels_it_names():
    measure = Measure("places", ("start", "label"), frozenset({"LOC"}))
    assert measure.items([{"start": 1, "label": "LOC"}, {"start": 2, "label": "PER"}]) == [(1, "LOC")]


def test_values_are_compared_as_the_gold_writes_them():
    assert _comparable(Number(0, 1, "x", (Decimal(5), Decimal(10)), "cardinal"))["value"] == "5/10"
    assert _comparable(Date(0, 1, "x", "1918", "date", None, "1918"))["resolved"] is None
    assert _comparable(Date(0, 1, "x", "XXXX-05", "date", None, "1918-05"))["resolved"] == "1918-05"


def write(path, *records):
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    return path


def test_paragraphs_of_one_document_are_joined(tmp_path):
    path = write(
        tmp_path / "gold.jsonl",
        {"id": "a-p1", "text": "Bakı.", "sentences": [[0, 5]], "entities": [{"start": 0, "end": 4, "label": "LOC"}]},
        {"id": "a-p2", "text": "Gəncə.", "sentences": [[0, 6]], "entities": [{"start": 0, "end": 5, "label": "LOC"}]},
        {"id": "b", "text": "Şəki."},
    )
    first, second = read_gold(path)
    assert (first.id, first.text, second.id) == ("a", "Bakı.\n\nGəncə.", "b")
    for layer in ("sentences", "entities"):
        assert [first.text[span["start"] : span["end"]] for span in first.layers[layer]][1][:5] == "Gəncə"


def test_a_gold_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match="cannot read"):
        read_gold(tmp_path / "nowhere.jsonl")


GOLD = GoldDocument(
    "x",
    "Müttəfiq vo haş verdi [7], getdi.",
    {
        "tokens": [{"start": s, "end": e} for s, e in ((0, 8), (9, 11), (12, 15), (16, 21), (22, 25), (25, 26), (27, 32), (32, 33))],
        "citations": [{"start": 22, "end": 25, "kind": "numeric"}],
        "corrections": [{"start": 9, "end": 11, "after": "və"}, {"start": 12, "end": 15, "after": "baş"}],
    },
)


def test_repairs_are_counted_by_word():
    changes = Rewrite(
        GOLD.text,
        (Edit(9, 11, "vo", "və"), Edit(12, 15, "haş", "hal"), Edit(18, 19, "r", "z"), Edit(21, 25, " [7]", "")),
    )
    result = repairs(GOLD, changes)
    assert result.mended == (("vo", "və"),)
    assert result.missed == (("haş", "hal"),)
    assert result.harmed == (("verdi", "vezdi"),)
    assert result.score == Score(2, 3, 1)


def test_gold_citations_are_stripped_with_the_space_before_them():
    assert stripped(GOLD) == "Müttəfiq vo haş verdi, getdi."


def test_layers_that_nothing_answers_yet_are_listed(monkeypatch, tmp_path):
    import azproc.evaluate.report as report

    gone = LAYERS[1].__class__("tokens", "azproc.segment.nowhere:tokenize", LAYERS[1].measures)
    monkeypatch.setattr(report, "LAYERS", (gone,))
    result = evaluate(write(tmp_path / "gold.jsonl", {"text": "Bakı", "tokens": [[0, 4]]}), profile="minimal")
    assert "nowhere" in result.missing["tokens"]
    assert not any(row.layer == "tokens" for row in result.rows)


def test_the_seed_is_what_its_readme_says():
    import hashlib

    readme = (SEED / "README.md").read_text(encoding="utf-8")
    for name in ("seed.txt", "seed.jsonl"):
        assert hashlib.sha256((SEED / name).read_bytes()).hexdigest() in readme


def test_the_seed_gold_fits_the_seed_text():
    (doc,) = read_gold(SEED)
    whole = (SEED / "seed.txt").read_text(encoding="utf-8")
    assert all(paragraph in whole for paragraph in doc.text.split("\n\n"))
    for name, records in doc.layers.items():
        spans = [(record["start"], record["end"]) for record in records]
        assert all(0 <= start < end <= len(doc.text) for start, end in spans), name


DRIFT = 0.005  # what another processor's arithmetic may cost a neural layer


def test_the_seed_figures_do_not_drop():
    """Against corpora/seed/metrics.json, which ``azproc evaluate corpora/seed --json`` wrote."""
    stored = json.loads((SEED / "metrics.json").read_text(encoding="utf-8"))
    report = evaluate(SEED).as_json()
    rates = {(row["layer"], row["measure"]): row["f1"] for row in report["scores"]}
    for row in stored["scores"]:
        least = row["f1"] - (DRIFT if row["layer"] == "entities" else 0)
        assert rates[row["layer"], row["measure"]] >= least, row
    assert report["missing"] == {}
    assert report["stripped_text_exact"] == stored["stripped_text_exact"] == {"paragraphs": 30, "exact": 30}
    assert report["corrections"]["mended"] >= stored["corrections"]["mended"]
    assert len(report["corrections"]["harmed"]) <= len(stored["corrections"]["harmed"])
