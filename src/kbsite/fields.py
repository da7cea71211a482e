"""The types of fields: each refuses what cannot stand, in words its author understands.

An error raised by such a type carries a problem code as its pydantic error type; `validate` turns
it into a `Problem`.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from annotated_types import MaxLen
from pydantic import BeforeValidator, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError

from kbsite import meant, slugs
from kbsite.catalog import ORGANISATION, PERSON, PROJECT, REPORT, THEME, Thing
from kbsite.meant import hidden, ids, links, times, words, zones
from kbsite.wording import SHOWN, as_written, shown, to_write
from kbsite.yamlfile import Integer

YEARS = range(1900, 2200)  # any other is a slip, and the ends of the calendar break time zones
LINE_LIMIT = 500  # characters of a text on one line: a name, a title, a room
PROSE_LIMIT = 20_000  # characters of a longer text; no abstract that we know has 15,000
ADDRESS_LIMIT = 2_000  # characters of an address; some browsers take no more
REFERS = "x-refers"  # the keyword of a schema that names a thing
MOST_ITEMS = 100  # of any list: no event has a session with nearly as many speakers

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[-+][0-9]{2}:?[0-9]{2})?\Z"
)
_NO_OFFSET = re.compile(  # west of Greenwich no place has such a one: it is when the talk ends
    r"[0-9]-(?!(?:0[0-9]|1[0-2]):?00|0[239]:?30)[0-9]{2}:?[0-9]{2}\Z"
)
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])\Z")
_AT = re.compile(r"(?:([0-9]{1,2}):([0-5][0-9])|([0-9]{1,3})):([0-5][0-9])\Z")


@dataclass(frozen=True, slots=True)
class Refers:
    """Says of a field that its text refers to a thing, by id, name or alias."""

    thing: Thing

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(core), REFERS: self.thing.name}


@dataclass(frozen=True, slots=True)
class Address:
    """Says of a field that its text is an address on the web."""


@dataclass(frozen=True, slots=True)
class Markdown:
    """Says of a field that its text is CommonMark, in which links lead to records."""


def refuse(
    code: str,
    message: str,
    hint: str = "",
    meaning: meant.Meaning = meant.NOTHING,
    *,
    part: str = "",
) -> PydanticCustomError:
    """The exception with which a field's type refuses a value.

    `meaning` is what may be written in its place, and the hint, where there is no other. `part` are
    the characters of the value that are meant.
    """
    context = {
        "message": message,
        "hint": to_write(meaning.values, hint),
        "instead": meaning.values,
        "certain": meaning.certain,
        "part": part,
    }
    return PydanticCustomError(code, "{message}", context)


def _text(value: Any) -> Any:
    """Text without what cannot be seen; anything else as it is, for pydantic to refuse."""
    if not isinstance(value, str):
        value = as_written(value)
    if not isinstance(value, str):
        return value
    if found := _CONTROL.search(value):
        sign, what = found[0], "control character"
    elif (at := next(hidden.meaningless(value), None)) is not None:
        sign, what = value[at], "invisible character"
    else:
        return value
    bare = _CONTROL.sub("", hidden.without(value))
    raise refuse(
        "KB114",
        f"the text holds the {what} {hidden.called(sign)}",
        "remove it; an editor that shows invisible characters helps",
        meant.Meaning.of(bare) if bare.strip() else meant.NOTHING,
        part=sign,
    )


def _line(value: Any) -> Any:
    value = _text(value)
    if not isinstance(value, str):
        return value
    line = _not_empty(" ".join(value.split()))
    if len(line) > LINE_LIMIT:
        raise refuse(
            "KB114",
            f"the text has {len(line)} characters; at most {LINE_LIMIT} fit here",
            "shorten it; a session's longer texts go under summary, abstract or learnings",
        )
    return line


def _prose(value: Any) -> Any:
    value = _text(value)
    if not isinstance(value, str):
        return value
    text = _not_empty(value.strip())
    if len(text) > PROSE_LIMIT:
        raise refuse(
            "KB114",
            f"the text has {len(text):,} characters; at most {PROSE_LIMIT:,} fit here",
            "shorten it, and link to the whole text under links",
        )
    return text


def _not_empty(text: str) -> str:
    if not text[:1].isalnum() and not any(c.isprintable() and c != " " for c in text):
        raise refuse(
            "KB114",
            "the text is empty",
            "write something; a key that is not required may be left out",
        )
    return text


def _named(value: Any) -> Any:
    """A name of somebody or something that gets a page: it has to give an id."""
    value = _line(value)
    if isinstance(value, str) and not slugs.slug(value):
        raise refuse(
            "KB116",
            f"{shown(value)} holds no letter or digit to make an address of",
            "write the name in letters",
        )
    return value


def _reference(value: Any) -> Any:
    """What refers to something by its id or name alone."""
    if isinstance(value, str) and "[[" in value and (alone := ids.linked(value)):
        raise refuse(
            "KB106",
            f"{shown(value)} is a link, as texts have them; here stands its target alone",
            meaning=meant.Meaning.of(alone),
        )
    return value


def _identifier(value: Any) -> Any:
    value = as_written(value)
    if not isinstance(value, str) or slugs.is_id(value):
        return value
    raise refuse(
        "KB106",
        f"{shown(value)} is not an id: lower-case letters and digits in words joined by single "
        f"hyphens, at most {slugs.ID_LIMIT} characters",
        "write a few words, as 'kernel-news'",
        ids.id(value),
    )


def _session_id(value: Any) -> Any:
    value = as_written(value)
    if not isinstance(value, str) or slugs.is_session_id(value):
        return value
    raise refuse(
        "KB106",
        f"{shown(value)} is not the id of a session",
        "a session's id is the name of its folder, a slash, and the name of its file without "
        "'.yaml': example-conf/kernel-news",
        ids.session(value),
    )


def _learning_key(value: Any) -> Any:
    """SESSION-ID#LEARNING-ID, or #LEARNING-ID in the same session; a bare id is the latter.

    A session alone leaves open which of its learnings it is, of which only the graph can tell.
    """
    value = as_written(value)
    value = _reference(value)
    if not isinstance(value, str):
        return value
    session, _, learning = value.rpartition("#")
    if slugs.is_id(learning) and (not session or slugs.is_session_id(session)):
        return f"{session}#{learning}"
    if slugs.is_session_id(value):
        return f"{value}#"
    raise refuse(
        "KB106",
        f"{shown(value)} does not name a learning",
        "write SESSION-ID#LEARNING-ID, as example-conf/kernel-news#fewer-copies",
        ids.learning(value),
    )


def _day(value: Any) -> Any:
    if isinstance(value, str) and _DATE.match(value):
        return _in_our_time(value, date)
    raise refuse(
        "KB107",
        f"{shown(value)} is not a date",
        "write year-month-day, as 2026-03-23",
        _ours(times.day(_words(value))),
    )


def _when(value: Any) -> Any:
    if isinstance(value, str) and _DATE.match(value):
        return _in_our_time(value, date)
    if isinstance(value, str) and _TIME.match(value) and not _NO_OFFSET.search(value):
        return _in_our_time(value, datetime)
    raise refuse(
        "KB107",
        f"{shown(value)} is not a date or a time",
        "write 2026-03-23, or 2026-03-23T11:45 in the event's time zone",
        _ours(times.moment(_words(value))),
    )


def _in_our_time(value: str, kind: type[date]) -> date:
    try:
        when = kind.fromisoformat(value)
    except ValueError as error:
        raise refuse(
            "KB107",
            f"{shown(value)} is not in the calendar: {error}",
            "check the month, the day and the hour",
            _ours(times.moment(value)),
        ) from None
    if when.year not in YEARS:
        raise refuse("KB107", f"the year of {shown(value)} cannot be right", "check the year")
    return when


def _ours(meaning: meant.Meaning) -> meant.Meaning:
    """Of some dates those that can be right."""
    values = tuple(value for value in meaning.values if int(value[:4]) in YEARS)
    return meant.Meaning(values, meaning.certain)


def _words(value: Any) -> str:
    """A text, or a number as it was written."""
    written = as_written(value)
    return written if isinstance(written, str) else ""


def _clock(value: Any) -> Any:
    match = _CLOCK.match(value) if isinstance(value, str) else None
    if match is None:
        hour = times.clock(_words(value))
        raise refuse(
            "KB107",
            f"{shown(value)} is not a time of day",
            "write hours, as 04:00",
            meant.Meaning.of(hour) if hour else meant.NOTHING,
        )
    return time(int(match[1]), int(match[2]))


def _at(value: Any) -> Any:
    match = _AT.match(value) if isinstance(value, str) else None
    if match is None:
        raise refuse(
            "KB113",
            f"{shown(value)} is not a place in a video",
            "write minutes and seconds, as 12:30, or hours too, as 1:02:30",
            times.place(_words(value)),
        )
    hours, minutes, only_minutes, seconds = match.groups()
    return int(hours or 0) * 3600 + int(minutes or only_minutes) * 60 + int(seconds)


def scheme_problem(url: str) -> links.Fault | None:
    """What is wrong with a link, said with it; or None."""
    wrong = links.fault(url)
    if wrong is None:
        return None
    hint = to_write([value[: links.LONGEST] for value in wrong.meaning.values], wrong.hint)
    return links.Fault(f"the link {shown(url)} {wrong.message}", hint, wrong.meaning)


def _link(value: Any) -> Any:
    value = as_written(value)
    if isinstance(value, str):
        value = value.strip()
        if len(value) > ADDRESS_LIMIT:
            raise refuse(
                "KB109",
                f"the link has {len(value):,} characters; at most {ADDRESS_LIMIT:,} fit here",
                "leave out what is behind '?' or '#', or link to a page above it",
            )
        if wrong := scheme_problem(value):
            raise refuse("KB109", *wrong)  # its message, hint and meaning
    return value


def _zone(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    message = f"there is no time zone {shown(value)}"
    with suppress(KeyError, ValueError, OSError):  # an unknown name is a KeyError
        known = ZoneInfo(value[: SHOWN + 1]).key  # it looks for folders in folders without end
        if zones.is_odd(value):
            message = f"{shown(value)} has its hours with the other sign: +2 is west of Greenwich"
        elif value in zones.ABBREVIATIONS:
            message = f"{shown(value)} is the name of an hour, and not of a place's time zone"
        else:
            return known
    hint = "write an IANA name, as Europe/Amsterdam"
    raise refuse("KB112", message, hint, zones.zone(value))


def _flag(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    meaning = words.flag(str(as_written(value)))
    raise refuse("KB103", f"expected true or false, found {shown(value)}", "", meaning)


def _whole(value: Any) -> Any:
    if isinstance(value, Integer):
        return int(value)
    raise refuse(
        "KB103",
        f"expected a whole number, found {shown(value)}",
        "write digits, without quotes",
        words.number(_words(value)),
    )


def _text_schema(**rules: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **rules})


T = TypeVar("T")

Many: TypeAlias = Annotated[tuple[T, ...], MaxLen(MOST_ITEMS)]
Line: TypeAlias = Annotated[
    str, BeforeValidator(_line), _text_schema(minLength=1, maxLength=LINE_LIMIT)
]
Name: TypeAlias = Annotated[
    str, BeforeValidator(_named), _text_schema(minLength=1, maxLength=LINE_LIMIT)
]
Prose: TypeAlias = Annotated[
    str, BeforeValidator(_prose), _text_schema(minLength=1, maxLength=PROSE_LIMIT), Markdown()
]
ThemeName: TypeAlias = Annotated[Line, BeforeValidator(_reference), Refers(THEME)]
PersonName: TypeAlias = Annotated[Line, BeforeValidator(_reference), Refers(PERSON)]
OrganisationName: TypeAlias = Annotated[Name, BeforeValidator(_reference), Refers(ORGANISATION)]
ProjectName: TypeAlias = Annotated[Name, BeforeValidator(_reference), Refers(PROJECT)]
ReportName: TypeAlias = Annotated[Line, BeforeValidator(_reference), Refers(REPORT)]
Id: TypeAlias = Annotated[
    str,
    BeforeValidator(_identifier),
    _text_schema(pattern=f"^{slugs.ID_PATTERN}$", maxLength=slugs.ID_LIMIT),
]
SessionId: TypeAlias = Annotated[
    str,
    BeforeValidator(_session_id),
    _text_schema(pattern=f"^{slugs.ID_PATTERN}/{slugs.ID_PATTERN}$"),
]
# Whether there is such a session, or what else is meant, is known when all are
SessionRef: TypeAlias = Annotated[
    str,
    BeforeValidator(_line),
    _text_schema(pattern=f"^{slugs.ID_PATTERN}/{slugs.ID_PATTERN}$"),
]
LearningKey: TypeAlias = Annotated[str, BeforeValidator(_learning_key), _text_schema()]
Day: TypeAlias = Annotated[date, BeforeValidator(_day), _text_schema(format="date")]
When: TypeAlias = Annotated[
    datetime | date,
    BeforeValidator(_when),
    _text_schema(pattern=r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$"),
]
Clock: TypeAlias = Annotated[
    time, BeforeValidator(_clock), _text_schema(pattern=r"^([01]?\d|2[0-3]):[0-5]\d$")
]
At: TypeAlias = Annotated[
    int, BeforeValidator(_at), _text_schema(pattern=r"^(\d{1,2}:[0-5]\d|\d{1,3}):[0-5]\d$")
]
Url: TypeAlias = Annotated[
    str, BeforeValidator(_link), _text_schema(format="uri", maxLength=ADDRESS_LIMIT), Address()
]
Zone: TypeAlias = Annotated[str, BeforeValidator(_zone), _text_schema()]
Flag: TypeAlias = Annotated[bool, BeforeValidator(_flag)]
Whole: TypeAlias = Annotated[int, BeforeValidator(_whole)]
