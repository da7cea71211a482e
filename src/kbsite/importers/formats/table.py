"""Tables that are no format of a schedule: CSV, JSON or JSON lines, by a map of their columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import zip_longest

from kbsite import slugs
from kbsite.fields import LINE_LIMIT, YEARS
from kbsite.importers import cleaning
from kbsite.importers.formats import jsonsource, moments, rows
from kbsite.importers.formats.jsonsource import Value, text, truth
from kbsite.importers.formats.rows import Row, Table, reach
from kbsite.importers.formats.tablemap import PLACEHOLDER, Links, People, TableMap
from kbsite.importers.schedule import Entry, Person, Schedule, SourceError, SourceLink
from kbsite.wording import did_you_mean, shown

KNOWN = 12  # columns that a message lists


def parse(data: bytes, mapped: TableMap) -> Schedule:
    """The entries of a table. Raises SourceError; a row that cannot be read says so itself."""
    table = rows.read(data, mapped)
    _demand_columns(table, mapped)
    reader = _Reader(mapped, _referred(table, mapped))
    return Schedule(
        system=mapped.system,
        name=mapped.name,
        entries=tuple(reader.entries(table.rows)),
    )


def _demand_columns(table: Table, mapped: TableMap) -> None:
    """Refuse a map of which a column is nowhere: silence would lose what it was to hold."""
    known: list[str] = list(table.header or ())
    if table.header is None:
        known = list(dict.fromkeys(name for row in table.rows for name in row.data))
    held: list[Value] = [row.data for row in table.rows]
    for name, field in mapped.names():
        head = name.partition(".")[0]
        if not known or {name, head} & {*mapped.optional, *mapped.references}:
            continue
        there = name in known if table.header is not None else rows.knows(held, name)
        if there is False:
            more = f"there are {', '.join(known[:KNOWN])}{', ...' * (len(known) > KNOWN)}"
            guess = did_you_mean(slugs.nearest(name, known, count=1), more)
            raise SourceError(
                f"no entry has a column '{name}', which the map names for {field}",
                f"{guess}; if only some tables have it, add it to the map's optional = [...]",
                1 if table.header is not None else 0,
            )


def _referred(table: Table, mapped: TableMap) -> dict[str, dict[str, Value]]:
    """For each column that holds ids, what these mean."""
    found: dict[str, dict[str, Value]] = {}
    for column, reference in mapped.references.items():
        items = list(reach(table.rest, reference.list))
        if not items and not rows.knows(table.rest, reference.list):
            raise SourceError(
                f"the source has no '{reference.list}', in which the map looks up {column}",
                "mend references in the map",
            )
        found[column] = {text(jsonsource.mapping(item).get(reference.id)): item for item in items}
    return found


class _Reader:
    """Reads rows by a map."""

    def __init__(self, mapped: TableMap, referred: Mapping[str, Mapping[str, Value]]) -> None:
        self._map = mapped
        self._referred = referred

    def entries(self, table: Iterable[Row]) -> Iterator[Entry]:
        """An entry for each row; of those with one id only the first can be imported."""
        places: dict[str, str] = {}
        for number, row in enumerate(table, start=1):
            place = f"line {row.line}" if row.line else f"entry {number}"
            yield self._entry(row, place, places)

    def _entry(self, row: Row, place: str, places: dict[str, str]) -> Entry:
        notes: list[str] = []
        data = self._looked_up(row.data, notes)
        columns, constants = self._map.columns, self._map.constants
        title = cleaning.line(_first(data, columns.title))
        own = cleaning.short(_first(data, columns.id))
        start, start_wrong = self._when(_first(data, columns.start) or constants.start)
        end, end_wrong = self._when(_first(data, columns.end))
        if end_wrong:
            notes.append(f"its end {end_wrong}, and was left out")
        end = end or _after(start, _first(data, columns.length), notes)
        wrong = row.wrong or cleaning.wrong_title(title)
        if not wrong and start_wrong:
            wrong = f"its start {start_wrong}"
        if own and own in places:
            wrong = wrong or f"its id {shown(own)} is that of {places[own]} too"
        elif own and not wrong:
            places[own] = place
        if wrong and not row.line:
            wrong = f"{wrong} ({place})"
        people = self._people(data, notes)
        page = _first(data, columns.url)
        return Entry(
            id=own,
            title=title[:LINE_LIMIT],
            line=row.line,
            url=_address(page, "url", notes),
            start=start,
            end=end,
            room=cleaning.room(_first(data, columns.room) or constants.room, notes),
            tracks=_words(data, columns.tracks) or constants.tracks,
            types=_words(data, columns.kind) or _given(constants.kind),
            levels=_words(data, columns.level) or _given(constants.level),
            language=cleaning.language(
                ", ".join(_texts(data, columns.language)) or constants.language
            ),
            people=people or (None if self._map.people_in_titles else ()),
            people_in_title=self._map.people_in_titles,
            text=cleaning.joined(_texts(data, columns.abstract), self._map.text),
            links=tuple(cleaning.links(self._links(data, notes), but=[page])),
            cancelled=any(truth(each) for name in columns.cancelled for each in _all(data, name)),
            wrong=wrong,
            notes=tuple(dict.fromkeys(notes)),
        )

    def _looked_up(self, data: dict[str, Value], notes: list[str]) -> dict[str, Value]:
        """`data` with what is meant in the place of ids."""
        found = dict(data)
        for column, items in self._referred.items():
            if column not in data:
                continue
            meant: list[Value] = []
            for own in filter(None, map(text, reach(data, column))):
                if own in items:
                    meant.append(items[own])
                else:
                    notes.append(f"{shown(own)} of its {column} is not in the source")
            found[column] = meant
        return found

    def _when(self, said: str) -> tuple[datetime | date | None, str]:
        """A moment, or why there is none."""
        if not said:
            return None, ""
        when = moments.read(said)
        for form in self._map.times:
            if when is None:
                when = _by_form(said, form)
        if when is not None:
            return when, ""
        forms = " or ".join(self._map.times) or "2031-03-23T09:00; say its form with times = [...]"
        return None, f"{shown(said)} cannot be read as {forms}"

    def _people(self, data: dict[str, Value], notes: list[str]) -> tuple[Person, ...]:
        found: list[Person] = []
        for row in self._map.people:
            for item in _items(data, row):
                found += _persons(item, row)
        notes += cleaning.unnameable(found)
        return cleaning.people(found)

    def _links(self, data: dict[str, Value], notes: list[str]) -> Iterator[SourceLink | None]:
        for row in self._map.links:
            for item in _items(data, row):
                if not _holds(item, row):
                    continue
                label = _first(item, (row.label,)) if row.label else ""
                for said in _all(item, row.url) if isinstance(item, dict) else [item]:
                    url = _address(text(said), "link", notes)
                    if row.kind is None:
                        yield cleaning.link(url, label)
                    elif url:
                        yield SourceLink(url=url, kind=row.kind, label=cleaning.short(label))


def _items(data: Value, row: People | Links) -> Iterable[Value]:
    return reach(data, row.each) if row.each else [data]


def _persons(item: Value, row: People) -> Iterator[Person]:
    """Who is in an item, or in a row; several where their names are split."""

    def parts(said: str) -> list[str]:
        return [part.strip() for part in said.split(row.split)] if row.split else [said]

    def of(column: str) -> str:
        return _first(item, (column,)) if column else ""

    names = parts(of(row.name) if isinstance(item, dict) else text(item))
    others = [parts(of(column)) for column in (row.org, row.role, row.about)]
    others = [each if len(each) == len(names) else [""] for each in others]
    moderator = any(map(truth, _all(item, row.moderator))) if row.moderator else False
    for name, org, role, about in zip_longest(names, *others, fillvalue=""):
        if name:
            yield Person(
                name=name,
                org=cleaning.short(org),
                role=cleaning.short(role),
                about=cleaning.short(about),
                moderator=moderator,
            )


def _holds(item: Value, row: Links) -> bool:
    return all(
        any(text(each) in wanted for each in _all(item, name)) for name, wanted in row.when.items()
    )


def _all(data: Value, name: str) -> list[Value]:
    """Everything that a column says, or a template with what the columns in it say first."""
    if not PLACEHOLDER.search(name):
        return list(reach(data, name))
    parts = {column: _first(data, (column,)) for column in PLACEHOLDER.findall(name)}
    if not all(parts.values()):
        return []
    fill: Callable[[str], str] = parts.__getitem__
    return [PLACEHOLDER.sub(lambda match: fill(match[1]), name)]


def _texts(data: Value, names: Iterable[str]) -> list[str]:
    """The texts that columns hold, but for those that say nothing."""
    return [said for name in names for each in _all(data, name) if (said := text(each).strip())]


def _first(data: Value, names: Iterable[str]) -> str:
    return next(iter(_texts(data, names)), "")


def _words(data: Value, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(cleaning.short, _texts(data, names)))))


def _given(constant: str) -> tuple[str, ...]:
    return (constant,) if constant else ()


def _address(said: str, what: str, notes: list[str]) -> str | None:
    url = cleaning.web(said)
    if said.strip() and url is None:
        notes.append(f"its {what} {shown(said)} is no http address")
    return url


def _by_form(said: str, form: str) -> datetime | date | None:
    try:
        when = datetime.strptime(said, form)  # without an offset it is local
    except ValueError:
        return None
    if when.year not in YEARS:
        return None
    clock = any(sign in form for sign in ("%H", "%I", "%c", "%X", "%T", "%R"))
    return when if clock else when.date()


def _after(start: datetime | date | None, said: str, notes: list[str]) -> datetime | None:
    """The end of what begins at `start` and takes as long as is said: minutes, or 1:30."""
    if not said or not isinstance(start, datetime):
        return None
    length = timedelta(minutes=int(said)) if said.isdecimal() and len(said) < 5 else None
    length = length or moments.length(said)
    if not length or length > moments.LONGEST:
        notes.append(f"its length {shown(said)} cannot be read; write minutes, or hours as 1:30")
        return None
    return start + length
