"""A part of the repo's own knowledge base: enough to test with, and soon built.

It has those sessions of the events of which somebody wrote down what was learned: each with
learnings, those that pages lead to, and some of the others. It has everything else, less the pages
of whom these do not name.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from kbsite.pipeline import prepare

REPO = Path(__file__).parent.parent
FOLDERS = ("themes", "content")
FILES = ("mkdocs.yml", "Makefile", "pyproject.toml")
EACH = 16  # of the other sessions, one in so many
NOT_NAMED = frozenset({"KB213", "KB217"})


def write(root: Path) -> Path:
    """Make the sample in `root`, a new folder; gives it back."""
    root.mkdir(parents=True)
    for name in FOLDERS:
        shutil.copytree(REPO / name, root / name)
    for name in FILES:
        shutil.copy(REPO / name, root / name)
    prose = "".join(
        file.read_text(encoding="utf-8") for name in FOLDERS for file in (REPO / name).rglob("*.md")
    )
    for event in sorted((REPO / "sessions").glob("*/event.yaml")):
        sessions = sorted(set(event.parent.glob("*.yaml")) - {event})
        taught = [file for file in sessions if "\nlearnings:" in file.read_text(encoding="utf-8")]
        named = [file for file in sessions if f":{file.parent.name}/{file.stem}" in prose]
        others = [file for file in sessions if file not in (*taught, *named)]
        if taught:
            folder = root / "sessions" / event.parent.name
            folder.mkdir(parents=True)
            for file in (event, *taught, *named, *others[::EACH]):
                shutil.copy(file, folder)
    for page in {each.file for each in prepare(root).problems if each.code in NOT_NAMED}:
        (root / page).unlink()
    return root
