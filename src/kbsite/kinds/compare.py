"""Two editions of a conference side by side: a page for each pair, and one to choose them on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations, pairwise
from pathlib import Path
from typing import ClassVar

from kbsite.catalog import EVENT, ORGANISATION, PROJECT
from kbsite.kinds import compared, sections
from kbsite.kinds.base import Data, Kind, Page, Part, Ref, View, Views, part
from kbsite.kinds.editions import Edition, Family, families

TAB = "compare/"
INDEX = (Ref("Events", EVENT.index), Ref("Editions compared", TAB))
ALL = 24  # editions of a conference of which all pairs have a page; of more, those next to another


@dataclass(frozen=True, slots=True)
class Row:
    """An edition with the one before it, the one before it in the same part of the world, and
    all others that it is compared with.
    """

    edition: Ref
    before: Ref | None
    same: Ref | None
    others: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Choice(Data):
    """The pairs of one conference. `options` are the editions, oldest first, where each pair has
    a page, by what stands for them in its address.
    """

    macro: ClassVar = "compared_choice"
    id: str
    rows: tuple[Row, ...]
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PairView(View):
    before: Ref
    after: Ref


def address(before: Edition, after: Edition) -> str:
    """Where two editions are compared; no id has two hyphens in a row."""
    return f"{TAB}{before.id}--{after.id}/"


def pairs(family: Family) -> list[tuple[Edition, Edition]]:
    """The pairs of a conference that have a page, the earlier edition first."""
    held = family.comparable
    if len(held) <= ALL:
        return list(combinations(held, 2))
    lines = (held, *_by_series(family).values())
    near = (pair for line in lines for pair in pairwise(line))
    return list({(one.id, two.id): (one, two) for one, two in near}.values())


def _by_series(family: Family) -> dict[str, list[Edition]]:
    own: dict[str, list[Edition]] = {}
    for edition in family.comparable:
        own.setdefault(edition.series, []).append(edition)
    return own


def _compared(views: Views, _: str) -> tuple[Family, ...]:
    """The conferences with editions to compare."""
    return tuple(each for each in views.once(families, "") if len(each.comparable) > 1)


def any_pair(views: Views) -> bool:
    return bool(views.once(_compared, ""))


def of_event(views: Views, event: str) -> tuple[Ref, ...]:
    """The pages that compare an event with the edition before it and with that of the year before
    in the same part of the world; where there is none, with the one after it.
    """
    for family in views.once(_compared, ""):
        for row in views.once(_rows, family.name):
            if row.edition.path == EVENT.path(event):
                found = dict.fromkeys(ref for ref in (row.before, row.same) if ref)
                return tuple(found or row.others[-1:])
    return ()


def pages(views: Views) -> Iterator[Page]:
    found = views.once(_compared, "")
    if not found:
        return
    yield Page(
        kind="compare",
        path=TAB,
        title="Editions compared",
        describe=partial(
            str,
            "Two editions of a conference side by side: themes that rose and fell, new projects "
            "and organisations, and who came back.",
        ),
        template="compare_index.html",
        view=partial(_index, views),
        tab=TAB,
        trail=INDEX[:1],
    )
    for family in found:
        for before, after in pairs(family):
            yield Page(
                kind="compare",
                path=address(before, after),
                title=f"{before.ref.text} and {after.ref.text}",
                describe=partial(
                    str,
                    f"What changed from {before.ref.text} to {after.ref.text}: themes that rose "
                    "and fell, new projects and organisations, and who came back.",
                ),
                template="compare.html",
                searchable=False,
                view=partial(_pair, views, family, before, after),
                tab=TAB,
                trail=INDEX,
            )


def _rows(views: Views, name: str) -> tuple[Row, ...]:
    """The editions of a conference, newest first, each with the pages that compare it."""
    (family,) = (each for each in views.once(_compared, "") if each.name == name)
    every = pairs(family)
    same = {two.id: one.id for own in _by_series(family).values() for one, two in pairwise(own)}
    before = {two.id: one.id for one, two in pairwise(family.comparable)}
    rows = []
    for edition in reversed(family.comparable):
        refs = {
            other.id: Ref(other.label, address(one, two))
            for one, two in reversed(every)
            for this, other in ((one, two), (two, one))
            if this is edition
        }
        rows.append(
            Row(
                Ref(edition.label, edition.ref.path),
                refs.get(before.get(edition.id, "")),
                refs.get(same.get(edition.id, "")),
                tuple(refs.values()),
            )
        )
    return tuple(rows)


def _index(views: Views) -> View:
    return View(
        parts=tuple(
            Part(
                f"series-{number}",
                family.name,
                Choice(
                    f"choice-{number}",
                    views.once(_rows, family.name),
                    tuple((each.id, each.label) for each in family.comparable)
                    if len(family.comparable) <= ALL
                    else (),
                ),
            )
            for number, family in enumerate(views.once(_compared, ""), start=1)
        )
    )


def _pair(views: Views, family: Family, before: Edition, after: Edition) -> PairView:
    themes = compared.changes(views, before, after)
    projects = compared.names(views, PROJECT, family, before, after)
    organisations = compared.names(views, ORGANISATION, family, before, after)
    people = compared.returned(views, before, after)
    return PairView(
        before=before.ref,
        after=after.ref,
        parts=(
            *part("facts", "In numbers", compared.facts(views, before, after)),
            *part("themes", "Themes", themes, when=themes.rose or themes.fell),
            *part("projects", "Projects", projects, when=projects.new or projects.again),
            *part(
                "organisations",
                "Organisations",
                organisations,
                when=organisations.new or organisations.again,
            ),
            *part("people", "Who came back", people, when=people.total),
        ),
    )


KIND = Kind(
    name="compare",
    folder=Path(__file__).parent,
    pages=pages,
    tab=("Compare", TAB),
    section=sections.EVENTS,
)
