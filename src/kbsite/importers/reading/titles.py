"""Titles as organisers write them: emoji, states and kinds around the title itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kbsite.importers.reading.tables import EMOJI, State, Tables, key
from kbsite.records import SessionKind, Status

_AT_THE_ENDS = re.compile(rf"^(?:{EMOJI.pattern}|\s)+|(?:{EMOJI.pattern}|\s)+$")
_ALONE = re.compile(rf"(?<=\s){EMOJI.pattern}+\s")
_BRACKETED = re.compile(r"\s*[\[(【]\s*([^\[\]()]{2,80}?)\s*[\])】]\s*")
_BEGINS = re.compile(
    r"([^:|–—\[\]-]{2,40}(?:-[^:|–—\[\]-]{2,40})?)\s*(?::|[|–—]|(?<=\s)-(?=\s))\s*"
)
_ENDS = re.compile(r"\s+[|–—-]\s+((?:(?!\s[–—-]\s).){2,80})\Z")
_SHOUTED = re.compile(r"([A-Z]{4,}(?: [A-Z]{3,})?)[*_~!]*\s+(?=\S*[a-z])")
_PREFIX = re.compile(r"(?:([^:]{2,40}?)(?:\s*\([^()]{1,12}\))?\s*:|(\w{3,20})\s+[|–—-])\s+(?=\S)")
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[^\W_]+/[^\W_]+")
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

# Words that a title does not begin with in lower case, unlike eBPF or kubectl.
_LOWER = {
    "a", "an", "are", "can", "from", "how", "in", "is", "on", "the", "to", "what", "when", "where",
    "who", "why", "your",
}  # fmt: skip


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


def _begun(text: str) -> str:
    """A title that has lost its beginning, with a capital where a plain word begins it now."""
    first = text.partition(" ")[0]
    return text[:1].upper() + text[1:] if first in _LOWER else text


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
        """What is left of `text` without one state, and that state."""
        text = text.strip("*_~ ")
        for found in _BRACKETED.finditer(text):
            if state := self._meaning(found[1], in_brackets=True):
                before, after = text[: found.start()], text[found.end() :]
                if not before:
                    return after.lstrip(":|–—- "), state
                apart = "" if after[:1] in (":", "") else " "
                return f"{before}{apart}{after}", state
        for pattern in (_BEGINS, _SHOUTED):
            match = pattern.match(text)
            if match and (state := self._meaning(match[1], in_brackets=match[1].isupper())):
                return text[match.end() :], state
        match = _ENDS.search(text)
        if match and (state := self._meaning(match[1], in_brackets=False)):
            return text[: match.start()], state
        return None

    def _meaning(self, words: str, *, in_brackets: bool) -> State | None:
        """The state that `words` mean, or the first of several."""
        states = [self._tables.states.get(key(words))]
        if in_brackets and states == [None] and " " in words:  # "Cancelled by the speaker"
            first = self._tables.states.get(key(words.split(maxsplit=1)[0]))
            states = [first if first is not None and first.status else None]
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
            row = self._tables.prefixes.get(key(match[1] or match[2]))
            if row is None:
                break
            text = _begun(without_emoji(text[match.end() :]))
            kind = kind or row.kind
            tracks += [row.track] if row.track and row.track not in tracks else []
        return Prefixed(title=text, kind=kind, tracks=tuple(tracks))

    def is_logistics(self, title: str) -> bool:
        return self._tables.logistics_titles.match(key(title)) is not None

    def is_placeholder(self, title: str) -> bool:
        return key(title) in self._tables.placeholders

    def shouts(self, names: Iterable[str]) -> bool:
        """Whether a source writes its tracks in capitals, so that one in capitals is no acronym."""
        bare = [without_emoji(name) for name in names]
        return 2 * sum(name.isupper() for name in bare) >= len(bare) > 0

    def track(self, name: str, *, shouting: bool = True) -> str:
        """A track's name without emoji, and written normally where a `shouting` source shouts.

        >>> from kbsite.importers.reading.tables import tables
        >>> TitleReader(tables()).track("🚨 AI + ML, FOR THE CO-LOCATED")
        'AI + ML, for the Co-Located'
        """
        text = without_emoji(" ".join(name.split()))
        if not shouting or not text.isupper() or len(text) < 4:
            return text
        return _WORDS.sub(lambda m: self._word(m[0], first=not m.start()), text)

    def _word(self, word: str, *, first: bool) -> str:
        known = self._tables.track_words.get(word)
        if known:
            return known
        return word.lower() if word.lower() in _SMALL and not first else word.capitalize()
