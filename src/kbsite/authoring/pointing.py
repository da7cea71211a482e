"""Which session somebody means: by its id, file, address, recording, schedule or title."""

from __future__ import annotations

from collections.abc import Iterable

from kbsite import slugs
from kbsite.authoring.glance import Glance
from kbsite.authoring.web import Place, known
from kbsite.catalog import SESSION
from kbsite.meant import ids

MOST = 12  # sessions that are listed to choose from


def sessions(words: str, glance: Glance) -> tuple[str, ...]:
    """The ids of all sessions that may be meant, those of the newest event first; several of them
    only by parts of their titles.

    Whether there are others like it is not looked at where the id says it.
    """
    every = frozenset(glance.ids(SESSION))
    words = words.strip()
    if words in every:
        return (words,)
    for own in ids.session(words).values:
        if own in every:
            return (own,)
    if "://" in words:
        place = known(words)
        return tuple(at(place, glance)) if place else ()
    stems = tuple(id for id in every if id.partition("/")[2] == words)
    return _newest_first(stems or _titled(words, glance), glance)


def near(words: str, glance: Glance) -> list[str]:
    """The ids of sessions of nearly these words, where none has them."""
    by_title = {title: id for id, title in glance.titles.items()}
    if "/" in words and " " not in words:
        return slugs.nearest(words, glance.ids(SESSION))
    return [by_title[title] for title in slugs.nearest(words, by_title)]


def at(place: Place, glance: Glance) -> list[str]:
    """The sessions whose records name a place on the web, in whatever form."""
    out = []
    for id in glance.holding(place.id):
        session = glance.session(id)
        links = [link.url for link in session.links] if session else []
        sources = [source.url for source in session.sources] if session else []
        places = [known(url) for url in (*links, *sources) if url]
        if place.key in [each.key for each in places if each]:
            out.append(id)
    return out


def _newest_first(found: Iterable[str], glance: Glance) -> tuple[str, ...]:
    by_event: dict[str, list[str]] = {}
    for id in sorted(found):
        by_event.setdefault(id.partition("/")[0], []).append(id)
    events = {own: glance.event(own) for own in by_event}
    begun = {own: str(event.start) if event else "" for own, event in events.items()}
    return tuple(
        id for own in sorted(by_event, key=begun.__getitem__, reverse=True) for id in by_event[own]
    )


def _titled(words: str, glance: Glance) -> tuple[str, ...]:
    """The sessions of a title, or else those with all of the words in theirs."""
    folded = slugs.fold(words)
    titles = {id: slugs.fold(title) for id, title in glance.titles.items()}
    whole = tuple(id for id, title in titles.items() if title == folded)
    if whole:
        return whole
    wanted = folded.split()
    return tuple(
        id for id, title in titles.items() if wanted and all(word in title for word in wanted)
    )
