"""Dates, times and counts in words, as pages show them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from babel import Locale

from kbsite.excerpts import excerpt
from kbsite.graph.nodes import SessionNode, ThemeNode

_LANGUAGES = Locale("en").languages
_TAGS = {
    name.casefold(): code.replace("_", "-")
    for code, name in _LANGUAGES.items()
    if code.partition("_")[0] != "en"
}
_TAG = re.compile(r"([A-Za-z]{2,3})(-[A-Za-z0-9]{2,8})*")
KIND_LABELS = {
    "talk": "Talk", "keynote": "Keynote", "panel": "Panel", "tutorial": "Tutorial",
    "lightning": "Lightning talk", "workshop": "Workshop", "bof": "Birds of a feather",
    "poster": "Poster", "contribfest": "Contribfest", "demo": "Demo", "meeting": "Meeting",
    "film": "Film", "other": "Session",
}  # fmt: skip
KIND_PLURALS = {
    "talk": "Talks", "keynote": "Keynotes", "panel": "Panels", "tutorial": "Tutorials",
    "lightning": "Lightning talks", "workshop": "Workshops", "bof": "Birds of a feather",
    "poster": "Posters", "contribfest": "Contribfests", "demo": "Demos", "meeting": "Meetings",
    "film": "Films", "other": "Other sessions",
}  # fmt: skip
STATUS_LABELS = {
    "held": "", "scheduled": "Scheduled", "cancelled": "Cancelled",
    "not-recorded": "Not recorded", "withdrawn": "Withdrawn from the schedule",
}  # fmt: skip
CALLED_OFF = {  # of a session that does not take place, on its own page
    "cancelled": "This session was cancelled.",
    "withdrawn": "This session was withdrawn from the schedule.",
}  # fmt: skip
SYSTEMS = {  # the proper names of known sources
    "sched": "Sched", "sessionize": "Sessionize", "pretalx": "pretalx", "frab": "frab",
    "c3voc": "c3voc", "youtube": "YouTube",
}  # fmt: skip
LEVEL_LABELS = {
    "beginner": "Beginner", "intermediate": "Intermediate", "advanced": "Advanced",
    "any": "Any level",
}  # fmt: skip
BASES = {  # the beginning of a claim's evidence
    "said": "Said in the session", "shown": "Shown on a slide", "reported": "Reported by",
    "inferred": "Inferred by", "": "No basis given",
}  # fmt: skip
NOTES = {"inferred": "not said in the session"}  # how it ends
GROUNDS = {  # what several claims rest on; "reported" and "concluded" in accounts
    "said": "said in the session", "shown": "shown on slides", "reported": "reported",
    "concluded": "inferred", "inferred": "inferred by contributors", "": "without a basis",
}  # fmt: skip
DESCRIPTION = 155  # characters of a description that search engines show
ENOUGH = 60  # characters after which a description may end with a sentence
_SENTENCE_END = re.compile(r"[.!?][”’\")]?(?= )|[。！？][”’」』）]?")  # noqa: RUF001
LINK_LABELS = {
    "video": "Video", "slides": "Slides", "code": "Code", "article": "Article",
    "schedule": "Schedule entry", "other": "Link",
}  # fmt: skip
OFFERS = {  # what there is of a session, in the order in which its page says it
    "video": "Recording", "slides": "Slides", "code": "Code", "article": "Article",
    "schedule": "Schedule", "other": "",
}  # fmt: skip
MARKS = {"video": "Recording", "slides": "Slides"}  # of links, in lists of sessions


def language(code: str) -> str:
    """The name of a language, where what was written is a code for it.

    >>> language("de"), language("pt-BR"), language("Plattdüütsch")
    ('German', 'Portuguese', 'Plattdüütsch')
    """
    return str(_LANGUAGES.get(code.partition("-")[0].lower(), code))


@lru_cache(maxsize=1024)
def tag(language: str | None) -> str:
    """A language as HTML has it, where what was written is a code or a name in English.

    It is empty for English, in which pages are.

    >>> tag("de"), tag("pt-BR"), tag("German"), tag("Plattdüütsch"), tag(None), tag("en-GB")
    ('de', 'pt-BR', 'de', '', '', '')
    """
    written = _TAG.fullmatch(language or "")
    if written and written[1].lower() in _LANGUAGES:
        return "" if written[1].lower() == "en" else written[0]
    return str(_TAGS.get((language or "").casefold(), ""))


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun.

    >>> count(1, "session"), count(3200, "person", "people")
    ('1 session', '3,200 people')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def numbers(*counted: tuple[int, str, str]) -> tuple[tuple[str, str], ...]:
    """Numbers with their nouns, each number apart; those of zero are left out.

    >>> numbers((1, "person", "people"), (3200, "session", "sessions"), (0, "talk", "talks"))
    (('1', 'person'), ('3,200', 'sessions'))
    """
    return tuple((f"{n:,}", one if n == 1 else many) for n, one, many in counted if n)


def holdings(theme: ThemeNode) -> list[str]:
    """What there is of a theme, as '3 sessions', '2 learnings'; suggestions if nothing else is."""
    parts = []
    if theme.sessions:
        parts.append(count(len(theme.sessions), "session"))
    elif theme.suggested:
        parts.append(count(len(theme.suggested), "suggested session"))
    if theme.learnings:
        parts.append(count(len(theme.learnings), "learning"))
    return parts


@lru_cache(maxsize=1024)
def long_day(day: date) -> str:
    """As 'Thursday 26 March 2026'."""
    return f"{day:%A} {day.day} {day:%B} {day.year:04}"


@lru_cache(maxsize=1024)
def plain_day(day: date) -> str:
    """As '26 March 2026'."""
    return f"{day.day} {day:%B} {day.year:04}"


@lru_cache(maxsize=1024)
def short_day(day: date) -> str:
    """As '26 Mar 2026'."""
    return f"{day.day} {day:%b} {day.year:04}"


def years(held: Iterable[int]) -> str:
    """Years in which something was, newest first, those in a row as a span.

    >>> years([2021, 2024, 2025, 2026, 2024]), years([2019, 2018])
    ('2024–2026, 2021', '2018–2019')
    """
    spans: list[tuple[int, int]] = []
    for year in sorted(set(held), reverse=True):
        if spans and spans[-1][0] == year + 1:
            spans[-1] = (year, spans[-1][1])
        else:
            spans.append((year, year))
    return ", ".join(f"{one}" if one == last else f"{one}–{last}" for one, last in spans)


def week_day(day: date) -> str:
    """As 'Thu 26 Mar'."""
    return f"{day:%a} {day.day} {day:%b}"


def days(start: date, end: date) -> str:
    """A span of days, said once.

    >>> days(date(2026, 3, 23), date(2026, 3, 26)), days(date(2026, 3, 30), date(2026, 4, 2))
    ('23–26 March 2026', '30 March – 2 April 2026')
    """
    if start == end:
        return f"{start.day} {start:%B} {start.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {end:%B} {end.year}"
    if start.year == end.year:
        return f"{start.day} {start:%B} – {end.day} {end:%B} {end.year}"
    return f"{start.day} {start:%B} {start.year} – {end.day} {end:%B} {end.year}"


def hours(node: SessionNode) -> str:
    """The time of day of a session, as '11:45–12:15'; empty where only the day is known.

    Of a session over several days it names the last one, as '09:00 – Wed 25 Mar, 17:00'.
    """
    if not isinstance(node.start, datetime):
        return ""
    if not isinstance(node.end, datetime):
        return f"{node.start:%H:%M}"
    if node.several_days:
        end = node.end
        return f"{node.start:%H:%M} – {end:%a} {end.day} {end:%b}, {end:%H:%M}"
    return f"{node.start:%H:%M}–{node.end:%H:%M}"


def brief_time(node: SessionNode) -> str:
    """Day and hour on one line, as '26 Mar 2026, 11:45'; or the days, as '23–25 March 2026'."""
    if node.day is None:
        return ""
    if node.several_days:
        return days(node.days[0], node.days[-1])
    start = f", {node.start:%H:%M}" if isinstance(node.start, datetime) else ""
    return short_day(node.day) + start


def zone(when: datetime) -> str:
    """A time's zone with its offset on that day, as 'Europe/Amsterdam, UTC+1'."""
    offset = when.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset is not None else 0
    hours_, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"{when.tzinfo}, UTC{sign}{hours_}" + (f":{rest:02}" if rest else "")


def sentence(text: str, limit: int = DESCRIPTION) -> str:
    """The beginning of a text for a description: whole sentences if they say enough, else words.

    >>> sentence("It was about kernels, and how they are seen, by people. The rest is cut.", 62)
    'It was about kernels, and how they are seen, by people. The …'
    >>> sentence("It was about kernels, and how they are seen, by many people. The rest.", 66)
    'It was about kernels, and how they are seen, by many people.'
    """
    if len(text) <= limit:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text[: limit + 1])]
    if ends and ends[-1] >= ENOUGH:
        return text[: ends[-1]]
    return excerpt(text, limit)


def ended(text: str) -> str:
    """A text with a full stop at its end, unless it ends already.

    >>> ended("Who wins?"), ended("Who wins")
    ('Who wins?', 'Who wins.')
    """
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def described(first: str, *more: str) -> str:
    """A text for a description, and each of the further sentences that there is room for.

    >>> described("On kernels.", "3 sessions.", "x" * 150)
    'On kernels. 3 sessions.'
    """
    text = sentence(first)
    for each in more:
        longer = f"{text} {each}".strip()
        if each and len(longer) <= DESCRIPTION:
            text = longer
    return text
