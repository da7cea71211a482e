"""Where a session's recording is, and where in it the session begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from kbsite import records

PLACES = ("t", "start")  # what addresses of videos call the place to begin at

_PLACE = re.compile(r"[?&#](?:t|start)=")
_SECONDS = re.compile(
    r"(?:(?P<h>[0-9]{1,3})h)?(?:(?P<m>[0-9]{1,4})m)?(?:(?P<s>[0-9]{1,6})s?)?", re.IGNORECASE
)
_CLOCK = re.compile(r"(?:(?P<h>[0-9]{1,3}):)?(?P<m>[0-9]{1,3}):(?P<s>[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Recording:
    """`url` is where a video is, `start` the second of it at which the session begins."""

    url: str
    start: int


def recording(session: records.Session) -> Recording | None:
    """A session's recording: the first of its links to videos."""
    return next((of(link) for link in session.links if link.kind == "video"), None)


def of(link: records.Link) -> Recording:
    """A recording that a link leads to; where it says no start, its address may."""
    return Recording(link.url, of_address(link.url) if link.start is None else link.start)


def of_address(url: str) -> int:
    """Where an address has a video begin, in seconds.

    >>> of_address("https://youtu.be/abc?t=1h2m3s"), of_address("https://example.org/a.mp4#t=90,120")
    (3723, 90)
    >>> of_address("https://example.org/?start=monday#t=1:30"), of_address("https://example.org/?t=x")
    (90, 0)
    """
    if not _PLACE.search(url):
        return 0
    parts = urlsplit(url)
    for name, value in (*parse_qsl(parts.query), *parse_qsl(parts.fragment)):
        if name in PLACES:
            begin = value.partition(",")[0].removeprefix("npt:")
            found = _SECONDS.fullmatch(begin) or _CLOCK.fullmatch(begin)
            if found and begin:
                hours, minutes, seconds = (int(found[unit] or 0) for unit in "hms")
                return hours * 3600 + minutes * 60 + seconds
    return 0
