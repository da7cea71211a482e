"""Names, aliases and ids of one kind to one id: who and what is meant."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kbsite import cures, records, slugs
from kbsite.catalog import PERSON, Thing
from kbsite.errors import Problem
from kbsite.library import Entry
from kbsite.slugs import Vocabulary
from kbsite.sources import Path, Source


class Use(NamedTuple):
    """A place that names somebody or something by a name, an id or both; the id decides."""

    source: Source
    path: Path
    name: str | None
    id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Claims:
    """The names that the records of one kind of thing claim for themselves.

    `ids` maps the keys of names to the ids whose records claim them, `official` ids to the names
    that their records give, `aliases` the id of every record to its other names, and `sources` to
    its file. What the `broken` records claim is not all known.
    """

    thing: Thing
    ids: Mapping[str, str]
    official: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, Source]
    broken: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Names:
    """One kind's names: those that records claim, and those that are used.

    `ids` maps the keys of used names to ids; `spellings` counts for every id in use how often each
    spelling was used; `uses` are all places.
    """

    claims: Claims
    ids: Mapping[str, str]
    spellings: Mapping[str, Counter[str]]
    uses: Sequence[Use] = ()

    def id_of(self, name: str) -> str:
        """The id of a name in use; empty where nothing of the name gives one."""
        return self.ids.get(slugs.name_key(name), "")

    def name(self, id: str) -> str:
        """The official name, or else the best spelling in use, or else the id.

        A person's is one in capitals and small letters, a thing's the most frequent. Of what is
        equal then the more frequent, the one with more capitals, the first.
        """
        if id in self.claims.official:
            return self.claims.official[id]
        counts = self.spellings.get(id)
        if not counts:
            return id
        if len(counts) == 1:
            return next(iter(counts))
        rank = _rank_of_person if self.claims.thing is PERSON else _rank_of_thing
        return min(counts.items(), key=lambda item: rank(*item))[0]

    def other_names(self, id: str) -> tuple[str, ...]:
        """Aliases and spellings that look different, by more than case, accents and spacing."""
        own = self.name(id)
        aliases, spellings = self.claims.aliases.get(id, ()), self.spellings[id]
        if not aliases and spellings.keys() <= {own}:
            return ()
        known = {_as_seen(own): own}
        for name in (*aliases, *sorted(spellings)):
            if _as_seen(name) != id:
                known.setdefault(_as_seen(name), name)
        return tuple(sorted(name for name in known.values() if name != own))

    def lookup(self, word: str) -> list[str]:
        """Every id in use that `word` may mean: an id, or a claimed or used name, or else an id in
        other spelling.
        """
        if word in self.spellings:
            return [word]
        key = slugs.name_key(word)
        named = set(self._by_key.get(key, ()))
        claimed = self.claims.ids.get(key)
        if claimed is not None and claimed in self.spellings:
            named.add(claimed)
        return sorted(named) or self._by_key_of_id.get(key, [])

    @cached_property
    def places(self) -> Mapping[str, Sequence[Use]]:
        """Every id in use to where it is named, in order."""
        out: dict[str, list[Use]] = {}
        for use in self.uses:
            out.setdefault(use.id or self.id_of(use.name or ""), []).append(use)
        return out

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every name in use, to guess from."""
        used = {name for counts in self.spellings.values() for name in counts}
        official = {name for own, name in self.claims.official.items() if own in self.spellings}
        return Vocabulary(used | official)

    @cached_property
    def _by_key(self) -> Mapping[str, set[str]]:
        out: dict[str, set[str]] = {}
        for own, counts in self.spellings.items():
            for name in counts:
                out.setdefault(slugs.name_key(name), set()).add(own)
        return out

    @cached_property
    def _by_key_of_id(self) -> Mapping[str, list[str]]:
        return {slugs.name_key(own): [own] for own in self.spellings}


def _as_seen(name: str) -> str:
    """A name folded, without what nobody sees: zero-width spaces, soft hyphens and the like."""
    if not name.isascii():
        name = "".join(c for c in name if unicodedata.category(c) != "Cf")
    return slugs.fold(name)


def _rank_of_person(spelling: str, times: int) -> tuple[object, ...]:
    """People write their names with capitals and small letters: Mary Madeup, and Jean Dupont where
    a schedule has MARY MADEUP or Jean DUPONT.
    """
    shouted = sum(len(word) > 2 and word.isupper() for word in spelling.split())
    return (shouted, spelling.islower(), -times, -_capitals(spelling), spelling)


def _rank_of_thing(spelling: str, times: int) -> tuple[object, ...]:
    """Some things are written IBM, NTT DATA or etcd, if most say so."""
    one_case = " " in spelling and (spelling.isupper() or spelling.islower())
    return (-times, one_case, -_capitals(spelling), spelling)


def _capitals(spelling: str) -> int:
    return sum(character.isupper() for character in spelling)


def claim(
    entries: Mapping[str, Entry[records.Named]],
    thing: Thing,
    report: Callable[[Problem], None],
) -> Claims:
    """The names that records of one kind claim for themselves; KB210 where two claim one."""
    ids: dict[str, str] = {}
    holders: dict[str, Source] = {}

    def take(word: str, own: str, source: Source, path: Path) -> None:
        key = slugs.name_key(word)
        other = ids.setdefault(key, own)
        if other == own:
            holders.setdefault(key, source)
            return
        report(
            source.problem(
                "KB210",
                path,
                f"the {thing.noun} '{other}' already goes by '{word}'",
                f"keep the name in one of {holders[key].path} and {source.path}",
                cures=cures.removing(source, path) if "aliases" in path else (),
            )
        )

    for own, entry in entries.items():
        take(own, own, entry.source, ())
    official: dict[str, str] = {}
    for own, entry in entries.items():
        if "name" not in entry.lost:
            official[own] = entry.record.name
            take(entry.record.name, own, entry.source, ("name",))
        for at, alias in enumerate(entry.record.aliases):
            take(alias, own, entry.source, ("aliases", at))
    return Claims(
        thing=thing,
        ids=ids,
        official=official,
        aliases={own: entry.record.aliases for own, entry in entries.items()},
        sources={own: entry.source for own, entry in entries.items()},
        broken=frozenset(own for own, entry in entries.items() if entry.lost),
    )
