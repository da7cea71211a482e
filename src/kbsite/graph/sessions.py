"""One session's record to its node, with everything that it names resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kbsite import records, slugs
from kbsite.catalog import ANNOUNCEMENT, FIGURE, LEARNING, QUOTE, SESSION
from kbsite.claims import Grounds
from kbsite.graph.mentions import Mentions, resolved
from kbsite.graph.naming import Finder, Naming
from kbsite.graph.nodes import (
    AnnouncementNode,
    Appearance,
    FigureNode,
    LearningNode,
    Mention,
    QuoteNode,
    SessionNode,
)
from kbsite.graph.reports import Reports
from kbsite.graph.times import Moments, days_of
from kbsite.graph.titles import Told
from kbsite.library import Entry
from kbsite.rules import speakers_by_key


@dataclass(frozen=True, kw_only=True)
class SessionLinker:
    """Turns records of sessions into nodes; `whens` holds when each takes place, `told` what its
    title says it is about, `renamed` the present ids of sessions by former ones.
    """

    naming: Naming
    themes: Finder
    reports: Reports
    mentions: Mentions
    whens: Mapping[str, Moments]
    told: Mapping[str, Told]
    renamed: Mapping[str, str]

    def node(self, entry: Entry[records.Session], event: records.Event) -> SessionNode:
        own, source = entry.id, entry.source
        here = Mention(title=entry.record.title, path=SESSION.path(own), kind=SESSION.noun)
        session = resolved(entry.record, source, here, self.mentions)
        if not self.renamed.keys().isdisjoint(session.related):
            present = dict.fromkeys(self.renamed.get(id, id) for id in session.related)
            session = session.model_copy(update={"related": tuple(present)})
        told = self.told[own]
        given = self.themes.ids(session.themes, source, ("themes",))
        themes = tuple(dict.fromkeys((*given, *told.themes)))
        suggested = self.themes.ids(session.suggested_themes, source, ("suggested_themes",))
        if not set(given).isdisjoint(suggested):
            self.themes.repeated(session.suggested_themes, session.themes, source)
        projects = self.naming.projects_of(session.projects)
        bys = [
            *(each.by for each in session.learnings),
            *(each.by for each in session.quotes),
            *(each.by for each in session.figures),
        ]
        by = self._speakers(session) if any(bys) else {}
        rooted = self.reports.rooted(entry)
        start, end = self.whens[own]
        return SessionNode(
            id=own,
            event=own.partition("/")[0],
            record=session,
            source=source,
            start=start,
            end=end,
            days=days_of(start, end, event.day_change),
            appearances=tuple(
                self._appearance(person, speaker)
                for speaker in session.speakers
                if (person := self.naming.person(speaker))
            ),
            themes=themes,
            theme_evidence={id: why for id, why in told.themes.items() if id not in given},
            title_themes=tuple(id for id, why in told.themes.items() if why == "title"),
            suggested_themes=tuple(
                theme
                for theme in dict.fromkeys((*suggested, *told.suggested))
                if theme not in themes
            ),
            projects=tuple(dict.fromkeys((*projects, *told.projects))),
            title_projects=tuple(id for id in told.projects if id not in projects),
            learnings=tuple(
                LearningNode(
                    session=own,
                    id=id,
                    text=learning.text,
                    themes=self.themes.ids(learning.themes, source, ("learnings", at, "themes"))
                    or given
                    or themes,
                    by=_found(by, learning.by),
                    at=learning.at,
                    grounds=grounds,
                    superseded_by=None,
                    supersedes=(),
                )
                for at, (learning, (id, grounds)) in enumerate(
                    zip(session.learnings, rooted[LEARNING.name], strict=True)
                )
            ),
            quotes=tuple(
                QuoteNode(
                    session=own,
                    id=id,
                    text=quote.text,
                    by=_found(by, quote.by),
                    at=quote.at,
                    grounds=grounds,
                )
                for quote, (id, grounds) in zip(session.quotes, rooted[QUOTE.name], strict=True)
            ),
            figures=tuple(
                FigureNode(
                    session=own,
                    id=id,
                    value=figure.value,
                    label=figure.label,
                    note=figure.note,
                    by=_found(by, figure.by),
                    at=figure.at,
                    grounds=grounds,
                )
                for figure, (id, grounds) in zip(session.figures, rooted[FIGURE.name], strict=True)
            ),
            announcements=tuple(
                self._announcement(own, announcement, *told)
                for announcement, told in zip(
                    session.announcements, rooted[ANNOUNCEMENT.name], strict=True
                )
            ),
        )

    def _speakers(self, session: records.Session) -> dict[str, str]:
        """What a `by` of the session may say, as keys of names, to the id of the person meant."""
        return {
            key: self.naming.person(next(iter(meant.values())))
            for key, meant in speakers_by_key(session).items()
        }

    def _appearance(self, person: str, speaker: records.SpeakerRef) -> Appearance:
        return Appearance(
            person=person,
            organisation=self.naming.organisation(speaker.org),
            affiliation=speaker.org,
            role=speaker.role,
            moderator=speaker.moderator,
        )

    def _announcement(
        self, session: str, announcement: records.Announcement, id: str, grounds: Grounds
    ) -> AnnouncementNode:
        return AnnouncementNode(
            session=session,
            id=id,
            at=announcement.at,
            grounds=grounds,
            title=announcement.title,
            organisation=self.naming.organisation(announcement.by),
            by=announcement.by,
            date=announcement.date,
            text=announcement.text,
            url=announcement.url,
            projects=self.naming.projects_of(announcement.projects),
        )


def _found(by: Mapping[str, str], name: str | None) -> str | None:
    return by.get(slugs.name_key(name)) if name is not None else None
