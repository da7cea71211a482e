"""What an address on the web says of a session, without going there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from kbsite.graph.recordings import of_address
from kbsite.graph.times import clock

_SCHED = re.compile(r"/event/(?P<id>[A-Za-z0-9]+)(?P<words>/[^?#]*)?\Z")
_VIDEO = re.compile(r"/(?:live|embed|shorts|v)/(?P<id>[\w-]+)/?\Z", re.ASCII)
_VIDEO_ID = re.compile(r"[\w-]{6,20}\Z", re.ASCII)
_YOUTUBE = ("youtube.com", "youtube-nocookie.com")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place that is known by an id: an entry of Sched, a video of YouTube, or else a page.

    `url` is the address as records have it, `start` the second at which a video is to begin.
    """

    system: str
    id: str
    url: str
    host: str = ""
    start: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """What all addresses of one place have in common."""
        return self.system, self.id

    @property
    def is_video(self) -> bool:
        return self.system == "youtube"

    @property
    def clock(self) -> str:
        """Where a video is to begin, as records have it."""
        return clock(self.start)

    def link(self) -> dict[str, Any]:
        """The link that a record has to it."""
        if not self.is_video:
            return {"kind": "schedule", "url": self.url}
        start = {"start": self.clock} if self.start else {}
        return {"kind": "video", "url": self.url, **start}

    def source(self) -> dict[str, Any]:
        """Where a record was read, for an entry of a schedule."""
        return {"system": self.system, "id": self.id, "url": self.url}


def known(url: str) -> Place | None:
    """The place at an address; None where it is no address.

    >>> known("https://youtu.be/abc123DEF45?t=75").link()
    {'kind': 'video', 'url': 'https://www.youtube.com/watch?v=abc123DEF45', 'start': '1:15'}
    >>> known("http://conf2031.sched.com/event/1xjzK/kernel-news?iframe=no").url
    'https://conf2031.sched.com/event/1xjzK/kernel-news'
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    if host.endswith((".sched.com", ".sched.org")) and (found := _SCHED.match(parts.path)):
        words = (found["words"] or "").rstrip("/")
        whole = f"https://{host}/event/{found['id']}{words}"
        return Place(system="sched", id=found["id"], url=whole, host=host)
    video = ""
    if host == "youtu.be":
        video = parts.path.strip("/")
    elif host in _YOUTUBE:
        inside = _VIDEO.match(parts.path)
        video = inside["id"] if inside else parse_qs(parts.query).get("v", [""])[0]
    if _VIDEO_ID.match(video):
        whole = f"https://www.youtube.com/watch?v={video}"
        return Place(system="youtube", id=video, url=whole, host=host, start=of_address(url))
    bare = url.strip().partition("#")[0].rstrip("/")
    return Place(system="", id=bare, url=url.strip(), host=host)
