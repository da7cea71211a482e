"""What pydantic refused, in words: a problem at its place, and what would be right there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from kbsite import cures, models, records, shapes, slugs, yamlwrite
from kbsite.errors import Cure, Problem
from kbsite.meant import (
    NOTHING,
    Meaning,
    ids,
    links,
    nothing,
    people,
    times,
    tongues,
    words,
    zones,
)
from kbsite.shapes import mapping_at
from kbsite.sources import Part, Path, Source
from kbsite.strays import aside, stray
from kbsite.wording import any_of, as_pasted, did_you_mean, lines_of, shown, to_write

_SEVERAL = re.compile(r"\s*(?:[/,;|&+]|\b(?:and|or|to)\b)\s*")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{4}")
CHOICES = 7  # cures of one problem at most


def problem_of(
    model: type[BaseModel], detail: ErrorDetails, data: Mapping[str, Any], source: Source
) -> Problem:
    """The problem that a record of `model`, read from `data`, has by one of pydantic's errors."""
    path: Path = detail["loc"]
    kind, found = detail["type"], detail["input"]
    if kind == "extra_forbidden":
        return stray(model, path, found, data, source)
    holder = models.model_at(model, path[:-1]) or model
    if kind == "missing":
        return _missing(model, holder, path, found, data, source)
    if kind == "literal_error":
        return _not_allowed(holder, path, found, mapping_at(data, path[:-1]), source)
    if kind == "too_long":
        return _too_many(path, detail["ctx"], source)
    if kind in shapes.SHAPES:
        return _misshapen(model, path, shapes.SHAPES[kind], found, source)
    context = detail.get("ctx", {})
    code = kind if kind.startswith("KB") else "KB103"
    hint = str(context.get("hint", ""))
    meaning = Meaning(context.get("instead", ()), bool(context.get("certain")))
    if (better := _by_its_record(code, path, found, data, source)).values:
        meaning = better
        hint = to_write(meaning.values)
    mended: cures.Cures = written(source, path, meaning)
    if path == ("start",) and isinstance(found, str) and (both := times.span(found)):
        hint, mended = _both_ends(both, data, source)
    if found == "" and isinstance(path[-1], str) and path[-1] not in models.required(holder):
        hint = f"write something, or remove '{path[-1]}'"
        mended = [*cures.removing(source, path, certain=True)]
    if path[-1] == "url" and isinstance(found, str) and (both := links.labelled(found)):
        hint, mended = _with_label(holder, path, both, data, source)
    if path[0] == "links" and path[-1] == "url" and (several := links.several(str(found))):
        hint, mended = _several_links(path[:-1], several, data, source)
    if not mended:
        hint, mended = _left_aside(model, path, hint, source)
    return source.problem(
        code,
        path,
        str(context.get("message", detail["msg"])),
        hint,
        part=Part(context["part"]) if context.get("part") else None,
        cures=mended,
    )


def _left_aside(
    model: type[BaseModel], path: Path, hint: str, source: Source
) -> tuple[str, list[Cure]]:
    """What can be done where nobody can tell what a value means: without it, or without the item of
    a list that needs it, the record stands, and a comment keeps what is written.
    """
    while path and models.is_required(model, path):
        path = path[:-1]
    if path and isinstance(path[-1], int) and not source.holds((*path[:-1], 1), value=True):
        path = path[:-1]  # of a list of one nothing would be left
    if not path:
        return hint, []
    hint, found = aside(path, hint, source)
    return hint, [*found]


def _with_label(
    holder: type[BaseModel],
    path: Path,
    both: tuple[str, str],
    data: Mapping[str, Any],
    source: Source,
) -> tuple[str, list[Cure]]:
    """The address of a link of Markdown, and its words where there is a key for them."""
    values = {"url": both[0]}
    if "label" in models.keys(holder) and "label" not in mapping_at(data, path[:-1]):
        values["label"] = both[1]
    made = cures.writing_all(source, values, "write the address", path[:-1], certain=True)
    return f"write it so:\n{lines_of(values)}", [*made]


def _several_links(
    path: Path, urls: Sequence[str], data: Mapping[str, Any], source: Source
) -> tuple[str, cures.Cures]:
    """Each of several addresses in one link as a link of its own."""
    given = mapping_at(data, path)
    items = [dict(given) | {"url": url} for url in urls]
    hint = f"write each as a link of its own:\n{lines_of(items)}"
    return hint, cures.splicing(source, path, items, "write each as a link")


