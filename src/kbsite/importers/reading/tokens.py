"""A list of people cut into its parts, at commas, semicolons, "&" and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kbsite import slugs
from kbsite.importers.reading.tables import Tables, key
from kbsite.importers.schedule import Person

_DELIMITER = re.compile(
    r"\s*(?:(;)\s*(?:and|&)\s|,\s*(and|&)\s|([;,\u3001\uff0c\uff1b])"
    r"|\s(&|\+|and|y|et|und|in conversation with|[-–—])\s)\s*"
)
_SIGNS = {
    "\u3001": ",", "\uff0c": ",", "\uff1b": ";", "–": "-", "—": "-",
    "y": "and", "et": "and", "und": "and", "in conversation with": "&",
}  # fmt: skip
_GENERATION = re.compile(r"(?:Jr|Sr|II|III|IV|Ph\.?D|MD|MBA|PE)\.?")
_BRACKETS = re.compile(r"(?P<name>.+?)\s*\((?P<inside>[^()]+)\)")
_TITLED = re.compile(r"[^:;,]{3,80}?([\w-]+?)s?:\s+")
_PRONOUNS = re.compile(
    r"(?:she|her|hers|he|him|his|they|them|theirs|any|all|/|,|\s)+", re.IGNORECASE
)
_MARKED = re.compile(r"\s*\((?:panel\s+)?(?:moderator|mod\.?|host)\)", re.IGNORECASE)


class Token(NamedTuple):
    """A part between delimiters, and the delimiter before it (nothing before the first)."""

    text: str
    before: str
    moderator: bool = False


class Cutter:
    """Cuts lists of people, by the tables."""

    def __init__(self, tables: Tables) -> None:
        self._moderators = _alternatives(tables.moderators)
        self._introductions = _alternatives(tables.introductions)
        self._placeholders = tables.placeholders
        self._role_words = tables.role_words

    def introduced(self, tail: str) -> tuple[str, bool]:
        """The list of people in `tail`, and whether "Speakers:" or the like stands before it."""
        titled = _TITLED.match(tail)
        if titled and slugs.fold(titled[1]) in self._role_words:  # "The Example Conf Co-Chairs: "
            return tail[titled.end() :], True
        return tail, bool(self._moderators.match(tail) or self._introductions.match(tail))

    def tokens(self, tail: str) -> list[Token]:
        """The parts that say something, with what stands in brackets left whole."""
        tokens: list[Token] = []
        before, rest, start = "", tail.strip(" -–—"), 0
        for match in _DELIMITER.finditer(rest):
            if _open(rest[: match.start()]):
                continue
            for token in self._token(rest[start : match.start()], before):
                if tokens and token.before == "," and _GENERATION.fullmatch(token.text):
                    tokens[-1] = tokens[-1]._replace(text=f"{tokens[-1].text} {token.text}")
                else:
                    tokens.append(token)
            sign = next(filter(None, match.groups()))
            before = _SIGNS.get(sign, sign)
            start = match.end()
        tokens += self._token(rest[start:], before)
        return tokens

    def _token(self, text: str, before: str) -> Iterator[Token]:
        text, moderator = text.strip(" -–—"), False
        if introduced := self._moderators.match(text):
            text, moderator = text[introduced.end() :], True
        elif introduced := self._introductions.match(text):
            text = text[introduced.end() :]
        if marked := _MARKED.search(text):
            text, moderator = text[: marked.start()] + text[marked.end() :], True
        text = " ".join(text.split())
        said = key(text).removeprefix("speaker ").removeprefix("speakers ")
        if text and said != "more" and said not in self._placeholders:
            yield Token(text, before, moderator)


def segments(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Tokens between semicolons."""
    segment: list[Token] = []
    for token in tokens:
        if token.before == ";" and segment:
            yield segment
            segment = []
        segment.append(token)
    if segment:
        yield segment


def opened(tokens: list[Token]) -> list[Token]:
    """Where all are as "A Name (Org)", these as "A Name, Org"."""
    if len(tokens) > 1 and all(_in_brackets(token.text) for token in tokens):
        return [part for token in tokens for part in _name_and_company(token)]
    return tokens


def _in_brackets(text: str) -> bool:
    match = _BRACKETS.fullmatch(text)
    return match is not None and not _PRONOUNS.fullmatch(match["inside"])


def _name_and_company(token: Token) -> Iterator[Token]:
    """ "A Name (Org)" as "A Name, Org"."""
    match = _BRACKETS.fullmatch(token.text)
    if match is not None:
        yield Token(match["name"], ";" if token.before else "", token.moderator)
        yield Token(match["inside"], ",")


def without_brackets(person: Person) -> Person:
    """What stands in brackets behind a name: pronouns, or a company where no other is given."""
    match = _BRACKETS.fullmatch(person.name)
    if match is None:
        return person
    if _PRONOUNS.fullmatch(match["inside"]):
        return replace(person, name=match["name"])
    if person.org is None and person.role is None:
        return replace(person, name=match["name"], org=match["inside"])
    return person


def _open(text: str) -> bool:
    """Whether a bracket or a quotation is still open at the end of `text`."""
    return text.count("(") > text.count(")") or text.count("“") > text.count("”")


def _alternatives(words: tuple[str, ...]) -> re.Pattern[str]:
    """One of `words` at the beginning, as an introduction of what follows."""
    each = "|".join(
        re.escape(word) + (r":?\s+" if word.endswith(" by") or word.islower() else r":\s*")
        for word in words
    )
    return re.compile(rf"(?:{each})", re.IGNORECASE)
