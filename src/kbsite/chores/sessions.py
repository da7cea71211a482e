"""Two records of one talk made one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from kbsite import records, slugs
from kbsite.catalog import PERSON, PROJECT, SESSION, THEME, Thing
from kbsite.chores import lockfile, places
from kbsite.chores.desk import Desk
from kbsite.chores.joining import Joining, take_comments, words
from kbsite.chores.known import Who
from kbsite.chores.renaming import follow, known_id, put
from kbsite.errors import UsageError
from kbsite.importers.merge import plain
from kbsite.parse import parse_record

_VALUES = (
    "title", "subtitle", "kind", "status", "start", "end", "room", "level", "language", "summary",
    "abstract",
)  # fmt: skip
_TOLD: Mapping[str, tuple[str, ...]] = {  # claims, and what makes two of them the same
    "learnings": ("text",),
    "quotes": ("text",),
    "figures": ("value", "label"),
    "announcements": ("title",),
}


class _Side(NamedTuple):
    id: str
    path: str
    record: records.Session
    data: dict[str, Any]


def merge_sessions(desk: Desk, one: str, into: str, keep: Sequence[str] = ()) -> str:
    """Make one session of two: all that the first says goes to the second; in words.

    Raises UsageError where both say something else and `keep` does not say whose is right.
    """
    joining = Joining(desk, one, into, keep)
    a, b = known_id(desk, SESSION, one), known_id(desk, SESSION, into)
    if a == b:
        raise UsageError(f"{one} and {into} are one session already, {b}")
    places.demand_known(desk, (a,))
    ids = _claims(_side(desk, a), _side(desk, b))
    follow(desk, {a: b}, learnings={f"{a}#{old}": new for old, new in ids["learnings"].items()})
    first, second = _side(desk, a), _side(desk, b)
    wanted = _joined(desk, joining, first, second, ids)
    joining.demand_decided()

    def change(data: dict[str, Any]) -> None:
        for key, value in wanted.items():
            if value == [] and data.get(key):
                del data[key]
            elif value not in ([], {}, data.get(key)):
                put(data, SESSION, key, value)

    desk.alter(second.path, change)
    take_comments(desk, first.path, second.path)
    desk.put(first.path, None)
    event, _, stem = a.partition("/")
    other, _, to = b.partition("/")
    if event == other:
        lockfile.rename(desk, event, stem, to)
    return f"the session {a} is joined with {b}"


def _side(desk: Desk, id: str) -> _Side:
    path = desk.base.library.sessions[id].source.path
    record = parse_record(records.Session, path, desk.source(path).text).record
    if record is None:
        raise UsageError(f"{path} cannot be read; kbsite check says why")
    return _Side(id, path, record, desk.data(path))


def _joined(
    desk: Desk, joining: Joining, one: _Side, into: _Side, ids: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """What the record that stays is to have, key by key; only those that the other one has."""
    a, b, wanted = one.data, into.data, dict[str, Any]()
    for key in _VALUES:
        same = getattr(one.record, key) == getattr(into.record, key)
        if a.get(key) is not None:
            kept = joining.value(key, a[key], b.get(key), same=same)
            wanted[key] = b[key] if key in b and plain(b[key]) == kept else kept
    if one.record.publish != into.record.publish:
        wanted["publish"] = joining.value("publish", one.record.publish, into.record.publish)
    said = _by(desk, one, into)
    person = Who(desk, PERSON).speaker
    both = _rest(a, "speakers"), _rest(b, "speakers")
    same_person = partial(_person, person=person)
    wanted["speakers"] = joining.items("speakers", *both, same_person, ("name", "id"))
    for key, word in _word_keys(desk).items():
        wanted[key] = words(_rest(a, key), _rest(b, key), word)
    _decide_denied(desk, joining, a, wanted)
    wanted["related"] = [id for id in wanted["related"] if id not in (one.id, into.id)]
    former = [*_rest(b, "aliases"), one.id, *_rest(a, "aliases")]
    wanted["aliases"] = [id for id in dict.fromkeys(former) if id != into.id]
    both = _rest(a, "links"), _rest(b, "links")
    wanted["links"] = joining.items("links", *both, lambda each: each.get("url"), ("url",))
    both = _rest(a, "sources"), _rest(b, "sources")
    wanted["sources"] = joining.items("sources", *both, _entry, ("system", "id"))
    for key, told in _TOLD.items():
        claims = [_moved(each, one, into, key, ids[key], said) for each in _rest(a, key)]
        wanted[key] = joining.items(key, claims, _rest(b, key), partial(_words_of, told=told), told)
    for key in ("basis", "from"):
        if a.get(key) is not None and not _has_claims(into.record):
            wanted[key] = joining.value(key, a[key], b.get(key))
    wanted["provenance"] = _provenance(desk, a.get("provenance"), b.get("provenance"))
    return wanted


def _decide_denied(
    desk: Desk, joining: Joining, one: Mapping[str, Any], wanted: dict[str, Any]
) -> None:
    """Let themes and projects be in one list alone, where one record says yes and one no to them;
    a suggestion goes where either says anything.
    """
    keys = _word_keys(desk)
    for field in ("themes", "projects"):
        key = keys[field]
        said, denied = ({key(str(word)) for word in wanted[each]} for each in (field, "not_about"))
        for own in sorted(said & denied):
            yes = own in {key(str(word)) for word in _rest(one, field)}
            ways = (f"about {own}", f"not about {own}")
            kept = joining.value(f"{field}[{own}]", *(ways if yes else ways[::-1]))
            loser = "not_about" if kept == ways[0] else field
            wanted[loser] = [word for word in wanted[loser] if key(str(word)) != own]
    key = keys["themes"]
    decided = {key(str(word)) for each in ("themes", "not_about") for word in wanted[each]}
    wanted["suggested_themes"] = [
        word for word in wanted["suggested_themes"] if key(str(word)) not in decided
    ]


def _rest(data: Mapping[str, Any], key: str) -> Sequence[Any]:
    return data.get(key) or ()


def _word_keys(desk: Desk) -> Mapping[str, Callable[[str], str]]:
    """By what two words of a list are the same."""

    def meant(thing: Thing) -> Callable[[str], str]:
        who = Who(desk, thing)
        return lambda word: next(iter(who.meant(word)), slugs.name_key(word))

    themes = meant(THEME)
    return {
        "tracks": slugs.name_key,
        "themes": themes,
        "suggested_themes": themes,
        "projects": meant(PROJECT),
        "not_about": slugs.name_key,
        "related": str,
    }


def _person(speaker: Mapping[str, Any], person: Callable[[records.SpeakerRef], str]) -> str:
    return person(records.SpeakerRef.model_validate(plain(speaker)))


def _entry(source: Mapping[str, Any]) -> tuple[Any, Any]:
    return (source.get("system"), plain(source.get("id")) or source.get("url"))


def _words_of(claim: Mapping[str, Any], told: Sequence[str]) -> tuple[str, ...]:
    return tuple(slugs.fold(str(plain(claim.get(key)) or "")) for key in told)


def _claims(one: _Side, into: _Side) -> dict[str, dict[str, str]]:
    """The ids that claims of one have in the other: their own, that of the same, which may have
    none, or a new one.
    """
    out: dict[str, dict[str, str]] = {}
    for key, told in _TOLD.items():
        there = {_words_of(each, told): each.get("id", "") for each in _rest(into.data, key)}
        taken = {str(each["id"]) for each in _rest(into.data, key) if each.get("id")}
        own = {str(each["id"]) for each in _rest(one.data, key) if each.get("id")}
        out[key] = {}
        for each in _rest(one.data, key):
            if not (id := each.get("id")):
                continue
            ways = (way for way in slugs.numbered(str(id)) if way == id or way not in own)
            new = there.get(_words_of(each, told))
            new = next(way for way in ways if way not in taken) if new is None else new
            taken.add(str(new))
            out[key][str(id)] = str(new)
    return out


def _moved(
    claim: Mapping[str, Any],
    one: _Side,
    into: _Side,
    key: str,
    ids: Mapping[str, str],
    said: Mapping[str, str],
) -> dict[str, Any]:
    """A claim as the other record has it: with what its own record said for all of its claims."""
    out: dict[str, Any] = plain(claim)
    if out.get("id") and not (new := ids[out["id"]]):
        del out["id"]
    elif out.get("id"):
        out["id"] = new
    if key == "learnings" and (newer := out.get("superseded_by")):
        own = newer.removeprefix("#")
        out["superseded_by"] = f"#{ids[own]}" if own in ids else newer
    if key != "announcements" and (by := out.get("by")):
        out["by"] = said.get(slugs.name_key(by), by)
    a, b = one.record, into.record
    if not _has_claims(b):
        return out
    if out.get("basis") is None and a.basis != b.basis:
        if a.basis is None:
            raise UsageError(
                f"{into.path} says '{b.basis}' of all its claims, and {one.path} does not say what "
                "its own rest on; add basis: there first"
            )
        out["basis"] = a.basis
    if out.get("from") is None and a.report is not None and a.report != b.report:
        out["from"] = a.report
    return out


def _has_claims(record: records.Session) -> bool:
    return any(getattr(record, key) for key in _TOLD)


def _by(desk: Desk, one: _Side, into: _Side) -> dict[str, str]:
    """What `by` says of people in the one record, as keys, to what it says in the other."""
    person = Who(desk, PERSON).speaker
    there = {person(each): each.name or each.id or "" for each in into.record.speakers}
    return {
        slugs.name_key(word): there[person(each)]
        for each in one.record.speakers
        for word in (each.name, each.id)
        if word and person(each) in there
    }


def _provenance(desk: Desk, one: Any, into: Any) -> dict[str, Any]:
    """All contributors; with the help of AI, if one was; reviewed when the first of them was."""
    one, into = plain(one or {}), dict(into or {})
    out = dict(into)
    by, also = plain(into.get("contributed_by")), one.pop("contributed_by", None)
    if also and also not in (by or "").split(", "):
        out["contributed_by"] = ", ".join(filter(None, (by, also)))
    if one.pop("ai_assisted", False) is True:
        out["ai_assisted"] = True
    days = [str(day) for day in (one.pop("reviewed", None), plain(into.get("reviewed"))) if day]
    if days:
        desk.remark("'reviewed' is that of the records before they were one; look at it again")
        if min(days) != plain(into.get("reviewed")):
            out["reviewed"] = min(days)
    return {**out, **{key: value for key, value in one.items() if key not in out}}
