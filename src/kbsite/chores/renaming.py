"""Another id for a session or an event, in all files."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kbsite import models, slugs, yamledit
from kbsite.catalog import EVENT, LEARNING, SESSION, Thing, linked_as
from kbsite.chores import lockfile, places
from kbsite.chores.desk import Desk
from kbsite.chores.known import several
from kbsite.chores.places import Named
from kbsite.errors import UsageError
from kbsite.importers.plan import RESERVED
from kbsite.meant import ids
from kbsite.wikilinks import WikiLink
from kbsite.wording import did_you_mean


def rename_session(desk: Desk, old: str, new: str) -> str:
    """Give a session another id, perhaps in another event; what was done, in words.

    `new` may be a stem alone: the event stays. Raises UsageError.
    """
    old = known_id(desk, SESSION, old)
    event, _, stem = old.partition("/")
    new = new if "/" in new else f"{event}/{new}"
    other, _, to = new.partition("/")
    if not slugs.is_session_id(new):
        better = slugs.slug(to)
        hint = f"; did you mean {other}/{better}?" if better and slugs.is_id(other) else ""
        raise UsageError(f"'{new}' is no id of a session, which is EVENT/STEM{hint}")
    if new == old:
        raise UsageError(f"the session is called {old} already")
    if to in RESERVED:
        raise UsageError(f"no session may be called '{to}': other systems keep that name")
    library = desk.base.library
    if new in library.sessions or (SESSION.name, new) in library.unreadable:
        raise UsageError(
            f"there is a session {new}; to make one of the two: kbsite merge session {old} {new}"
        )
    _demand_free(desk, SESSION, new, old)
    if other not in library.events:
        known_id(desk, EVENT, other)
    if other != event:
        zones = [library.events[each].record.timezone for each in (event, other)]
        if zones[0] != zones[1]:
            raise UsageError(
                f"the times of {old} are in {zones[0]}, and those of {other} in {zones[1]}; write "
                "them with their offset first, and move the file and its aliases yourself"
            )
    places.demand_known(desk, (old, stem))
    follow(desk, {old: new})
    path = library.sessions[old].source.path
    with_aliases(desk, SESSION, path, [old], present=new)
    desk.move(path, path_of(new))
    if other == event:
        lockfile.rename(desk, event, stem, to)
    _say_what_else_names(desk, old)
    return f"the session {old} becomes {new}"


def rename_event(desk: Desk, old: str, new: str) -> str:
    """Give an event, and with it all its sessions, another id; what was done, in words."""
    old = known_id(desk, EVENT, old)
    if not slugs.is_id(new):
        better = slugs.slug(new)
        raise UsageError(
            f"'{new}' is no id: lower-case letters and digits in words joined by single hyphens"
            + (f"; did you mean {better}?" if better else "")
        )
    if new == old:
        raise UsageError(f"the event is called {old} already")
    library, folder = desk.base.library, f"{EVENT.folder}/{new}"
    if new in library.events or (desk.root / folder).exists():
        raise UsageError(f"there is a folder {folder}; two events are not joined by a command")
    if library.events[old].stand_in:
        raise UsageError(f"{EVENT.folder}/{old} has no {EVENT.file} of its own that can be read")
    _demand_free(desk, EVENT, new, old)
    places.demand_known(desk, (old,))
    sessions = [id for id in library.sessions if id.startswith(f"{old}/")]
    follow(desk, {id: f"{new}/{id.partition('/')[2]}" for id in sessions}, {old: new})
    own = library.events[old].source.path
    with_aliases(desk, EVENT, own, [old], present=new)
    held = own.rpartition("/")[0]
    for path in _files_in(desk, held):
        desk.move(path, f"{folder}/{path.removeprefix(f'{held}/')}")
    _say_what_else_names(desk, old)
    return f"the event {old} becomes {new}"


def follow(
    desk: Desk,
    sessions: Mapping[str, str],
    events: Mapping[str, str] = {},
    learnings: Mapping[str, str] = {},
) -> None:
    """Let all that names some sessions and events name them by other ids.

    `learnings` are those whose own id is another then, by their keys.
    """

    def word(each: Named) -> str | None:
        own, mark, learning = each.word.partition("#")
        learning = learnings.get(each.word, learning)
        return f"{sessions[own]}{mark}{learning}" if own in sessions else None

    def link(each: WikiLink) -> str | None:
        thing = linked_as(each.kind)
        own, mark, learning = each.target.partition("#")
        now = (events if thing is EVENT else sessions).get(own)
        if now is None or thing not in (EVENT, SESSION, LEARNING):
            return None
        return f"{now}{mark}{learnings.get(each.target, learning)}"

    places.rename(desk, SESSION, word)
    _once_related(desk, sessions)
    places.relink(desk, link)


def _once_related(desk: Desk, sessions: Mapping[str, str]) -> None:
    """Leave out of related sessions what is among them by another id already."""
    for entry in desk.base.library.sessions.values():
        related = [sessions.get(id, id) for id in entry.record.related]
        if len({*related}) < len(related) and {*related} != {*entry.record.related}:
            desk.alter(entry.source.path, _without_repeats)


def _without_repeats(data: dict[str, Any]) -> None:
    data["related"] = list(dict.fromkeys(data["related"]))


def known_id(desk: Desk, thing: Thing, id: str) -> str:
    """The id of a session or an event that is meant: it, or the present one of one that was; a
    session is also meant by its stem, where no other has it, by its file or by its address.

    Raises UsageError where there is none, or more than one.
    """
    entries = desk.base.library.of(thing)
    meant = [id, *ids.session(id).values] if thing is SESSION else [id]
    if found := next((own for own in meant if own in entries), None):
        return found
    stems = [own for own in entries if thing is SESSION and own.partition("/")[2] == id]
    if len(stems) == 1:
        return stems[0]
    if stems:
        raise several(id, stems)
    if now := desk.base.graph.redirects[thing.name].get(id):
        desk.remark(f"'{id}' is '{now}' by now")
        return now
    near = slugs.nearest(id, entries, count=3)
    if (thing.name, id) in desk.base.library.unreadable:
        raise UsageError(f"the {thing.noun} {id} cannot be read; kbsite check says why")
    what = "say the name of its folder" if thing is EVENT else "say it as EVENT/STEM"
    raise UsageError(f"there is no {thing.noun} '{id}'; {did_you_mean(near) or what}")


def path_of(session: str) -> str:
    return f"{SESSION.folder}/{session}{SESSION.ending}"


def with_aliases(
    desk: Desk, thing: Thing, path: str, names: Sequence[str], *, present: str = ""
) -> None:
    """More aliases in a record, each once; the `present` id or name is none of them."""

    def change(data: dict[str, Any]) -> None:
        held = [each for each in data.get("aliases") or [] if each != present]
        wanted = [*held, *(each for each in names if each not in held and each != present)]
        if wanted:
            put(data, thing, "aliases", wanted)
        else:
            data.pop("aliases", None)

    desk.alter(path, change)


def put(data: dict[str, Any], thing: Thing, key: str, value: Any) -> None:
    """A value at a key of a record, which goes where the model has it if it is new."""
    order = tuple(models.keys(models.MODELS[thing.name]))
    new = yamledit.with_key(data, key, value, order)
    data.clear()
    data.update(new)


def _demand_free(desk: Desk, thing: Thing, id: str, own: str) -> None:
    """Raise UsageError for an id that leads to another than the one called `own`."""
    holder = desk.base.graph.redirects[thing.name].get(id, own)
    if holder != own:
        raise UsageError(
            f"'{id}' is a former id of {holder}, and its address leads there; choose another one"
        )


def _files_in(desk: Desk, folder: str) -> list[str]:
    """All files in a folder and below, less hidden ones, by their paths from the root."""
    out: list[str] = []
    for place, folders, names in os.walk(desk.root / folder):
        for name in (*folders, *names):
            path = Path(place, name)
            inside = path.relative_to(desk.root).as_posix()
            if path.is_symlink():
                raise UsageError(f"{inside} is a symbolic link; move it away first")
            if name.startswith("."):
                desk.remark(f"{inside} is hidden, and stays where it is")
            elif name in names:
                out.append(inside)
        folders[:] = [name for name in folders if not name.startswith(".")]
    return sorted(out)


def _say_what_else_names(desk: Desk, id: str) -> None:
    """Files beside the records which hold an id as a word, and which people keep themselves."""
    beside = [*desk.root.glob("*.yml"), *desk.root.glob("*.toml"), *desk.root.glob("*.md")]
    beside += desk.root.glob(f"{SESSION.folder}/*.toml")
    word = re.compile(rf"(?<![\w-]){re.escape(id)}(?![\w-])")
    for place in sorted(beside):
        if place.is_file() and word.search(place.read_text("utf-8", errors="replace")):
            desk.remark(
                f"{place.relative_to(desk.root).as_posix()} names {id} too, and stays as it is"
            )
