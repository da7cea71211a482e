"""Who asked to be left out: the list of content/left-out.txt, which does not itself name them.

Each line is a digest, keyed with the salt of the list. That keeps a name from whoever reads the
file; it does not keep it from somebody who has a guess, and tries it.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple
from urllib.parse import unquote

from kbsite import slugs
from kbsite.catalog import CONTENT
from kbsite.meant import callings, people

FILE = f"{CONTENT}/left-out.txt"
SIGN = "\N{HORIZONTAL ELLIPSIS}"  # what stands in the place of a name that was taken out of a text

_HEAD = """\
# Who asked to be left out. kbsite leave-out writes this list, and import, check and build go by it.
# It names nobody: each line has a digest; before that of a name stand how many words it has, and
# the beginning of the digest of the first.
"""
_SIZE = 16  # bytes of a salt and of a digest
_JOINED = 6  # characters from which one word may be a whole name, as in an address of a profile
_LINE = re.compile(
    r"(?:name (?P<words>[1-9][0-9]?) (?P<begin>[0-9a-f]{2})|(?P<kind>session|entry)) "
    rf"(?P<digest>[0-9a-f]{{{2 * _SIZE}}})"
)
_SALT = re.compile(rf"salt ([0-9a-f]{{{2 * _SIZE}}})")
_IDEOGRAPH = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]"
_WORD = re.compile(rf"{_IDEOGRAPH}|(?:(?!{_IDEOGRAPH})[^\W_][\u0300-\u036f]*)+")
_PLAIN_WORD = re.compile(r"[a-z0-9]+")
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+|\\[nrt]|\\u(?P<sign>[0-9A-Fa-f]{4})")
_SCHED = re.compile(r"https?://[\w-]+\.sched\.(?:com|org)/event/\w+")
_UNSEEN = "\u034f"  # no part of any word
_REMEMBERED = 50_000  # texts


class Digest(NamedTuple):
    """A name on the list; `begin` is of its first word, so that few others have to be tried."""

    begin: str
    whole: str


class Wrong(NamedTuple):
    """A line of the list that says nothing, and why."""

    line: int
    message: str


@dataclass(frozen=True)
class LeftOut:
    """Digests of names by the number of their words, of ids of sessions, and of what imports know
    sessions by. `others` are the words of longer names with one of these names in them.
    """

    salt: str = ""
    names: Mapping[int, frozenset[Digest]] = field(default_factory=dict)
    sessions: frozenset[str] = frozenset()
    entries: frozenset[str] = frozenset()
    others: frozenset[tuple[str, ...]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.names or self.sessions or self.entries)

    # Names

    def is_name(self, text: str) -> bool:
        """Whether a text that is a name is one of theirs, perhaps with a title or a role beside it.

        >>> LeftOut().with_names(["Ada Kern"]).is_name("Dr. Ada Kern (she/her)")
        True
        """
        return bool(self.names) and any(
            self._is_one(words) or self._is_run(words) for words in _bare(text)
        )

    def found(self, text: str) -> list[tuple[int, int]]:
        """Where in a text they are named, from where to where: in words, addresses and ids.

        A name of a single word is not looked for, since that may mean anything.

        >>> found = LeftOut().with_names(["Ada Kern"]).found
        >>> found("With Kern, ADA."), found("/x/ada-kern-labs"), found("@adakern"), found("Ada K.")
        ([(5, 14)], [(3, 11)], [(1, 8)], [])
        >>> found("Ada%20Kern"), found(r"By\\nAda Kern")
        ([(0, 10)], [(4, 12)])
        """
        if not self.names or text in self._clean:
            return []
        if not self._is_named_in(_words(text)):
            return self._none_in(text)
        words = _WORD.finditer(_unescaped(text))
        placed = [(key, *word.span()) for word in words for key in _keys(word[0])]
        out: list[tuple[int, int]] = []
        at = 0
        while at < len(placed):
            ahead = [word for word, *_ in placed[at : at + self._longest]]
            sizes = (size for size in self._sizes if size <= len(ahead))
            size = next((size for size in sizes if self._is_run(ahead[:size])), 0)
            if longer := max((len(each) for each in self.others if _begin(ahead, each)), default=0):
                at += longer
                continue
            if size:
                out.append((placed[at][1], placed[at + size - 1][2]))
            at += size or 1
        return out or self._none_in(text)

    def without(self, text: str) -> str:
        """A text with a sign in the place of every name of theirs."""
        for start, end in reversed(self.found(text)):
            text = f"{text[:start]}{SIGN}{text[end:]}"
        return text

    def address(self, url: str) -> str | None:
        """An address that does not name them: it, or what of it leads there too, if anything.

        An entry's page on Sched needs no title behind its id.
        """
        if not self.found(url):
            return url
        page = _SCHED.match(url)
        return page[0] if page and not self.found(page[0]) else None

    def beside(self, names: Iterable[str]) -> LeftOut:
        """Beside people with these names, who are others if theirs is but a part of the name.

        >>> left_out = LeftOut().with_names(["Ada Kern"]).beside(["Ada Kern Stone", "Bo"])
        >>> left_out.found("ada kern-stone"), left_out.found("Ada Kern, Stone & Sons")
        ([], [])
        >>> left_out.found("Ada Kern, Sons & Stone")
        [(0, 8)]
        """
        told = (name for name in names if self.found(name) and not self.is_name(name))
        others = self.others.union(tuple(_words(name)) for name in told)
        if others == self.others:
            return self
        if others not in self._beside:  # while one edits, mostly the same
            self._beside[others] = replace(self, others=others)
        return self._beside[others]

    def with_names(self, names: Iterable[str], *, but: Iterable[str] = ()) -> LeftOut:
        """With more names, each also in other orders in which people give its words, unless that is
        a name of somebody else, as Li Wei and Wei Li are two.
        """
        taken = {tuple(_words(name)) for name in but}
        salted = self if self.salt else replace(self, salt=secrets.token_hex(_SIZE))
        held = {size: set(digests) for size, digests in salted.names.items()}
        for name in names:
            for at, words in enumerate(_orders(name)):
                if at == 0 or tuple(words) not in taken:
                    held.setdefault(len(words), set()).add(salted._of(words))
        return replace(salted, names={size: frozenset(held[size]) for size in sorted(held)})

    def without_names(self, names: Iterable[str]) -> LeftOut:
        """With some names no longer in it."""
        gone = {self._of(words) for name in names for words in _orders(name)}
        left = {size: digests - gone for size, digests in self.names.items()}
        return replace(self, names={size: digests for size, digests in left.items() if digests})

    # Sessions

    def is_session(self, id: str) -> bool:
        return bool(self.sessions) and self._digest("session", [id]) in self.sessions

    def is_entry(self, keys: Iterable[str]) -> bool:
        """Whether an import would make a session again that was left out; as `entry_keys` tell."""
        return bool(self.entries) and any(
            self._digest("entry", [key]) in self.entries for key in keys
        )

    def token(self, text: str) -> str:
        """What a text that names them can be known by."""
        return f"#{self._digest('text', [text])}"

    def with_session(self, ids: Iterable[str], keys: Iterable[str]) -> LeftOut:
        """With one more session, by all the ids that it had, and what imports know it by."""
        salted = self if self.salt else replace(self, salt=secrets.token_hex(_SIZE))
        sessions = {salted._digest("session", [id]) for id in ids}
        entries = {salted._digest("entry", [key]) for key in keys}
        return replace(
            salted, sessions=salted.sessions | sessions, entries=salted.entries | entries
        )

    @property
    def text(self) -> str:
        """The list as `read` reads it; sorted, so that its order does not tell either."""
        lines = [
            f"name {size} {each.begin} {each.whole}"
            for size, found in self.names.items()
            for each in found
        ]
        lines += [f"session {each}" for each in self.sessions]
        lines += [f"entry {each}" for each in self.entries]
        return "\n".join([f"{_HEAD}salt {self.salt}", *sorted(lines), ""])

    # How

    @cached_property
    def _sizes(self) -> tuple[int, ...]:
        """Of how many words runs are looked at, the longest first; 1 for names that are joined."""
        return (*sorted((size for size in self.names if size > 1), reverse=True), 1)

    @cached_property
    def _longest(self) -> int:
        return max((*self.names, *map(len, self.others)))

    @cached_property
    def _wholes(self) -> Mapping[int, frozenset[str]]:
        wholes = {size: frozenset(each.whole for each in held) for size, held in self.names.items()}
        joined = (wholes[size] for size in wholes if size > 1)
        return {**wholes, 0: frozenset().union(*joined)}

    @cached_property
    def _beginnings(self) -> _Beginnings:
        return _Beginnings(self)

    @cached_property
    def _beside(self) -> dict[frozenset[tuple[str, ...]], LeftOut]:
        return {}

    @cached_property
    def _clean(self) -> set[str]:
        """Texts that name nobody: while one edits, most files stay as they are."""
        return set()

    def _none_in(self, text: str) -> list[tuple[int, int]]:
        if len(self._clean) > _REMEMBERED:
            self._clean.clear()
        self._clean.add(text)
        return []

    def _is_named_in(self, words: Sequence[str]) -> bool:
        begins = self._beginnings
        for at in [at for at, word in enumerate(words) if begins[word]]:
            if any(self._is_run(words[at : at + size]) for size in self._sizes):
                return True
        return False

    def _is_run(self, words: Sequence[str]) -> bool:
        """Whether words that stand in a text are a name, of two words or more."""
        if len(words) > 1:
            return self._is_one(words)
        return len(words[0]) >= _JOINED and self._digest("name", words) in self._wholes[0]

    def _is_one(self, words: Sequence[str]) -> bool:
        return len(words) in self.names and self._digest("name", words) in self._wholes[len(words)]

    def _of(self, words: Sequence[str]) -> Digest:
        return Digest(self._digest("begin", words[:1])[:2], self._digest("name", words))

    def _digest(self, kind: str, words: Sequence[str]) -> str:
        key, text = bytes.fromhex(self.salt), "".join(words).encode()
        return blake2b(text, digest_size=_SIZE, key=key, person=kind.encode()).hexdigest()


class _Beginnings(dict[str, bool]):
    """Words to whether a name may begin with them, or be one."""

    def __init__(self, left_out: LeftOut) -> None:
        super().__init__()
        self._left_out = left_out
        held = (each for size, found in left_out.names.items() if size > 1 for each in found)
        self._begin = {each.begin for each in held}

    def __missing__(self, word: str) -> bool:
        own = self._left_out._of([word])
        self[word] = own.begin in self._begin or self._left_out._is_run([word])
        return self[word]


NOBODY = LeftOut()


@lru_cache(maxsize=4)
def read(text: str) -> tuple[LeftOut, tuple[Wrong, ...]]:
    """The list that a file holds, and its lines that are none of it.

    >>> read("salt 1")[1]
    (Wrong(line=1, message='this is no salt, which has 32 hexadecimal digits'),)
    """
    salt, names, rest = "", dict[int, set[Digest]](), {"session": set[str](), "entry": set[str]()}
    wrong: list[Wrong] = []
    for at, line in enumerate(text.splitlines(), start=1):
        said = line.strip()
        if not said or said.startswith("#"):
            continue
        if said.startswith("salt"):
            if found := _SALT.fullmatch(said):
                if salt and salt != found[1]:
                    wrong.append(Wrong(at, "a list has one salt, and this is another"))
                salt = salt or found[1]
            else:
                message = f"this is no salt, which has {2 * _SIZE} hexadecimal digits"
                wrong.append(Wrong(at, message))
            continue
        match = _LINE.fullmatch(said)
        if match is None:
            wrong.append(Wrong(at, "this is no digest of a name or a session"))
        elif not salt:
            wrong.append(Wrong(at, "the salt does not come before the digests"))
        elif match["words"]:
            digest = Digest(match["begin"], match["digest"])
            names.setdefault(int(match["words"]), set()).add(digest)
        else:
            rest[match["kind"]].add(match["digest"])
    listed = {size: frozenset(found) for size, found in sorted(names.items())}
    return (
        LeftOut(salt, listed, frozenset(rest["session"]), frozenset(rest["entry"])),
        tuple(wrong),
    )


def entry_keys(event: str, system: str, id: str | None, url: str | None) -> Iterator[str]:
    """What tells an entry of a source: its id in this event, its address in any."""
    if id:
        yield f"{event}/{system}:{id}"
    if url:
        yield url.rpartition("://")[2].rstrip("/").lower()


def words_of(name: str) -> int:
    """Of how many words a name is; of none, if it has no letter and no digit."""
    return len(_words(name))


@lru_cache(maxsize=10_000)
def _bare(name: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name, and of the name alone where more stands in its place."""
    alone, _ = callings.without(name)
    ways = [name, callings.untitled(alone)]
    values = people.in_name(name).values
    if len(values) == 1 and len(values[0]) == 1:
        ways.append(values[0][0]["name"])
    return tuple(words for way in dict.fromkeys(ways) if (words := tuple(_words(way))))


