"""Titles as organisers write them: emoji, states, kinds and levels around the title itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kbsite.importers.reading.tablefile import Prefix
from kbsite.importers.reading.tables import EMOJI, Tables, key, key_of_kind
from kbsite.records import Level, SessionKind, Status

LONGEST = 2000  # characters of a title that is read; no record takes a quarter of it

# An emoji behind these is a word of its sentence, as in "Fast + Safe = ❤" or "From 🐛 to 🦋"; a
# heart between two words is their verb.
_WANTS_A_WORD = re.compile(
    r"(?:[=+&<>×→]|\b(?:[Aa]n?|[Tt]he|[Tt]o|[Ff]rom|[Ww]ith|[Ff]or|of))\s*\Z"
)
_HEARTS = frozenset("❤♥💓💕💖💗💘💙💚💛💜💝🖤🤍🤎🧡")
_EMOJI = re.compile(rf"(?:{EMOJI.pattern})+")

_BRACKETED = re.compile(r"\s*(?P<sign>[\[(【])\s*(?P<words>[^\[\]()]{2,120}?)\s*[\])】]\s*")
_CUT = re.compile(r"\s*:\s*(?=\S)|\s*\|\s*|\s+[–—-]\s+|\s+l\s+")
_CUT_OF_NOTES = re.compile(r"\s*:\s+|\s*\|\s*|\s+[–—-]\s+")
_BARS = ("|", "l")  # some write "ExampleCon l Keynote: ..."
_SPACED_SIGN = re.compile(r" (?=[,;](?: |$))")  # no language has a space there
_LONGEST_PREFIX = 60
_HANGING = re.compile(r"(?:\s+[-–—:+]|\s*\||(?<=\w\w)(?<!\*)\*)+\Z")
_CLOSING = re.compile(r"(?<=[\w\s.])\)\Z")
_IN_BRACKETS = re.compile(r"\s*\([^()]{1,40}\)\s*\Z")
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[^\W_]+/[^\W_]+")
_PARTS = re.compile(r"\s*[|/;,.+–—]\s*|\s+-\s+")
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
class Said:
    """A title less some of what stands around it, and what that said."""

    title: str
    status: Status | None = None
    kind: SessionKind | None = None
    level: Level | None = None
    tracks: tuple[str, ...] = ()

    def then(self, more: Said) -> Said:
        """What is left, and what was said by either; of two words for one thing the first."""
        return Said(
            title=more.title,
            status=self.status or more.status,
            kind=self.kind or more.kind,
            level=self.level or more.level,
            tracks=tuple(dict.fromkeys((*self.tracks, *more.tracks))),
        )


def without_emoji(text: str) -> str:
    """`text` less the emoji at its ends and those that stand alone between words.

    One that is a word of the sentence stays.

    >>> without_emoji("🚨 Contribfest: Grow 🌱 a project! 🤯"), without_emoji("AWS ❤️ K8s = ❤️")
    ('Contribfest: Grow a project!', 'AWS ❤️ K8s = ❤️')
    """
    kept: list[str] = []
    done = 0
    for found in _EMOJI.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        at_an_end = not before.strip() or not after.strip()
        alone = before[-1:].isspace() and after[:1].isspace()
        is_verb = not at_an_end and not _HEARTS.isdisjoint(found[0])
        if not (at_an_end or alone) or is_verb or _WANTS_A_WORD.search(before[-8:]):
            continue
        kept.append(text[done : found.start()])
        done = found.end() + (1 if alone and not at_an_end else 0)
    return "".join((*kept, text[done:])).strip()


def _shouts(text: str) -> bool:
    """Whether a text is in capitals that are too long for acronyms.

    >>> _shouts("PROJECT OPPORTUNITIES"), _shouts("SECURITY"), _shouts("SPIFFE + SPIRE")
    (True, True, False)
    """
    lengths = [len(word) for word in _WORDS.findall(text)]
    return text.isupper() and (sum(n > 5 for n in lengths) > 1 or any(n > 7 for n in lengths))


def _begun(text: str) -> str:
    """A title that has lost its beginning, with a capital where a plain word begins it now."""
    first = text.partition(" ")[0]
    return text[:1].upper() + text[1:] if first in _LOWER else text


def _tidy(text: str) -> str:
    """A title less the marks at its ends that lost what they stood for.

    >>> _tidy("Work with Maintainers -"), _tidy("Office Hours*"), _tidy("Paths with A*")
    ('Work with Maintainers', 'Office Hours', 'Paths with A*')
    """
    left = _HANGING.sub("", text) if text.count("*") < 2 else text
    if "(" not in left:
        left = _CLOSING.sub("", left)
    if left.count('"') == 1 and not left[-2:-1].isdigit():
        left = left.strip('"')
    return left.strip() or text


def _of(row: Prefix, rest: str) -> Said:
    return Said(title=rest, kind=row.kind, tracks=(row.track,) if row.track else ())


class TitleReader:
    """Takes apart what stands around a title, by the tables."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    # States, levels and kinds, wherever they stand

    def around(self, title: str) -> Said:
        """The title less every "[SOLD OUT]", "(Any Skill Level)", "| Lightning Talk" and the like.

        A title of more than LONGEST characters is left as it is.
        """
        if len(title) > LONGEST:
            return Said(title=title)
        said = Said(title=without_emoji(_SPACED_SIGN.sub("", " ".join(title.split()))))
        while found := next(self._notes(said.title.strip("*_~ ")), None):
            rest = without_emoji(found.title)
            if not rest:
                break
            said = said.then(replace(found, title=rest))
        return replace(said, title=_tidy(said.title))

    def _notes(self, text: str) -> Iterator[Said]:
        """For each note what is left of `text` without it, and what it means."""
        yield from self._in_brackets(text)
        yield from self._between_cuts(text)
        yield from self._in_capitals(text)

    def _in_brackets(self, text: str) -> Iterator[Said]:
        for found in _BRACKETED.finditer(text):
            words, before, after = found["words"], text[: found.start()], text[found.end() :]
            apart = "" if not before or after[:1] in ("", ":") else " "
            rest = before + apart + (after if before else after.lstrip(":|–—- "))
            square = found["sign"] != "("
            ends = after[:1] in ("", ":", "|", "–", "—", "-")
            marked = square or ends or (not before and (words.isupper() or " " in words))
            yield from self._meant(words, rest, marked=marked)
            first = self._tables.state(words.split(maxsplit=1)[0])
            if first and first.status:  # "Cancelled by the speaker"
                yield Said(title=rest, status=first.status)
            row = self._prefix(words)
            if row and (not after or (square and not before)):
                yield _of(row, rest)

    def _between_cuts(self, text: str) -> Iterator[Said]:
        """Notes before the first cut, behind the last, and those in capitals between two."""
        cuts = list(_CUT_OF_NOTES.finditer(text))
        ends = [0, *(cut.end() for cut in cuts)]
        for at, cut in enumerate(cuts):
            words = text[ends[at] : cut.start()]
            shouts = words.isupper() and not text.isupper()
            if len(words) <= _LONGEST_PREFIX and (shouts or not at):
                before = text[: cuts[at - 1].start()] + cut[0] if at else ""
                yield from self._meant(words, before + text[cut.end() :], marked=shouts)
        if cuts:
            words, rest, sign = text[ends[-1] :], text[: cuts[-1].start()], cuts[-1][0].strip()
            shouts = words.isupper() and not text.isupper()
            if sign != ":" or shouts:
                yield from self._meant(words, rest, marked=shouts)
            row = self._prefix(words)
            if sign == "|" and row and not self._prefix(rest):  # "AI HUB | BoF" has no other title
                yield _of(row, rest)

    def _in_capitals(self, text: str) -> Iterator[Said]:
        """States in capitals at the ends of a title that has others: "CANCELLED Deep Dive"."""
        words = text.split(" ")
        for count in range(min(4, len(words) - 1), 0, -1):
            for noted, left in (
                (words[:count], words[count:]),
                (words[-count:], words[:-count]),
            ):
                said, rest = " ".join(noted).strip("*_~! "), " ".join(left)
                if said.isupper() and not rest.isupper():
                    yield from self._meant(said, rest, marked=False)
                    state = self._tables.state(said)
                    if state and state.status and len(said) > 4:
                        yield Said(title=rest, status=state.status)

    def _meant(self, words: str, rest: str, *, marked: bool) -> Iterator[Said]:
        """What `words` mean; of some only where they are `marked`, as an honest title has them."""
        if level := self._tables.skill_level(words):
            yield Said(title=rest, level=level)
            return
        whole = self._tables.state(words)
        parts = [part for part in _PARTS.split(words) if part]
        states = [whole] if whole else [self._tables.state(part) for part in parts]
        found = [state for state in states if state is not None]
        if not found or len(found) < len(states):
            return
        if marked or not any(state.only_in_brackets for state in found):
            status = next((state.status for state in found if state.status), None)
            yield Said(title=rest, status=status)

    # Kinds before a title

    def prefixed(self, title: str) -> Said:
        """The title less "Keynote:", "Poster Session (PS1):" and the like, and what they mean."""
        said = Said(title=without_emoji(title))
        while (found := self._first_prefix(said.title)) and found.title != said.title:
            said = said.then(replace(found, title=_begun(without_emoji(found.title))))
        return said.then(found) if found else said

    def _first_prefix(self, text: str) -> Said | None:
        day, begin = "", 0  # what stands before the prefix, as in "Storage Day | Keynote: ..."
        for cut in _CUT.finditer(text[: _LONGEST_PREFIX + 2]):
            words, rest, sign = text[begin : cut.start()], text[cut.end() :], cut[0].strip()
            row = self._prefix(words)
            # "Hands-On Lab - Bring a Laptop" is a title; "Sponsored Keynote - ..." has one.
            divides = sign in ("|", ":") or " " not in words or (row and row.track)
            if row and rest and divides:
                return _of(row, day + rest)
            if day:
                return None
            if sign in _BARS:
                day, begin = f"{text[: cut.start()]} | ", cut.end()
        return None

    def _prefix(self, words: str) -> Prefix | None:
        bare = _IN_BRACKETS.sub("", words)
        return self._tables.prefixes.get(key_of_kind(bare))

    # What else a title is

    def kind(self, title: str, *, named: bool) -> SessionKind | None:
        """The kind that a title, or what stands before the first cut in it, is called by.

        `named` is whether the entry names people.

        >>> from kbsite.importers.reading.tables import tables
        >>> TitleReader(tables()).kind("Harbour Project Meeting: Next Steps", named=True)
        'meeting'
        """
        said = (key(title), key(_CUT.split(title, maxsplit=1)[0]))
        for pattern, row in self._tables.kinds_of_titles:
            if not (named and row.nobody_named) and any(map(pattern.match, said)):
                return row.kind
        return None

    def left_out(self, title: str, *, named: bool = False, has_kind: bool = False) -> str:
        """Why it, or what stands before a bar in it, is on the programme and no session; or "".

        `named` is whether the entry names people, `has_kind` whether a kind stood before the title:
        a lightning talk called "Break" is none, and one about "Break Glass" is.
        """
        said = (key(title), key(title.partition(" | ")[0]))
        for row in self._tables.left_out_titles:
            pattern = row.bare if has_kind else row.titles
            if (row.with_people or not named) and any(map(pattern.match, said)):
                return row.reason
        return ""

    def is_placeholder(self, title: str) -> bool:
        return key(title) in self._tables.placeholders

    def shouts(self, names: Iterable[str]) -> bool:
        """Whether a source writes its tracks in capitals, so that one in capitals is no acronym."""
        bare = [without_emoji(name) for name in names]
        return 2 * sum(name.isupper() for name in bare) >= len(bare) > 0

    def track(self, name: str, *, shouting: bool = True) -> str:
        """A track's name without emoji, and written normally where it shouts.

        What is short does only where the source is `shouting`; it may be an acronym.

        >>> from kbsite.importers.reading.tables import tables
        >>> TitleReader(tables()).track("🚨 AI + ML, FOR THE CO-LOCATED")
        'AI + ML, for the Co-Located'
        """
        text = without_emoji(" ".join(name.split()))
        if not (_shouts(text) or (shouting and text.isupper() and len(text) > 3)):
            return text
        return _WORDS.sub(lambda m: self._word(m[0], first=not m.start()), text)

    def quiet(self, title: str) -> str:
        """A title written normally, if it shouts.

        Short words that are no plain English stay as they are, for they may be acronyms.
        """
        if not _shouts(title):
            return title
        plain = self._tables.plain_words
        return _WORDS.sub(
            lambda m: (
                self._word(m[0], first=not m.start())
                if len(m[0]) > 4 or m[0].lower() in plain
                else m[0]
            ),
            title,
        )

    def _word(self, word: str, *, first: bool) -> str:
        known = self._tables.track_words.get(word)
        if known:
            return known
        return word.lower() if word.lower() in _SMALL and not first else word.capitalize()
