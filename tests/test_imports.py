"""What a command brings in before it does anything: nobody waits for what another command needs.

Which module may know which, whenever it is imported, is said by the contracts in pyproject.toml.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

REPORTING = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
COMMAND = REPORTING + "from kbsite.cli import main; main()"


def loaded(*arguments: str) -> set[str]:
    """The modules that a command has imported when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


def of(package: str, modules: set[str]) -> set[str]:
    return {module for module in modules if module.partition(".")[0] == package}


@pytest.mark.parametrize(
    "command", ["", "build", "serve", "check", "import", "import sched", "init", "new"]
)
def test_help_is_there_without_anything_else(command: str) -> None:
    plain = subprocess.run(
        [sys.executable, "-c", REPORTING], capture_output=True, text=True, check=True
    )
    modules = loaded(*command.split(), "--help") - set(plain.stderr.split())
    assert {own for own in of("kbsite", modules) if not own.startswith("kbsite.cli.")} == {
        "kbsite",
        "kbsite.cli",
        "kbsite.collector",
        "kbsite.errors",
    }
    packages = {module.partition(".")[0] for module in modules}
    assert packages - sys.stdlib_module_names == {"kbsite", "click"}


def test_records_are_checked_without_mkdocs_where_there_is_no_configuration(small: Path) -> None:
    (small / "mkdocs.yml").unlink()
    modules = loaded("check", "--quiet", "--root", str(small))
    assert of("mkdocs", modules) | of("material", modules) | of("jinja2", modules) == set()
    assert "kbsite.plugin" not in modules


def test_a_check_reads_the_configuration_without_what_builds_and_serves(small: Path) -> None:
    modules = loaded("check", "--quiet", "--root", str(small))
    assert "kbsite.plugin.settings" in modules
    building = {"kbsite.build", "kbsite.plugin.running", "mkdocs.commands.serve"}
    assert modules & building == set()
