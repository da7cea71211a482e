"""Links in double brackets that do not say what they lead to, and what each of them may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbsite.catalog import (
    EVENT,
    LEARNING,
    ORGANISATION,
    PERSON,
    PROJECT,
    REPORT,
    SESSION,
    THEME,
    linked_as,
)
from kbsite.graph import called
from kbsite.graph.target import Target, Unresolved
from kbsite.graph.targets import Targets
from kbsite.slugs import fold
from kbsite.wikilinks import WikiLink
from kbsite.wording import shown

# In this order they are likely to be meant
_THINGS = (THEME, PROJECT, PERSON, SESSION, ORGANISATION, EVENT, REPORT, LEARNING)
_NEAR = (THEME, PROJECT, PERSON)
_SPACED = re.compile(r"([A-Za-z-]+)\s*:\s*(.*)", re.DOTALL)


def why(link: WikiLink, targets: Targets, asking: str) -> Unresolved:
    """What is said of a link without a kind, with all that may be written in its place."""
    words = (link.words or "").strip()
    if (spaced := _SPACED.fullmatch(link.target)) and linked_as(spaced[1].lower()):
        right = f"[[{spaced[1].lower()}:{spaced[2]}{f'|{words}' if words else ''}]]"
        message = f"{shown(link.raw)} is no link, for the spaces in it"
        return Unresolved(message, f"write {right}", instead=(right,))
    for other in (_turned(link, targets, asking), _by_path(link, targets, asking)):
        if other is not None:
            return other
    meant = [target.written(words or link.target) for target in _meant(link, targets, asking)]
    if not meant and (page := called.link(targets.library.pages, link.target, asking, words)):
        meant = [page]
    if meant:
        message = f"{shown(link.raw)} leads nowhere: it does not say what {shown(link.target)} is"
        return Unresolved(message, f"write {' or '.join(meant)}", instead=tuple(meant))
    near = [target.written(words) for target in _near(link, targets)]
    guess = f"did you mean {' or '.join(near)}?" if near else "begin it as [[theme:...]] begins"
    as_code = f"`{link.raw}`"
    return Unresolved(
        f"{shown(link.raw)} leads nowhere: it does not say to what",
        f"{guess} (to show the brackets, write {as_code})",
        instead=(*near, as_code),
    )


def _turned(link: WikiLink, targets: Targets, asking: str) -> Unresolved | None:
    """What is said of a link whose words stand before what it leads to, if they do."""
    kind, colon, target = (link.words or "").strip().partition(":")
    turned = WikiLink(start=0, raw="", kind=kind, target=target.strip(), words=link.target)
    if not colon or linked_as(kind) is None:
        return None
    found = targets.resolve(turned, asking)
    if not isinstance(found, Target):
        return None
    right = found.written(link.target)
    message = f"{shown(link.raw)} leads nowhere: its words stand behind the bar"
    return Unresolved(message, f"write {right}", instead=(right,))


def _by_path(link: WikiLink, targets: Targets, asking: str) -> Unresolved | None:
    """What is said of a link with a slash behind its kind, or by the path of a file, if it is."""
    kind, _, id = link.target.partition("/")
    named = WikiLink(
        start=0, raw="", kind=kind.strip().lower(), target=id.strip(), words=link.words
    )
    found: Target | Unresolved | None = targets.record_at(link.target.strip("/ "))
    if found is None and linked_as(named.kind):
        found = targets.resolve(named, asking)
    if found is None or (isinstance(found, Unresolved) and not found.instead):
        return None
    right = (found.written(link.words or ""),) if isinstance(found, Target) else found.instead
    message = f"{shown(link.raw)} is no link: a colon stands behind what it leads to"
    return Unresolved(message, f"write {' or '.join(right)}", instead=right)


def _meant(link: WikiLink, targets: Targets, asking: str) -> Iterator[Target]:
    """Everything that is called as the link is."""
    named = [_of(thing.words[0], link.target) for thing in _THINGS]
    titled = [_of(SESSION.words[0], own) for own in targets.titled(fold(link.target))]
    events = [_of(EVENT.words[0], own) for own in targets.events_called(link.target)]
    for each in (*named, *titled, *events):
        if isinstance(found := targets.resolve(each, asking), Target):
            yield found


def _near(link: WikiLink, targets: Targets) -> Iterator[Target]:
    for thing in _NEAR:
        for name in targets.naming.of(thing).vocabulary.nearest(link.target, count=1):
            if isinstance(found := targets.resolve(_of(thing.words[0], name)), Target):
                yield found


def _of(kind: str, target: str) -> WikiLink:
    return WikiLink(start=0, raw="", kind=kind, target=target, words=None)
