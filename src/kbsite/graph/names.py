"""Names, aliases and ids of one kind to one id: who and what is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kbsite import records, slugs
from kbsite.errors import Problem
from kbsite.library import Entry
from kbsite.slugs import Vocabulary
from kbsite.sources import Path, Source


@dataclass
class Names:
    """One kind's names: first `claim`ed by records, then `note`d wherever one is used, then asked.

    `claimed` maps folded names to the ids whose records claim them, `official` ids to the names
    that their records give, `aliases` to the others; `spellings` counts how often each spelling was
    used for an id.
    """

    claimed: dict[str, str] = field(default_factory=dict)
    official: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    spellings: dict[str, Counter[str]] = field(default_factory=dict)

    def id_of(self, name: str) -> str:
        """The id that `name` means: the one that claims it, or the name's own slug."""
        return self.claimed.get(slugs.fold(name)) or slugs.slug(name)

    def note(self, id: str, spelling: str | None = None) -> None:
        counts = self.spellings.setdefault(id, Counter())
        if spelling is not None:
            counts[spelling] += 1

    def name(self, id: str) -> str:
        """The official name, or else the most frequent spelling, or else the id.

        Of spellings used equally often it is the one with most capitals, then the first.
        """
        if id in self.official:
            return self.official[id]
        counts = self.spellings.get(id)
        if not counts:
            return id
        if len(counts) == 1:
            return next(iter(counts))
        return min(counts.items(), key=_by_use)[0]

    def other_names(self, id: str) -> tuple[str, ...]:
        """Aliases and spellings that differ by more than case, accents and spacing."""
        taken = {slugs.fold(self.name(id)), id}
        known: dict[str, str] = {}
        for name in (*self.aliases.get(id, ()), *sorted(self.spellings[id])):
            if slugs.fold(name) not in taken:
                known.setdefault(slugs.fold(name), name)
        return tuple(sorted(known.values()))

    def lookup(self, word: str) -> list[str]:
        """Every known id that `word` may mean, by id first, then by claimed or used name."""
        if word in self.spellings:
            return [word]
        folded = slugs.fold(word)
        ids = set(self._by_fold.get(folded, ()))
        claimed = self.claimed.get(folded)
        if claimed in self.spellings:
            ids.add(claimed)
        if not ids and slugs.slug(word) in self.spellings:
            ids.add(slugs.slug(word))
        return sorted(ids)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every name in use, to guess from."""
        used = {name for counts in self.spellings.values() for name in counts}
        official = {name for own, name in self.official.items() if own in self.spellings}
        return Vocabulary(used | official)

    @cached_property
    def _by_fold(self) -> Mapping[str, set[str]]:
        out: dict[str, set[str]] = {}
        for own, counts in self.spellings.items():
            for name in counts:
                out.setdefault(slugs.fold(name), set()).add(own)
        return out


def _by_use(item: tuple[str, int]) -> tuple[int, int, str]:
    spelling, times = item
    return (-times, -sum(c.isupper() for c in spelling), spelling)


def claim(
    entries: Mapping[str, Entry[records.Theme]] | Mapping[str, Entry[records.Extension]],
    noun: str,
    report: Callable[[Problem], None],
) -> Names:
    """The names that records of one kind claim for themselves; KB210 where two claim one."""
    names = Names()
    holders: dict[str, Source] = {}

    def take(word: str, own: str, source: Source, path: Path) -> None:
        folded = slugs.fold(word)
        other = names.claimed.setdefault(folded, own)
        if other == own:
            holders.setdefault(folded, source)
            return
        report(
            source.problem(
                "KB210",
                path,
                f"the {noun} '{other}' already goes by '{word}'",
                f"keep the name in one of {holders[folded].path} and {source.path}",
            )
        )

    for own, entry in entries.items():
        take(own, own, entry.source, ())
    for own, entry in entries.items():
        if "name" not in entry.lost:
            names.official[own] = entry.record.name
            take(entry.record.name, own, entry.source, ("name",))
        names.aliases[own] = entry.record.aliases
        for at, alias in enumerate(entry.record.aliases):
            take(alias, own, entry.source, ("aliases", at))
    return names
