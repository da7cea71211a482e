"""Every page is valid HTML: the Nu Html Checker has nothing to say, not even a warning.

It comes by `make tools`. Without it and Java these tests are skipped, or fail where
KBSITE_REQUIRE_TOOLS is 1.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import REPO

JAR = REPO / "build" / "tools" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.fixture(scope="module", autouse=True)
def _checker() -> None:
    missing = [] if JAR.is_file() else ["the checker (run: make tools)"]
    missing += [] if shutil.which("java") else ["java"]
    if missing:
        reason = f"no Nu Html Checker: {' and '.join(missing)} is missing"
        if os.environ.get("KBSITE_REQUIRE_TOOLS") == "1":
            pytest.fail(f"{reason}, and KBSITE_REQUIRE_TOOLS is 1")
        pytest.skip(reason)


def checked(site: Path) -> list[str]:
    """What the checker says of all pages of a site, a line for each place."""
    command = ["java", "-jar", str(JAR), "--skip-non-html", "--format", "json", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    assert done.returncode == any(message["type"] == "error" for message in messages)
    return [
        f"{message['url'].rpartition(f'/{site.name}/')[2]}:{message.get('lastLine', 0)}: "
        f"{message['message']} {message.get('extract', '').strip()!r}"
        for message in messages
        if not _known(message["message"], message.get("extract", ""))
    ]


def _known(message: str, extract: str) -> bool:
    """Material's check boxes for drawer and search may keep `autocomplete`, which is not valid.

    It stands in the middle of the theme's base template, and with it Firefox leaves the drawer
    closed after a reload.
    """
    return "“autocomplete” is only allowed" in message and 'data-md-toggle="' in extract


def test_every_page_of_the_site_is_valid(site: Path) -> None:
    found = checked(site)
    assert not found, "\n".join(found)


def test_every_page_of_the_small_site_is_valid(small_site: Path) -> None:
    found = checked(small_site)
    assert not found, "\n".join(found)


def test_what_is_not_valid_is_found(tmp_path: Path) -> None:
    page = '<!doctype html><html lang="en"><head><title>x</title></head><body>{}</body></html>'
    faults = {
        "list": "<ul><p>x</p></ul>",
        "label": '<label for="y">x</label>',
        "toggle": '<input type="checkbox" autocomplete="off" data-md-toggle="x">',
        "checkbox": '<input type="checkbox" autocomplete="off">',
    }
    for name, fault in faults.items():
        (tmp_path / f"{name}.html").write_text(page.format(fault))
    assert sorted(line.partition(".html:")[0] for line in checked(tmp_path)) == [
        "checkbox",
        "label",
        "list",
    ]
