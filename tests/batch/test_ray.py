"""A real Ray of two nodes gives the bytes of a local run, also when a worker is killed in the middle."""

import json
import os
import random
import signal
import threading
import time
from pathlib import Path

import pytest

from azproc.batch.arrow import ArrowStep
from azproc.batch.plan import plan_run
from azproc.batch.run import run
from azproc.batch.shards import At
from azproc.errors import AzprocError

ray = pytest.importorskip("ray")
WORDS = "Bakı\N{SOFT HYPHEN}dan Gəncə Şəki çay dağ yol kitab məktəb".split()


@pytest.fixture(scope="module")
def cluster(poison):  # whose step the workers find, since they start after it
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    cluster.add_node(num_cpus=1)
    ray.init(address=cluster.address, log_to_driver=False)
    yield cluster
    ray.shutdown()
    cluster.shutdown()


@pytest.fixture
def book(tmp_path):
    rng = random.Random(3)
    path = tmp_path / "book.txt"
    path.write_text("\n\n".join(" ".join(rng.choices(WORDS, k=40)) for _ in range(3000)) + "\n", encoding="utf-8")
    return path


def plan(book, out):
    return plan_run([(book, Path("book.txt"))], out, profile="minimal", shard_size=20000)


def texts(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.txt"))}


def test_a_cluster_that_is_not_there_is_said():
    from azproc.batch.ray import ray_executor

    for address in ("127.0.0.1:1", "ray://127.0.0.1:1", "no-such-host.invalid:6379"):
        with pytest.raises(AzprocError, match="no Ray cluster answers"):
            ray_executor(address=address)(1)


@pytest.mark.slow
def test_same_bytes_as_local_although_a_worker_is_killed(cluster, book, tmp_path):
    from azproc.batch.ray import ray_executor

    run(plan(book, tmp_path / "local"))
    shared, killed = plan(book, tmp_path / "ray"), []

    def kill_one():
        while not killed:
            for shard in shared.shards:
                at = At.read(shared.output, shard)
                if at and at.process != os.getpid():
                    os.kill(at.process, signal.SIGKILL)
                    killed.append(at.process)
                    return
            time.sleep(0.001)

    watcher = threading.Thread(target=kill_one, daemon=True)
    watcher.start()
    statistics = run(shared, workers=2, executor=ray_executor())
    assert killed
    assert statistics.failures == []
    assert texts(tmp_path / "ray") == texts(tmp_path / "local")


@pytest.mark.slow
def test_a_document_that_kills_its_worker_again_and_again_is_found(cluster, poison, tmp_path):
    from azproc.batch.ray import ray_executor

    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps({"id": f"d{number}", "text": "die" if number == 7 else "söz"}) + "\n" for number in range(40)), encoding="utf-8")
    plan = plan_run([(source, Path("in.jsonl"))], tmp_path / "out", profile=str(poison), shard_size=300)
    statistics = run(plan, workers=2, executor=ray_executor())
    assert [(failure.item, "its worker died" in failure.reason) for failure in statistics.failures] == [("d7", True)]
    found = [json.loads(line)["id"] for path in sorted((tmp_path / "out").glob("in-*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    assert found == [f"d{number}" for number in range(40)]


@pytest.mark.slow
def test_ray_data_runs_the_arrow_step(cluster):
    dataset = ray.data.from_items([{"text": "Bakı\N{SOFT HYPHEN}dan"}, {"text": "Gəncə"}])
    rows = dataset.map_batches(ArrowStep, fn_constructor_args=("minimal",), batch_format="pyarrow", concurrency=1).take_all()
    assert sorted(row["text"] for row in rows) == ["Bakıdan", "Gəncə"]
