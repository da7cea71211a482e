"""The share of a theme in the sessions of each edition of a conference, as pictures and a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kbsite.catalog import THEME
from kbsite.graph.nodes import SessionNode, ThemeNode
from kbsite.kinds import bars, session_lists, words
from kbsite.kinds.base import Ref, Views
from kbsite.kinds.editions import ENOUGH, Edition, families
from kbsite.wording import all_of

LEAST = 3  # comparable editions under which no share is drawn
NAMED = 3  # events of other series that are named

# How many sessions of a theme an edition had, by what says that they are about it
_Counts = Counter[tuple[str, str, bars.Layer]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A theme at one edition. `path` leads to its sessions there, empty where it has none.

    Of `total` sessions of the edition `named` are about the theme as their record or title says,
    `by_track` as only their track says, and `suggested` perhaps.
    """

    event: Ref
    label: str
    path: str
    total: int
    named: int
    by_track: int
    suggested: int

    @property
    def confirmed(self) -> str:
        return percent(self.named + self.by_track, self.total)

    @property
    def with_suggested(self) -> str:
        return percent(self.named + self.by_track + self.suggested, self.total)

    @property
    def shares(self) -> bars.Shares:
        """In hundredths of the sessions, by what says so."""
        return bars.Shares(
            *(100 * number / self.total for number in (self.named, self.by_track, self.suggested))
        )

    @property
    def spoken(self) -> str:
        """What a bar says to those who do not see it; it begins with what is written there."""
        maybe = f" {self.shares.maybe} suggested" if self.suggested else ""
        total = words.count(self.total, "session")
        return f"{self.label} {self.shares.sure}%{maybe}, of {total}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trend:
    """A theme over the editions of a conference, oldest first.

    Without `pictures` there is too little to compare, and `notes` say so.
    """

    theme: str
    family: str
    hue: int
    rows: tuple[Row, ...]
    pictures: tuple[bars.Picture, ...]
    ribbon: bars.Ribbon | None
    notes: tuple[str, ...]

    @property
    def tracked(self) -> bool:
        return any(row.by_track for row in self.rows)

    @property
    def suggested(self) -> bool:
        return any(row.suggested for row in self.rows)

    @property
    def spoken(self) -> str:
        """The ribbon in words."""
        first, last = self.rows[0], self.rows[-1]
        return f"{first.confirmed} of {first.label}, {last.confirmed} of {last.label}"


def percent(number: int, total: int) -> str:
    """A share in words.

    >>> percent(1, 3), percent(0, 3), percent(1, 4000), percent(3, 3)
    ('33.3%', '0%', 'under 0.1%', '100.0%')
    """
    if not number:
        return "0%"
    return f"{100 * number / total:.1f}%" if 1000 * number >= total else "under 0.1%"


def trend(views: Views, id: str) -> Trend:
    """The share of a theme over the editions of the conference of which most can be compared."""
    node = views.graph.themes[id]
    found = views.once(families, "")
    editions = found[0].comparable if found else ()
    rows = _rows(views, id, editions) if len(editions) >= LEAST else ()
    seen = any(row.named or row.by_track or row.suggested for row in rows)
    labels = [row.label for row in rows]
    shares = [row.shares for row in rows]
    return Trend(
        theme=node.label,
        family=found[0].name if found else "",
        hue=views.graph.hues[id],
        rows=rows if seen else (),
        pictures=bars.pictures(labels, shares) if seen else (),
        ribbon=bars.ribbon(shares) if seen else None,
        notes=tuple(_notes(views, node, rows, seen=seen)),
    )


def _rows(views: Views, id: str, editions: Sequence[Edition]) -> tuple[Row, ...]:
    counts = views.once(_counts, "")
    node = views.graph.themes[id]
    owner = THEME.path(id)
    maybe = session_lists.suggested_places(views, node.suggested, owner)
    sure = session_lists.places(views, node.sessions, owner)
    places = {**maybe, **sure}

    def row(edition: Edition) -> Row:
        named, by_track, suggested = (counts[id, edition.id, layer] for layer in bars.LAYERS)
        return Row(
            event=edition.ref,
            label=edition.label,
            path=places[edition.id] if named + by_track + suggested else "",
            total=len(edition.sessions),
            named=named,
            by_track=by_track,
            suggested=suggested,
        )

    return tuple(map(row, editions))


def _counts(views: Views, _: str) -> _Counts:
    """For all themes and editions at once."""
    out: _Counts = Counter()
    for family in views.once(families, ""):
        for edition in family.editions:
            for id in edition.sessions:
                for theme, layer in layers(views.graph.sessions[id]).items():
                    out[theme, edition.id, layer] += 1
    return out


def layers(session: SessionNode) -> Mapping[str, bars.Layer]:
    """The themes of a session, each with what says that it is about it."""
    told = session.theme_evidence
    return {
        **dict.fromkeys(session.suggested_themes, "suggested"),
        **{id: "track" if told.get(id) == "track" else "named" for id in session.themes},
    }


def _notes(views: Views, node: ThemeNode, rows: Sequence[Row], *, seen: bool) -> Iterable[str]:
    """What the picture does not say, or why there is none."""
    sessions = views.graph.sessions
    found = views.once(families, "")
    editions = found[0].comparable if found else ()
    if not rows:
        names = f" ({all_of([each.label for each in editions])})" if editions else ""
        number = words.count(len(editions), "such edition")
        yield (
            f"No share is drawn: that takes {LEAST} editions of one conference with at least "
            f"{ENOUGH} sessions each, some of them with themes, and there "
            f"{'is' if len(editions) == 1 else 'are'} {number if editions else 'none'}{names}."
        )
        return
    if not seen:
        yield f"None of {words.count(len(rows), 'edition')} of {found[0].name} had a session on it."
    unknown = [each.label for each in editions if not each.tracked]
    if unknown and any(row.by_track for row in rows):
        yield (
            f"The tracks of {all_of(unknown)} are not known: compare only what is solid with those."
        )
    out = [f"{each.label} ({each.fault})" for each in found[0].editions if each.fault]
    if out:
        yield f"Left out: {all_of(out)}. A share is drawn from {ENOUGH} sessions on."
    own = {each.id for each in found[0].editions}
    held = {sessions[each].event for each in (*node.sessions, *node.suggested)} - own
    others = [event.label for id, event in views.graph.events.items() if id in held]
    if len(others) > NAMED:
        others = [*others[:NAMED], f"{len(others) - NAMED} more"]
    if others:
        yield f"Of another series, and so not in the picture: {all_of(others)}."
