"""A session's recording: where it is, and a way to a place in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from kbsite.graph import recordings
from kbsite.graph.nodes import SessionNode
from kbsite.graph.recordings import Recording
from kbsite.graph.times import clock

_YOUTUBE = ("youtube.com", "m.youtube.com", "youtu.be", "youtube-nocookie.com")
_PLAYERS = ("embed", "live", "shorts", "v")
_ID = re.compile(r"[A-Za-z0-9_-]{6,20}")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a video: how it is written, and a link to it where there is a video."""

    written: str = ""
    url: str = ""


def recording(session: SessionNode) -> Recording | None:
    """A session's video, if there is one."""
    return recordings.recording(session.record)


def beginning(video: Recording) -> str:
    """The address of a recording at the place where the session begins.

    >>> beginning(Recording("https://youtu.be/abcdefghijk?t=4", 4))
    'https://youtu.be/abcdefghijk?t=4'
    >>> beginning(Recording("https://youtu.be/abcdefghijk", 90))
    'https://youtu.be/abcdefghijk?t=90s'
    """
    if recordings.of_address(video.url) == video.start:
        return video.url
    return at_second(video.url, video.start)


def place(session: SessionNode, at: int | None) -> Place:
    """A place in a session's video, in seconds; an empty one where none is given."""
    if at is None:
        return Place()
    video = recording(session)
    return Place(clock(at), at_second(video.url, at) if video else "")


def at_second(url: str, second: int) -> str:
    """A link into a video.

    >>> at_second("https://www.youtube.com/watch?v=abc", 90)
    'https://www.youtube.com/watch?v=abc&t=90s'
    """
    parts = urlsplit(url)
    if _is_youtube(parts):
        asked = parse_qsl(parts.query, keep_blank_values=True)
        query = [(name, value) for name, value in asked if name not in recordings.PLACES]
        query.append(("t", f"{second}s"))
        return urlunsplit(parts._replace(query=urlencode(query), fragment=""))
    return urlunsplit(parts._replace(fragment=f"t={second}"))


def embedded(url: str) -> str:
    """What shows a video inside a page without cookies; empty where only a link is possible.

    >>> embedded("https://youtu.be/abcdefghijk?t=4")
    'https://www.youtube-nocookie.com/embed/abcdefghijk'
    >>> embedded("https://example.org/video.mp4")
    ''
    """
    parts = urlsplit(url)
    if not _is_youtube(parts):
        return ""
    way = parts.path.strip("/").split("/")
    if way == ["watch"]:
        found = dict(parse_qsl(parts.query)).get("v", "")
    elif parts.hostname == "youtu.be" or way[0] in _PLAYERS:
        found = way[-1]
    else:
        return ""
    return f"https://www.youtube-nocookie.com/embed/{found}" if _ID.fullmatch(found) else ""


def host(url: str) -> str:
    """Whose address it is, as people say it.

    >>> host("https://www.youtube.com/watch?v=abc"), host("https://media.example/a.mp4")
    ('YouTube', 'media.example')
    """
    parts = urlsplit(url)
    return "YouTube" if _is_youtube(parts) else (parts.hostname or "").removeprefix("www.")


def _is_youtube(url: SplitResult) -> bool:
    return (url.hostname or "").removeprefix("www.") in _YOUTUBE
