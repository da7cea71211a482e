"""Days, hours and places in a video, as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from kbsite.meant import months, zones
from kbsite.meant.meaning import NOTHING, Meaning

LONGEST = 60  # characters of what can be a day and an hour
_MONTH = r"(?P<month>[^\W\d_]{3,12})\.?"
_NTH = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|º|ª)?\.?"
_YEAR = r"(?P<year>[0-9]{4})"
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/. ])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/. ]) ?([0-9]{1,2})\2 ?([0-9]{4})(?![0-9])")
_TOGETHER = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?![0-9])")
_STAMP = re.compile(r"([0-9]{8}t[0-9]{2})([0-9]{2})(?:[0-9]{2})?(z?)\Z")  # of a calendar
_NAMED = tuple(
    re.compile(pattern + r"(?![0-9a-z])")
    for pattern in (
        rf"{_MONTH} +{_NTH},? +{_YEAR}",
        rf"{_NTH}(?: of| de)? +{_MONTH},?(?: de| del)? +{_YEAR}",
        rf"(?P<day>[0-9]{{1,2}})[-/]{_MONTH}[-/]{_YEAR}",
        rf"{_YEAR},?[ -]+{_MONTH}[ -]+{_NTH}",
    )
)
_HOUR = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2})(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?)?"
    r" ?(?P<half>[ap]\.?m\.?|h(?:rs|ours)?|uhr|o'clock)?"
    r"(?P<zone> ?z| ?[-+][0-9]{2}:?[0-9]{2}| [(\[]?[a-z]{2,5}[)\]]?"
    r"| ?[(\[]?(?:utc|gmt) ?[-+][0-9]{1,2}(?::?[0-9]{2})?[)\]]?"
    r"|(?: ?[-+][0-9]{2}:?[0-9]{2})? ?[(\[]?[a-z]+/[a-z_/]+[)\]]?| \(?local(?: time)?\)?)?\Z"
)
_WORDS = {"noon": "12:00", "midday": "12:00", "12 noon": "12:00", "midnight": "00:00"}
_SPAN = re.compile(
    r"[t, ] ?(?:at |from )?(?P<begin>[0-9][0-9.:h]{0,5} ?(?:[ap]m)?) ?(?:-|–|—|to|until) ?"
    r"(?P<end>[0-9][0-9.:h]{0,5} ?(?:[ap]m)?)"
)
_TO = re.compile(r" ?(?:-|–|—|/|\bto\b|\bbis\b|\bthrough\b|\buntil\b|\band\b) ?")
_ANY_YEAR = re.compile(r"\b(?:19|2[01])[0-9]{2}\b")
_DAY_ALONE = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)?\.?\Z")
_DAY_IN = re.compile(r"\b[0-9]{1,2}(?:st|nd|rd|th)?\b\.?")
_BEGINS_HOUR = re.compile(r"t(?=[0-9])|(?:,|(?<=[0-9]) ?[-–@|])? +(?:(?:at|um|à|a las|@) +)?|,")
_BARE_HOUR = re.compile(r"t[0-2]?[0-9]")
_SERIAL = re.compile(r"([345][0-9]{4})(?:\.([0-9]{1,12}))?\Z")  # days, as sheets count them
_UNIX = re.compile(r"([12][0-9]{9})(?:[0-9]{3}|\.[0-9]+)?\Z")  # seconds, or thousandths of them
_PLACE = re.compile(
    r"(?:t=)?(?:(?P<hours>[0-9]{1,2}) ?h(?:ours?|rs?)?)? ?"
    r"(?:(?P<minutes>[0-9]{1,3}) ?(?:m|mins?|minutes?|'))? ?"
    r"(?:(?P<seconds>[0-9]{1,5}) ?(?:s|secs?|seconds?|\"|''))?\Z"
)
_IN_ADDRESS = re.compile(r"https?://\S*[?&#](?:t|start|time_continue)=(?P<place>[0-9hms]+)")
_BEFORE = re.compile(r"\A(?:at |from |~|ca\.? |about )?(?:minute |min\.? )?(?=[0-9])")
_COLONS = re.compile(
    r"~?(?:(?P<h>[0-9]{1,2})[:.])?(?P<m>[0-9]{1,3})[:.](?P<s>[0-9]{2})(?:h|s| min)?\Z"
)
_FRACTION = re.compile(r"((?:[0-9]{1,2}:)?[0-9]{1,3}:[0-5][0-9])[.,][0-9]+\Z")
_HALF_SECONDS = re.compile(r"([0-9]{1,3}):([0-9])\Z")
_LENGTH = re.compile(
    r"(?:pt)?(?:(?P<hours>[0-9]{1,2}(?:\.[0-9])?) ?(?:h|hrs?|hours?|:)\.?)? ?"
    r"(?:(?P<minutes>[0-9]{1,3}) ?(?:m|min|mins|minutes?|')\.?|(?P<bare>[0-9]{1,3}))?\Z"
)
_DAY_AND_HOUR = re.compile(
    r"(?P<day>[^\n]{1,40}?)(?P<hour>,?\s+(?:at\s+)?[0-9]{1,2}[:.h][0-9]{2}.{0,20})?\s*\Z"
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
    ('2026-03-24T11:15+01:00', '2026-03-24T11:15')
    >>> moment("1er avril 2031 à 10h15").values, moment("2031年4月1日").values
    (('2031-04-01T10:15',), ('2031-04-01',))
    >>> moment("47939").values, moment("1932970500").values
    (('2031-04-01',), ('2031-04-03T08:15Z',))
    """
    if counted := _counted(text):
        return Meaning.perhaps(*counted)
    days, rest, certain = _day(text)
    if not rest or not days:
        return Meaning(tuple(map(str, days)), certain and len(days) == 1)
    if _BARE_HOUR.fullmatch(rest):
        rest = f"{rest}:00"
    begin = _BEGINS_HOUR.match(rest)
    hour = _hour(rest[begin.end() :] if begin else rest)
    if hour is None:
        return NOTHING
    later, clock, zone = hour
    dates = [day + timedelta(days=later) for day in days]
    written = [f"{day}T{clock}{offset}" for day in dates for offset in _offsets(zone, day)]
    return Meaning(tuple(written), certain and len(written) == 1)


