"""The tables in the guides that say what models and commands say, made from them.

What is made stands between two marks, of which the first names a model (the table has its own
fields; what a model has from another is in the table of that one) or a command of kbsite.

    python -m tests.tables    writes every table; then read the diff
"""

from __future__ import annotations

import re

from kbsite import records
from tests import commands, fields
from tests.guides import FOLDER

DOCUMENTS = (FOLDER / "fields.md", FOLDER / "commands.md")
_MADE = re.compile(
    r"(?P<begin><!-- (?P<what>fields of|command) (?P<name>[\w-]+), "
    r'written by "make tables" -->\n\n)'
    r"(?P<made>.*?)"
    r"(?P<end>\n<!-- end -->)",
    re.DOTALL,
)


def made(text: str) -> dict[tuple[str, str], str]:
    """What a document has between marks: by what it is of, and of which."""
    return {(found["what"], found["name"]): found["made"] for found in _MADE.finditer(text)}


def with_made(text: str) -> str:
    """A document as models and commands are now."""

    def written(found: re.Match[str]) -> str:
        name = found["name"]
        if found["what"] == "fields of":
            lines = fields.table(getattr(records, name))
        else:
            lines = commands.described(name)
        return found["begin"] + "".join(f"{line}\n" for line in lines) + found["end"]

    return _MADE.sub(written, text)


if __name__ == "__main__":
    for _path in DOCUMENTS:
        _path.write_text(with_made(_path.read_text(encoding="utf-8")), encoding="utf-8")
