"""The page to find sessions on by facets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from kbsite import slugs
from kbsite.catalog import EVENT, LEARNING, ORGANISATION, PERSON, PROJECT, SESSION, THEME
from kbsite.graph.nodes import SessionNode
from kbsite.kinds import cards, sections, videos, words
from kbsite.kinds.base import Facet, Kind, Page, Ref, View, Views

TAB = "explore/"
NEWEST = 20  # sessions that are there before the script is, which shows as many
LISTS = (
    (THEME, "what the sessions are about"),
    (LEARNING, "what was learned, by theme"),
    (SESSION, "newest event first"),
    (EVENT, "with their schedules"),
    (PERSON, "what they said, and where"),
    (ORGANISATION, "who they sent"),
    (PROJECT, "where they came up"),
)


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session with its themes, and those that nobody has confirmed."""

    card: cards.SessionCard
    themes: tuple[cards.ThemeRef, ...]
    suggested: tuple[cards.ThemeRef, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ExploreView(View):
    """`newest` are the first sessions of all, of which there are `number`; `lists` are the indexes,
    each with what it is good for.
    """

    number: int
    newest: tuple[NewSession, ...]
    lists: tuple[tuple[Ref, str], ...]


def pages(views: Views) -> Iterator[Page]:
    yield Page(
        kind="explore",
        path=TAB,
        title="Explore",
        describe=partial(
            str, "Find sessions by theme, event, speaker, organisation, project and more."
        ),
        template="explore.html",
        searchable=False,
        view=partial(_view, views),
        tab=TAB,
    )


CONFIRMED = ("confirmed", THEME.noun)  # without the sessions for which a theme is only suggested


def address(*asked: tuple[str, str]) -> str:
    """Where the sessions are listed that fit values of facets.

    >>> address(("event", "conf-2031"), ("theme", "ebpf"))
    'explore/?event=conf-2031&theme=ebpf'
    """
    return f"{TAB}?{urlencode(asked)}"


def together(themes: Iterable[str]) -> str:
    """Where the sessions are listed that have all of some themes, and not only as suggestions.

    >>> together(("ebpf", "security"))
    'explore/?theme=ebpf&theme=security&all=theme&confirmed=theme'
    """
    return address(*((THEME.noun, id) for id in themes), ("all", THEME.noun), CONFIRMED)


def _view(views: Views) -> ExploreView:
    counted = (
        (words.count(len(views.graph.nodes(thing)), thing.name, thing.plural), thing.index, what)
        for thing, what in LISTS
        if views.graph.nodes(thing)
    )
    nodes = views.graph.sessions.values()
    return ExploreView(
        number=len(nodes),
        newest=tuple(_new(views, node) for node in islice(nodes, NEWEST)),
        lists=tuple((Ref(text, path), what) for text, path, what in counted),
    )


def _new(views: Views, node: SessionNode) -> NewSession:
    """Its themes in the order of the facet."""

    def refs(own: Collection[str]) -> tuple[cards.ThemeRef, ...]:
        return cards.theme_refs(views, (id for id in views.graph.themes if id in own))

    card = views.once(cards.session_card, node.id)
    return NewSession(card, refs(node.themes), refs(node.suggested_themes))


def facets(views: Views) -> Iterator[Facet]:
    """What a session says of itself."""
    nodes = views.graph.sessions.values()

    def facet(
        id: str, plural: str, values: Iterable[tuple[str, str]], of: Iterable[str | None]
    ) -> Facet:
        own = tuple((value,) if value else () for value in of)
        return Facet(
            id=id, label=id.capitalize(), plural=plural, values=tuple(values), of=own, ordered=True
        )

    def there_is(id: str, plural: str, has: Iterable[object]) -> Facet:
        own = ("yes" if one else None for one in has)
        found = facet(id, plural, [("yes", f"With {plural}")], own)
        return replace(found, label="What there is")

    spoken = {node.record.language for node in nodes if node.record.language}
    languages = {slugs.fold(words.language(each)): words.language(each) for each in spoken}
    yield replace(
        facet("kind", "kinds", words.KIND_LABELS.items(), (n.record.kind for n in nodes)),
        ordered=False,
    )
    yield facet("level", "levels", words.LEVEL_LABELS.items(), (n.record.level for n in nodes))
    yield facet(
        "language",
        "languages",
        sorted(languages.items()),
        (slugs.fold(words.language(n.record.language or "")) for n in nodes),
    )
    yield there_is("video", "recordings", map(videos.recording, nodes))
    yield there_is("slides", "slides", map(_slides, nodes))
    yield there_is("learnings", "learnings", (node.learnings for node in nodes))


def _slides(node: SessionNode) -> bool:
    return any(link.kind == "slides" for link in node.record.links)


KIND = Kind(
    name="explore",
    folder=Path(__file__).parent,
    pages=pages,
    facets=facets,
    tab=("Explore", TAB),
    section=sections.EXPLORE,
)