def empty_key(model: type[BaseModel], path: Path, source: Source) -> Iterator[Problem]:
    """What is wrong with a key that has no value, which is nothing with most."""
    holder = models.model_at(model, path[:-1])
    if holder is None or holder.model_config.get("extra") != "forbid":
        return
    key = str(path[-1])
    info = models.keys(holder).get(key)
    if info is None:
        yield source.problem(
            "KB101",
            path,
            f"unknown key {shown(key)}, with nothing behind it",
            did_you_mean([meant] if (meant := models.meant_key(model, path)) else [], "delete it"),
            key=True,
            cures=_without(source, path),
        )
    elif info.annotation is bool:
        yield source.problem(
            "KB103",
            path,
            f"nothing stands behind '{key}', neither true nor false",
            f"write '{key}: true' or '{key}: false'",
            key=True,
            cures=[cure for flag in (True, False) for cure in cures.writing(source, path, flag)],
        )


def _without(source: Source, path: Path) -> Sequence[Cure]:
    """What deletes a key without a value, which may be a sentence before a record."""
    start, end = source.place(path, key=True)
    if start > source.front_start:
        return cures.removing(source, path, "delete it")
    rest = source.text[end:].removeprefix(":")
    return cures.replacing(source, start, len(source.text) - len(rest.lstrip()), "", "delete it")


def written(source: Source, path: Path, meaning: Meaning) -> list[Cure]:
    """A cure for each value that may stand at a path."""
    return [
        cure
        for at, value in enumerate(meaning.values[:CHOICES])
        for cure in cures.writing(source, path, value, certain=meaning.certain and at == 0)
    ]


def _by_its_record(
    code: str, path: Path, found: Any, data: Mapping[str, Any], source: Source
) -> Meaning:
    """What a value means beside the others of its record, where they tell more."""
    if code == "KB112" and isinstance(found, str):
        country, city = data.get("country"), data.get("city")
        letters = tongues.country_code(country) if isinstance(country, str) else ""
        return zones.zone(
            found, country=letters, city=city if isinstance(city, str) else "", day=_day(data)
        )
    if code == "KB107" and isinstance(found, str):
        return _when(path, found, data, source)
    if code == "KB106" and path[0] in ("related", "aliases") and isinstance(found, str):
        folder = source.path.split("/")[-2:-1]
        stem = ids.id(found.removesuffix(".yaml")).values
        bare = "/" not in found and folder and stem
        return Meaning.perhaps(f"{folder[0]}/{stem[0]}") if bare else NOTHING
    if code == "KB106" and path[-1] == "superseded_by" and isinstance(found, str):
        talk, _, own = found.partition("#")
        beside = slugs.is_id(talk) and slugs.is_id(own)
        return Meaning.perhaps(f"{source.path.split('/')[-2]}/{found}") if beside else NOTHING
    return NOTHING


def _when(path: Path, found: str, data: Mapping[str, Any], source: Source) -> Meaning:
    """An hour without its day, or a day without its year, of which others of the record tell."""
    meaning = NOTHING
    if path == ("end",):
        meaning = _end(found, data.get("start"))
    elif path == ("start",):
        clock, day = times.clock(found), str(data.get("end"))[:10]
        meaning = Meaning.perhaps(f"{day}T{clock}") if clock and times.day(day).values else NOTHING
    said = f"{data.get('start')} {data.get('end')} {source.path}"
    year = None if meaning.values or _NUMBER.search(found) else _YEAR.search(said)
    if year is None:
        return meaning
    read = times.moment if path[0] in ("start", "end") and "title" in data else times.day
    return Meaning.perhaps(*read(times.with_year(found, year[0])).values)


def _both_ends(
    both: tuple[str, str], data: Mapping[str, Any], source: Source
) -> tuple[str, list[Cure]]:
    """What parts a start that says the end too."""
    start, end = both
    lines = {"start": start} if "end" in data else {"start": start, "end": end}
    hint = "write it so:\n" + lines_of(lines)
    return hint, [*cures.writing_all(source, lines, "write start and end")]


def _day(data: Mapping[str, Any]) -> date | None:
    start = times.day(str(data.get("start"))).values
    return date.fromisoformat(start[0]) if start else None


def _end(found: str, start: Any) -> Meaning:
    """An hour without its day: that of the start, or the next where it would be before it."""
    clock = times.clock(found)
    begin = times.moment(start).values if isinstance(start, str) else ()
    if minutes := times.length(found) if not clock else 0:
        end = times.after(start, minutes)
        return Meaning((end,), not found.isdecimal()) if end else NOTHING
    if not clock or len(begin) != 1:
        return NOTHING
    day, _, hour = begin[0].partition("T")
    if clock > hour[:5]:
        return Meaning.of(f"{day}T{clock}{hour[5:]}")
    after = date.fromisoformat(day) + timedelta(days=1)
    return Meaning.perhaps(f"{after}T{clock}{hour[5:]}")


