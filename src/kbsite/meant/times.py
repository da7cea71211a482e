"""Days, hours and places in a video, as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from kbsite.meant.meaning import NOTHING, Meaning

LONGEST = 60  # characters of what can be a day and an hour
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_NTH = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\.?"
_YEAR = r"(?P<year>[0-9]{4})"
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]? +")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/. ])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/. ]) ?([0-9]{1,2})\2 ?([0-9]{4})(?![0-9])")
_TOGETHER = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?![0-9])")
_STAMP = re.compile(r"([0-9]{8}t[0-9]{2})([0-9]{2})(?:[0-9]{2})?(z?)\Z")  # of a calendar
_NAMED = tuple(
    re.compile(pattern + r"(?![0-9a-z])")
    for pattern in (
        rf"{_MONTH} +{_NTH},? +{_YEAR}",
        rf"{_NTH}(?: of)? +{_MONTH},? +{_YEAR}",
        rf"(?P<day>[0-9]{{1,2}})-{_MONTH}-{_YEAR}",
        rf"{_YEAR},? +{_MONTH} +{_NTH}",
    )
)
_HOUR = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2})(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?)?"
    r" ?(?P<half>[ap]\.?m\.?|h|uhr)?(?P<zone> ?z| ?[-+][0-9]{2}:?[0-9]{2}| \(?[a-z]{2,5}\)?)?\Z"
)
_SPAN = re.compile(
    r"[t, ] ?(?:at |from )?(?P<begin>[0-9][0-9.:h]{0,5} ?(?:[ap]m)?) ?(?:-|–|—|to|until) ?"
    r"(?P<end>[0-9][0-9.:h]{0,5} ?(?:[ap]m)?)"
)
_BEGINS_HOUR = re.compile(r"t(?=[0-9])|(?:,|(?<=[0-9]) ?-)? +(?:at +)?|,")
_OFFSETS = {
    "gmt": "Z", "wet": "Z", "cet": "+01:00", "bst": "+01:00", "cest": "+02:00",
    "eet": "+02:00", "eest": "+03:00", "jst": "+09:00", "edt": "-04:00", "est": "-05:00",
    "pdt": "-07:00", "pst": "-08:00",
}  # fmt: skip

_PLACE = re.compile(
    r"(?:t=)?(?:(?P<hours>[0-9]{1,2}) ?h(?:ours?|rs?)?)? ?"
    r"(?:(?P<minutes>[0-9]{1,3}) ?(?:m|mins?|minutes?|'))? ?"
    r"(?:(?P<seconds>[0-9]{1,5}) ?(?:s|secs?|seconds?|\"|''))?\Z"
)
_IN_ADDRESS = re.compile(r"https?://\S*[?&#](?:t|start|time_continue)=(?P<place>[0-9hms]+)")
_BEFORE = re.compile(r"(?:at |from |~|ca\.? |about )?(?:minute |min\.? )?(?=[0-9])")
_COLONS = re.compile(
    r"~?(?:(?P<h>[0-9]{1,2})[:.])?(?P<m>[0-9]{1,3})[:.](?P<s>[0-9]{2})(?:h|s| min)?\Z"
)
_FRACTION = re.compile(r"((?:[0-9]{1,2}:)?[0-9]{1,3}:[0-5][0-9])[.,][0-9]+\Z")
_HALF_SECONDS = re.compile(r"([0-9]{1,3}):([0-9])\Z")
_LENGTH = re.compile(
    r"(?:pt)?(?:(?P<hours>[0-9]{1,2}(?:\.[0-9])?) ?(?:h|hrs?|hours?|:)\.?)? ?"
    r"(?:(?P<minutes>[0-9]{1,3}) ?(?:m|min|mins|minutes?|')\.?|(?P<bare>[0-9]{1,3}))?\Z"
)
_RANGE = re.compile(r"(?P<first>[0-9:]{4,8}) ?(?:-|–|to) ?[0-9:]{4,8}\Z")


def day(text: str) -> Meaning:
    """A text as a date; an hour that follows it is lost.

    >>> day("24/03/2026"), day("03/04/2026").values, day("March 24th, 2026").values
    (Meaning(values=('2026-03-24',), certain=True), ('2026-04-03', '2026-03-04'), ('2026-03-24',))
    """
    days, rest, certain = _day(text)
    return Meaning(tuple(map(str, days)), certain and len(days) == 1 and not rest)


def moment(text: str) -> Meaning:
    """A text as a date, or as a date and an hour.

    >>> moment("2026/3/4 9.15").values, moment("March 24 2026, 9:15 PM").values
    (('2026-03-04T09:15',), ('2026-03-24T21:15',))
    >>> moment("2026-03-24T11:15 CET").values
    ('2026-03-24T11:15', '2026-03-24T11:15+01:00')
    """
    days, rest, certain = _day(text)
    if not rest or not days:
        return Meaning(tuple(map(str, days)), certain and len(days) == 1)
    begin = _BEGINS_HOUR.match(rest)
    hour = _hour(rest[begin.end() :] if begin else rest)
    if hour is None:
        return NOTHING
    later, clock, zones = hour
    written = [f"{day + timedelta(days=later)}T{clock}{zone}" for day in days for zone in zones]
    return Meaning(tuple(written), certain and len(written) == 1)


def span(text: str) -> tuple[str, str] | None:
    """A text as the beginning and the end of something on one day.

    >>> span("2026-03-24T11:15-11:45"), span("March 24, 2026 11:15am - 12:45pm")
    (('2026-03-24T11:15', '2026-03-24T11:45'), ('2026-03-24T11:15', '2026-03-24T12:45'))
    >>> span("2026-03-24T11:15-07:00"), span("2026-03-24")
    (None, None)
    """
    days, rest, certain = _day(text)
    found = _SPAN.fullmatch(rest) if len(days) == 1 and certain else None
    if found is None:
        return None
    begin, end = clock(found["begin"]), clock(found["end"])
    if begin is None or end is None or begin >= end:
        return None
    return f"{days[0]}T{begin}", f"{days[0]}T{end}"


def clock(text: str) -> str | None:
    """A text as an hour of any day, with two digits for each part, if it is one.

    >>> clock("9:15 PM"), clock("T9.15"), clock("11h15"), clock("noon"), clock("25:00")
    ('21:15', '09:15', '11:15', None, None)
    """
    if len(text) > LONGEST:
        return None
    hour = _hour(text.strip().lower().removeprefix("t"))
    return hour[1] if hour and not hour[0] and hour[2] == ("",) else None


def length(text: str) -> int:
    """A text as a number of minutes; 0 if it is none.

    >>> length("30"), length("45 min"), length("1h30"), length("1.5 hours"), length("x")
    (30, 45, 90, 90, 0)
    """
    found = _LENGTH.match(text.strip().lower()[:LONGEST])
    if found is None:
        return 0
    return round(float(found["hours"] or 0) * 60) + int(found["minutes"] or found["bare"] or 0)


def after(start: object, minutes: int) -> str:
    """The hour some minutes after another, if that is one.

    >>> after("2026-03-24T11:45+01:00", 30), after("2026-03-24", 30)
    ('2026-03-24T12:15+01:00', '')
    """
    begin = moment(start).values if isinstance(start, str) else ()
    if len(begin) != 1 or "T" not in begin[0]:
        return ""
    end = datetime.fromisoformat(begin[0]) + timedelta(minutes=minutes)
    return end.isoformat(timespec="minutes").replace("+00:00", "Z")


def place(text: str) -> Meaning:
    """A text as a place in a video.

    >>> place("12m30s").values, place("1h2m").values, place("00:12:30.5").values
    (('12:30',), ('1:02:00',), ('00:12:30',))
    >>> place("750"), place("12:5").values
    (Meaning(values=('12:30', '7:50'), certain=False), ('12:05', '12:50'))
    """
    if address := _IN_ADDRESS.search(text[:500]):
        text = address["place"]
        return Meaning.of(_seconds(int(text))) if text.isdecimal() else place(text)
    bare = _BEFORE.sub("", text.strip().lower()[:LONGEST])
    if bare.isdecimal() and bare != text.strip().lower():
        return Meaning.of(f"{int(bare)}:00")
    if bare.isdecimal() and bare.isascii() and len(bare) < 6:
        as_clock = [f"{int(bare[:-2])}:{bare[-2:]}"] if 2 < len(bare) < 5 and bare[-2] < "6" else []
        return Meaning.perhaps(_seconds(int(bare)), *as_clock)
    if found := _FRACTION.match(bare):
        return Meaning.of(found[1])
    if found := _HALF_SECONDS.match(bare):
        written = (f"{found[1]}:0{found[2]}", f"{found[1]}:{found[2]}0")
        return Meaning.perhaps(*written[: 2 if found[2] < "6" else 1])
    if (found := _PLACE.match(bare)) and any(found.groups()):
        hours, minutes, seconds = (int(number or 0) for number in found.groups())
        return Meaning.of(_seconds(hours * 3600 + minutes * 60 + seconds))
    if (found := _COLONS.match(bare)) and int(found["s"]) < 60:
        seconds = int(found["h"] or 0) * 3600 + int(found["m"]) * 60 + int(found["s"])
        dotted = "." in bare and found["h"] is None  # 12.30 may be twelve minutes and a third
        return Meaning((_seconds(seconds),), not dotted)
    if found := _RANGE.match(bare):
        return Meaning.perhaps(found["first"])
    return NOTHING


def _seconds(seconds: int) -> str:
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def _day(text: str) -> tuple[list[date], str, bool]:
    """The days that a text may begin with, what follows, and whether that reading is the only one
    (a day before its month, behind a year, is nobody's way to write).
    """
    if len(text) > LONGEST:
        return [], "", False
    bare = _STAMP.sub(r"\1:\2\3", " ".join(text.lower().split()))
    if weekday := _WEEKDAY.match(bare):
        bare = bare[weekday.end() :]
    if found := _YEAR_FIRST.match(bare):
        year, third, second = int(found[1]), int(found[4]), int(found[3])
        days = list(_possible((year, second, third))) or list(_possible((year, third, second)))
        if not days and third <= 31:
            days = _about(year, second)
        return days, bare[found.end() :], second <= 12
    if found := _YEAR_LAST.match(bare):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        days = list(dict.fromkeys(_possible((year, second, first), (year, first, second))))
        return days, bare[found.end() :], True
    if found := _TOGETHER.match(bare):
        return list(_possible((int(found[1]), int(found[2]), int(found[3])))), bare[8:], True
    for pattern in _NAMED:
        if found := pattern.match(bare):
            named = [at for at, name in enumerate(_MONTHS, 1) if _is_month(found["month"], name)]
            year, number = int(found["year"]), int(found["day"])
            days = list(_possible(*((year, month, number) for month in named)))
            return days, bare[found.end() :], True
    return [], "", False


def _about(year: int, month: int) -> list[date]:
    """The last day of a month, and the first of the next."""
    firsts = [(day + timedelta(days=4)).replace(day=1) for day in _possible((year, month, 28))]
    return [day for first in firsts for day in (first - timedelta(days=1), first)]


def _is_month(word: str, name: str) -> bool:
    return name.startswith(word) or (word == "sept" and name == "september")


def _possible(*numbers: tuple[int, int, int]) -> Iterator[date]:
    for year, month, number in numbers:
        try:
            yield date(year, month, number)
        except ValueError:  # no such day
            continue


def _hour(text: str) -> tuple[int, str, tuple[str, ...]] | None:
    """How many days later, the clock, and what may follow it: none where there is no zone."""
    found = _HOUR.match(text)
    if found is None or not (found["minute"] or found["half"]):
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "")[:1]
    if half in ("a", "p"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    zone = (found["zone"] or "").strip(" ()")
    zones: tuple[str, ...] = ("",)
    if zone in ("z", "utc"):
        zones = ("Z",)
    elif zone[:1] in ("+", "-"):
        zones = (zone if ":" in zone else f"{zone[:3]}:{zone[3:]}",)
    elif zone:
        zones = ("", *([_OFFSETS[zone]] if zone in _OFFSETS else []))
    if zone == "gmt":  # which some say of the hour of London
        zones = ("Z", "")
    return hour // 24, f"{hour % 24:02}:{minute:02}", zones
