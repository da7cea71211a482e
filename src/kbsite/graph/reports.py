"""The accounts that claims are taken from, and what each claim rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kbsite import claims, records, slugs
from kbsite.catalog import CLAIMS, ORGANISATION, PERSON, REPORT
from kbsite.claims import Grounds
from kbsite.errors import Problem
from kbsite.graph.naming import Naming
from kbsite.graph.nodes import PageNode, ReportNode, SessionNode
from kbsite.graph.ways import exactly, unknown
from kbsite.library import Entry, Library
from kbsite.meant import links
from kbsite.slugs import Vocabulary
from kbsite.sources import Path, Source


@dataclass(frozen=True, kw_only=True)
class Reports:
    """Finds the accounts that sessions name."""

    library: Library
    report: Callable[[Problem], None]

    def rooted(self, entry: Entry[records.Session]) -> dict[str, tuple[tuple[str, Grounds], ...]]:
        """For each kind of claim, by the name of the thing, the ids of a session's claims and what
        they rest on; KB104 for an account that is none.
        """
        session, source = entry.record, entry.source
        for_all = self._id(session.report, source, ("from",))
        out = {}
        for thing in CLAIMS:
            held: tuple[claims.Claim, ...] = getattr(session, thing.plural)
            found = []
            for at, claim in enumerate(held):
                own = self._id(claim.report, source, (thing.plural, at, "from"))
                grounds = claims.grounds(session, claim)
                account = own if claim.report else for_all
                found.append(Grounds(grounds.basis, account if grounds.report else None))
            out[thing.name] = tuple(zip(claims.ids(held), found, strict=True))
        return out

    def _id(self, word: str | None, source: Source, path: Path) -> str | None:
        """The id of an account, however it is spelt."""
        if word is None:
            return None
        own = self._ids.get(slugs.name_key(word))
        if own is None and not self.library.may_hold(word, (REPORT.name,), asking=source.path):
            near = tuple(dict.fromkeys(self._words[each] for each in self._near.nearest(word)))
            ways = unknown(REPORT, word, near, sorted(self.library.of(REPORT)), source, path)
            if found := self._at(word):
                ways = exactly(found, source, path)
            message = f"unknown {REPORT.noun} '{word}'"
            self.report(source.problem("KB104", path, message, ways.hint, cures=ways.cures))
        return own

    def _at(self, url: str) -> str:
        """The account that can be read at an address, if there is one."""
        wanted = links.bare(url)
        at = {
            links.bare(str(entry.record.url)): own for own, entry in self.library.of(REPORT).items()
        }
        return at.get(wanted, "") if wanted else ""

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        return {slugs.name_key(own): own for own in self.library.of(REPORT)}

    @cached_property
    def _words(self) -> Mapping[str, str]:
        """What accounts are called, to their ids: these themselves, and titles."""
        titles = {entry.record.title: own for own, entry in self.library.of(REPORT).items()}
        return titles | {own: own for own in self.library.of(REPORT)}

    @cached_property
    def _near(self) -> Vocabulary:
        return Vocabulary(self._words)


def reports(
    library: Library,
    written: Mapping[str, PageNode],
    sessions: Mapping[str, SessionNode],
    naming: Naming,
) -> dict[str, ReportNode]:
    """All accounts, newest first."""
    entries: Mapping[str, Entry[records.Report]] = library.of(REPORT)
    told: dict[str, dict[str, None]] = {own: {} for own in entries}
    for id, node in sessions.items():
        for claim in node.claims:
            if claim.grounds.report is not None:
                told[claim.grounds.report][id] = None
    nodes = [
        ReportNode(
            id=own,
            record=entry.record,
            organisation=_organisation(naming, entry.record.author),
            page=written[f"{REPORT.plural}/{own}{REPORT.ending}"],
            sessions=tuple(told[own]),
        )
        for own, entry in entries.items()
    ]
    return {node.id: node for node in sorted(nodes, key=_place)}


def _organisation(naming: Naming, author: str) -> str | None:
    """The id of the organisation that an author is, unless it may be another, or a person."""
    if naming.of(PERSON).lookup(author):
        return None
    found = naming.of(ORGANISATION).lookup(author)
    return found[0] if len(found) == 1 else None


def _place(node: ReportNode) -> tuple[int, str, str]:
    written = node.record.date
    return (-written.toordinal() if written else 0, node.record.title.casefold(), node.id)
