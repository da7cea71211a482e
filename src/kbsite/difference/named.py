"""People, organisations and projects that are new, gone, or called by another id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from kbsite.catalog import ORGANISATION, PERSON, PROJECT, Thing
from kbsite.difference.parts import NamedChange
from kbsite.graph import companies, people
from kbsite.graph.nodes import Graph, NamedNode


def named_changes(before: Graph, after: Graph) -> tuple[NamedChange, ...]:
    """By kind and by name; those that are gone last."""
    return tuple(
        change for thing in (PERSON, ORGANISATION, PROJECT) for change in _of(thing, before, after)
    )


def _of(thing: Thing, before: Graph, after: Graph) -> Iterator[NamedChange]:
    old: Mapping[str, NamedNode] = before.nodes(thing)
    new: Mapping[str, NamedNode] = after.nodes(thing)
    leads = after.redirects.get(thing.name, {})
    gone = [own for own in old if own not in new]
    former = {own: leads[own] for own in gone if leads.get(own) in new}
    fresh = [own for own in new if own not in old and own not in former.values()]
    alike = _alike(thing, new) if fresh else {}
    for own in fresh:
        yield NamedChange(
            how="added",
            kind=thing.name,
            id=own,
            name=new[own].name,
            file=_file(new[own], after),
            resembles=tuple((other, new[other].name) for other in alike.get(own, ())),
        )
    for own in gone:
        graph, node = (after, new[former[own]]) if own in former else (before, old[own])
        yield NamedChange(
            how="moved" if own in former else "removed",
            kind=thing.name,
            id=node.id,
            name=node.name,
            file=_file(node, graph),
            former=own if own in former else "",
        )


def _file(node: NamedNode, graph: Graph) -> str:
    """Its own file, or that of the newest session that names it."""
    if node.source is not None:
        return node.source.path
    named = next((own for own in (*node.sessions, *node.announced) if own in graph.sessions), "")
    return graph.sessions[named].source.path if named else ""


def _alike(thing: Thing, nodes: Mapping[str, NamedNode]) -> Mapping[str, list[str]]:
    """Who may be who; of two with pages of their own that is settled there."""
    settled = frozenset(own for own, node in nodes.items() if node.source is not None)
    out: defaultdict[str, list[str]] = defaultdict(list)
    if thing is PERSON:
        pairs = people.near_duplicates({own: node.name for own, node in nodes.items()}, settled)
    else:
        known = sorted(nodes, key=lambda own: (own not in settled, -len(nodes[own].sessions), own))
        named = {own: nodes[own].name for own in known}
        pairs = (
            pair for pair in companies.near_duplicates(named, frozenset()) if pair[1] not in settled
        )
    for one, other in pairs:
        out[one].append(other)
        out[other].append(one)
    return out