def with_year(text: str, year: str) -> str:
    """A text that says a day and perhaps an hour, with a year where it has none or half of one.

    >>> with_year("3 May", "2031"), with_year("01.04.31 10:00", "2031")
    ('3 May 2031', '01.04.2031 10:00')
    """
    half = re.sub(rf"(?<=[./-]){year[2:]}(?=[\s,]|\Z)", year, text)
    if half != text:
        return half
    found = _DAY_AND_HOUR.match(text)
    return f"{found['day'].rstrip('. ')} {year}{found['hour'] or ''}" if found else text


def _counted(text: str) -> list[str]:
    """The moments of a number, which counts days or seconds."""
    if found := _UNIX.match(text.strip()):
        when = datetime.fromtimestamp(int(found[1]), UTC)
        return [f"{when:%Y-%m-%dT%H:%M}Z"]
    if found := _SERIAL.match(text.strip()):
        when = datetime(1899, 12, 30) + timedelta(float(text))  # of no zone
        minute = when + timedelta(seconds=30)
        return [f"{minute:%Y-%m-%dT%H:%M}" if found[2] else f"{when:%Y-%m-%d}"]
    return []


def _offsets(zone: str, day: date) -> tuple[str, ...]:
    """What may stand behind an hour for what somebody wrote of its zone."""
    if not zone or zone.startswith("local"):
        return ("",)
    if zone in ("z", "utc"):
        return ("Z",)
    if found := re.match(r"(?:utc|gmt)? ?([-+])([0-9]{1,2}):?([0-9]{2})?", zone):
        return (f"{found[1]}{int(found[2]):02}:{found[3] or '00'}",)
    return (*zones.offsets(zone, day), "") if zones.offsets(zone, day) else ()


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


