"""Two records made one: what only one of them says is kept, and what both say differently is asked.

All values are plain data, as files have it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, NamedTuple

from kbsite import yamledit
from kbsite.chores.desk import Desk
from kbsite.errors import UsageError
from kbsite.importers.merge import plain
from kbsite.wording import shown
from kbsite.yamledit.layout import Layout

MOST = 12  # undecided fields that a message lists
ONE, INTO = "ONE", "INTO"  # what the two are called where their names are long


class _Undecided(NamedTuple):
    field: str
    one: Any
    into: Any


class Joining:
    """What of two records is to be in the one that stays.

    `one` and `into` are what somebody called them; `keep` says whose values to keep where both
    differ: one of the two for all, or `FIELD=` one of the two, which may also be called ONE and
    INTO.
    """

    def __init__(self, desk: Desk, one: str, into: str, keep: Sequence[str] = ()) -> None:
        self._desk, self._one, self._into = desk, one, into
        self._all = ""
        self._by_field: dict[str, str] = {}
        self._undecided: list[_Undecided] = []
        which = {one: ONE, into: INTO, ONE: ONE, INTO: INTO}
        for word in keep:
            field, mark, whose = word.rpartition("=")
            if word in which:
                self._all = which[word]
            elif mark and whose in which:
                self._by_field[field] = which[whose]
            else:
                raise UsageError(
                    f"--keep {word} is none of the two; write --keep {INTO}, or for one field "
                    f"--keep title={ONE}"
                )

    def value(self, field: str, one: Any, into: Any, *, same: bool | None = None) -> Any:
        """What stays of two values, None for none; `same` where it is known whether they are."""
        one, into = plain(one), plain(into)
        if one is None or into is None:
            return into if one is None else one
        if one == into if same is None else same:
            return into
        whose = self._by_field.get(field, self._all)
        if not whose:
            self._undecided.append(_Undecided(field, one, into))
            return into
        kept, left = (one, into) if whose == ONE else (into, one)
        other = self._into if whose == ONE else self._one
        self._desk.remark(f"{field}: {shown(left)} of {other} is left out, as --keep says")
        return kept

    def demand_decided(self) -> None:
        """Raise UsageError with all that both say differently, and nobody has decided."""
        if not self._undecided:
            return
        found = [
            f"  {field}: {shown(one)} or {shown(into)}"
            for field, one, into in self._undecided[:MOST]
        ]
        if more := len(self._undecided) - len(found):
            found.append(f"  and {more} more")
        first = self._undecided[0].field
        way = f"say whose to keep: --keep {INTO} for all, or for one field --keep '{first}={ONE}'"
        said = f"{self._one} and {self._into} do not say the same; nothing was changed"
        raise UsageError("\n".join((said, *found, way)))

    def mapping(
        self, field: str, one: Mapping[str, Any], into: Mapping[str, Any], known: Sequence[str] = ()
    ) -> Any:
        """The keys of both, each decided by itself; but for those by which both are `known`, which
        stay as they are written.
        """
        out = dict(into)
        for key, value in one.items():
            if key in known and into.get(key) is not None:
                continue
            kept = self.value(f"{field}.{key}" if field else key, value, into.get(key))
            if kept is not None and plain(into.get(key)) != kept:
                out[key] = kept
        return out

    def items(
        self,
        field: str,
        one: Sequence[Mapping[str, Any]],
        into: Sequence[Mapping[str, Any]],
        key: Callable[[Mapping[str, Any]], Hashable],
        known: Sequence[str],
    ) -> list[Any]:
        """The items of both, those of one key as one; the key comes of the fields `known`."""
        out = [dict(item) for item in into]
        places = {key(item): at for at, item in enumerate(into)}
        for item in one:
            at = places.get(key(item))
            if at is None:
                out.append(plain(item))
            else:
                name = item.get("name") or item.get("id") or item.get("url") or item.get("title")
                out[at] = self.mapping(f"{field}[{name or at}]", item, out[at], known)
        return out


def words(
    one: Sequence[Any], into: Sequence[Any], key: Callable[[str], Hashable] = str
) -> list[Any]:
    """The words of both lists, each once; those of the first come last."""
    held = {key(_text(word)) for word in into}
    out = list(into)
    for word in map(_text, one):
        if key(word) not in held:
            held.add(key(word))
            out.append(word)
    return out


def take_comments(desk: Desk, path: str, to: str) -> None:
    """Put the comments of the YAML of a file that will go below that of another file."""
    there = set(_comments(desk, to))
    if lines := [each for each in _comments(desk, path) if each not in there]:
        desk.below(to, [f"# from {path}:", *lines])


def _comments(desk: Desk, path: str) -> list[str]:
    try:
        layout = Layout(desk.source(path).front)
    except yamledit.CannotEdit:
        return []
    return [layout.text[start:end] for start, end in layout.comments]


def _text(word: Any) -> str:
    return str(getattr(word, "text", word))
