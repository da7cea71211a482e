"""Things with records of their own that no other module of the graph knows.

All that is needed of them is said by their model: which of its fields are prose, and what others
refer to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from kbsite import catalog, models, records, slugs
from kbsite.catalog import Thing
from kbsite.fields import Refers
from kbsite.graph.mentions import Mentions, resolved
from kbsite.graph.naming import Finder, Naming, Report
from kbsite.graph.nodes import Graph, Mention, RecordNode
from kbsite.library import Entry, Library


def others(
    library: Library, naming: Naming, mentions: Mentions, report: Report
) -> dict[str, dict[str, RecordNode]]:
    """The nodes of every thing that has records and no field of its own, by its name and by id."""
    own = {field.name for field in fields(Graph)}
    return {
        thing.name: _nodes(thing, library, naming, mentions, report)
        for thing in catalog.THINGS
        if thing.folder and thing.plural not in own
    }


def _nodes(
    thing: Thing, library: Library, naming: Naming, mentions: Mentions, report: Report
) -> dict[str, RecordNode]:
    entries: Mapping[str, Entry[records.Named]] = library.of(thing)
    nodes = []
    for own, entry in entries.items():
        here = Mention(title=entry.record.name, path=thing.path(own), kind=thing.noun)
        refers = dict(_refers(entry, library, naming, report))
        for ids, other in refers.values():
            for id in ids:
                mentions.note(other.key(id), here)
        nodes.append(
            RecordNode(
                id=own,
                record=resolved(entry.record, entry.source, here, mentions),
                source=entry.source,
                body=mentions.in_body(entry.source, here),
                refers={name: ids for name, (ids, _) in refers.items()},
            )
        )
    return {node.id: node for node in sorted(nodes, key=lambda n: (slugs.fold(n.label), n.id))}


def _refers(
    entry: Entry[records.Named], library: Library, naming: Naming, report: Report
) -> Iterator[tuple[str, tuple[tuple[str, ...], Thing]]]:
    """Each field that refers to things, by its names from the top, with the ids of these things."""
    for names, mark in models.marked(type(entry.record), Refers):
        words = [text for _, text in models.texts(entry.record, names)]
        thing = mark.thing
        if thing.named_freely:
            ids = naming.ids_of(thing, words)
        else:
            finder = Finder(thing=thing, library=library, names=naming.of(thing), report=report)
            ids = finder.ids(words, entry.source, names)
        yield ".".join(names), (ids, thing)
