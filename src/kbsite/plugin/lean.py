"""Style sheets and scripts as they are published: without comments, indentation and spare spaces.

They are written to be read, and a reader's phone need not fetch that.
"""

from __future__ import annotations

import re
from pathlib import Path

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND = re.compile(r" ?([{};,>]) ?")
_ZERO = re.compile(r"(?<![\w.])0(\.\d)")
_STRING = re.compile(r'("(?:[^"\\]|\\.)*"|`[^`]*`)')
_SPACED = re.compile(r" ?(=>|[=<>?:,;{}()&|!]+) ?")


def publish(ours: Path, site: Path) -> None:
    """Make lean what a site has of the style sheets and scripts in `ours`, unchanged by anybody."""
    for own in sorted(ours.iterdir()):
        lean = {".css": style_sheet, ".js": script}.get(own.suffix)
        file = site / own.name
        if lean and file.is_file() and file.read_bytes() == own.read_bytes():
            file.write_text(lean(own.read_text("utf-8")), "utf-8")


def style_sheet(text: str) -> str:
    """A style sheet of ours, whose strings hold none of the signs that are looked for.

    >>> style_sheet("/* Boxes */\\n.a > .b {\\n  margin: 0.5em 0;\\n  inset: 10.5px;\\n}\\n")
    '.a>.b{margin:.5em 0;inset:10.5px}'
    """
    one_line = " ".join(_COMMENT.sub("", text).split())
    return _ZERO.sub(r"\1", _AROUND.sub(r"\1", one_line).replace(": ", ":").replace(";}", "}"))


def script(text: str) -> str:
    """A script of ours, which has no string and no comment over several lines.

    >>> script('// Adds\\nif (a > 0) {\\n  b = "> 1"; // one\\n  c("a, b", b);\\n}\\n')
    'if(a>0){b = "> 1"; // one\\nc("a, b",b);}\\n'
    """
    out, last = "", "//"
    for line in map(str.strip, text.splitlines()):
        if line and not line.startswith(("//", "/**")):
            joined = "//" not in last and (last[-1] in "{([,;" or line[0] in ")}].?:&|")
            last = _spared(line)
            out += last if joined or not out else f"\n{last}"
    return out + "\n"


def _spared(line: str) -> str:
    """A line without the spaces around signs, but for what is in strings."""
    parts = _STRING.split(line)
    code = "".join(parts[::2])
    if "/" in code or "`" in code or line.count("`") > 2:  # what it means is not that simple
        return line
    parts[::2] = [_SPACED.sub(r"\1", part) for part in parts[::2]]
    return "".join(parts)
