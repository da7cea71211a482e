"""Which entry of another source tells of which record: by id, by address, or by title and people.

A title is looked at as words, since others write it otherwise: behind "Keynote:", with people
before or behind it, in short or not at all, and cut with "..." where it became too long. What is
certain, and what is only likely, is decided here. Knows no files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, NamedTuple, TypeAlias

from kbsite import slugs
from kbsite.importers.reading.tables import EMOJI

How: TypeAlias = Literal["id", "address", "title"]

FEW = 400  # records that a word is followed to
RAREST = 8  # words of a title that are followed
SHORT = 2  # words with which a title alone is certain
LONG = 5  # words with which it is although more is said, or the rest was cut off
LETTERS = 12  # of a title that was cut off, at least
CUTS = 4  # of a title that are looked at
LIMIT = 95  # characters; at 100 some channels end a title without a sign
ALIKE = 0.6  # the share of words that two titles by the same people have in common
PERHAPS = 0.5  # and that with which they may be one

_CUT = re.compile(r"\s*(?:…|\.{3,})\s*")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_SMALL = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "with"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """An entry or a record: `ids` as "sched:4f2a", and who and what it names.

    The title of an entry may hold people and more.
    """

    ids: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    title: str
    people: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """What stands around titles: `words` that mean nothing, the `years` of the event, and in
    `others` the names of other events.
    """

    words: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()


class Joined(NamedTuple):
    """The place of a record, how it was found, and why that is not certain, if it is not."""

    record: int
    how: How
    doubt: str = ""


class _Fit(NamedTuple):
    """How many words of a title a record explains, and why it may be another one's yet."""

    explained: int
    doubt: str


def join(entries: Sequence[Side], records: Sequence[Side], around: Around) -> dict[int, Joined]:
    """The place of each entry to the record that it tells of; none is certain for two records."""
    joined: dict[int, Joined] = {}
    ways: tuple[tuple[How, Callable[[Side], Iterable[str]]], ...] = (
        ("id", lambda side: side.ids),
        ("address", lambda side: side.addresses),
    )
    for how, keys in ways:
        for at, record in _sharing(entries, records, keys):
            joined.setdefault(at, Joined(record, how))
    taken = {found.record for found in joined.values()}
    titles = _Titles(records, around, but=taken)
    found = {
        at: best
        for at, entry in enumerate(entries)
        if at not in joined and (best := titles.best(entry))
    }
    for record, rivals in _by_record(found).items():
        certain = sorted((fit.explained for fit in rivals.values() if not fit.doubt), reverse=True)
        for at, fit in rivals.items():
            doubt = fit.doubt
            if not doubt and (fit.explained < certain[0] or certain[1:2] == certain[:1]):
                doubt = "another entry fits as well"
            joined[at] = Joined(record, "title", doubt)
    return joined


def _sharing(
    entries: Sequence[Side], records: Sequence[Side], keys: Callable[[Side], Iterable[str]]
) -> Iterator[tuple[int, int]]:
    """Entries and records that share a key which nothing else has."""
    sides: dict[str, tuple[set[int], set[int]]] = {}
    for side, each in enumerate((entries, records)):
        for at, one in enumerate(each):
            for key in keys(one):
                sides.setdefault(key, (set(), set()))[side].add(at)
    for asking, held in sides.values():
        if len(asking) == len(held) == 1:
            yield next(iter(asking)), next(iter(held))


def _by_record(found: Mapping[int, tuple[int, _Fit]]) -> dict[int, dict[int, _Fit]]:
    rivals: dict[int, dict[int, _Fit]] = {}
    for at, (record, fit) in found.items():
        rivals.setdefault(record, {})[at] = fit
    return rivals


class _Words(NamedTuple):
    """The words of an entry's title, and before which of them it was cut."""

    words: tuple[str, ...]
    cuts: tuple[int, ...]


