"""Every page is valid HTML: the Nu Html Checker has nothing to say, not even a warning.

It comes by `make tools`. Without it and Java these tests are skipped, or fail where
KBSITE_REQUIRE_TOOLS is 1.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.conftest import REPO, Once
from tests.tools import demand

JAR = REPO / "build" / "tools" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


COMMAND = (
    "java", "-Xss4m",  # which the checker needs
    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",  # quicker for what ends in seconds
    "-jar", str(JAR), "--skip-non-html", "--format", "json",
)  # fmt: skip
PAGE = '<!doctype html><html lang="en"><head><title>x</title></head><body>{}</body></html>'
FAULTS = {
    "list": "<ul><p>x</p></ul>",
    "label": '<label for="y">x</label>',
    "toggle": '<input type="checkbox" autocomplete="off" data-md-toggle="x">',
    "checkbox": '<input type="checkbox" autocomplete="off">',
}
Said: TypeAlias = Mapping[str, list[str]]


@pytest.fixture(scope="module")
def said(once: Once, site: Path, small_site: Path, arabic_site: Path) -> Said:
    """What the checker says of the pages of each site, a line for each place; asked once of all."""
    demand("Nu Html Checker", [JAR], ["java"])

    def ask(folder: Path) -> None:
        for name, fault in FAULTS.items():
            (folder / f"{name}.html").write_text(PAGE.format(fault))
        sites = {"repo": site, "small": small_site, "arabic": arabic_site, "faults": folder}
        command = [*COMMAND, *map(str, sites.values())]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        messages = json.loads(done.stderr)["messages"]
        assert done.returncode == any(message["type"] == "error" for message in messages)
        lines = {name: _lines(messages, f"file:{place}/") for name, place in sites.items()}
        (folder / "said.json").write_text(json.dumps(lines))

    return dict(json.loads((once("html", ask) / "said.json").read_text()))


def _lines(messages: list[dict[str, Any]], site: str) -> list[str]:
    """The messages about pages of a site, but for those that are known."""
    return [
        f"{message['url'].removeprefix(site)}:{message.get('lastLine', 0)}: "
        f"{message['message']} {message.get('extract', '').strip()!r}"
        for message in messages
        if message["url"].startswith(site)
        and not _known(message["message"], message.get("extract", ""))
    ]


def _known(message: str, extract: str) -> bool:
    """Material's check boxes for drawer and search may keep `autocomplete`, which is not valid.

    It stands in the middle of the theme's base template, and with it Firefox leaves the drawer
    closed after a reload.
    """
    return "“autocomplete” is only allowed" in message and 'data-md-toggle="' in extract


@pytest.mark.parametrize("of", ["repo", "small", "arabic"])
def test_every_page_is_valid(said: Said, of: str) -> None:
    assert not said[of], "\n".join(said[of])


def test_what_is_not_valid_is_found(said: Said) -> None:
    files = [line.partition(".html:")[0] for line in said["faults"]]
    assert sorted(files) == ["checkbox", "label", "list"]