def _begin(words: Sequence[str], begun: Sequence[str]) -> bool:
    return tuple(words[: len(begun)]) == tuple(begun)


def _orders(name: str) -> list[list[str]]:
    """The words of a name in the orders in which people give them: the family's may come first."""
    words = _words(name)
    return [[*words[at:], *words[:at]] for at in range(len(words))]


def _words(text: str) -> list[str]:
    """The words of a text as all spellings have them; ideographs, which no spaces part, are one
    each.
    """
    text = _unescaped(text)
    if text.isascii():
        return _PLAIN_WORD.findall(text.lower())
    return list(chain.from_iterable(map(_keys, _WORD.findall(text))))


@lru_cache(maxsize=100_000)
def _keys(word: str) -> tuple[str, ...]:
    if word.isascii():
        return (word.lower(),)
    return tuple(slugs.name_key(unicodedata.normalize("NFC", word)).split())


def _unescaped(text: str) -> str:
    """A text with what addresses, JSON and YAML escape as it is meant, and every other character in
    its place.
    """
    return _ESCAPED.sub(_meant, text) if "%" in text or "\\" in text else text


def _meant(found: re.Match[str]) -> str:
    if found[0].startswith("%"):
        meant = unquote(found[0])
    else:
        meant = chr(int(found["sign"], 16)) if found["sign"] else " "
    return meant.ljust(len(found[0]), _UNSEEN)
