"""The guides for those who write records, and what they show in blocks."""

from __future__ import annotations

import re

from tests.conftest import REPO

CONTRIBUTE = REPO / "content" / "contribute.md"
FOLDER = REPO / "content" / "contribute"
_FENCE = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


def guide(name: str) -> str:
    """The text of a guide, by the name of its file without its ending."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def fenced(text: str, language: str) -> list[str]:
    """The blocks of a document that are in a language, without what they are indented by."""
    return [
        re.sub(rf"^{indent}", "", block, flags=re.MULTILINE)
        for indent, name, block in _FENCE.findall(text)
        if name == language
    ]


def example(text: str, language: str, containing: str) -> str:
    """The one block in a language that holds some words."""
    (found,) = (block for block in fenced(text, language) if containing in block)
    return found
