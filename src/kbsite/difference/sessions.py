"""Sessions that are new, gone, moved, or tell something else of themselves; their themes."""

from __future__ import annotations

from kbsite import models, records
from kbsite.catalog import CLAIMS
from kbsite.difference.claims import present
from kbsite.difference.parts import SessionChange
from kbsite.graph.nodes import Graph, SessionNode

_ATTRIBUTES = {
    info.alias or name: name
    for name, info in records.Session.model_fields.items()
    if name not in {thing.plural for thing in CLAIMS}
}


def session_changes(before: Graph, after: Graph) -> tuple[SessionChange, ...]:
    """In the order of the site; those that are gone last."""
    former: dict[str, SessionNode] = {}
    gone: list[SessionChange] = []
    for old in before.sessions.values():
        own = present(old.id, after)
        if own in after.sessions:
            former.setdefault(own, old)
        else:
            gone.append(
                SessionChange(
                    how="removed", id=old.id, title=old.record.title, file=old.source.path
                )
            )
    out: list[SessionChange] = []
    for node in after.sessions.values():
        change = _change(former.get(node.id), node)
        if change is not None:
            out.append(change)
    return (*out, *gone)


def _change(old: SessionNode | None, new: SessionNode) -> SessionChange | None:
    moved = old is not None and old.id != new.id
    were = old.themes if old else ()
    change = SessionChange(
        how="added" if old is None else "moved" if moved else "changed",
        id=new.id,
        title=new.record.title,
        file=new.source.path,
        former=old.id if old and moved else "",
        fields=_fields(old.record, new.record) if old else (),
        gained=tuple(theme for theme in new.themes if theme not in were),
        lost=tuple(theme for theme in were if theme not in new.themes),
    )
    differs = change.fields or change.gained or change.lost
    return change if differs or change.how != "changed" else None


def _fields(old: records.Session, new: records.Session) -> tuple[str, ...]:
    """The keys of a record, in their order, that have another value."""
    if old is new:
        return ()
    return tuple(
        key
        for key in models.keys(records.Session)
        if key in _ATTRIBUTES and getattr(old, _ATTRIBUTES[key]) != getattr(new, _ATTRIBUTES[key])
    )
