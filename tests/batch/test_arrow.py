"""The Arrow step: the same rows, in the same order, with what was done to them."""

import json

import pytest

from azproc.batch.arrow import ArrowStep
from azproc.errors import InputError

pyarrow = pytest.importorskip("pyarrow")


def test_rows_and_other_columns_are_kept():
    batch = pyarrow.record_batch({"year": [1, 2, 3], "text": ["Bakı\N{SOFT HYPHEN}dan", None, "Gəncə"]})
    rows = ArrowStep("minimal")(batch).to_pylist()
    assert [row["year"] for row in rows] == [1, 2, 3]
    assert [row["text"] for row in rows] == ["Bakıdan", None, "Gəncə"]
    assert json.loads(rows[0]["edits"])[0][:4] == [4, 5, "\N{SOFT HYPHEN}", ""]
    assert rows[1]["edits"] is None
    assert [row["failure"] for row in rows] == [None] * 3


def test_layers_become_columns(tmp_path):
    profile = tmp_path / "tokens.toml"
    profile.write_text('name = "t"\nversion = "1"\n[[step]]\nuse = "tokens"\n', encoding="utf-8")
    table = ArrowStep(str(profile))(pyarrow.table({"text": ["Bakı gözəldir"]}))
    assert [token["text"] for token in json.loads(table.to_pylist()[0]["tokens"])] == ["Bakı", "gözəldir"]


def test_a_missing_column_is_named():
    with pytest.raises(InputError, match="text_key"):
        ArrowStep("minimal")(pyarrow.record_batch({"body": ["söz"]}))


def test_a_failing_row_keeps_its_text():
    class Failing:
        steps = ()

        def __call__(self, text):
            raise ValueError("poison")

    arrow_step = ArrowStep("minimal")
    arrow_step._pipeline = Failing()
    row = arrow_step(pyarrow.record_batch({"text": ["söz"]})).to_pylist()[0]
    assert row["text"] == "söz"
    assert "poison" in row["failure"]


def test_spark_gets_an_iterator():
    batches = [pyarrow.record_batch({"text": ["Bakı"]}), pyarrow.record_batch({"text": ["Şəki"]})]
    assert [batch.to_pylist()[0]["text"] for batch in ArrowStep("minimal").map_in_arrow(batches)] == ["Bakı", "Şəki"]


def test_columns_of_others_are_not_replaced():
    with pytest.raises(InputError, match=r"columns \['edits'\] already"):
        ArrowStep("minimal")(pyarrow.record_batch({"text": ["söz"], "edits": ["mine"]}))
