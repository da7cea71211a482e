"""`kbsite serve`: the site in a browser, and what MkDocs says about it in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kbsite import report
from kbsite.commands.places import base
from kbsite.plugin.live import Wishes, serve

STYLES = {"ERROR": "red", "CRITICAL": "red", "WARNING": "yellow"}


def run(root: Path | None, **wished: Any) -> None:
    """Serve until interrupted, as `Wishes` says it by its fields."""
    console = report.console(stderr=True)

    def say(level: str, message: str) -> None:
        for line in message.splitlines():
            report.say(console, (line, STYLES.get(level, "")))

    serve(base(root), Wishes(**wished), say)
