"""`kbsite serve`: the site in a browser, and what MkDocs says about it in the terminal."""

from __future__ import annotations

from pathlib import Path

from kbsite import report
from kbsite.commands.places import base
from kbsite.plugin.live import serve

STYLES = {"ERROR": "red", "CRITICAL": "red", "WARNING": "yellow"}


def run(root: Path | None, address: str | None) -> None:
    console = report.console(stderr=True)

    def say(level: str, message: str) -> None:
        for line in message.splitlines():
            report.say(console, (line, STYLES.get(level, "")))

    serve(base(root), address, say)
