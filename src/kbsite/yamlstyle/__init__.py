"""The text of a YAML record in the house's style, with every value and every comment kept.

Keys come in the order that they are given in, lists and mappings in blocks, values as `yamlwrite`
has them. A text that somebody broke into lines stays broken where it is. A comment goes with what
stands below it, or beside it; of blank lines one stays. What comes out is read again: where that
shows any other value, or a comment less, nothing comes out.
"""

from __future__ import annotations

from kbsite.yamledit.layout import CannotEdit, Layout
from kbsite.yamlstyle.entries import entries
from kbsite.yamlstyle.writing import Order, written

__all__ = ["CannotEdit", "Order", "styled"]


def styled(text: str, order: Order = lambda _path: ()) -> str:
    """`text` in the style of the house; `order` gives the keys of the mapping at a path.

    Lines end with a newline each. Raises CannotEdit.

    >>> styled('speakers: [{org: X, name: "Ada"}] # one\\n', lambda path: ("name", "org"))
    'speakers: # one\\n  - name: Ada\\n    org: X\\n'
    """
    layout = Layout(text)
    new = "".join(f"{line}\n" for line in written(entries(layout), order))
    if new != layout.text and _said(Layout(new)) != _said(layout):
        raise CannotEdit("the file cannot be written in another style without harm")
    return new


def _said(layout: Layout) -> tuple[object, list[str]]:
    """All that a text says to programs, in any order of keys, and to people."""
    comments = (layout.text[start:end].rstrip(" \t") for start, end in layout.comments)
    return _exactly(layout.data), sorted(comments)


def _exactly(value: object) -> object:
    """A value of which another one is equal only if it is of the same type, written the same."""
    if isinstance(value, dict):
        return {key: _exactly(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_exactly(inner) for inner in value]
    return type(value).__name__, getattr(value, "text", value)
