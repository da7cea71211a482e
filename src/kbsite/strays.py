"""Keys that a record does not know: what they are called, or where they belong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from textwrap import dedent
from typing import Any

from pydantic import BaseModel

from kbsite import cures, models, records, shapes, slugs
from kbsite.catalog import CONTENT, EVENT, SESSION
from kbsite.errors import Cure, Edit, Problem
from kbsite.fields import scheme_problem
from kbsite.meant import Meaning, times, words
from kbsite.shapes import mapping_at
from kbsite.sources import Path, Source
from kbsite.wording import any_of, as_pasted, as_written, did_you_mean, lines_of, shown

SHORT = 6  # lines that a hint repeats
FEW = 12  # keys that a hint may list
NOWHERE = "remove it, or say it in the text: no field here is called so"
_HIDES = ("draft", "private", "hidden", "unpublished")  # what `publish: false` says
_UNDER_DRAFTS = "no key keeps a page out of the site: write into mkdocs.yml: draft_docs:"
_FOLDERS = frozenset({"event", "event_id", "conference"})  # keys for what names of folders say
_FILES = frozenset({"id", "slug", "stem", "file", "filename", "uid", "key"})  # and of files
_LENGTHS = frozenset({"duration", "length", "minutes"})
_BESIDE = {records.Session: records.Event, records.Event: records.Session}
_ELSEWHERE = {
    records.Event: f"the event: write it into {EVENT.name}.yaml beside this file",
    records.Session: f"a {SESSION.noun}: write it into a file beside this one",
}
_HOLDERS = {
    "speakers": "a speaker", "learnings": "a learning", "quotes": "a quote", "figures": "a figure",
    "announcements": "an announcement", "links": "a link", "sources": "a source",
    "provenance": "provenance", "search": "search",
}  # fmt: skip


def stray(
    model: type[BaseModel], path: Path, value: Any, data: Mapping[str, Any], source: Source
) -> Problem:
    """KB101: the key at the end of `path` is none of its holder's."""
    hint, mended = _way_out(model, path, value, data, source)
    message = f"unknown key {shown(str(path[-1]))}"
    return source.problem("KB101", path, message, hint, key=True, cures=mended)


def whole_items(
    model: type[BaseModel], path: Path, data: Mapping[str, Any]
) -> Sequence[Mapping[str, Any]]:
    """The items of a list that are meant by one without any key that is known, as that at the end
    of `path`.
    """
    holder = models.model_at(model, path[:-1])
    if holder is None or len(path) < 2 or isinstance(path[-2], str):
        return ()
    if models.meant_keys(model, path).values:
        return ()
    return next(iter(shapes.of_words(holder, mapping_at(data, path[:-1])).values), ())


def _way_out(
    model: type[BaseModel], path: Path, value: Any, data: Mapping[str, Any], source: Source
) -> tuple[str, Sequence[Cure]]:
    key = str(path[-1])
    holder = _holder(model, path[:-1])
    given = mapping_at(data, path[:-1])
    known = models.keys(holder)
    if "links" in known and (kind := words.link_kind(key)) and _is_link(value):
        return _as_link(path, kind, str(value), source)
    if "publish" in known and key.lower() in _HIDES and isinstance(value, bool):
        cure = cures.renaming_to(source, path, "publish", not value, certain=True)
        return f"write publish: {str(not value).lower()}", cure
    if key.lower() in _HIDES and value is True and source.path.startswith(f"{CONTENT}/"):
        page = source.path.removeprefix(f"{CONTENT}/")
        return aside(path, f"{_UNDER_DRAFTS} {page}", source)
    if path == (key,) and (said := _said_by_its_name(model, key, value, source)):
        return said
    if key.lower() in _LENGTHS and "end" in known and (way := _until(path, value, given, source)):
        return way
    meaning = models.meant_keys(model, path)
    free = Meaning.of(*(each for each in meaning.values if each not in given))
    if free.values:
        hint, found = _renamed(holder, path, value, free, source, certain=meaning.certain)
        return (hint, found) if found else aside(path, hint, source)
    if items := whole_items(model, path, data):
        hint = "write it so:\n" + lines_of(items)
        return hint, cures.splicing(source, path[:-1], items, "write it so")
    lonely = path == (key,) and "provenance" in known and "provenance" not in data
    inner = models.keys(records.Provenance)
    own = key if key in inner else next(iter(words.key(key, inner).values), "")
    if lonely and own:
        whole = {"provenance": {own: value}}
        made = cures.nesting(source, key, "provenance", own)
        return f"it belongs to provenance: write it so:\n{lines_of(whole)}", made
    if elsewhere := models.homes(model, key):
        hint, found = _moved(model, path, elsewhere, value, data, source)
        return (hint, found) if found else aside(path, hint, source)
    beside = _BESIDE.get(model)
    if beside is not None and key in models.keys(beside):
        return aside(path, f"it belongs to {_ELSEWHERE[beside]}", source)
    if meaning.values:
        return aside(path, f"'{meaning.values[0]}' is given too: keep one of the two", source)
    near = _nearest(key, list(known)) if source.mends else NOWHERE  # of too many, no more
    return aside(path, near, source)


