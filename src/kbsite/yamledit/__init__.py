"""Changes to the text of a YAML record that leave every other byte as it was.

A comment stays where it is or, if the value that held it goes, becomes a line above its place.
What comes out is read again: where that shows more than the change, nothing comes out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from functools import lru_cache, partial
from typing import Any

from kbsite.yamledit.alignment import same
from kbsite.yamledit.edits import Edit, applied, replacing, turning
from kbsite.yamledit.layout import CannotEdit, Layout
from kbsite.yamlfile import Data

__all__ = ["CannotEdit", "Edit", "data_of", "edits_to", "remove", "set_value", "with_key"]


def set_value(text: str, key: str, value: Any, order: Sequence[str]) -> str:
    """`text` with `value` at the top-level `key`; a new key goes where `order` has it.

    Of a value that is there only the parts that differ are written anew. A number that is written
    as the wanted text stays. Raises CannotEdit.

    >>> set_value("title: Old # sic\\nroom: A\\n", "title", "New", ())
    'title: New # sic\\nroom: A\\n'
    """
    layout = Layout(text)
    wanted = with_key(layout.data, key, value, order)
    return text if same(layout.data, wanted) else _changed(layout, key, wanted)


def remove(text: str, key: str) -> str:
    """`text` without the top-level `key`; as it is, if the key is not there. Raises CannotEdit."""
    layout = Layout(text)
    wanted = {name: value for name, value in layout.data.items() if name != key}
    return text if key not in layout.data else _changed(layout, key, wanted)


def data_of(text: str) -> Data:
    """A copy of what `text` says, to be changed into what `edits_to` is to make of it.

    Raises CannotEdit.
    """
    return deepcopy(_layout(text).data)


def edits_to(text: str, wanted: Mapping[str, Any]) -> list[Edit]:
    """The least edits after which `text` says what is wanted. Raises CannotEdit.

    >>> edits_to("title: Old # sic\\nroom: A\\n", {"title": "New", "room": "A"})
    [Edit(start=7, end=10, text='New')]
    """
    layout = _layout(text)
    edits = turning(layout, (), wanted)
    new = Layout(applied(layout, edits))
    if not same(new.data, wanted) or len(new.comments) != len(layout.comments):
        raise CannotEdit("the text cannot be changed without harm to the rest of the file")
    return [edit for edit in edits if edit.text or edit.start < edit.end]


def with_key(data: Mapping[str, Any], key: str, value: Any, order: Sequence[str]) -> dict[str, Any]:
    """`data` with `value` at `key`, behind the last key that `order` has before it.

    >>> with_key({"title": "A", "links": []}, "room", "B", ("title", "room", "links"))
    {'title': 'A', 'room': 'B', 'links': []}
    """
    if key in data:
        return {**data, key: value}
    names = list(data)
    ranks = {name: rank for rank, name in enumerate(order)}
    own = ranks.get(key, -1)
    before = [at for at, name in enumerate(names, 1) if ranks.get(name, own) < own]
    after = [at for at, name in enumerate(names) if ranks.get(name, own) > own >= 0]
    names.insert(before[-1] if before else (after or [len(names)])[0], key)
    return {name: data.get(name, value) for name in names}


@lru_cache(maxsize=1)
def _layout(text: str) -> Layout:
    """The layout of the text that is asked for again and again: a file has several cures."""
    return Layout(text)


def _changed(layout: Layout, key: str, wanted: Mapping[str, Any]) -> str:
    """The least change that gives `wanted`; if it goes wrong, the whole value of `key` anew."""
    ways = [partial(turning, layout, (), wanted)]
    if key in layout.data and key in wanted:
        ways.append(partial(replacing, layout, (key,), wanted[key]))
    for edits in ways:
        with suppress(CannotEdit):
            new = Layout(applied(layout, edits()))
            if same(new.data, wanted) and new.rest(key) == layout.rest(key):
                return new.raw
    raise CannotEdit(f"'{key}' cannot be changed without harm to the rest of the file")
