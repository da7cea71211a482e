"""What pages are about, in the words of schema.org. Nothing is said that no record says.

What stands on this site is named by address, as "kb:/themes/ebpf/"; empty values fall away later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeAlias

from kbsite import prose, slugs
from kbsite.graph import Graph
from kbsite.graph.nodes import EssayNode, EventNode, NamedNode, ProjectNode, SessionNode, ThemeNode
from kbsite.kinds import cards, words
from kbsite.records import Link

Thing: TypeAlias = Mapping[str, Any]

SCHEMA = "https://schema.org/"
PROFILES = ("code", "other")  # the kinds of links that may lead to another page of the same thing


def session(graph: Graph, node: SessionNode) -> Thing:
    """A session as an event within its event."""
    record, held_at = node.record, graph.events[node.event]
    return {
        **_identified("Event", slugs.session_path(node.id)),
        "name": record.title,
        "description": _text(record.summary),
        "startDate": _moment(node.start),
        "endDate": _moment(node.end),
        "eventStatus": _status(record.status),
        "location": _place(held_at, record.room),
        "inLanguage": record.language,
        "performer": [
            {
                **_named("Person", graph.people[a.person].name, slugs.person_path(a.person)),
                "jobTitle": a.role,
                "affiliation": _organisation(a.affiliation, a.organisation),
            }
            for a in node.appearances
        ],
        "about": [_theme(graph, theme) for theme in node.themes],
        "superEvent": {
            **_named("Event", held_at.record.name, slugs.event_path(node.event)),
            "startDate": held_at.record.start.isoformat(),
            "endDate": held_at.record.end.isoformat(),
            "location": _place(held_at),
        },
        "recordedIn": [
            {"@type": "CreativeWork", "name": record.title, "url": link.url}
            for link in record.links
            if link.kind == "video"
        ],
    }


def event(node: EventNode) -> Thing:
    record = node.record
    return {
        **_identified("Event", slugs.event_path(node.id)),
        "name": record.name,
        "alternateName": record.short if record.short != record.name else None,
        "startDate": record.start.isoformat(),
        "endDate": record.end.isoformat(),
        "location": _place(node),
        "sameAs": record.url,
    }


def person(graph: Graph, node: NamedNode) -> Thing:
    """A person, with affiliation and role of the latest appearance that names either."""
    found = cards.latest(graph, node)
    latest = found[1] if found else None
    return {
        **_entity("Person", node, slugs.person_path(node.id)),
        "jobTitle": latest.role if latest else None,
        "affiliation": _organisation(latest.affiliation, latest.organisation) if latest else None,
    }


def organisation(_graph: Graph, node: NamedNode) -> Thing:
    return _entity("Organization", node, slugs.organisation_path(node.id))


def project(_graph: Graph, node: ProjectNode) -> Thing:
    """A project or product; whether it is software, let alone whose, no record says."""
    thing = dict(_entity("Thing", node, slugs.project_path(node.id)))
    thing["sameAs"] = [*([node.url] if node.url else []), *thing["sameAs"]]
    return thing


def theme(node: ThemeNode) -> Thing:
    return {
        **_identified("DefinedTerm", slugs.theme_path(node.id)),
        "name": node.record.name,
        "alternateName": list(node.record.aliases),
        "description": _text(node.record.summary),
        "inDefinedTermSet": {"@type": "DefinedTermSet", "name": "Themes", "url": "kb:/themes/"},
    }


def essay(graph: Graph, node: EssayNode) -> Thing:
    record = node.record
    return {
        **_identified("Article", node.page.path),
        "headline": record.title,
        "description": _text(record.summary),
        "datePublished": record.date.isoformat() if record.date else None,
        "author": {"@type": "Person", "name": record.author},
        "about": [_theme(graph, id) for id in node.themes],
    }


def website(title: str) -> Thing:
    """The site as a whole; the plugin knows its name, which `title` is not."""
    return {
        **_identified("WebSite", ""),
        "alternateName": title,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": "kb:/explore/?q={search_term_string}"},
            "query-input": "required name=search_term_string",
        },
    }


def _identified(type: str, path: str) -> dict[str, Any]:
    return {"@type": type, "@id": f"kb:/{path}", "url": f"kb:/{path}"}


def _named(type: str, name: str, path: str) -> dict[str, Any]:
    """Something that is described on another page, by its name."""
    return {"@type": type, "@id": f"kb:/{path}", "name": name}


def _entity(type: str, node: NamedNode, path: str) -> Thing:
    return {
        **_identified(type, path),
        "name": node.name,
        "alternateName": list(node.other_names),
        "description": words.sentence(prose.to_text(node.body)) if node.body else None,
        "sameAs": _profiles(node.links),
    }


def _profiles(links: Iterable[Link]) -> list[str]:
    return [link.url for link in links if link.kind in PROFILES]


def _theme(graph: Graph, id: str) -> Thing:
    return _named("DefinedTerm", graph.themes[id].record.name, slugs.theme_path(id))


def _organisation(name: str | None, id: str | None) -> Thing | None:
    if not name or not id:
        return None
    return _named("Organization", name, slugs.organisation_path(id))


def _place(node: EventNode, room: str | None = None) -> Thing | None:
    """Where an event is held, as far as known; a room is a part of its name."""
    record = node.record
    name = ", ".join(part for part in (room, record.venue or record.city) if part)
    if not name:
        return None
    return {
        "@type": "Place",
        "name": name,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": record.city,
            "addressCountry": record.country,
        },
    }


def _status(status: str) -> str:
    gone = status in ("cancelled", "withdrawn")
    return SCHEMA + ("EventCancelled" if gone else "EventScheduled")


def _moment(when: datetime | date | None) -> str | None:
    return when.isoformat() if when else None


def _text(text: str | None) -> str | None:
    return prose.to_text(text) if text else None