def _missing(
    model: type[BaseModel],
    holder: type[BaseModel],
    path: Path,
    given: Any,
    data: Mapping[str, Any],
    source: Source,
) -> Problem:
    key = str(path[-1])
    line = models.example(holder, key)
    others: Any = data
    for part in path[:-2]:
        others = others[part]
    meaning = shapes.derived(holder, key, given, others if isinstance(others, list) else ())
    if path == (key,) and not meaning.values:
        meaning = _by_its_file(holder, key, data, source)
    if meaning.values:
        line = f"{key}: {as_pasted(meaning.values[0])}"
    if holder is records.Learning and key == "id":
        hint = f"add a short id that never changes, as '{line}'"
    elif meaning.values and path != (key,):
        hint = f"add: {line}"
    else:
        hint = f"add it, as '{line}' ({_uncapitalised(models.description(holder, key))})"
    what = "has no value" if source.holds(path) else "is missing"
    found = [cure for value in meaning.values for cure in cures.adding(source, path, value)]
    if not found and len(path) > 1 and holder is not records.Learning:  # which others may link to
        hint, found = _left_aside(model, path, hint, source)
    return source.problem_of_absence(
        "KB102", path, f"the required key '{key}' {what}", hint, cures=found
    )


def _uncapitalised(sentence: str) -> str:
    return f"{sentence[0].lower()}{sentence[1:]}".removesuffix(".")


def _by_its_file(
    holder: type[BaseModel], key: str, data: Mapping[str, Any], source: Source
) -> Meaning:
    """What a record may be called by its heading or its file, and the zone of an event's place."""
    if holder is records.Event and key == "timezone":
        country, city = (str(data.get(each, "")) for each in ("country", "city"))
        return Meaning.perhaps(*zones.of_place(tongues.country_code(country), city))
    if key not in ("name", "title"):
        return NOTHING
    called = source.called
    return Meaning.perhaps(called.title() if holder is records.PersonExtension else called)


def _not_allowed(
    holder: type[BaseModel], path: Path, found: Any, given: Mapping[str, Any], source: Source
) -> Problem:
    allowed = models.allowed_words(holder, str(path[-1]))
    fitting = allowed
    if path[-1] == "basis":  # some of which need more than the word
        needed = {"said": ("by", "at"), "reported": ("from",)}
        fitting = tuple(
            word
            for word in allowed
            if word not in needed or not given.keys().isdisjoint(needed[word])
        )
    if path[-1] == "kind" and isinstance(url := given.get("url"), str):
        fitting = tuple(word for word in allowed if links.unfit(url, word) is None)
    meaning = _among(found, allowed)
    every = "allowed: " + ", ".join(allowed)
    hint = did_you_mean([*meaning.values], every)
    unknown: Sequence[Cure] = ()
    if isinstance(found, str) and nothing.is_nothing(found):
        hint = f"remove it, or write one of: {', '.join(allowed)}"
        unknown = cures.removing(source, path)
    elif not meaning.values and path[-1] != "basis":  # without which the claim has none
        hint, unknown = aside(path, every, source)
    if meaning.certain:
        hint = f"{to_write(meaning.values)} ({every})"
    return source.problem(
        "KB105",
        path,
        f"unknown {path[-1]} {shown(found)}"
        if not isinstance(found, list | dict)
        else f"expected one {path[-1]}, found {described(found)}",
        hint,
        cures=[
            *unknown,
            *written(source, path, meaning if meaning.values else Meaning.perhaps(*fitting)),
        ],
    )


def _among(found: Any, allowed: Sequence[str]) -> Meaning:
    """Which of the allowed words a value means, or any of several in a list."""
    parts = [part for part in _SEVERAL.split(found) if part] if isinstance(found, str) else []
    if isinstance(found, str) and len(parts) < 2:
        return words.word(found, allowed)
    if isinstance(found, str) and not all(words.word(part, allowed).values for part in parts):
        return words.word(found, allowed)
    each = found if isinstance(found, list) else parts
    named = [words.word(one, allowed) for one in each if isinstance(one, str)]
    values = dict.fromkeys(value for one in named for value in one.values)
    return Meaning(tuple(values), len(each) == len(named) == 1 and named[0].certain)


def _too_many(path: Path, context: Mapping[str, Any], source: Source) -> Problem:
    return source.problem(
        "KB119",
        path,
        f"there are more than {context['max_length']} {str(path[-1]).replace('_', ' ')}",
        "keep the most important, or part the record into several",
        key=True,
    )