def _said_by_its_name(
    model: type[BaseModel], key: str, value: Any, source: Source
) -> tuple[str, Sequence[Cure]] | None:
    """What to do with the id of a record or of its event: names of files and folders are those."""
    folder, _, file = source.path.rpartition("/")
    event, stem = folder.rpartition("/")[2], file.rpartition(".")[0]
    if model is records.Event:
        stem = event
    is_event = key.lower() in _FOLDERS and model is records.Session
    if not is_event and key.lower() not in _FILES:
        return None
    what = "folder" if is_event or model is records.Event else "file"
    name = event if is_event else stem
    said = as_written(value)
    if said in (name, f"{event}/{stem}"):
        hint = f"remove it: the name of the {what} says it"
        return hint, cures.removing(source, (key,), certain=True)
    return aside((key,), f"remove it: the name of the {what} says it, which is {name}", source)


def aside(path: Path, hint: str, source: Source) -> tuple[str, Sequence[Cure]]:
    """What to do with a key that has no place: in a comment, nothing that it says is lost."""
    made = cures.commenting(source, path)
    if not made:
        return hint, ()
    hint += "" if hint.endswith("?") else ";"
    new = "".join(each.new for each in made[0].changes if isinstance(each, Edit))
    first, *rest = new.split("\n")
    if len(rest) < SHORT:
        written = "\n".join([first, *dedent("\n".join(rest)).split("\n")]) if rest else first
        between = "\n" if rest else " "
        hint = f"{hint} or keep it as a comment:{between}{written}"
    else:
        hint = f"{hint} or keep it as a comment: put '# ' before each of its lines"
    return hint, [*made, *cures.removing(source, path, f"remove '{path[-1]}'")]


def _until(
    path: Path, value: Any, given: Mapping[str, Any], source: Source
) -> tuple[str, Sequence[Cure]] | None:
    """When something ends that has its length beside its start."""
    length = times.length(str(as_written(value)))
    end = times.after(given.get("start"), length) if length else ""
    if not end:
        return None
    if "end" not in given:
        certain = isinstance(value, str) and not value.isdecimal()  # it says of what
        return f"write end: {end}", cures.renaming_to(source, path, "end", end, certain=certain)
    if given["end"] == end:
        made = cures.removing(source, path, certain=True)
        return "remove it: the start and the end say so", made
    return None


def _nearest(key: str, known: Sequence[str]) -> str:
    if len(known) <= FEW:
        return "known here: " + ", ".join(known)
    near = get_close_matches(key[:40], known, n=3, cutoff=0.35)
    there = f"; the nearest are {', '.join(near)}" if near else ""
    return f"{NOWHERE}{there}"


