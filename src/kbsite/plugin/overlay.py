"""The problem over every page of a site that cannot be built, with its places to click."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from kbsite.errors import UsageError
from kbsite.slugs import nearest
from kbsite.wording import did_you_mean

VARIABLE = "KBSITE_EDITOR"
NONE = "none"
# Addresses at which editors open a file; {path} begins with a slash
EDITORS: Mapping[str, str] = MappingProxyType({
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    NONE: "",
})  # fmt: skip

_PATTERN = re.compile(r"(?!javascript:|data:|vbscript:)[a-z][a-z0-9+.-]*:[!-~]*\Z", re.IGNORECASE)
_MARK = re.compile(r"\{(path|line|column)\}")
_PLACE = re.compile(
    r"^(?P<path>[^:\n]+)(?::(?P<line>[0-9]+))?(?::(?P<column>[0-9]+))?(?=: (?:error|warning) KB)",
    re.MULTILINE,
)

_LINK = "color:inherit;text-decoration:underline"
_OVERLAY = """
<div id="kbsite-problems" role="alert" style="position:fixed;inset:auto 0 0 0;max-height:60vh;\
overflow:auto;z-index:99;background:#7f1d1d;color:#fff;padding:1rem 1.5rem;\
font:14px/1.5 ui-monospace,monospace;box-shadow:0 -4px 24px #0008">
<strong>The site could not be built; below is the last good one.</strong>
<pre style="white-space:pre-wrap;user-select:text;margin:.5rem 0 0;font:inherit">%s</pre>
</div>
"""


@dataclass(frozen=True, slots=True)
class Editor:
    """Where a click on a place leads: `pattern` is an address with {path}, {line} and {column}, or
    nothing; paths are taken from `root`.
    """

    root: Path
    pattern: str

    @classmethod
    def called(cls, name: str | None, root: Path) -> Editor:
        """The editor of a name, or at an address of one's own; by default as the environment says.

        In the terminal of VS Code it is that. Raises UsageError for what is neither.
        """
        name = name or os.environ.get(VARIABLE) or ""
        if not name:
            name = "vscode" if os.environ.get("TERM_PROGRAM") == "vscode" else NONE
        pattern = EDITORS.get(name.lower(), name)
        if pattern and not ("{path}" in pattern and _PATTERN.match(pattern)):
            every = f"editors: {', '.join(EDITORS)}; or an address, such as {EDITORS['vscode']}"
            raise UsageError(
                f"there is no editor '{name}'; {did_you_mean(nearest(name, EDITORS), every)}"
            )
        return cls(root, pattern)

    def address(self, path: str, line: str, column: str) -> str:
        """The address of a place in a file, whose path is from the root."""
        whole = (self.root.resolve() / path).as_posix()
        parts = {
            "path": quote(whole if whole.startswith("/") else f"/{whole}"),
            "line": line,
            "column": column,
        }
        return _MARK.sub(lambda found: parts[found[1]], self.pattern)


def with_overlay(page: bytes, message: str, editor: Editor) -> bytes:
    """`page` with a message laid over it, in which places lead to the editor, if there is one."""
    overlay = (_OVERLAY % _linked(message, editor)).encode()
    head, closing, tail = page.rpartition(b"</body>")
    return head + overlay + closing + tail if closing else page + overlay


def _linked(message: str, editor: Editor) -> str:
    out, at = [], 0
    for found in _PLACE.finditer(message) if editor.pattern else ():
        place = editor.address(found["path"], found["line"] or "1", found["column"] or "1")
        out += [
            escape(message[at : found.start()]),
            f'<a href="{escape(place)}" style="{_LINK}">{escape(found[0])}</a>',
        ]
        at = found.end()
    return "".join([*out, escape(message[at:])])