class _Titles:
    """The titles of records, found by the rarest words of others'."""

    def __init__(self, records: Sequence[Side], around: Around, *, but: set[int]) -> None:
        self._records = records
        self._around = around
        self._others = tuple(_words(name) for name in around.others)
        self._words = [_words(record.title) for record in records]
        self._people = [[_words(name) for name in record.people] for record in records]
        self._companies = [
            frozenset(word for name in record.companies for word in _words(name))
            for record in records
        ]
        self._holders: dict[str, list[int]] = {}
        for at, words in enumerate(self._words):
            families = (name[-1] for name in self._people[at] if name)
            if at not in but:
                for word in {*words, *families}:
                    self._holders.setdefault(word, []).append(at)

    def best(self, entry: Side) -> tuple[int, _Fit] | None:
        """The record that an entry's title fits best, and how."""
        said = _with_cuts(entry.title)
        said = _Words((*said.words, *(w for name in entry.people for w in _words(name))), said.cuts)
        fits = [
            (fit, at) for at in self._near(said.words) if (fit := self._fit(said, at)) is not None
        ]
        if not fits:
            return None
        fits.sort(key=lambda each: (not each[0].doubt, each[0].explained, -each[1]), reverse=True)
        fit, record = fits[0]
        if len(fits) > 1 and not fit.doubt and fits[1][0].explained >= fit.explained:
            title = self._records[fits[1][1]].title
            return record, fit._replace(doubt=f"'{title}' fits as well")
        return record, fit

    def _near(self, words: Iterable[str]) -> list[int]:
        """The records that share rare words."""
        held = {word for word in words if word in self._holders}
        rare = sorted(held, key=lambda word: (len(self._holders[word]), word))[:RAREST]
        return list(dict.fromkeys(at for word in rare for at in self._holders[word][:FEW]))

    def _fit(self, said: _Words, record: int) -> _Fit | None:
        title = self._words[record]
        is_around = partial(_all_in, self._around.words)
        whole = _place(title, said.words)
        cut = None if whole is not None else _cut_place(title, said, is_around)
        if whole is not None:
            matched, rest = len(title), said.words[:whole] + said.words[whole + len(title) :]
        elif cut is not None:
            start, end = cut
            matched, rest = end - start, said.words[:start] + said.words[end:]
        else:
            return self._alike(said, record)
        halves = {said.words[cut - 1] for cut in said.cuts}
        named = _named(self._people[record], rest, halves)
        more = [
            word
            for word in rest
            if word not in named and word not in halves and not self._means_nothing(word, record)
        ]
        doubt = self._of_another_event(said.words, title)
        if not doubt and len(more) > max(matched, LONG - 1):
            doubt = "it says more than the title"
        elif not doubt and not named:
            if more and self._people[record]:
                doubt = "it does not name the people of this session"
            elif more and len(title) < LONG:
                doubt = "it says more than the title"
            elif matched < (SHORT if whole is not None else LONG):
                doubt = "its title is short, and names nobody"
        return _Fit(matched + len(named), doubt)

    def _alike(self, said: _Words, record: int) -> _Fit | None:
        """A title in other words, by the same people."""
        title, people = self._words[record], self._people[record]
        named = _named(people, said.words)
        names = {word for name in people for word in name}
        rest = Counter(
            word
            for word in said.words
            if word not in names and len(word) > 1 and not self._means_nothing(word, record)
        )
        own = Counter(word for word in title if word not in _SMALL)
        common = (rest & own).total()
        share = common / max(rest.total(), own.total(), 1)
        everybody = all(_named([name], said.words) for name in people)
        within = common == rest.total() and common >= SHORT  # the rest was left out
        if not named or (share < PERHAPS and not within):
            return None
        doubt = self._of_another_event(said.words, title)
        if not doubt and not (everybody and (share >= ALIKE or within) and common >= SHORT):
            doubt = "its title is another"
        return _Fit(common + len(named) - 1, doubt)  # the same words in their order are more

    def _means_nothing(self, word: str, record: int) -> bool:
        around = self._around
        nothing = (around.words, around.years, self._companies[record], _SMALL)
        return any(word in words for words in nothing)

    def _of_another_event(self, words: Sequence[str], title: Sequence[str]) -> str:
        years = {word for word in words if _YEAR.fullmatch(word) and word not in title}
        if self._around.years and years - self._around.years:
            return f"it is of {min(years - self._around.years)}"
        for at, name in enumerate(self._others):
            if _place(name, words) is not None and _place(name, title) is None:
                return f"it is of {self._around.others[at]}"
        return ""


def _all_in(words: frozenset[str], some: Iterable[str]) -> bool:
    return all(word in words or word in _SMALL or _YEAR.fullmatch(word) for word in some)


def _words(text: str) -> tuple[str, ...]:
    """The words of a text, with "and" as "&", which is none.

    >>> _words("Don’t Panic: Kernels & News")
    ('don', 't', 'panic', 'kernels', 'news')
    """
    parts = EMOJI.sub(" ", text).split()
    words = (word for part in parts for word in slugs.slug(part).split("-"))
    return tuple(word for word in words if word and word != "and")


def _with_cuts(title: str) -> _Words:
    """The words of a title that may have been cut.

    >>> _with_cuts("Kernel Ne... Ada Example")
    _Words(words=('kernel', 'ne', 'ada', 'example'), cuts=(2,))
    """
    words: list[str] = []
    cuts: list[int] = []
    pieces = _CUT.split(title if len(title) < LIMIT else f"{title}…")
    for at, piece in enumerate(pieces):
        words += _words(piece)
        if at < len(pieces) - 1 and words:
            cuts.append(len(words))
    return _Words(tuple(words), tuple(cuts))


def _place(some: Sequence[str], words: Sequence[str]) -> int | None:
    """Where `some` stand in `words`, one behind the other."""
    if not some:
        return None
    last = len(words) - len(some)
    return next(
        (
            at
            for at in range(last + 1)
            if words[at] == some[0] and words[at : at + len(some)] == some
        ),
        None,
    )


def _cut_place(
    title: Sequence[str], said: _Words, is_around: Callable[[Iterable[str]], bool]
) -> tuple[int, int] | None:
    """From where to where a title stands that was cut, perhaps within a word."""
    for end in said.cuts[:CUTS]:
        for start in range(end):
            if start and not is_around(said.words[start - 1 : start]):
                break
            part = said.words[start : min(end, start + len(title))]
            fits = end - start <= len(title) and part[:-1] == title[: len(part) - 1]
            if fits and title[len(part) - 1].startswith(part[-1]):
                return (start, end) if sum(map(len, part)) >= LETTERS else None
    return None


def _named(
    people: Iterable[Sequence[str]], words: Sequence[str], halves: Iterable[str] = ()
) -> list[str]:
    """The words that name one of `people`: "Ada Example", "A. Example" or "Example".

    `halves` are the beginnings of words that were cut.

    >>> _named([("ada", "example"), ("bo", "test")], ("a", "example", "bob"))
    ['a', 'example']
    """
    held = set(words)
    found: list[str] = []
    for name in people:
        if len(name) < 2:
            found += [word for word in name if word in held and len(word) > 3]
            continue
        for given, family in ((name[0], name[-1]), (name[-1], name[0])):
            half = next((h for h in halves if h in held and family.startswith(h)), "")
            if half and given in held and given != half:
                found += [given, half]
                break
            if family not in held or len(family) < 2:
                continue
            first = next((word for word in (given, given[0], given[:3]) if word in held), "")
            if first or (len(family) > 4 and family == name[-1]):
                found += [*filter(None, [first]), family]
                break
    return found
