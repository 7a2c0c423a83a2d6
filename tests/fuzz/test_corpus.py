"""Every input that fuzzing kept still does what the function promises."""

import base64
import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = [json.loads(line) for line in (Path(__file__).parent / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
FUNCTIONS = sorted({row["function"] for row in ROWS})


@pytest.fixture(scope="module")
def fuzzing():
    spec = importlib.util.spec_from_file_location("fuzz_tool", ROOT / "tools" / "fuzz.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_corpus_passes(function, fuzzing):
    texts = [fuzzing.text_of(base64.b64decode(row["data"])) for row in ROWS if row["function"] == function]
    for text in texts:
        fuzzing.check(function, text)
    assert texts
