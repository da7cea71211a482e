"""Two people, organisations, projects or themes made one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kbsite import records, slugs
from kbsite.catalog import PERSON, THEME, Thing, linked_as
from kbsite.chores import lockfile, places
from kbsite.chores.desk import Desk
from kbsite.chores.joining import Joining, take_comments, words
from kbsite.chores.known import Known, Who, titles, told_by_titles
from kbsite.chores.places import Named
from kbsite.chores.renaming import put
from kbsite.errors import UsageError
from kbsite.graph.ways import page_of
from kbsite.importers.merge import plain
from kbsite.sources import Path
from kbsite.wikilinks import WikiLink
from kbsite.yamlwrite import dump

# The lists of a session that count for more than another one
_ABOVE: Mapping[str, tuple[str, ...]] = {
    "suggested_themes": ("themes", "not_about"),
    "not_about": ("themes", "projects"),
}
_LISTS = (
    "keywords", "tracks", "related", "projects", "distinct_from", "in_titles", "not_in_titles",
)  # fmt: skip


def merge_named(desk: Desk, thing: Thing, one: str, into: str, keep: Sequence[str] = ()) -> str:
    """Let what goes by `one` be what goes by `into`, whose name and id stay; in words.

    Names that records give stay, since they are aliases then; ids that they give become the other.
    Raises UsageError where their pages say something else and `keep` does not say whose is right.
    """
    who = Who(desk, thing)
    joining = Joining(desk, one, into, keep)
    a, b = who.known(one), who.known(into)
    if a.id == b.id:
        raise UsageError(f"{one} and {into} are one {thing.noun} already, {b.name} ({b.id})")
    places.demand_known(desk, (a.id, a.name))
    _follow(desk, who, a, b)
    if thing is PERSON:
        _one_speaker(desk, joining, who, a, b)
    _join_pages(desk, joining, thing, a, b)
    joining.demand_decided()
    if thing is THEME:
        lockfile.rewrite(desk, lambda _, value: _once(value, a.id, b.id), ("suggested_themes",))
    return f"the {thing.noun} {a.name} is joined with {b.name}"


def _follow(desk: Desk, who: Who, a: Known, b: Known) -> None:
    """Let what names one by its id, or a theme by anything, name the other."""
    changes: dict[str, dict[Path, str]] = {}
    gone: dict[str, list[Path]] = {}
    every = list(places.named(desk.base.library, who.thing))
    ones = _lists(each for each in every if who.is_named(each, a.id))
    others = _lists(each for each in every if who.is_named(each, b.id))
    for each in every:
        is_one = who.is_named(each, a.id)
        above = [(each.file, (key,)) for key in _ABOVE.get(str(each.path[0]), ())]
        if not is_one and not (who.is_named(each, b.id) and not ones.isdisjoint(above)):
            continue
        page = each.path[0] in ("related", "distinct_from") and each.entry.id == b.id
        told = [(each.file, each.path[:-1])] if is_one else []
        if page or not others.isdisjoint(told) or not (ones | others).isdisjoint(above):
            gone.setdefault(each.file, []).append(each.path)
            if each.path[0] == "not_about":
                desk.remark(
                    f"{each.file}: '{each.word}' is left out of not_about, for it is about that now"
                )
        elif who.thing is THEME or each.word == a.id != a.name:
            changes.setdefault(each.file, {})[each.path] = _instead(each.word, a, b)
    for file, values in changes.items():
        desk.rewrite(file, values)
    for file, paths in gone.items():
        desk.alter(file, lambda data, paths=paths: _remove(data, paths))  # type: ignore[misc]

    def link(each: WikiLink) -> str | None:
        if linked_as(each.kind) is not who.thing or not who.is_linked(each, a.id):
            return None
        return _instead(each.target, a, b) if who.thing is THEME or each.target == a.id else None

    places.relink(desk, link)


def _instead(word: str, a: Known, b: Known) -> str:
    return b.id if word == a.id or any(sign in b.name for sign in "[]|") else b.name


def _lists(some: Iterable[Named]) -> set[tuple[str, Path]]:
    """The files, and the lists in them, in which words stand."""
    return {(each.file, each.path[:-1]) for each in some if isinstance(each.path[-1], int)}


def _remove(data: dict[str, Any], paths: Sequence[Path]) -> None:
    for path in sorted(paths, key=lambda path: path[-1], reverse=True):
        holder: Any = data
        for part in path[:-2]:
            holder = holder[part]
        del holder[path[-2]][path[-1]]
        if not holder[path[-2]]:
            del holder[path[-2]]


def _one_speaker(desk: Desk, joining: Joining, who: Who, a: Known, b: Known) -> None:
    """One speaker of two in sessions that list both."""
    for entry in desk.base.library.sessions.values():
        people = [who.speaker(each) for each in entry.record.speakers]
        if a.id not in people or b.id not in people:
            continue
        at, to = people.index(a.id), people.index(b.id)
        old, new = entry.record.speakers[at], entry.record.speakers[to]
        said = new.name or new.id or ""
        file = entry.source.path
        bys = {
            each.path: said
            for each in places.named(desk.base.library, PERSON)
            if each.file == file and each.path[-1] == "by" and who.is_named(each, a.id)
        }
        desk.rewrite(file, bys)

        def change(data: dict[str, Any], at: int = at, to: int = to, id: str = entry.id) -> None:
            speakers = data["speakers"]
            field = f"{id}: speakers[{old.name or old.id}]"  # noqa: B023  # called at once
            one = {k: v for k, v in speakers[at].items() if k not in ("name", "id")}
            speakers[to] = joining.mapping(field, one, speakers[to])
            del speakers[at]

        desk.alter(file, change)


def _join_pages(desk: Desk, joining: Joining, thing: Thing, a: Known, b: Known) -> None:
    """The page of one of two, with all that either page says."""
    library, path = desk.base.library, page_of(thing, b.id)
    first = library.of(thing)[a.id].record if a.page else None
    second = library.of(thing)[b.id].record if b.page else None
    called = [a.name, *(first.aliases if first else ())]
    names = [*called, *(second.aliases if second else ())]
    if a.id not in map(slugs.slug, names):
        called.append(a.id)
    if second is None and first is None:
        desk.add(path, f"---\n{dump({'name': b.name, 'aliases': called})}---\n")
        return
    if second is None and a.page:
        page = a.page.path

        def rename(data: dict[str, Any]) -> None:
            data["name"] = b.name
            put(data, thing, "aliases", words(called, data.get("aliases") or (), slugs.name_key))
            told = [each for each in data.get("distinct_from") or () if not _means(each, b)]
            if "distinct_from" in data and told != data["distinct_from"]:
                put(data, thing, "distinct_from", told)
                if not told:
                    del data["distinct_from"]

        desk.alter(page, rename)
        desk.move(page, path)
        return
    assert b.page is not None  # noqa: S101  # one of the two has a page
    wanted = desk.data(b.page.path)
    _put_aliases(wanted, thing, called, b.name)
    if first is not None and a.page is not None:
        _join_data(desk, joining, thing, (first, second), (a, b), wanted)
    desk.alter(b.page.path, lambda data: _become(data, wanted))
    if a.page is not None:
        take_comments(desk, a.page.path, b.page.path)
        body, there = desk.source(a.page.path).body.strip(), desk.source(b.page.path).body.strip()
        if body and body not in there:
            desk.append(b.page.path, f"\n{body}\n" if there else f"{body}\n")
        desk.put(a.page.path, None)


def _join_data(
    desk: Desk,
    joining: Joining,
    thing: Thing,
    both: tuple[Any, Any],
    known: tuple[Known, Known],
    wanted: dict[str, Any],
) -> None:
    """What the page that goes says, into what the one that stays is to say."""
    first, second = both
    one = desk.data(known[0].page.path if known[0].page else "")
    into = dict(wanted)
    own = known[0].id
    is_told = own in map(str, wanted["aliases"]) and told_by_titles(desk, thing, own)
    if isinstance(first, records.Topic) and (is_told or first.in_titles or second.in_titles):
        one["in_titles"], into["in_titles"] = titles(first), titles(second)
    for key, value in one.items():
        if key in ("name", "aliases") or value is None:
            continue
        if key in _LISTS:
            found = words(value, into.get(key) or (), slugs.name_key)
            kept: Any = [each for each in found if not any(_means(each, k) for k in known)]
        elif key == "links":
            kept = joining.items(key, value, into.get(key) or (), _url, ("url",))
        else:
            kept = joining.value(key, value, into.get(key))
            kept = into[key] if key in into and plain(into[key]) == kept else kept
        if kept != wanted.get(key) and kept != []:
            put(wanted, thing, key, kept)


def _url(link: Mapping[str, Any]) -> Any:
    return link.get("url")


def _put_aliases(data: dict[str, Any], thing: Thing, called: Sequence[str], name: str) -> None:
    held = data.get("aliases") or []
    own = slugs.name_key(name)
    more = [each for each in words(called, held, _alias_key) if slugs.name_key(str(each)) != own]
    put(data, thing, "aliases", more)


def _alias_key(word: str) -> tuple[str, str]:
    """By what two aliases are the same: what they mean, and the address that each gives."""
    return slugs.name_key(word), slugs.slug(word)


def _become(data: dict[str, Any], wanted: Mapping[str, Any]) -> None:
    data.clear()
    data.update(wanted)


def _means(word: Any, known: Known) -> bool:
    return slugs.name_key(str(word)) in (slugs.name_key(known.id), slugs.name_key(known.name))


def _once(value: Any, old: str, new: str) -> list[str]:
    return list(dict.fromkeys(new if each == old else each for each in value))