def _misshapen(
    model: type[BaseModel], path: Path, expected: str, found: Any, source: Source
) -> Problem:
    hint, mended = _shape_hint(model, path, expected, found, source)
    return source.problem(
        "KB103", path, f"expected {expected}, found {described(found)}", hint, cures=mended
    )


def described(value: Any) -> str:
    """A value as messages name it.

    >>> described("a"), described([]), described(None)
    ("the text 'a'", 'a list', 'nothing')
    """
    if isinstance(value, str):
        return f"the text {shown(value)}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"the number {shown(value)[1:-1]}"
    return shown(value)


def beginning(model: type[BaseModel]) -> str:
    """A line to begin a record with."""
    return models.example(model, models.first_key(model))


def _shape_hint(
    model: type[BaseModel], path: Path, expected: str, found: Any, source: Source
) -> tuple[str, Sequence[Cure]]:
    """What to write for a value of another shape, and the cures."""
    last, item = path[-1], isinstance(path[-1], int)
    if found is None:
        return "write something after the '- ', or remove it", cures.removing(source, path)
    holder = models.model_at(model, path[:-2] if item else path[:-1]) or model
    key = str(path[-2] if item else last)
    if isinstance(found, str) and nothing.is_nothing(found) and key not in models.required(holder):
        return f"what is not known is left out: remove '{key}'", cures.removing(source, path)
    if item and expected == shapes.MAPPING and isinstance(found, str):
        several = people.in_name(found).values if key == "speakers" else ()
        if several and len(several[0]) > 1:
            return _several_speakers(path, [list(each) for each in several], source)
    if key == "by" and isinstance(found, list):
        return _one_of(path, found, source)
    if found == {}:  # keys without values, which are left out
        found = dict.fromkeys(source.keys_at(path))
    meaning = shapes.in_shape(holder, key, found, item=item)
    if holder is records.Session and key in ("related", "aliases"):
        meaning = _as_ids(path, meaning, source)
    if not meaning.values:
        return _left_aside(model, path, _without_meaning(model, path, expected, found), source)
    return _pasted(path, meaning.values), written(source, path, meaning)


def _as_ids(path: Path, meaning: Meaning, source: Source) -> Meaning:
    """Lists of sessions' ids, of which some may be what those of one event are called there."""
    lists = tuple(
        [next(iter(_by_its_record("KB106", path, each, {}, source).values), each) for each in value]
        for value in meaning.values
        if isinstance(value, list)
    )
    return Meaning(lists, meaning.certain) if lists else meaning


def _pasted(path: Path, values: Sequence[Any]) -> str:
    first, last = values[0], path[-1]
    if isinstance(first, str) and isinstance(last, int):
        return to_write(values)
    if isinstance(last, int):
        return "write it so:\n" + lines_of([first])
    if isinstance(first, list) and all(isinstance(each, str) for each in first):
        return f"write {last}: {yamlwrite.dump_flow(first)}"
    if isinstance(first, str) and "\n" not in first:
        return f"write {any_of([f'{last}: {as_pasted(value)}' for value in values])}"
    return "write it so:\n" + lines_of({str(last): first})


def _several_speakers(
    path: Path, choices: Sequence[list[dict[str, str]]], source: Source
) -> tuple[str, Sequence[Cure]]:
    """Cures that put several people in the place of one item."""
    found = [
        cure
        for people_there in choices
        for cure in cures.splicing(source, path, people_there, "write each as a speaker")
    ]
    return "write it so:\n" + lines_of(choices[0]), found


def _one_of(path: Path, found: Iterable[Any], source: Source) -> tuple[str, Sequence[Cure]]:
    names = [each for each in found if isinstance(each, str)]
    lines = any_of([f"by: {as_pasted(name)}" for name in names])
    return f"one speaker said it: write {lines}", written(source, path, Meaning.perhaps(*names))


def _without_meaning(model: type[BaseModel], path: Path, expected: str, found: Any) -> str:
    inner = models.model_at(model, path)
    if expected == shapes.TEXT:
        if isinstance(found, dict):
            return "write one text, not keys and values; a text that holds ': ' goes into quotes"
        return "write one text; a text that begins with '[' goes into quotes"
    if expected == shapes.LIST:
        if isinstance(found, dict):
            return (
                "put '- ' before the first key of each item"
                if inner
                else "write each item on a line of its own after '- '"
            )
        if inner:
            return f"begin each item on a line of its own, as '- {beginning(inner)}'"
        return f"write {models.example(models.model_at(model, path[:-1]) or model, str(path[-1]))}"
    if inner and isinstance(path[-1], int):
        return f"write '{beginning(inner)}' after the '- '"
    keys = ", ".join(models.keys(inner)) if inner else ""
    return f"write the keys on lines of their own below it, indented: {keys}"
