"""What people, organisations and projects have in common: an index, a page each, long lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from kbsite import prose, yamlwrite
from kbsite.catalog import Thing
from kbsite.graph.nodes import NamedNode
from kbsite.graph.queries import mentions
from kbsite.kinds import alphabet, cards, parts, previews, session_lists, words
from kbsite.kinds.base import Page, Part, Ref, View, Views, part

N = TypeVar("N", bound=NamedNode)

LEARNINGS = 12  # from the sessions of something
ANNOUNCEMENTS = 30
PROFILES = ("code", "other")  # the kinds of links that may lead to another page of the same thing


@dataclass(frozen=True, kw_only=True, slots=True)
class Entity:
    """What is known of a person, an organisation or a project by itself.

    `profiles` are the addresses of other pages about the same.
    """

    other_names: tuple[str, ...]
    body: str
    links: tuple[cards.Resource, ...]
    profiles: tuple[str, ...]


def entity(node: NamedNode) -> Entity:
    return Entity(
        other_names=node.other_names,
        body=node.body,
        links=cards.resources(node.links),
        profiles=tuple(link.url for link in node.links if link.kind in PROFILES),
    )


def pages(
    views: Views,
    thing: Thing,
    *,
    template: str,
    title: str,
    lead: str,
    view: Callable[[Views, N], View],
    describe: Callable[[Views, N], str],
    listing: alphabet.Listing | None = None,
    below: Callable[[Views, N, Ref], Iterator[Page]] | None = None,
) -> Iterator[Page]:
    """The index, and below it a page for each node, and what is `below` that.

    `listing` is that of the index, where it is no plain one. `describe` says what a node is where
    its own page says nothing.
    """
    graph = views.graph
    nodes: dict[str, N] = dict(graph.nodes(thing))
    index = Ref(title, thing.index)
    yield from alphabet.pages(views, thing, title, lead, nodes, listing or alphabet.tallies(thing))
    for own, node in nodes.items():
        yield Page(
            kind=thing.name,
            path=thing.path(own),
            title=node.name,
            describe=partial(_description, views, node, describe),
            template=template,
            view=partial(view, views, node),
            source=node.source.path if node.source else None,
            begins=partial(_beginning, thing, node),
            follows=graph.sessions[node.sessions[0]].source.path if node.sessions else None,
            tab=thing.index,
            trail=(index,),
            previews=(previews.of_named(views, thing, node),),
        )
        owner = views.ref(thing, own)
        yield from session_lists.pages(views, thing.name, owner, node.sessions, index)
        if below:
            yield from below(views, node, index)


def _beginning(thing: Thing, node: NamedNode) -> tuple[str, str]:
    """The file that one without its own could have, and what would have to be in it."""
    front = yamlwrite.dump({"name": node.name})
    return f"{thing.folder}/{node.id}{thing.ending}", f"---\n{front}---\n\n"


def _description(views: Views, node: N, describe: Callable[[Views, N], str]) -> str:
    graph = views.graph
    seen = node.sessions or node.announced
    latest = graph.events[graph.sessions[seen[0]].event].record.name if seen else ""
    text = prose.to_text(node.body)
    return words.described(
        text or describe(views, node),
        describe(views, node) if text else "",
        f"Latest at {latest}." if latest else "",
    )


def sessions_part(views: Views, thing: Thing, node: NamedNode) -> tuple[Part, ...]:
    shown = session_lists.shown(views, node.sessions, thing.path(node.id))
    return part("sessions", "Sessions", shown, when=node.sessions)


def mentions_part(views: Views, thing: Thing, node: NamedNode) -> tuple[Part, ...]:
    found = mentions(views.graph, [thing.key(node.id)], thing.path(node.id))
    return part(
        "mentions", "Mentioned in", parts.Mentions(parts.refs(found)[: parts.MENTIONS]), when=found
    )
