"""What a [[kind:target]] link means: the address it leads to and the words it shows."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from html import escape
from urllib.parse import unquote, urlsplit

from kbsite import catalog, models, prose, records, slugs, wikilinks
from kbsite.catalog import (
    EVENT,
    LEARNING,
    REPORT,
    SESSION,
    Thing,
    link_words,
    linked_as,
)
from kbsite.excerpts import excerpt
from kbsite.graph.naming import Naming
from kbsite.graph.paths import things_at
from kbsite.library import Library
from kbsite.slugs import Vocabulary
from kbsite.wikilinks import WikiLink
from kbsite.wording import did_you_mean, shown

LABEL_LIMIT = 120
MOST_NAMED = 12  # things that a message lists
_HTTP = re.compile(r"https?://[^\s\[\]]+\Z")
_NO_BRACKETS = str.maketrans("", "", "[]|")
_SAID = str.maketrans(
    {
        **{c: f"\\{c}" for c in "\\`*_[]!#"},
        **{c: escape(c) for c in "&<>"},
        **{c: f"&#{ord(c)};" for c in "|{"},  # of tables, and of attributes and macros
    }
)


@dataclass(frozen=True, slots=True)
class Target:
    """`key` is "thing:id"; `path` is the address on the site, with the anchor of a learning.

    `page` is the path inside content/ of a hand-written page that it leads to; or else empty.
    """

    key: str
    path: str
    label: str
    page: str = ""

    def written(self, words: str = "") -> str:
        """The link that leads here, with other words than the label, if there are any.

        >>> Target("person:ada", "people/ada/", "Ada Example").written("she")
        '[[speaker:ada|she]]'
        """
        name, _, id = self.key.partition(":")
        words = " ".join(words.translate(_NO_BRACKETS).split())
        said = f"|{words}" if words and words not in (self.label, id) else ""
        return f"[[{catalog.named(name).noun}:{id}{said}]]"


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Why a link leads nowhere; `silent` when the target exists but has problems of its own.

    `instead` are texts that may be written in the place of the whole link or, where a field says
    it, of the reference, the likeliest first; where it is `certain`, the first is what was meant.
    """

    message: str = ""
    hint: str = ""
    silent: bool = False
    instead: tuple[str, ...] = ()
    certain: bool = False


