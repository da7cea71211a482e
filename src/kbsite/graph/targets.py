"""What a [[kind:target]] link means: the address it leads to and the words it shows."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from urllib.parse import unquote, urlsplit

from kbsite import catalog, models, records, slugs
from kbsite.catalog import (
    EVENT,
    LEARNING,
    REPORT,
    SESSION,
    Thing,
    link_words,
    linked_as,
)
from kbsite.graph import called
from kbsite.graph.naming import Naming
from kbsite.graph.paths import things_at
from kbsite.graph.target import NO_BRACKETS, Target, Unresolved, learning_label, rewritten
from kbsite.library import Library
from kbsite.slugs import Vocabulary
from kbsite.wikilinks import WikiLink
from kbsite.wording import did_you_mean, shown

MOST_NAMED = 12  # things that a message lists
_PAGED = ("article", "articles", "shift", "shifts", "page", "pages", "essay", "post", "file")
_OTHER_WORDS = {  # that people have for what links lead to
    "talk": "session", "keynote": "session", "panel": "session", "video": "session",
    "org": "organisation", "company": "organisation", "employer": "organisation",
    "people": "speaker", "author": "speaker", "name": "speaker", "who": "speaker",
    "topic": "theme", "tag": "theme", "category": "theme",
    "conference": "event", "conf": "event", "edition": "event",
    "tool": "project", "product": "project", "repo": "project", "software": "project",
    "lesson": "learning", "insight": "learning", "takeaway": "learning", "claim": "learning",
    "account": "report", "source": "report",
}  # fmt: skip
_HTTP = re.compile(r"https?://[^\s\[\]]+\Z")


@dataclass(frozen=True, kw_only=True)
class Targets:
    """Everything a link can lead to: the published sessions, and what they name.

    `redirects` are the ids that sessions and events had before, by the thing's name.
    """

    library: Library
    sessions: Mapping[str, records.Session]
    naming: Naming
    redirects: Mapping[str, Mapping[str, str]]

    def resolve(self, link: WikiLink, asking: str = "") -> Target | Unresolved:
        """The target of `link`, found in the file `asking`, or why it has none."""
        if not link.kind:
            return self._not_closed(link, asking)
        thing = linked_as(link.kind)
        if thing is None:
            return self._of_no_kind(link, asking)
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
        links = tuple(rewritten(link, target=word) for word in found.instead)
        hint = f"write {' or '.join(links)}" if links else found.hint
        return replace(found, instead=links, hint=hint)

    def _not_closed(self, link: WikiLink, asking: str) -> Unresolved:
        kind, _, target = link.raw.strip("[]").partition("|")[0].partition(":")
        words = link.words.translate(NO_BRACKETS) if link.words else None
        closed = replace(link, kind=kind.lower(), target=target, words=words)
        meant = target and isinstance(self.resolve(closed, asking), Target)
        instead = (rewritten(closed),) if meant else ()
        way = "write its words without brackets" if words else "end it with ]]"
        hint = f"write {instead[0]}" if instead else way
        if words:
            return Unresolved("the words of a link have no brackets", hint, instead=instead)
        return Unresolved("the link is not closed", hint, instead=instead)

    def _of_no_kind(self, link: WikiLink, asking: str) -> Unresolved:
        """What is said of a link whose kind is another word for one, or none at all."""
        message = f"there is no kind of link '{link.kind}'"
        every = "kinds: " + ", ".join(link_words())
        if link.kind in ("http", "https", "mailto"):
            url = f"{link.kind}:{link.target}"
            made = f"[{link.words}]({url})" if link.words else f"<{url}>"
            said = "double brackets lead to records, not to addresses"
            return Unresolved(said, f"write {made}", instead=(made,))
        if link.kind in _PAGED and (
            made := called.link(self.library.pages, link.target, asking, link.words or "")
        ):
            return Unresolved(message, f"write {made}", instead=(made,))
        if link.kind in _PAGED and (file := called.page(self.library.pages, link.target)):
            said = link.words or called.title(self.library.pages[file]) or link.target
            hint = f"no record leads to a page: write the words alone, {said} ({every})"
            return Unresolved(message, hint, instead=(said,))
        other = _OTHER_WORDS.get(link.kind)
        near = [other] if other else slugs.nearest(link.kind, link_words(), count=1)
        found = [(kind, self.resolve(replace(link, kind=kind), asking)) for kind in near]
        links = tuple(
            each
            for kind, meant in found
            for each in (
                (rewritten(link, kind=kind),) if isinstance(meant, Target) else meant.instead
            )
        )
        return Unresolved(
            message,
            f"write {links[0]} ({every})" if links else did_you_mean(near, every),
            instead=links,
        )

    def record_at(self, path: str) -> Target | None:
        """What has its record, or its page on the site, at a path from the root, if links can lead
        there: `content/projects/obi.md`, or `projects/obi/`.
        """
        for thing, id in things_at(path):
            own = id.partition("#")[0]
            is_there = own in self.sessions or own in self.redirects[SESSION.name]
            if thing in (SESSION, LEARNING) and not is_there:
                continue  # of what is not there nobody asks what it may mean
            link = WikiLink(start=0, raw="", kind=thing.noun, target=id, words=None)
            if isinstance(target := self.resolve(link, path), Target):
                return target
        return None

    def meant(self, href: str, asking: str) -> Target | None:
        """The record that a relative link in the file `asking` means, or one from the root.

        Where there is none of that path, it is the only record whose file is called so.
        """
        path, mark, anchor = unquote(href.partition("?")[0]).partition("#")
        if ":" in path:
            return self._by_kind(path + mark + anchor, asking)
        if not path:
            return None
        path = path.replace("\\", "/")
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(asking), path))
        for place in (beside, posixpath.normpath(path)):
            inside = place.removeprefix("../" * place.count("../")).strip("/")
            if target := self.record_at(f"{inside}{mark}{anchor}"):
                return target
        called = self._by_file.get(posixpath.basename(path), ())
        return self.record_at(called[0]) if len(called) == 1 else None

    def _by_kind(self, href: str, asking: str) -> Target | None:
        """The record that `theme:kernel` means, as links in double brackets say it."""
        kind, _, target = href.partition(":")
        if linked_as(kind.lower()) is None:
            return None
        link = WikiLink(start=0, raw="", kind=kind.lower(), target=target.strip(), words=None)
        found = self.resolve(link, asking)
        return found if isinstance(found, Target) else None

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
        near = self._near_sessions(own)
        ids = "a session's id is its folder and file: example-conf/kernel-news"
        return Unresolved(message, did_you_mean(near) or ids, instead=tuple(near))

    def _near_sessions(self, word: str) -> list[str]:
        """The id of a session that has nearly this id, or nearly this title."""
        if " " not in word.strip():
            return self._session_ids.nearest(word, count=1)
        near = get_close_matches(slugs.fold(word[:200]), self._by_title, 1, 0.85)
        return list(self.titled(near[0]))[:1] if near else []

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
        if "/" not in inside.rstrip("/") and (called := self._by_stem.get(slugs.slug(stem))):
            return tuple(called[:3])
        target = self.meant(inside.rstrip("/"), asking)
        if target is None or not target.key.startswith(SESSION.key("")):
            return ()
        return (target.key.removeprefix(SESSION.key("")),)

    def why_no_learning(self, session: str, learning: str) -> Unresolved:
        """Why the published `session` has no such learning, or which of its own is to be named."""
        entry = self.library.sessions[session]
        if "learnings" in entry.lost:
            return Unresolved(silent=True)
        own = [each.id for each in entry.record.learnings]
        if not learning:
            return Unresolved(
                f"'{session}' is a session, and does not say which of its learnings is meant",
                "it has no learnings",
                instead=tuple(f"{session}#{each}" for each in own[:MOST_NAMED]),
            )
        every = "its learnings: " + ", ".join(own[:MOST_NAMED]) if own else "it has no learnings"
        keys = [f"{session}#{each}" for each in slugs.nearest(learning, own, count=1)]
        return Unresolved(
            f"the session '{session}' has no learning {shown(learning)}",
            did_you_mean([key.partition("#")[2] for key in keys], every),
            instead=tuple(keys) or self.learnings_meant(learning),
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

    def events_called(self, name: str) -> list[str]:
        """The events with a name, or with a short one."""
        wanted = slugs.fold(name)
        return [
            own
            for own, entry in self.library.events.items()
            if wanted in map(slugs.fold, filter(None, (entry.record.name, entry.record.short)))
        ]

    @cached_property
    def _by_title(self) -> Mapping[str, list[str]]:
        out: dict[str, list[str]] = {}
        for own, session in self.sessions.items():
            out.setdefault(slugs.fold(session.title), []).append(own)
        return out

    @cached_property
    def _by_stem(self) -> Mapping[str, list[str]]:
        """Session ids by what they are called within their events."""
        out: dict[str, list[str]] = {}
        for own in self.sessions:
            out.setdefault(own.partition("/")[2], []).append(own)
        return out

    @cached_property
    def _by_learning(self) -> Mapping[str, list[str]]:
        """The keys of learnings by what they are called within their sessions."""
        out: dict[str, list[str]] = {}
        for key in self._learnings:
            out.setdefault(key.partition("#")[2], []).append(key)
        return out

    def learnings_meant(self, word: str) -> tuple[str, ...]:
        """The keys of learnings that are meant by less than a key, or with another sign in it."""
        before, _, own = word.replace("#", "/").strip("/").rpartition("/")
        called = self._by_learning.get(slugs.slug(own.removeprefix("learning-")), ())
        found = [key for key in called if key.partition("#")[0].endswith(before)]
        return tuple(found[:3])

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
        own = self.redirects[SESSION.name].get(own, own)
        if own not in self.sessions:
            return self.why_no_session(own, asking)
        return _target(SESSION, own, self.sessions[own].title)

    def _learning(self, key: str, asking: str) -> Target | Unresolved:
        session, mark, own = key.partition("#")
        if not mark:
            of_session = self._session(key, asking)
            if isinstance(of_session, Target):
                return self.why_no_learning(of_session.key.removeprefix(SESSION.key("")), "")
            return Unresolved(
                f"{shown(key)} does not name a learning",
                "write [[learning:EVENT/STEM#LEARNING-ID]]",
                instead=self.learnings_meant(key),
            )
        found = self._session(session, asking)
        if isinstance(found, Unresolved):
            near = [f"{each}#{own}" for each in found.instead if self.learning(each, own)]
            return replace(found, instead=tuple(near) or self.learnings_meant(key))
        session = found.key.removeprefix(SESSION.key(""))
        learning = self.learning(session, own)
        if learning is None:
            return self.why_no_learning(session, own)
        return _target(LEARNING, f"{session}#{own}", learning_label(learning.text))

    def _event(self, own: str) -> Target | Unresolved:
        own = self.redirects[EVENT.name].get(own, own)
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


def _target(thing: Thing, id: str, label: str) -> Target:
    page = f"{thing.plural}/{id}{thing.ending}" if thing.paged else ""
    return Target(thing.key(id), thing.path(id), label, page)


def _how_to_name(thing: Thing, word: str) -> str:
    if not thing.named_freely:
        file = f"{thing.folder}/{slugs.slug(word) or 'a-name'}{thing.ending}"
        return f"the {thing.plural} are the files in {thing.folder}/; add {file}"
    return f"a link needs a published session that names the {thing.noun}"
