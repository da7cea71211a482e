"""A build that is killed at any moment leaves the old site whole, and the next one is right.

KBSITE_KILLS says how often (5 if it is not set).
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kbsite import build as building
from kbsite.plugin import writing
from tests.test_build import tree

KILLS = int(os.environ.get("KBSITE_KILLS", "5"))
RECORD = "sessions/example-conf-2031/kernel-news.yaml"
# As the command, but with a process for every few pages
COMMAND = """
from kbsite.plugin import writing
writing.WORTH_IT = writing.EACH = 1
from kbsite.cli import main
main(["build", "--quiet", "--no-search"])
"""


def test_a_build_may_be_killed_at_any_moment(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "WORTH_IT", 1)
    record = small / RECORD
    texts = [record.read_text("utf-8")]
    texts.append(texts[0].replace("summary: ", "summary: Indeed. "))
    sites = []
    for text in texts:
        record.write_text(text, "utf-8")
        building.build(small, search=False)
        sites.append(tree(small / "site"))
    assert sites[0] != sites[1]
    start = time.monotonic()
    subprocess.run([sys.executable, "-c", COMMAND], cwd=small, check=True)
    taken = time.monotonic() - start
    chance = random.Random(7)  # noqa: S311  # no secret
    stands = 1
    for number in range(KILLS):
        wanted = number % 2
        record.write_text(texts[wanted], "utf-8")
        with subprocess.Popen([sys.executable, "-c", COMMAND], cwd=small) as process:
            time.sleep(chance.uniform(0, 1.05) * taken)  # any moment will do
            process.kill()
        found = tree(small / "site")
        assert found in (sites[stands], sites[wanted])
        building.build(small, search=False)
        assert tree(small / "site") == sites[wanted]
        stands = wanted
        left = {path.name for path in small.iterdir() if path.name.startswith(".site~")}
        assert left == set()
