"""Titles as organisers write them: emoji, states and kinds around the title itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kbsite.importers.reading.tables import EMOJI, State, Tables, key
from kbsite.records import SessionKind, Status

_AT_THE_ENDS = re.compile(rf"^(?:{EMOJI.pattern}|\s)+|(?:{EMOJI.pattern}|\s)+$")
_ALONE = re.compile(rf"(?<=\s){EMOJI.pattern}+\s")
_BEGINS_IN_BRACKETS = re.compile(r"[\[(【]\s*([^\[\]()]{2,80}?)\s*[\])】]\s*(?:[:|–—-]\s*)?")
_ENDS_IN_BRACKETS = re.compile(r"\s*[\[(【]\s*([^\[\]()]{2,80}?)\s*[\])】]\s*\Z")
_BEGINS = re.compile(
    r"([^:|–—\[\]-]{2,40}(?:-[^:|–—\[\]-]{2,40})?)\s*(?::|[|–—]|(?<=\s)-(?=\s))\s*"
)
_ENDS = re.compile(r"\s+[|–—-]\s+((?:(?!\s[–—-]\s).){2,80})\Z")
_SHOUTED = re.compile(r"([A-Z]{4,}(?: [A-Z]{3,})?)\s+(?=\S*[a-z])")
_PREFIX = re.compile(r"(.{2,40}?)(?:\s*\([^()]{1,12}\))?\s*(?::|\s[|–—-])\s+(?=\S)")
_PARTS = re.compile(r"\s*[|/;,+–—]\s*|\s+-\s+")
_SMALL = {
    "and",
    "or",
    "of",
    "the",
    "for",
    "to",
    "in",
    "on",
    "with",
    "at",
    "by",
    "a",
    "an",
    "und",
    "de",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Prefixed:
    """A title less its prefixes, and what they said."""

    title: str
    kind: SessionKind | None = None
    tracks: tuple[str, ...] = ()


def without_emoji(text: str) -> str:
    """`text` less the emoji at its ends and those that stand alone between words.

    >>> without_emoji("🚨 Contribfest: Grow 🌱 a project! 🤯")
    'Contribfest: Grow a project!'
    """
    return _AT_THE_ENDS.sub("", _ALONE.sub("", text))


class TitleReader:
    """Takes apart what stands around a title, by the tables."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def without_states(self, title: str) -> tuple[str, Status | None]:
        """The title less every "[SOLD OUT]", "CANCELED:" and the like, and what they mean."""
        status: Status | None = None
        text = without_emoji(" ".join(title.split()))
        while found := self._state(text):
            rest, state = found
            rest = without_emoji(rest)
            if not rest:
                break
            text, status = rest, status or state.status
        return text, status

    def _state(self, text: str) -> tuple[str, State] | None:
        for pattern, in_brackets in (
            (_BEGINS_IN_BRACKETS, True),
            (_BEGINS, False),
            (_SHOUTED, False),
        ):
            match = pattern.match(text)
            if match and (state := self._meaning(match[1], in_brackets=in_brackets)):
                return text[match.end() :], state
        for pattern, in_brackets in ((_ENDS_IN_BRACKETS, True), (_ENDS, False)):
            match = pattern.search(text)
            if match and (state := self._meaning(match[1], in_brackets=in_brackets)):
                return text[: match.start()], state
        prefix = _PREFIX.match(text)  # "Tutorial: [SOLD OUT] ..."
        if prefix and key(prefix[1]) in self._tables.prefixes:
            match = _BEGINS_IN_BRACKETS.match(text, prefix.end())
            if match and (state := self._meaning(match[1], in_brackets=True)):
                return text[: prefix.end()] + text[match.end() :], state
        return None

    def _meaning(self, words: str, *, in_brackets: bool) -> State | None:
        """The state that `words` mean, or the first of several."""
        states = [self._tables.states.get(key(words))]
        if states == [None]:
            states = [self._tables.states.get(key(part)) for part in _PARTS.split(words) if part]
        found = [state for state in states if state is not None]
        if not found or len(found) < len(states):
            return None
        if not in_brackets and any(state.only_in_brackets for state in found):
            return None
        return next((state for state in found if state.status), found[0])

    def without_prefixes(self, title: str) -> Prefixed:
        """The title less "Keynote:", "Poster Session (PS1):" and the like, and what they mean."""
        kind: SessionKind | None = None
        tracks: list[str] = []
        text = without_emoji(title)
        while match := _PREFIX.match(text):
            row = self._tables.prefixes.get(key(match[1]))
            if row is None:
                break
            text = without_emoji(text[match.end() :])
            kind = kind or row.kind
            tracks += [row.track] if row.track and row.track not in tracks else []
        return Prefixed(title=text, kind=kind, tracks=tuple(tracks))

    def is_logistics(self, title: str) -> bool:
        return self._tables.logistics_titles.match(key(title)) is not None

    def is_placeholder(self, title: str) -> bool:
        return key(title) in self._tables.placeholders

    def track(self, name: str) -> str:
        """A track's name without emoji, and written normally where it shouts.

        >>> from kbsite.importers.reading.tables import tables
        >>> TitleReader(tables()).track("🚨 AI + ML FOR THE CO-LOCATED")
        'AI + ML for the Co-Located'
        """
        text = without_emoji(" ".join(name.split()))
        if not text.isupper() or len(text) < 4:
            return text
        words = [self._word(word, first=not at) for at, word in enumerate(text.split(" "))]
        return " ".join(words)

    def _word(self, word: str, *, first: bool) -> str:
        if word in self._tables.track_words:
            return self._tables.track_words[word]
        if word.lower() in _SMALL and not first:
            return word.lower()
        parts = re.split(r"([-/&(])", word)
        return "".join(self._tables.track_words.get(part) or part.capitalize() for part in parts)