def days(text: str) -> tuple[str, str] | None:
    """A text as the first and the last of several days.

    >>> days("2026-03-23 to 2026-03-26"), days("23-26 March 2026"), days("March 30 - April 2, 2026")
    (('2026-03-23', '2026-03-26'), ('2026-03-23', '2026-03-26'), ('2026-03-30', '2026-04-02'))
    """
    bare = " ".join(text.split())
    if len(bare) > LONGEST:
        return None
    year = found[0] if (found := _ANY_YEAR.search(bare)) else ""
    for match in _TO.finditer(bare):
        first, last = bare[: match.start()], bare[match.end() :]
        if found := _DAY_ALONE.match(first):  # its month stands with the other
            first = _DAY_IN.sub(found[0], last, count=1)
        elif found := _DAY_ALONE.match(last.replace(year, "").strip(" ,")):
            last = _DAY_IN.sub(found[0], first, count=1)
        ways = [day(each if year in each else f"{each} {year}").values for each in (first, last)]
        if all(len(each) == 1 for each in ways) and ways[0] < ways[1]:
            return ways[0][0], ways[1][0]
    return None


def clock(text: str) -> str | None:
    """A text as an hour of any day, with two digits for each part, if it is one.

    >>> clock("9:15 PM"), clock("T9.15"), clock("11h15"), clock("noon"), clock("25:00")
    ('21:15', '09:15', '11:15', '12:00', None)
    """
    if len(text) > LONGEST:
        return None
    hour = _hour(text.strip().lower().removeprefix("t"))
    return hour[1] if hour and not hour[0] and hour[2] in ("", "local", "local time") else None


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
    if (found := _COLONS.match(bare)) and not found["h"] and int(found["s"]) > 59:
        return Meaning.perhaps(_seconds(int(found["m"]) * 60 + int(found["s"])))
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
    bare = months.in_digits(months.without_weekday(bare))
    if found := _YEAR_FIRST.match(bare):
        year, third, second = int(found[1]), int(found[4]), int(found[3])
        days = list(_possible((year, second, third))) or list(_possible((year, third, second)))
        if not days and third <= 31:
            days = _about(year, second)
        return days, bare[found.end() :], second <= 12
    if found := _YEAR_LAST.match(bare):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        rest = bare[found.end() :]
        ways = [(year, second, first), (year, first, second)]
        if found[2] == "/" and rest.rstrip(".").endswith("m"):  # who writes AM has the month first
            ways.reverse()
        return list(dict.fromkeys(_possible(*ways))), rest, True
    if found := _TOGETHER.match(bare):
        return list(_possible((int(found[1]), int(found[2]), int(found[3])))), bare[8:], True
    for pattern in _NAMED:
        if found := pattern.match(bare):
            named = months.months(found["month"])
            year, number = int(found["year"]), int(found["day"])
            days = list(_possible(*((year, month, number) for month in named)))
            if not days and number <= 31:
                days = [day for month in named for day in _about(year, month)]
            return days, bare[found.end() :], True
    return [], "", False


def _about(year: int, month: int) -> list[date]:
    """The last day of a month, and the first of the next."""
    firsts = [(day + timedelta(days=4)).replace(day=1) for day in _possible((year, month, 28))]
    return [day for first in firsts for day in (first - timedelta(days=1), first)]


def _possible(*numbers: tuple[int, int, int]) -> Iterator[date]:
    for year, month, number in numbers:
        try:
            yield date(year, month, number)
        except ValueError:  # no such day
            continue


def _hour(text: str) -> tuple[int, str, str] | None:
    """How many days later, the clock, and its zone as it was written; empty if there is none."""
    found = _HOUR.match(_WORDS.get(text, text))
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
    zone = (found["zone"] or "").strip(" ()[]")
    return hour // 24, f"{hour % 24:02}:{minute:02}", zone
