"""The oldest and the newest sanitiser that pyproject.toml allows, each in a folder of its own.

`python -m tests.sanitisers`, which `make tools` runs, brings them.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

from tests.conftest import REPO

_PROJECT = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
(_BOUNDS,) = filter(None, (re.match("nh3>=(.+),<=(.+)", d) for d in _PROJECT["dependencies"]))
FOLDERS = {version: REPO / "build" / "tools" / f"nh3-{version}" for version in _BOUNDS.groups()}


def bring() -> None:
    """Install them; what is there already stays."""
    for version, folder in FOLDERS.items():
        if not folder.is_dir():
            pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
            wheel = ("--no-deps", "--only-binary", ":all:", f"nh3=={version}")
            subprocess.run([*pip, "--target", str(folder), *wheel], check=True)


if __name__ == "__main__":
    bring()
