"""The wheel holds what the library opens, and works away from its sources."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

SMOKE = """
import azproc as az, sys
assert "site-packages" not in az.__file__ and sys.argv[1] in az.__file__, az.__file__
assert az.strip_citations("Bakı[7] gözəldir.").text == "Bakı gözəldir."
assert [token.text for token in az.tokenize("Bakı gözəldir.")] == ["Bakı", "gözəldir", "."]
assert az.clean("Naxçı-\\nvan", profile="web").text == "Naxçıvan"
print("fine")
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    place = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", place], cwd=ROOT, capture_output=True, check=True, timeout=300
    )
    (path,) = place.glob("*.whl")
    return path


def test_the_wheel_holds_code_data_and_licence_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"azproc"}
    for needed in ("azproc/py.typed", "azproc/data/profiles/ocr.toml", "azproc/data/reasons.tsv", "azproc/data/words.marisa", "NOTICE", "LICENSE"):
        assert any(name.endswith(needed) for name in names), needed
    assert not [name for name in names if name.endswith((".pyc", ".part", ".orig"))]


def test_the_wheel_works_without_the_sources(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path)
    run = subprocess.run([sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{SMOKE}", str(tmp_path)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.stdout == "fine\n", run.stderr
