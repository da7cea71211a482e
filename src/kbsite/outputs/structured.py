"""What pages are about, in the words of schema.org. Nothing is said that no record says.

What stands on this site is named by address, as "kb:/themes/ebpf/"; empty values fall away later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeAlias

from kbsite import prose
from kbsite.catalog import THEME
from kbsite.kinds import words
from kbsite.kinds.base import Page, Ref, View
from kbsite.kinds.essays import EssayView
from kbsite.kinds.events import EventView
from kbsite.kinds.home import HomeView
from kbsite.kinds.named import Entity
from kbsite.kinds.organisations import OrganisationView
from kbsite.kinds.people import PersonView
from kbsite.kinds.projects import ProjectView
from kbsite.kinds.reports import ReportView
from kbsite.kinds.sessions import SessionView
from kbsite.kinds.themes import ThemeView

Thing: TypeAlias = Mapping[str, Any]

SCHEMA = "https://schema.org/"


def thing(page: Page, view: View) -> Thing:
    """What a page is about; empty where schema.org has no word for it."""
    makes = _MAKERS.get(type(view))
    return makes(page, view) if makes else {}


def _session(page: Page, view: SessionView) -> Thing:
    """A session as an event within its event."""
    held_at = view.held_at
    return {
        **_identified("Event", page.path),
        "name": page.title,
        "description": _text(view.summary),
        "startDate": _moment(view.begins),
        "endDate": _moment(view.ends),
        "eventStatus": SCHEMA + ("EventScheduled" if view.takes_place else "EventCancelled"),
        "location": _place(held_at.venue, held_at.city, held_at.country, view.room),
        "inLanguage": view.language_code,
        "performer": [
            {
                **_named("Person", speaker.ref),
                "jobTitle": speaker.role,
                "affiliation": _organisation(speaker.organisation),
            }
            for speaker in view.speakers
        ],
        "about": [_named("DefinedTerm", theme) for theme in view.themes],
        "superEvent": {
            **_named("Event", Ref(held_at.name, view.event.path)),
            "startDate": held_at.start.isoformat(),
            "endDate": held_at.end.isoformat(),
            "location": _place(held_at.venue, held_at.city, held_at.country),
        },
        "subjectOf": [
            {
                **_named("CreativeWork", account.ref),
                "author": _author(account.author, account.organisation),
            }
            for account in view.accounts
        ],
        "recordedIn": [
            {"@type": "CreativeWork", "name": page.title, "url": url} for url in view.recordings
        ],
    }


def _event(page: Page, view: EventView) -> Thing:
    return {
        **_identified("Event", page.path),
        "name": page.title,
        "alternateName": view.short if view.short != page.title else None,
        "startDate": view.begins.isoformat(),
        "endDate": view.ends.isoformat(),
        "location": _place(view.venue, view.city, view.country),
        "sameAs": view.url,
    }


def _person(page: Page, view: PersonView) -> Thing:
    """A person, with affiliation and role of the latest appearance that names either."""
    latest = view.latest
    return {
        **_entity("Person", page, view.entity),
        "jobTitle": latest.role if latest else None,
        "affiliation": _organisation(latest.organisation) if latest else None,
    }


def _of_organisation(page: Page, view: OrganisationView) -> Thing:
    return _entity("Organization", page, view.entity)


def _project(page: Page, view: ProjectView) -> Thing:
    """A project or product; whether it is software, let alone whose, no record says."""
    return {
        **_entity("Thing", page, view.entity),
        "sameAs": [*filter(None, (view.url, view.repo)), *view.entity.profiles],
    }


def _theme(page: Page, view: ThemeView) -> Thing:
    terms = {"@type": "DefinedTermSet", "name": "Themes", "url": f"kb:/{THEME.index}"}
    return {
        **_identified("DefinedTerm", page.path),
        "name": page.title,
        "alternateName": list(view.aliases),
        "description": _text(view.summary),
        "inDefinedTermSet": terms,
    }


def _essay(page: Page, view: EssayView) -> Thing:
    return {
        **_identified("Article", page.path),
        "headline": page.title,
        "description": _text(view.card.summary),
        "datePublished": _moment(view.published),
        "author": {"@type": "Person", "name": view.card.author},
        "about": [_named("DefinedTerm", theme) for theme in view.card.themes],
    }


def _report(page: Page, view: ReportView) -> Thing:
    """The page, which is about an account that stands elsewhere."""
    return {
        **_identified("WebPage", page.path),
        "name": page.title,
        "about": {
            "@type": "CreativeWork",
            "name": page.title,
            "author": _author(view.card.author, view.card.organisation),
            "publisher": {"@type": "Organization", "name": view.card.publisher}
            if view.card.publisher
            else None,
            "datePublished": _moment(view.published),
            "url": view.card.url,
        },
    }


def _website(page: Page, _view: HomeView) -> Thing:
    """The site as a whole; only the build knows its name, which the page's title is not."""
    return {
        **_identified("WebSite", page.path),
        "alternateName": page.title if page.wraps else "",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": "kb:/explore/?q={search_term_string}"},
            "query-input": "required name=search_term_string",
        },
    }


_MAKERS: Mapping[type[View], Callable[[Page, Any], Thing]] = {
    SessionView: _session,
    EventView: _event,
    PersonView: _person,
    OrganisationView: _of_organisation,
    ProjectView: _project,
    ThemeView: _theme,
    EssayView: _essay,
    ReportView: _report,
    HomeView: _website,
}


def _identified(type: str, path: str) -> dict[str, Any]:
    return {"@type": type, "@id": f"kb:/{path}", "url": f"kb:/{path}"}


def _named(type: str, ref: Ref) -> dict[str, Any]:
    """Something that is described on another page, by its name."""
    return {"@type": type, "@id": f"kb:/{ref.path}", "name": ref.text}


def _entity(type: str, page: Page, entity: Entity) -> dict[str, Any]:
    return {
        **_identified(type, page.path),
        "name": page.title,
        "alternateName": list(entity.other_names),
        "description": words.sentence(prose.to_text(entity.body)) if entity.body else None,
        "sameAs": list(entity.profiles),
    }


def _organisation(ref: Ref | None) -> Thing | None:
    return _named("Organization", ref) if ref and ref.text else None


def _author(name: str, organisation: Ref | None) -> Thing:
    return _organisation(organisation) or {"@type": "Person", "name": name}


def _place(
    venue: str | None, city: str | None, country: str | None, room: str | None = None
) -> Thing | None:
    """Where an event is held, as far as known; a room is a part of its name."""
    name = ", ".join(part for part in (room, venue or city) if part)
    if not name:
        return None
    return {
        "@type": "Place",
        "name": name,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": city,
            "addressCountry": country,
        },
    }


def _moment(when: datetime | date | None) -> str | None:
    return when.isoformat() if when else None


def _text(text: str | None) -> str | None:
    return prose.to_text(text) if text else None
