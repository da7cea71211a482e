"""Programs that some tests need, which `make tools` installs, or a system has."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.conftest import REPO

INSTALLED = REPO / "build" / "tools"


def demand(what: str, installed: Iterable[Path] = (), programs: Iterable[str] = ()) -> None:
    """Skip a test where a part of `what` it needs is missing; fail it where tools are required."""
    missing = [f"{path.name} (run: make tools)" for path in installed if not path.exists()]
    missing += [program for program in programs if not shutil.which(program)]
    if not missing:
        return
    reason = f"no {what}: {' and '.join(missing)} is missing"
    if os.environ.get("KBSITE_REQUIRE_TOOLS") == "1":
        pytest.fail(f"{reason}, and KBSITE_REQUIRE_TOOLS is 1")
    pytest.skip(reason)
