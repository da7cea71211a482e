"""What files say after a cure: its changes made by hand, apart from the code that makes them."""

from __future__ import annotations

from collections.abc import Mapping

from kbsite.errors import Cure, Edit, NewFile


def mended(files: Mapping[str, str], cure: Cure) -> dict[str, str]:
    """`files`, by their paths, after the changes of a cure, the last of each file first."""
    out = dict(files)
    edits = [change for change in cure.changes if isinstance(change, Edit)]
    edits.sort(key=lambda edit: (edit.file, edit.line, edit.column))
    for edit in reversed(edits):  # of two at one place the second stands behind the first
        lines = out[edit.file].split("\n")
        before = lines[edit.line - 1][: edit.column - 1]
        after = lines[edit.end_line - 1][edit.end_column - 1 :]
        lines[edit.line - 1 : edit.end_line] = [before + edit.new + after]
        out[edit.file] = "\n".join(lines)
    for change in cure.changes:
        if isinstance(change, NewFile):
            out[change.file] = change.text
        elif not isinstance(change, Edit):
            out[change.to] = out.pop(change.file)
    return out