@dataclass(frozen=True, kw_only=True)
class Targets:
    """Everything a link can lead to: the published sessions, and what they name."""

    library: Library
    sessions: Mapping[str, records.Session]
    naming: Naming
    redirects: Mapping[str, str]

    def resolve(self, link: WikiLink, asking: str = "") -> Target | Unresolved:
        """The target of `link`, found in the file `asking`, or why it has none."""
        if not link.kind:
            return self._not_closed(link, asking)
        thing = linked_as(link.kind)
        if thing is None:
            every = "kinds: " + ", ".join(link_words())
            near = slugs.nearest(link.kind, link_words(), count=1)
            links = tuple(
                _rewritten(link, kind=kind)
                for kind in near
                if isinstance(self.resolve(replace(link, kind=kind), asking), Target)
            )
            return Unresolved(
                f"there is no kind of link '{link.kind}'",
                f"write {links[0]} ({every})" if links else did_you_mean(near, every),
                instead=links,
            )
        if not link.target:
            return Unresolved(
                f"the link names no {thing.noun}", f"write [[{link.kind}:...]] with its id"
            )
        if thing is SESSION:
            found = self._session(link.target, asking)
        elif thing is LEARNING:
            found = self._learning(link.target, asking)
        elif thing is EVENT:
            found = self._event(link.target)
        elif thing is REPORT:
            found = self._report(link.target, asking)
        else:
            found = self._named(thing, link, asking)
        if isinstance(found, Target):
            return found
        links = tuple(_rewritten(link, target=word) for word in found.instead)
        hint = f"write {' or '.join(links)}" if links else found.hint
        return replace(found, instead=links, hint=hint)

    def _not_closed(self, link: WikiLink, asking: str) -> Unresolved:
        kind, _, target = link.raw.strip("[]").partition(":")
        closed = replace(link, kind=kind.lower(), target=target)
        meant = target and isinstance(self.resolve(closed, asking), Target)
        instead = (_rewritten(closed),) if meant else ()
        hint = f"write {instead[0]}" if instead else "end it with ]]"
        return Unresolved("the link is not closed", hint, instead=instead)

    def record_at(self, path: str) -> Target | None:
        """What has its record, or its page on the site, at a path from the root, if links can lead
        there: `content/projects/obi.md`, or `projects/obi/`.
        """
        for thing, id in things_at(path):
            link = WikiLink(start=0, raw="", kind=thing.noun, target=id, words=None)
            if isinstance(target := self.resolve(link, path), Target):
                return target
        return None

    def meant(self, href: str, asking: str) -> Target | None:
        """The record that a relative link in the file `asking` means, or one from the root.

        Where there is none of that path, it is the only record whose file is called so.
        """
        path, mark, anchor = unquote(href.partition("?")[0]).partition("#")
        if not path or ":" in path:
            return None
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(asking), path))
        for place in (beside, posixpath.normpath(path)):
            inside = place.removeprefix("../" * place.count("../")).strip("/")
            if target := self.record_at(f"{inside}{mark}{anchor}"):
                return target
        called = self._by_file.get(posixpath.basename(path), ())
        return self.record_at(called[0]) if len(called) == 1 else None

    def why_no_session(self, own: str, asking: str) -> Unresolved:
        """Why `own` is not the id of a published session."""
        if own in self.library.sessions:
            return Unresolved(
                f"the session '{own}' is not published", "remove this, or publish the session"
            )
        if self.library.may_hold(own, models.may_name(SESSION), asking=asking):
            return Unresolved(silent=True)
        message = f"there is no session {shown(own)}"
        if meant := self._sessions_meant(own, asking):
            return Unresolved(
                message, f"write {' or '.join(meant)}", instead=meant, certain=len(meant) == 1
            )
        near = self._session_ids.nearest(own, count=1)
        ids = "a session's id is its folder and file: example-conf/kernel-news"
        return Unresolved(message, did_you_mean(near) or ids, instead=tuple(near))

    def _sessions_meant(self, word: str, asking: str) -> tuple[str, ...]:
        """The ids of sessions by what else people call them: a title, a file, an address."""
        titled = self.titled(slugs.fold(word))
        if titled or " " in word:
            return tuple(titled[:3])
        path = urlsplit(word).path if _HTTP.match(word) else word.partition("#")[0]
        folder = f"{SESSION.folder}/"
        inside = path[path.find(folder) :] if folder in path else path.removeprefix("./")
        stem = posixpath.basename(inside.rstrip("/")).removesuffix(SESSION.ending)
        beside = f"{posixpath.basename(posixpath.dirname(asking))}/{stem}"
        if beside in self.sessions and "/" not in inside.rstrip("/"):
            return (beside,)
        target = self.meant(inside.rstrip("/"), asking)
        if target is None or not target.key.startswith(SESSION.key("")):
            return ()
        return (target.key.removeprefix(SESSION.key("")),)

    def why_no_learning(self, session: str, learning: str) -> Unresolved:
        """Why the published `session` has no such learning."""
        entry = self.library.sessions[session]
        if "learnings" in entry.lost:
            return Unresolved(silent=True)
        own = [each.id for each in entry.record.learnings]
        every = "its learnings: " + ", ".join(own[:MOST_NAMED]) if own else "it has no learnings"
        near = slugs.nearest(learning, own, count=1)
        return Unresolved(
            f"the session '{session}' has no learning {shown(learning)}",
            did_you_mean(near, every),
            instead=tuple(f"{session}#{each}" for each in near),
        )

    def learning(self, session: str, learning: str) -> records.Learning | None:
        return self._learnings.get(f"{session}#{learning}")

    @cached_property
    def _learnings(self) -> Mapping[str, records.Learning]:
        return {
            f"{own}#{each.id}": each
            for own, session in self.sessions.items()
            for each in reversed(session.learnings)
        }

    def titled(self, folded: str) -> Sequence[str]:
        """The sessions with a title, which is folded."""
        return self._by_title.get(folded, ())

    @cached_property
    def _by_title(self) -> Mapping[str, list[str]]:
        out: dict[str, list[str]] = {}
        for own, session in self.sessions.items():
            out.setdefault(slugs.fold(session.title), []).append(own)
        return out

    @cached_property
    def _by_file(self) -> Mapping[str, list[str]]:
        """The names of records' files to their paths; of people and the like also those that they
        would have.
        """
        out: dict[str, list[str]] = {}
        for thing in catalog.THINGS:
            if not (thing.words and thing.folder) or thing.file:
                continue
            for id in self._ids_of(thing):
                name = f"{id.rpartition('/')[2]}{thing.ending}"
                out.setdefault(name, []).append(f"{thing.folder}/{id}{thing.ending}")
        return out

    def _ids_of(self, thing: Thing) -> Iterable[str]:
        """Every id of a thing that a link can lead to."""
        if thing is SESSION:
            return self.sessions
        return self.naming.of(thing).spellings if thing.named_freely else self.library.of(thing)

    @cached_property
    def _session_ids(self) -> Vocabulary:
        return Vocabulary(self.sessions)

    def _session(self, own: str, asking: str) -> Target | Unresolved:
        own = self.redirects.get(own, own)
        if own not in self.sessions:
            return self.why_no_session(own, asking)
        return _target(SESSION, own, self.sessions[own].title)

    def _learning(self, key: str, asking: str) -> Target | Unresolved:
        session, mark, own = key.partition("#")
        if not mark:
            return Unresolved(
                f"{shown(key)} does not name a learning",
                "write [[learning:EVENT/STEM#LEARNING-ID]]",
            )
        found = self._session(session, asking)
        if isinstance(found, Unresolved):
            return found
        session = found.key.removeprefix(SESSION.key(""))
        learning = self.learning(session, own)
        if learning is None:
            return self.why_no_learning(session, own)
        return _target(LEARNING, f"{session}#{own}", learning_label(learning.text))

    def _event(self, own: str) -> Target | Unresolved:
        entry = self.library.events.get(own)
        if entry is None:
            near = slugs.nearest(own, self.library.events, count=1)
            every = "events: " + ", ".join([*self.library.events][:MOST_NAMED])
            return Unresolved(
                f"there is no event {shown(own)}", did_you_mean(near) or every, instead=tuple(near)
            )
        return _target(EVENT, own, entry.record.short or entry.record.name)

    def _report(self, own: str, asking: str) -> Target | Unresolved:
        entry = self.library.of(REPORT).get(own)
        if entry is not None:
            return _target(REPORT, own, entry.record.title)
        if self.library.may_hold(own, (REPORT.name,), asking=asking):
            return Unresolved(silent=True)
        near = slugs.nearest(own, self.library.of(REPORT), count=1)
        return Unresolved(
            f"there is no {REPORT.noun} {shown(own)}",
            did_you_mean(near) or _how_to_name(REPORT, own),
            instead=tuple(near),
        )

    def _named(self, thing: Thing, link: WikiLink, asking: str) -> Target | Unresolved:
        word, names = link.target, self.naming.of(thing)
        ids = names.lookup(word)
        if len(ids) > 1:
            return Unresolved(
                f"{shown(word)} can be any of {', '.join(ids)}",
                f"write the id: [[{link.kind}:{ids[0]}|{word}]]",
                instead=tuple(ids),
            )
        if ids:
            return _target(thing, ids[0], names.name(ids[0]))
        if self.library.may_hold(word, models.may_name(thing), asking=asking):
            return Unresolved(silent=True)
        near = (
            names.vocabulary.nearest(word, count=1)
            if thing.named_freely
            else slugs.nearest(word, self.library.of(thing), count=1)
        )
        return Unresolved(
            f"there is no {thing.noun} {shown(word)}",
            did_you_mean(near) or _how_to_name(thing, word),
            instead=tuple(near),
        )


