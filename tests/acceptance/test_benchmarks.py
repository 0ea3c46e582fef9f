"""That the benchmarks run and report; how fast anything is, they say, not this test."""

import json
import subprocess
import sys
from pathlib import Path

from tests.architecture.project import ROOT
from tests.support.up import environment

WITH_LIMIT = (
    "fold from zero, all models",
    "fold from zero, community alone",
    "new votes over HTTP",
    "changed votes over HTTP",
    "scores over HTTP",
    "scores over HTTP, 304",
    "vote to visible score, idle, ?after=, median",
    "vote to visible score, idle, polling, median",
    "processor time at rest, worker",
    "1,000 open streams, vote answered to all told, median",
    "1,000 open streams, memory of the API process",
    "pages over HTTP, a comparison",
    "import of votes",
)


def test_every_figure_is_reported_beside_its_limit(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    result = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", "--quick", "--json", str(file)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    report = json.loads(file.read_text())
    assert {figure["group"] for figure in report["figures"]} == {
        *(
            "folds",
            "votes",
            "scores",
            "visible",
            "streams",
            "pages",
            "imports",
            "moderation",
            "rules",
            "coverage",
            "ratings",
            "disk",
        )
    }
    with_limit = {figure["name"] for figure in report["figures"] if figure["ratio"] is not None}
    assert with_limit >= set(WITH_LIMIT)
    assert all(figure["value"] >= 0 for figure in report["figures"])
    assert "cores" in report["machine"]
    assert all(name in result.stdout for name in WITH_LIMIT)
