"""How to cite a session: as a line of text, and as an entry for BibTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kbsite import slugs
from kbsite.graph import Graph
from kbsite.graph.nodes import SessionNode
from kbsite.kinds import words
from kbsite.wording import all_of

_SPECIAL = re.compile(r"[\\{}$&#_%~^]")
_ESCAPED = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}", "}": r"\textbraceright{}",  # BibTeX counts \{ as a brace
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """`text` ends without an address; `fields` are a BibTeX entry's, as it writes them."""

    text: str
    key: str
    fields: tuple[tuple[str, str], ...]


def cite(graph: Graph, node: SessionNode) -> Citation:
    """What is known of a session, in the order in which people cite."""
    event = graph.events[node.event].record
    names = [graph.people[a.person].name for a in node.appearances]
    kind = words.KIND_LABELS[node.record.kind]
    where = ", ".join(part for part in (event.name, event.city) if part)
    when = words.plain_day(node.day) if node.day else str(event.start.year)
    by = f"{all_of(names)}: " if names else ""
    day = node.day or event.start
    return Citation(
        text=f"{by}“{node.record.title}”. {kind} at {where}, {when}.",
        key="-".join(
            filter(None, (slugs.slug(names[0].split()[-1]) if names else "", str(day.year)))
        )
        + f"-{slugs.slug(node.record.title)[:40].strip('-')}",
        fields=tuple(
            (name, value)
            for name, value in (
                ("author", _braced(" and ".join(_braced(escaped(name)) for name in names))),
                ("title", _braced(_braced(escaped(node.record.title)))),
                ("year", _braced(str(day.year))),
                ("month", f"{day:%b}".lower() if node.day else ""),  # a macro, which has no braces
                ("howpublished", _braced(escaped(f"{kind} at {where}"))),
            )
            if value
        ),
    )


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""


def escaped(text: str) -> str:
    """Text that BibTeX shows as it is.

    >>> escaped("100% of C & {Rust}")
    '100\\\\% of C \\\\& \\\\textbraceleft{}Rust\\\\textbraceright{}'
    """
    return _SPECIAL.sub(lambda sign: _ESCAPED.get(sign[0], "\\" + sign[0]), text)
