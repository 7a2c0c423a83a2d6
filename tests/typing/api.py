"""The public names as a program with strict types uses them; checked by mypy, never run."""

from fractions import Fraction
from typing import assert_type

import azproc as az
from azproc import Document, Edit, Pipeline, Rewrite

assert_type(az.clean("Bakı[7]", profile="wiki"), Rewrite)
assert_type(az.fix_ocr("haş verdi").edits, tuple[Edit, ...])
assert_type(az.fix_ocr("haş verdi").without(lambda edit: edit.confidence < 0.9).text, str)
assert_type(az.find_dates("1918-ci il")[0].value, str | None)
assert_type([token.kind for token in az.tokenize("Bakı")], list[str])
assert_type([entity.name for entity in az.find_entities("Bakı")], list[str])
assert_type(az.to_upper("ılıq"), str)
halves = [number for number in az.find_numbers("1/2") if number.value == Fraction(1, 2)]
assert_type(halves, list[az.Number])


def stars(text: str) -> Rewrite:
    """Take a bullet away."""
    return Rewrite(text, (Edit(0, 1, "*", "", "bullet"),) if text.startswith("*") else ())


nlp = Pipeline("citations", "sentences", "tokens", az.step(stars))
for doc in nlp.map(["Bakı"], workers=2):
    assert_type(doc, Document)
    assert_type(doc.to_original((0, 4)).text, str)
