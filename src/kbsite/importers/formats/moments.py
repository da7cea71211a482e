"""Moments and lengths of time as schedules write them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from kbsite.fields import YEARS

DAY_CHANGE = time(4)  # where a schedule does not say when its days begin
LONGEST = timedelta(days=31)  # of a session; more is a slip

_MOMENT = re.compile(
    r"""
    (?P<day> [0-9]{4}-[0-9]{2}-[0-9]{2} )
    (?: [T ] (?P<clock> [0-9]{1,2}:[0-9]{2} (?: :[0-9]{2} )? ) (?: [.,][0-9]+ )?
        (?: (?P<utc> Z )
          | [ ]? (?P<sign> [-+] ) (?P<hours> [0-9]{1,2} ) :? (?P<minutes> [0-9]{2} ) )?
    )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2}(?:[.,][0-9]+)?)?")
_LENGTH = re.compile(r"([0-9]{1,3}):([0-9]{1,2})(?::([0-9]{1,2}))?")


def read(text: str) -> datetime | date | None:
    """A day or a moment, to the second; None where `text` is neither.

    >>> read("2024-05-01T09:00:00+2:00").isoformat(), read("2024-05-01 9:00").isoformat()
    ('2024-05-01T09:00:00+02:00', '2024-05-01T09:00:00')
    >>> read("2024-05-01"), read("soon")
    (datetime.date(2024, 5, 1), None)
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        return None
    try:
        if match["clock"] is None:
            when: date = date.fromisoformat(match["day"])
        else:
            offset = "+00:00" if match["utc"] else ""
            if match["sign"]:
                offset = f"{match['sign']}{match['hours'].zfill(2)}:{match['minutes']}"
            clock = match["clock"].rjust(len("00:00"), "0")
            when = datetime.fromisoformat(f"{match['day']}T{clock}{offset}")
    except ValueError:
        return None
    return when if when.year in YEARS else None


def day(text: str) -> date | None:
    """The day of a day or a moment."""
    when = read(text)
    return when.date() if isinstance(when, datetime) else when


def clock(text: str) -> time | None:
    """A time of day, to the minute.

    >>> clock("9:30"), clock("23:59:59"), clock("24:00")
    (datetime.time(9, 30), datetime.time(23, 59), None)
    """
    match = _CLOCK.fullmatch(text.strip())
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return time(int(match[1]), int(match[2]))


def length(text: str) -> timedelta | None:
    """How long something takes; None where `text` does not say it.

    Two numbers are hours and minutes. Of three, pretalx writes days without a leading zero, hours
    and minutes; other programs hours, minutes and seconds.

    >>> str(length("1:30")), str(length("01:30:00")), str(length("1:02:00")), length("30 min")
    ('1:30:00', '1:30:00', '1 day, 2:00:00', None)
    """
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    if match[3] is None:
        taken = timedelta(hours=first, minutes=second)
    elif len(match[1]) == 1 and first and second < 24:
        taken = timedelta(days=first, hours=second, minutes=int(match[3]))
    else:
        taken = timedelta(hours=first, minutes=second, seconds=int(match[3]))
    return taken if taken <= LONGEST else None


def on(day: date, clock: time, change: time, until: datetime | None = None) -> datetime:
    """The moment of `clock` on a day of a schedule, which lasts beyond midnight.

    What begins before the `change` of days is in the small hours that follow, unless that is after
    the day's own end, `until`.

    >>> on(date(2024, 5, 1), time(0, 30), DAY_CHANGE).isoformat()
    '2024-05-02T00:30:00'
    """
    when = datetime.combine(day, clock)
    if clock >= change:
        return when
    after = when + timedelta(days=1)
    return when if until is not None and after > until.replace(tzinfo=None) else after
