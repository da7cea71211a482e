"""Ids that sessions and events had before, and what leads on from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from kbsite import cures
from kbsite.catalog import EVENT, LEARNING, SESSION, Thing, linked_as
from kbsite.graph.naming import Report, Sessions
from kbsite.graph.target import Unresolved, rewritten
from kbsite.library import Entry, Library
from kbsite.records import Event, Session
from kbsite.wikilinks import WikiLink

Redirects: TypeAlias = Mapping[str, Mapping[str, str]]
"""The ids that things had before to the present ones, by the thing's name."""


def former_events(library: Library, report: Report) -> dict[str, str]:
    """Former ids of events to present ones; KB211 for one that is not former."""
    return _listed(EVENT, library.events, library.events, report)


def former_sessions(
    published: Sessions, library: Library, events: Mapping[str, str], report: Report
) -> dict[str, str]:
    """Former ids of sessions to present ones; KB211 for one that is not former.

    A session of an event that had another id had another one too, and so had its former ids.
    """
    listed = _listed(SESSION, published, library.sessions, report)
    before: dict[str, list[str]] = {}  # present ids of events to former ones
    for former, present in events.items():
        before.setdefault(present, []).append(former)
    out = dict(listed)
    for id, present in ({own: own for own in published} | listed).items() if before else ():
        event, _, stem = id.partition("/")
        for former in before.get(events.get(event, event), ()):
            out.setdefault(f"{former}/{stem}", present)
    return dict(sorted(out.items()))


def renewed(redirects: Redirects, thing: Thing, id: str) -> Unresolved | None:
    """What is said of an id that a session, an event or a learning's session had before."""
    own, mark, learning = id.partition("#")
    now = redirects[(SESSION if thing is LEARNING else thing).name].get(own)
    if now is None:
        return None
    new = f"{now}{mark}{learning}"
    return Unresolved(
        f"'{own}' is now '{now}'", f"write {new}", instead=(new,), certain=True, code="KB228"
    )


def renewed_link(redirects: Redirects, link: WikiLink) -> Unresolved | None:
    """Likewise of a link that leads to something by such an id."""
    thing = linked_as(link.kind)
    if thing not in (SESSION, EVENT, LEARNING) or thing is None:
        return None
    if (now := renewed(redirects, thing, link.target)) is None:
        return None
    links = tuple(rewritten(link, target=word) for word in now.instead)
    return replace(now, hint=f"write {links[0]}", instead=links)


def _listed(
    thing: Thing,
    entries: Mapping[str, Entry[Event]] | Mapping[str, Entry[Session]],
    known: Mapping[str, object],
    report: Report,
) -> dict[str, str]:
    """The ids that records list as former ones of their own, to the present ones."""
    out: dict[str, str] = {}
    for own, entry in entries.items():
        for at, former in enumerate(entry.record.aliases):
            holder = former if former in known else out.get(former)
            if holder is None:
                out[former] = own
                continue
            report(
                entry.source.problem(
                    "KB211",
                    ("aliases", at),
                    _why_not_former(thing, former, own, holder),
                    "remove the alias"
                    if holder in (own, former)
                    else f"remove it here, or from {entries[holder].source.path}",
                    cures=cures.removing(entry.source, ("aliases", at)),
                )
            )
    return out


def _why_not_former(thing: Thing, former: str, own: str, holder: str) -> str:
    if former == own:
        return f"'{former}' is this {thing.noun}'s present id"
    if holder == own:
        return f"'{former}' is listed twice"
    if holder == former:
        return f"'{former}' is the present id of another {thing.noun}"
    return f"'{former}' is listed as a former id of '{holder}' too"
