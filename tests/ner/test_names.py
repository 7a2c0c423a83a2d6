"""Citation forms: tables that a linguist can extend, and the evidence that decides."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azproc.ner.names import citation_form, group_entities
from azproc.spans import Entity

TABLE = Path(__file__).parents[1] / "cases" / "names" / "citation_forms.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(("text", "label", "before", "name"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])
def test_citation_forms(text, label, before, name):
    assert citation_form(text, label, before=before) == name


def test_the_document_decides_where_grammar_cannot():
    assert citation_form("Velminə", "PER", mentions=["Velminənin", "Velminəyə"]) == "Velminə"
    assert citation_form("Velminə", "PER", mentions=["Velmin", "Velminin"]) == "Velmin"


def test_mentions_of_one_name_are_joined_in_order():
    entities = (
        Entity(0, 4, "Bakı", "LOC", "Bakı"),
        Entity(5, 10, "Nuranın", "PER", "Nura"),
        Entity(20, 27, "Bakıdan", "LOC", "Bakı"),
    )
    assert [(group.name, len(group.mentions)) for group in group_entities(entities)] == [("Bakı", 2), ("Nura", 1)]


@given(st.text(max_size=20), st.sampled_from(["PER", "LOC", "ORG"]))
def test_any_text_has_a_form(text, label):
    name = citation_form(text, label)
    assert bool(name) == bool(text)
