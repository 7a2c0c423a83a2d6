"""Inputs that fuzzing found to break something once."""

import pytest

import azproc as az


@pytest.mark.parametrize(
    ("function", "text"),
    [
        ("fix_spacing", "olun-\nmasını" * 3 + "n" * 37 + "olun-\nmasını"),  # edits that overlapped
        ("restore_diacritics", "4-" + "G" * 16 + "C" * 15 + "G"),  # two to the thirty-second variants
        ("fix_ocr", "Ar+A"),
    ],
)
def test_it_does_not_break_again(function, text):
    rewrite = getattr(az, function)(text)
    assert rewrite.inverse.text == text
