"""A real Spark on this machine, two workers: `mapInArrow` gives the rows of a local run."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from azproc.batch.arrow import ArrowStep
from azproc.batch.plan import plan_run
from azproc.batch.run import run

sql = pytest.importorskip("pyspark.sql", reason="needs pyspark: pip install 'azproc[spark]'")

JAVA = 17
PROFILE = """
name = "dated"
version = "1"
[[step]]
use = "normalize"
[[step]]
use = "citations"
[[step]]
use = "dates"
"""
SCHEMA = "id string, text string, edits string, dates string, failure string"


def java_version():
    """The major version of the Java that Spark would start, 0 where there is none."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home, "bin"))) if home else shutil.which("java")
    if not java:
        return 0
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0


@pytest.fixture(scope="module")
def spark():
    if (found := java_version()) < JAVA:
        pytest.skip(f"Spark needs Java {JAVA} or later, here is {found or 'none'}: apt-get install default-jre-headless")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        session = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


@pytest.mark.slow
def test_spark_gives_the_rows_of_a_local_run(spark, tmp_path):
    texts = [f"Bakı\N{SOFT HYPHEN}da[{number}] {number % 28 + 1} may 1918-ci ildə oxudu." for number in range(300)]
    texts[7], texts[8] = "", "“Səs”\r\n\tİi̇ 😀\x00"
    (tmp_path / "dated.toml").write_text(PROFILE, encoding="utf-8")
    source = tmp_path / "in.jsonl"
    rows = [{"id": f"d{number:03}", "text": text} for number, text in enumerate(texts)]
    source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    profile = str(tmp_path / "dated.toml")
    run(plan_run([(source, Path("out.jsonl"))], tmp_path / "local", profile=profile, shard_size=4000))
    local = [
        json.loads(line)
        for path in sorted((tmp_path / "local").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    frame = spark.createDataFrame([(row["id"], row["text"]) for row in [*rows, {"id": "none", "text": None}]], "id string, text string")
    found = frame.repartition(5).mapInArrow(ArrowStep(profile).map_in_arrow, SCHEMA).orderBy("id").collect()
    *full, none = [row.asDict() for row in found]
    assert none == {"id": "none", "text": None, "edits": None, "dates": None, "failure": None}
    ours = [{"id": doc["id"], "text": doc["text"], "edits": doc["edits"], "dates": doc["layers"]["dates"], "failure": None} for doc in local]
    assert [row | {"edits": json.loads(row["edits"]), "dates": json.loads(row["dates"])} for row in full] == ours
    assert len(full) == len(texts)
    assert full[1]["text"] == "Bakıda 2 may 1918-ci ildə oxudu."


@pytest.mark.slow
def test_the_page_on_spark_is_true(spark, capsys):
    page = (Path(__file__).parents[2] / "docs" / "learn" / "sockets" / "spark.md").read_text(encoding="utf-8")
    (code,), (shown,) = (re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL) for language in ("python", "text"))
    exec(compile(code, "spark.md", "exec"), {})
    assert capsys.readouterr().out == shown
