"""The README says what benchmarks/results.json says, and the machinery between them cannot hide a failure."""

import itertools
import json
import platform
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tools")]
import all as everything
import fill_readme
import plot
from figures import Figure, attempt, best_peer, every_system, number_text, ratio_text, side_by_side

RESULTS = json.loads((ROOT / "benchmarks/results.json").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")

OURS = Figure("job", "azproc", own=True, quality=0.9, harm=0.001, harm_measure="words damaged", speed=3.0)
SLOW = Figure("job", "slow | peer", quality=0.5, harm=12, speed=0.25)
FAST = Figure("job", "fast peer", quality=-0.2, speed=60.0)


def test_the_readme_says_what_the_results_say():
    assert fill_readme.filled(README, RESULTS) == README


def test_the_table_says_what_the_results_say():
    assert (ROOT / "benchmarks/results.md").read_text(encoding="utf-8") == "\n".join(everything.report(RESULTS)) + "\n"


def test_every_job_has_a_figure_of_ours_in_the_readme():
    own = {record["job"] for record in RESULTS["figures"] if record["own"]}
    assert {record["job"] for record in RESULTS["figures"]} == own
    for job in own:
        assert f"| {job} |" in README


def test_a_changed_figure_is_noticed(tmp_path, monkeypatch, capsys):
    copy = tmp_path / "README.md"
    monkeypatch.setattr(sys, "argv", ["fill_readme.py", "--check", "--readme", str(copy)])
    copy.write_text(README, encoding="utf-8")
    assert fill_readme.main() == 0
    begin = README.index(fill_readme.BEGIN)
    figure = re.compile(r"\d\.\d(?=.*MB/s)").search(README, begin)
    copy.write_text(README[: figure.start()] + "9.9x" + README[figure.end() :], encoding="utf-8")
    assert fill_readme.main() == 1
    assert "run python tools/fill_readme.py" in capsys.readouterr().err


@pytest.mark.parametrize("readme", ["no place", "<!-- figures -->\n", "<!-- figures -->\n<!-- /figures -->\n" * 2])
def test_a_readme_without_one_place_is_refused(readme):
    with pytest.raises(ValueError, match="needs one line <!-- figures -->"):
        fill_readme.filled(readme, RESULTS)


def test_the_best_peer_stands_beside_ours():
    assert best_peer([FAST, OURS, SLOW]) is SLOW
    *_, last = side_by_side([FAST, OURS, SLOW])
    assert last == r"| job |  (words damaged) | 90.0% (0.10%) | 3.00 MB/s | slow \| peer | 50.0% (12) | 0.250 MB/s | 12.0 × |"


def test_speeds_in_different_units_have_no_ratio():
    assert ratio_text(OURS, Figure("job", "peer", speed=2.0, unit="ms")) == "–"
    assert ratio_text(OURS, FAST) == "0.0500 ×"


@pytest.mark.parametrize(("value", "said"), [(2120.4, "2,120"), (99.96, "100"), (10.0, "10.0"), (0.00123456, "0.00123")])
def test_figures_have_three_digits(value, said):
    assert number_text(value) == said


def test_a_peer_that_fails_is_named_and_never_the_best():
    def fail(job, system):
        raise RuntimeError("no model")

    failed = attempt(fail, "job", "broken peer")
    assert best_peer([OURS, failed]) is None
    assert any("broken peer" in line and "failed: RuntimeError: no model" in line for line in every_system([OURS, failed]))


def test_a_benchmark_that_fails_is_reported_and_the_rest_goes_on(capsys):
    missing, words = everything.Benchmark("no_such"), everything.Benchmark("words", ("--count", "20"), ("--count", "20"))
    results = everything.collect([missing, words], short=True)
    assert "No such file" in results["failures"]["no_such"]
    assert [record["job"] for record in results["figures"] if record["own"]] == ["numbers in words"]
    assert any("`no_such` failed" in line for line in everything.report(results))
    assert "Not measured: `benchmarks/no_such.py`" in fill_readme.section(results)


def test_the_machine_is_described_without_its_name():
    assert platform.node() not in everything.machine().values()
    assert set(RESULTS["machine"]) == set(everything.machine())


def test_every_benchmark_exists_and_every_peer_has_a_range():
    for benchmark in everything.BENCHMARKS:
        assert (ROOT / "benchmarks" / f"{benchmark.name}.py").is_file()
    assert set(everything.versions()) == set(RESULTS["versions"])
    for line in (ROOT / "benchmarks/peers.txt").read_text(encoding="utf-8").splitlines():
        assert line.startswith("#") or re.fullmatch(r"[a-z0-9-]+>=[\w.]+,<[\w.]+", line), line


@pytest.mark.parametrize("heights", [[0.5], [1.0, 1.0, 1.0], [0.2, 0.9, 0.21, 0.95]])
def test_labels_keep_apart_and_in_order(heights):
    places = plot.label_places(heights, 0.1)
    assert max(places) == max(heights)
    ranked = sorted(places, reverse=True)
    assert all(above - below >= 0.1 - 1e-9 for above, below in itertools.pairwise(ranked))
    assert all(place <= height for place, height in zip(places, heights, strict=True))


def test_only_jobs_with_a_measured_peer_are_drawn():
    alone = Figure("alone", "azproc", own=True, quality=1.0, speed=1.0)
    assert plot.panels([OURS, SLOW, alone, Figure("job", "broken", note="failed")]) == {"job": [OURS, SLOW]}