def _rewritten(link: WikiLink, *, kind: str = "", target: str = "") -> str:
    """A link with another kind or another target."""
    words = f"|{link.words}" if link.words else ""
    return f"[[{kind or link.kind}:{target or link.target}{words}]]"


def _target(thing: Thing, id: str, label: str) -> Target:
    page = f"{thing.plural}/{id}{thing.ending}" if thing.paged else ""
    return Target(thing.key(id), thing.path(id), label, page)


def _how_to_name(thing: Thing, word: str) -> str:
    if not thing.named_freely:
        file = f"{thing.folder}/{slugs.slug(word) or 'a-name'}{thing.ending}"
        return f"the {thing.plural} are the files in {thing.folder}/; add {file}"
    return f"a link needs a published session that names the {thing.noun}"


@lru_cache(maxsize=4096)  # many links may lead to one learning
def learning_label(text: str) -> str:
    """A learning's text as the words of a link: plain, and its beginning where it is long."""
    unlinked = wikilinks.replace(text, lambda link: link.words or link.target, in_prose=True)
    return excerpt(prose.to_text(unlinked), LABEL_LIMIT)


def as_markdown(link: WikiLink, target: Target, url: str) -> str:
    """A Markdown link to `url` in place of `link`."""
    words = _escaped(target.label) if link.words is None else link.words.rstrip("\\")
    return f"[{words}]({url})"


def _escaped(label: str) -> str:
    """A text as Markdown, whatever extension or plugin reads it."""
    return label.translate(_SAID)
