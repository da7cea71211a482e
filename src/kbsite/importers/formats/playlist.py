"""Lists of videos as yt-dlp writes them: `yt-dlp --flat-playlist -J ADDRESS`, or `-j` line by line.

Titles are as the channel writes them: cut, with people in short, with words of the channel around.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbsite.importers import cleaning
from kbsite.importers.formats import jsonsource, rows
from kbsite.importers.formats.jsonsource import Value, listed, mapping, text
from kbsite.importers.schedule import Entry, Schedule, SourceError, SourceLink

HINT = "get it with: yt-dlp --flat-playlist -J ADDRESS > videos.json"

_UNSEEN = {"[private video]", "[deleted video]", "[unavailable video]"}


def parse(data: bytes) -> Schedule:
    """An entry for each video that can be seen. Raises SourceError."""
    lines = rows.form(data) == "jsonl"
    source: Value
    if lines:
        source = [value for _, value in rows.json_lines(data, HINT)]
    else:
        source = jsonsource.read(data, HINT)
    if not lines and (not isinstance(source, dict) or "entries" not in source):
        raise SourceError("this is no list of videos of yt-dlp: there is no 'entries'", HINT)
    held = source if isinstance(source, list) else mapping(source).get("entries")
    return Schedule(
        system="video",
        name=text(mapping(source).get("id")),
        title=cleaning.short(text(mapping(source).get("title"))),
        entries=tuple(_entries(held)),
    )


def _entries(held: Value) -> Iterator[Entry]:
    waiting = [iter(listed(held))]  # the lists of a channel are in lists
    while waiting:
        for video in map(mapping, waiting[-1]):
            if "entries" in video:
                waiting.append(iter(listed(video["entries"])))
                break
            yield _entry(video)
        else:
            waiting.pop()


def _entry(video: dict[str, Value]) -> Entry:
    own, title = text(video.get("id")), cleaning.line(text(video.get("title")))
    page = cleaning.web(text(video.get("webpage_url")) or text(video.get("url")))
    if text(video.get("ie_key") or video.get("extractor_key")).lower() == "youtube" and own:
        page = f"https://www.youtube.com/watch?v={own}"
    wrong = cleaning.wrong_title(title)
    if title.lower() in _UNSEEN:
        wrong = "it cannot be seen by everybody"
    elif page is None:
        wrong = wrong or "it has no address"
    return Entry(
        id=cleaning.short(own),
        title=title,
        people=(),
        links=(SourceLink(url=page, kind="video"),) if page else (),
        wrong=wrong,
    )
