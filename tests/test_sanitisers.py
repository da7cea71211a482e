"""Prose is safe with every sanitiser that pyproject.toml allows: with the oldest and the newest.

All other tests have the one that is installed, so that one is not run again. They come by
`make tools`. Without them these tests are skipped, or fail where KBSITE_REQUIRE_TOOLS is 1.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version

import pytest

from tests.conftest import REPO
from tests.sanitisers import FOLDERS
from tests.tools import demand

_RUN = """
import sys
import nh3, pytest
folder, *arguments = sys.argv[1:]
assert nh3.__file__.startswith(folder), nh3.__file__
sys.exit(pytest.main(arguments))
"""


@pytest.mark.parametrize("version", [each for each in FOLDERS if each != version("nh3")])
def test_prose_is_safe_with_both_ends_of_the_versions_allowed(version: str) -> None:
    folder = FOLDERS[version]
    demand(f"nh3 {version}", [folder])
    path = os.pathsep.join([str(folder), *filter(None, sys.path)])
    tests = ("tests/test_prose.py", "tests/test_render.py", "-k", "not long_time")
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(folder), "-q", "-p", "no:cacheprovider", *tests],
        cwd=REPO,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
