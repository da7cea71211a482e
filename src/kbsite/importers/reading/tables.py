"""The tables that say what organisers' words mean; `tables.toml` beside this file holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import NamedTuple

from babel import Locale

from kbsite import slugs
from kbsite.importers.reading.tablefile import Prefix, State, TableFile, Title, read
from kbsite.records import Level, SessionKind

EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u231a-\u23ff\ufe0e\ufe0f\u200d\u20e3"
    "\U000e0020-\U000e007f]"
)

_IN_BRACKETS = re.compile(r"\([^()]*\)")
_LENGTH = re.compile(
    r"\b(?:\d+ ){0,3}\d+ ?(?:m|mins?|minutes?|minuten|h|hrs?|hours?|stunden?)\b", re.ASCII
)


def key(text: str) -> str:
    """The form in which words of organisers are compared: letters and digits of a text.

    >>> key("🪧 POSTER SESSIONS"), key("Coat + Bag Check"), key("First-Come")
    ('poster sessions', 'coat bag check', 'first come')
    """
    return slugs.slug(EMOJI.sub(" ", text)).replace("-", " ")


def key_of_kind(text: str) -> str:
    """The same of words for a kind of session, which may say how long it takes.

    >>> key_of_kind("20 min lightning talk"), key_of_kind("Workshop 110min"), key_of_kind("5G Lab")
    ('lightning talk', 'workshop', '5g lab')
    """
    return " ".join(_LENGTH.sub(" ", key(text)).split())


class LeftOutTitles(NamedTuple):
    """What titles match that are no sessions; `bare` are those without what a star stands for."""

    reason: str
    titles: re.Pattern[str]
    bare: re.Pattern[str]
    with_people: bool


@dataclass(frozen=True, kw_only=True)
class Tables:
    """All rows, those of later files first."""

    files: tuple[TableFile, ...]

    @cached_property
    def prefixes(self) -> Mapping[str, Prefix]:
        return {
            key_of_kind(word): row
            for file in self._oldest
            for row in file.prefix
            for word in row.text
        }

    @cached_property
    def unaffiliated(self) -> frozenset[str]:
        """The keys of what stands in the place of a company where somebody has none."""
        return frozenset(key(word) for file in self.files for word in file.speakers.unaffiliated)

    @cached_property
    def states(self) -> Mapping[str, State]:
        return {key(word): row for file in self._oldest for row in file.state for word in row.text}

    def state(self, words: str) -> State | None:
        """The state that `words` are, or that they begin with where a row ends with a star.

        What only says how to attend is one, in whatever words of `attending` it does.
        """
        said = key(words)
        row = self.states.get(said) or next(
            (row for begin, row in self._starred_states if said.startswith(f"{begin} ")), None
        )
        if row is not None:
            return row
        parts = said.split()
        about, other = self._attending
        says_how = all(part in about or part in other or part.isdigit() for part in parts)
        return State(text=(words,)) if says_how and not about.isdisjoint(parts) else None

    @cached_property
    def _starred_states(self) -> tuple[tuple[str, State], ...]:
        return tuple(
            (key(word), row)
            for file in self.files
            for row in file.state
            for word in row.text
            if word.endswith("*")
        )

    @cached_property
    def _attending(self) -> tuple[frozenset[str], frozenset[str]]:
        about = (key(word) for file in self.files for word in file.attending.about)
        words = (key(word) for file in self.files for word in file.attending.words)
        return frozenset(about), frozenset(words)

    @cached_property
    def kinds(self) -> Mapping[str, SessionKind]:
        return {
            key_of_kind(w): row.kind for file in self._oldest for row in file.kind for w in row.text
        }

    def kind_of_track(self, words: str) -> SessionKind | None:
        """The kind that a track says, which says it alone: "Poster Sessions", not "AI Workshop"."""
        return self.kinds.get(key_of_kind(words))

    def kind_of_type(self, words: str) -> SessionKind | None:
        """The kind that a type of session says, or its last words: "Half-day workshop (beginner)".

        >>> tables().kind_of_type("Half-day Workshop (90 minutes)")
        'workshop'
        """
        for whole in (key_of_kind(_IN_BRACKETS.sub(" ", words)), key_of_kind(words)):
            parts = whole.split()
            ends = (" ".join(parts[at:]) for at in range(len(parts)))
            if found := next((self.kinds[said] for said in ends if said in self.kinds), None):
                return found
        return None

    @cached_property
    def kinds_of_titles(self) -> tuple[tuple[re.Pattern[str], Title], ...]:
        """What titles of a kind match; the first counts."""
        return tuple((_any_of(row.text), row) for file in self.files for row in file.title)

    @cached_property
    def levels(self) -> Mapping[str, Level]:
        return {key(w): row.level for file in self._oldest for row in file.level for w in row.text}

    def skill_level(self, words: str) -> Level | None:
        """The level that words say which call it one, as "Any Skill Level" does."""
        said = key(words)
        bare = said.removesuffix(" level").removesuffix(" skill")
        return self.levels.get(bare) if bare != said else None

    @cached_property
    def left_out_tracks(self) -> Mapping[str, str]:
        """The tracks that hold no sessions, and why what is in them is left out."""
        return {
            key(word): row.reason
            for file in self._oldest
            for row in file.left_out
            for word in row.tracks
        }

    @cached_property
    def left_out_titles(self) -> tuple[LeftOutTitles, ...]:
        """What titles of no sessions match, and why they are left out; the first counts."""
        return tuple(
            LeftOutTitles(
                reason=row.reason,
                titles=_any_of(row.titles),
                bare=_any_of(glob.strip("*") for glob in row.titles),
                with_people=row.with_people,
            )
            for file in self.files
            for row in file.left_out
            if row.titles
        )

    @cached_property
    def placeholders(self) -> frozenset[str]:
        return frozenset(key(word) for file in self.files for word in file.placeholders.titles)

    @cached_property
    def no_rooms(self) -> frozenset[str]:
        return frozenset(key(word) for file in self.files for word in file.rooms.unknown)

    @cached_property
    def video_words(self) -> frozenset[str]:
        return frozenset(key(word) for file in self.files for word in file.videos.words)

    @cached_property
    def track_words(self) -> Mapping[str, str]:
        return {word.upper(): word for file in self._oldest for word in file.tracks.words}

    @cached_property
    def moderators(self) -> tuple[str, ...]:
        return self._longest(file.speakers.moderators for file in self.files)

    @cached_property
    def introductions(self) -> tuple[str, ...]:
        return self._longest(file.speakers.introductions for file in self.files)

    @cached_property
    def company_endings(self) -> frozenset[str]:
        return frozenset(
            re.sub(r"[.\s]", "", slugs.fold(word))
            for file in self.files
            for word in file.speakers.company_endings
        )

    @cached_property
    def company_words(self) -> frozenset[str]:
        return self._folded(file.speakers.company_words for file in self.files)

    @cached_property
    def company_last(self) -> frozenset[str]:
        return self._folded(file.speakers.company_last for file in self.files)

    @cached_property
    def places(self) -> frozenset[str]:
        """Countries and regions."""
        territories: Iterable[tuple[str, str]] = Locale("en").territories.items()
        no_countries = {"EU", "EZ", "QO", "UN", "ZZ"}
        countries = tuple(
            name for code, name in territories if len(code) == 2 and code not in no_countries
        )
        return self._folded((countries, *(file.speakers.regions for file in self.files)))

    @cached_property
    def role_words(self) -> frozenset[str]:
        return self._folded(file.speakers.role_words for file in self.files)

    @cached_property
    def given_names(self) -> frozenset[str]:
        return self._folded(file.speakers.given_names for file in self.files)

    @cached_property
    def plain_words(self) -> frozenset[str]:
        return self._folded(file.speakers.plain_words for file in self.files)

    @cached_property
    def companies(self) -> frozenset[str]:
        return self._folded(file.speakers.companies for file in self.files)

    @cached_property
    def ampersand_companies(self) -> frozenset[str]:
        return self._folded(file.speakers.ampersand_companies for file in self.files)

    @cached_property
    def particles(self) -> frozenset[str]:
        return frozenset(
            word.strip(".'’") for file in self.files for word in file.speakers.particles
        )

    @property
    def _oldest(self) -> tuple[TableFile, ...]:
        """The files in the order in which a later one wins."""
        return self.files[::-1]

    @staticmethod
    def _folded(lists: Iterable[tuple[str, ...]]) -> frozenset[str]:
        return frozenset(slugs.fold(word).strip(".") for words in lists for word in words)

    @staticmethod
    def _longest(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        words = {word for words in lists for word in words}
        return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _any_of(globs: Iterable[str]) -> re.Pattern[str]:
    """What matches the key of any of `globs`, in which a star at an end stands for any words.

    >>> hours = _any_of(["*Happy Hour*", "Lunch"])
    >>> bool(hours.match("virtual happy hour")), bool(hours.match("lunches"))
    (True, False)
    """
    patterns = {
        "(?:.* )?" * glob.startswith("*") + re.escape(key(glob)) + "(?: .*)?" * glob.endswith("*")
        for glob in globs
    }
    return re.compile(f"(?:{'|'.join(sorted(patterns))})\\Z")


def tables(*own: TableFile) -> Tables:
    """kbsite's own tables, and before them the rows of `own`, of which a later one wins."""
    packaged = _packaged()
    return Tables(files=(*reversed(own), *packaged.files)) if own else packaged


@cache
def _packaged() -> Tables:
    """Read once, however many schedules are imported."""
    file = resources.files("kbsite.importers.reading").joinpath("tables.toml")
    return Tables(files=(read(file.read_text("utf-8")),))