def _renamed(
    holder: type[BaseModel],
    path: Path,
    value: Any,
    keys: Meaning,
    source: Source,
    *,
    certain: bool,
) -> tuple[str, Sequence[Cure]]:
    """Other keys for the one at `path`, with the value in the shape that each of them takes."""
    found: list[Cure] = []
    for at, key in enumerate(keys.values):
        sure = certain and keys.certain and at == 0
        if value is None or shapes.fits(holder, key, value):
            found += cures.renaming(source, path, key, certain=sure)
        else:
            meaning = shapes.in_shape(holder, key, value)
            for other in meaning.values[:1]:
                sure = sure and meaning.certain
                found += cures.renaming_to(source, path, key, other, certain=sure)
                if at == 0:
                    return f"write it so:\n{lines_of({key: other})}", found
    return did_you_mean(list(keys.values[:3])), found


def _as_link(path: Path, kind: str, url: str, source: Source) -> tuple[str, Sequence[Cure]]:
    link = {"url": url} if kind == "other" else {"kind": kind, "url": url}

    def change(data: dict[str, Any]) -> None:
        links = data.get("links") or []
        if not isinstance(links, list):
            raise TypeError("links")
        del data[str(path[-1])]
        data["links"] = [*links, link]

    made = cures.changing(source, change, "write it under links", certain=True)
    return f"write it under links:\n{lines_of({'links': [link]})}", made


def _is_link(value: Any) -> bool:
    return isinstance(value, str) and scheme_problem(value) is None


def _moved(
    model: type[BaseModel],
    path: Path,
    elsewhere: Sequence[Sequence[str]],
    value: Any,
    data: Mapping[str, Any],
    source: Source,
) -> tuple[str, Sequence[Cure]]:
    """The key belongs to something else in the record: to what, and the ways there if few."""
    key = str(path[-1])
    owners = any_of([_HOLDERS.get("".join(names[:1]), "the record") for names in elsewhere])
    places = [place for names in elsewhere for place in _places(data, names, key)]
    flag, found = None, list[Cure]()
    fitting = [each for each in places if shapes.fits(_holder(model, each), key, value)]
    if not fitting and isinstance(value, str):  # a name behind what is true of one or is not
        flag = True
        fitting = [
            each
            for each in places
            if shapes.fits(_holder(model, each), key, flag)
            and _is_called(value, mapping_at(data, each))
        ]
    places = fitting or places
    if len(fitting) <= 3:
        for place in fitting:
            below = f"move it to {_called(data, place)}"
            found += cures.moving(source, path, (*place, key), below, flag)
    value = flag if fitting and flag else value
    line = f"{key}: {as_pasted(value)}" if isinstance(value, str | bool | int) else f"{key}:"
    if len(places) != 1:
        return f"it belongs to {owners}: write it below one", found
    if not places[0]:
        return f"it belongs to {owners}: write '{line}' without indentation", found
    return f"it belongs to {owners}: write '{line}' below {_called(data, places[0])}", found


def _is_called(name: str, item: Mapping[str, Any]) -> bool:
    called = item.get("name")
    return isinstance(called, str) and slugs.name_key(called) == slugs.name_key(name)


def _holder(model: type[BaseModel], place: Path) -> type[BaseModel]:
    return models.model_at(model, place) or model


def _places(data: Mapping[str, Any], names: Sequence[str], key: str) -> list[Path]:
    if not names:
        return [()] if key not in data else []
    held = data.get(names[0])
    items: list[tuple[Path, Any]] = [((names[0],), held)] if isinstance(held, dict) else []
    if isinstance(held, list):
        items = [((names[0], at), item) for at, item in enumerate(held)]
    return [place for place, item in items if isinstance(item, dict) and key not in item]


def _called(data: Mapping[str, Any], place: Path) -> str:
    if not place:
        return "the left edge"
    item = mapping_at(data, place)
    first = next(iter(item), "")
    words = item.get(first)
    return f"'{first}: {words}'" if isinstance(words, str) and len(words) < 50 else str(place[0])
