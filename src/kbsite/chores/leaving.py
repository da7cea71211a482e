"""Somebody, or a session, left out of all files on request, and of whatever is imported later."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from kbsite import leftout, records, slugs, stillnamed
from kbsite.catalog import PERSON, REPORT, SESSION
from kbsite.chores import lockfile
from kbsite.chores.desk import Desk
from kbsite.chores.known import Who
from kbsite.chores.renaming import follow, known_id, path_of
from kbsite.errors import ContentError, UsageError
from kbsite.importers import leaving
from kbsite.leftout import LeftOut
from kbsite.wording import all_of, did_you_mean

_SPOKEN = ("learnings", "figures")  # claims that stay without whoever made them
_LINK = re.compile(
    r"\[\[(?:speaker|person):(?P<name>[^|\[\]\\]{1,300})(?:\\?\|(?P<words>[^\[\]]{0,500}))?\]\]"
)
_AT_THE_END = (
    "left for you: history keeps what these files said, and the site shows it until it is "
    "published again"
)


def leave_out(desk: Desk, words: Sequence[str], *, in_texts: bool = False) -> str:
    """Take people, by any of their names, and sessions, by their ids, out of all files, and put
    them on the list; what was done, in words.

    What a text says of somebody stays, and is told, but with `in_texts` a sign stands for the name.
    Raises UsageError, and ContentError for a list that cannot be read.
    """
    desk.let_go()
    left_out, people = _list(desk), set[str]()
    sessions = [known_id(desk, SESSION, word) for word in words if slugs.is_session_id(word)]
    for own in sessions:
        left_out = _with_session(desk, left_out, own)
    for word in words:
        if not slugs.is_session_id(word):
            own, names = _known(desk, word)
            people.add(own)
            left_out = left_out.with_names(names, but=_others(desk, own))
    desk.put(leftout.FILE, left_out.text.encode())
    for own in sessions:
        _remove_session(desk, own)
    left_out = left_out.beside(stillnamed.people(desk.base.library))
    going = _Leaving(desk, left_out, frozenset(people))
    going.take_out(frozenset(sessions))
    if in_texts:
        going.blank()
    going.rename_sessions()
    for place in desk.root.glob(f"{stillnamed.SCHEMAS}/*.json"):
        if left_out.found(place.read_text("utf-8", errors="replace")):
            desk.remark(
                f"the schemas of editors name them: kbsite schema --into {stillnamed.SCHEMAS}"
            )
    desk.remark(_AT_THE_END)
    return f"{all_of(list(dict.fromkeys(words)))} left out"


def take_back(desk: Desk, names: Sequence[str]) -> str:
    """Take names off the list, and nothing else; what was done, in words. Raises UsageError."""
    left_out = _list(desk)
    for name in names:
        left = left_out.without_names([name])
        if left == left_out:
            raise UsageError(f"'{name}' is not on the list of who is left out")
        left_out = left
    desk.put(leftout.FILE, left_out.text.encode() if left_out else None)
    desk.remark("what was taken out stays out, until you or an import put it in again")
    return f"{all_of(list(names))} no longer left out"


def _list(desk: Desk) -> LeftOut:
    if wrong := [each for each in desk.base.problems if each.file == leftout.FILE]:
        raise ContentError(wrong)
    return desk.base.library.left_out


def _others(desk: Desk, own: str) -> set[str]:
    """The names of everybody else."""
    names = Who(desk, PERSON).names
    return {name for id, called in names.spellings.items() if id != own for name in called}


def _known(desk: Desk, word: str) -> tuple[str, list[str]]:
    """The id of somebody, and all their names; of somebody who is nowhere, the name alone."""
    who = Who(desk, PERSON)
    found = who.meant(word)
    _demand_one(word, found)
    if not found:
        if not leftout.words_of(word):
            raise UsageError(f"'{word}' is no name: it has no letter and no digit")
        near = who.names.vocabulary.nearest(word)
        desk.remark(f"no record names {word}; {did_you_mean(near) or 'later ones will not either'}")
        return slugs.slug(word), [word]
    own = found[0]
    name = who.names.name(own)
    called = [name, *who.names.claims.aliases.get(own, ()), *who.names.spellings.get(own, ())]
    if word != own:  # romanised, an id may be the name of somebody else
        called.append(word)
    names = [each for each in dict.fromkeys(called) if leftout.words_of(each)]
    alone = [each for each in names if leftout.words_of(each) == 1 and each != name]
    for each in alone:
        desk.remark(f"'{each}' alone may be anybody, and is not on the list")
    kept = [each for each in names if each not in alone]
    for each in kept:
        _demand_one(each, who.meant(each))
    return own, kept


def _demand_one(word: str, found: Sequence[str]) -> None:
    if len(found) > 1:
        raise UsageError(
            f"'{word}' can be any of {', '.join(found)}, and the list knows people by their names "
            "alone: take the one out of the records yourself"
        )


def _with_session(desk: Desk, left_out: LeftOut, own: str) -> LeftOut:
    record = desk.base.library.sessions[own].record
    event = own.partition("/")[0]
    keys = [
        key
        for source in record.sources
        for key in leftout.entry_keys(event, source.system, source.id, source.url)
    ]
    keys += [
        key
        for link in record.links
        if link.kind == "schedule"
        for key in leftout.entry_keys(event, "", None, link.url)
    ]
    if not keys:
        desk.remark(
            f"{own} names no entry of a schedule, so an import that has it will bring it again, "
            "and kbsite check will say so if it is called the same"
        )
    return left_out.with_session([own, *record.aliases], keys)


def _remove_session(desk: Desk, own: str) -> None:
    """A session goes, and with it what leads to it, but for links in texts."""
    desk.put(path_of(own), None)
    for entry in desk.base.library.sessions.values():
        record = entry.record
        follows = [
            each.id
            for each in record.learnings
            if (each.superseded_by or "").partition("#")[0] == own
        ]
        if entry.id != own and (own in record.related or follows):

            def change(data: dict[str, Any], follows: Sequence[str] = follows) -> None:
                _keep(data, "related", own.__ne__)
                for learning in data.get("learnings") or ():
                    if learning.get("id") in follows:
                        del learning["superseded_by"]

            desk.alter(entry.source.path, change)


class _Leaving:
    """People who go, by the list and by their ids, and the files that name them."""

    def __init__(self, desk: Desk, left_out: LeftOut, people: frozenset[str]) -> None:
        self._desk, self._left_out, self._people = desk, left_out, people

    def take_out(self, sessions: frozenset[str]) -> None:
        desk, library = self._desk, self._desk.base.library
        for own, page in library.of(PERSON).items():
            if own in self._people or self._is_theirs(page.record.name):
                desk.put(page.source.path, None)
        named = {
            entry.source.path
            for entry, _, name in stillnamed.named(library)
            if self._is_theirs(name)
        }
        named |= {
            entry.source.path
            for entry in library.sessions.values()
            if any(self._is_speaker(each.model_dump()) for each in entry.record.speakers)
        }
        for thing, entries in library.records.items():
            for own, entry in entries.items():
                path = entry.source.path
                if entry.stand_in or entry.source.mended or desk.raw(path) is None:
                    continue  # the check tells of what cannot be read as it is
                if path in named or self._left_out.found(entry.source.text):
                    desk.alter(path, self._changes(thing))
                    if isinstance(entry.record, records.Session):
                        self._tell_who_is_left(own, entry.record)
        for event in library.events:
            lockfile.leave_out(
                desk,
                event,
                self._left_out,
                [own for own in sessions if own.startswith(f"{event}/")],
            )

    def blank(self) -> None:
        """A sign in the place of every name in a text, and words in that of links to people."""
        desk = self._desk
        for path in stillnamed.paths(desk.root, desk.base.library):
            raw = desk.raw(path)
            try:
                text = (raw or b"").decode()
            except UnicodeDecodeError:
                continue
            new = self._left_out.without(_LINK.sub(self._unlinked, text))
            if new != text:
                desk.put(path, new.encode())

    def _unlinked(self, link: re.Match[str]) -> str:
        return (link["words"] or leftout.SIGN) if self._is_theirs(link["name"].strip()) else link[0]

    def _is_theirs(self, name: Any) -> bool:
        return name in self._people or self._left_out.is_name(str(name or ""))

    def _changes(self, thing: str) -> Callable[[dict[str, Any]], None]:
        """What changes in the fields of a record, all of it or nothing."""

        def change(data: dict[str, Any]) -> None:
            if self._is_theirs(data.get("author")):
                if thing != REPORT.name:
                    del data["author"]
                elif data.get("publisher"):
                    data["author"] = data["publisher"]
            if thing == SESSION.name:
                self._of_a_session(data)
            else:
                _keep(data, "aliases", lambda each: not self._is_theirs(each))
            _keep(data, "distinct_from", lambda each: not self._is_theirs(each))
            _each(data, "links", lambda each: leaving.link(each, self._left_out))

        return change

    def _of_a_session(self, data: dict[str, Any]) -> None:
        had_speakers = "speakers" in data
        _each(data, "speakers", lambda each: None if self._is_speaker(each) else each)
        is_alone = had_speakers and "speakers" not in data
        _each(data, "quotes", lambda each: None if self._is_hers(each, is_alone=is_alone) else each)
        for claims in _SPOKEN:
            _each(data, claims, self._unspoken)
        _keep(data, "aliases", lambda each: not self._left_out.found(str(each)))
        _each(data, "sources", lambda each: leaving.source(each, self._left_out))
        told = data.get("provenance")
        if isinstance(told, dict) and self._is_theirs(told.get("contributed_by")):
            del told["contributed_by"]
            if not told:
                del data["provenance"]

    def _is_speaker(self, each: dict[str, Any]) -> bool:
        return (
            each.get("id") in self._people
            or self._is_theirs(each.get("name"))
            or leaving.is_speaker(each, self._left_out)
        )

    def _is_hers(self, quote: dict[str, Any], *, is_alone: bool) -> bool:
        """Whether a quote is of one of them; one that says nothing is of who speaks alone."""
        by = quote.get("by")
        return self._is_theirs(by) if by else is_alone

    def _unspoken(self, claim: dict[str, Any]) -> dict[str, Any]:
        if self._is_theirs(claim.get("by")):
            del claim["by"]
        return claim

    def _tell_who_is_left(self, own: str, session: records.Session) -> None:
        names = [each.name or each.id for each in session.speakers]
        if names and all(map(self._is_theirs, names)):
            self._desk.remark(f"{own} has no speaker any more")

    def rename_sessions(self) -> None:
        """Other ids for sessions whose own name somebody; the former ones lead nowhere."""
        desk, library = self._desk, self._desk.base.library
        renamed: dict[str, str] = {}
        taken = {*library.sessions, *desk.base.graph.redirects[SESSION.name]}
        for own in library.sessions:
            event, _, stem = own.partition("/")
            if self._left_out.found(stem) and desk.raw(path_of(own)) is not None:
                bare = slugs.slug(self._left_out.without(stem)) or SESSION.name
                to = next(id for id in slugs.numbered(bare) if f"{event}/{id}" not in taken)
                renamed[own] = f"{event}/{to}"
                taken.add(renamed[own])
        if renamed:
            follow(desk, renamed)
        for old, new in renamed.items():
            desk.move(path_of(old), path_of(new))
            lockfile.rename(
                desk, old.partition("/")[0], old.partition("/")[2], new.partition("/")[2]
            )


def _keep(data: dict[str, Any], key: str, wanted: Callable[[Any], object]) -> None:
    """Only some items of a list of words, and no list of none."""
    if isinstance(items := data.get(key), list):
        _put(data, key, [each for each in items if wanted(each)])


def _each(data: dict[str, Any], key: str, change: Callable[[dict[str, Any]], Any]) -> None:
    """Each mapping in a list as it is to be, those that are to be none left out."""
    if isinstance(items := data.get(key), list):
        changed = (change(each) if isinstance(each, dict) else each for each in items)
        _put(data, key, [new for new in changed if new is not None])


def _put(data: dict[str, Any], key: str, items: list[Any]) -> None:
    if items or not data[key]:
        data[key] = items
    else:
        del data[key]
