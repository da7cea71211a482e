"""Suggested themes of sessions that a person says yes or no to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeAlias

from kbsite import slugs
from kbsite.catalog import EVENT, PROJECT, SESSION, THEME
from kbsite.chores.desk import Desk
from kbsite.chores.renaming import known_id, put
from kbsite.errors import UsageError
from kbsite.library import Library
from kbsite.phrases import Phrase, Phrases
from kbsite.pipeline import Prepared
from kbsite.wording import did_you_mean

Verdict: TypeAlias = Literal["theme", "not"]
"""That a session is about a suggested theme, or is not: then nothing suggests it again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """A theme that somebody or something takes a session to be about, by their ids.

    `words` of the theme stand in the text that is called `where`, empty where none are found: then
    the source of the session suggested it, by a text that is not in the record.
    """

    session: str
    theme: str
    title: str
    where: str = ""
    words: tuple[str, ...] = ()


def theme_id(base: Prepared, word: str) -> str:
    """The id of the theme that an id, a name or an alias means. Raises UsageError."""
    called = _called(base.library)
    if own := called.get(slugs.name_key(word)):
        return own
    near = slugs.nearest(word, base.library.of(THEME))
    raise UsageError(f"there is no theme '{word}'; {did_you_mean(near) or 'say its id'}")


def suggestions(
    desk: Desk, *, themes: Iterable[str] = (), event: str = ""
) -> tuple[Suggestion, ...]:
    """Those that wait, theme by theme, and of each the newest first: all, or those of some themes
    and of one event, each by its id.
    """
    base = desk.base
    wanted = {theme_id(base, word) for word in themes}
    event = known_id(desk, EVENT, event) if event else ""
    words = _words(base.library)
    found = []
    for own, node in base.graph.sessions.items():
        if event and node.event != event:
            continue
        texts = {
            "title": node.record.title,
            "subtitle": node.record.subtitle or "",
            "summary": node.record.summary or "",
            "abstract": node.record.abstract or "",
        }
        for theme in node.suggested_themes:
            if wanted and theme not in wanted:
                continue
            where, said = _said(words, theme, texts)
            found.append(
                Suggestion(
                    session=own, theme=theme, title=node.record.title, where=where, words=said
                )
            )
    return tuple(sorted(found, key=lambda each: each.theme))  # sessions are newest first


def decide(desk: Desk, verdicts: Mapping[tuple[str, str], Verdict]) -> str:
    """Write into records what was decided of each session and theme; what was done, in words."""
    called = _called(desk.base.library)
    by_session: dict[str, dict[str, Verdict]] = {}
    for (session, theme), verdict in verdicts.items():
        by_session.setdefault(session, {})[theme] = verdict
    for session, decided in by_session.items():
        path = desk.base.library.sessions[session].source.path
        desk.alter(path, partial(_say, decided=decided, called=called))
    yes = sum(each == "theme" for each in verdicts.values())
    no = len(verdicts) - yes
    said = [f"{yes:,} confirmed" * bool(yes), f"{no:,} rejected" * bool(no)]
    return f"suggested themes: {', '.join(filter(None, said)) or 'none decided'}"


def _say(
    data: dict[str, Any], *, decided: Mapping[str, Verdict], called: Mapping[str, str]
) -> None:
    """Let a record say what was decided of its themes, each by its id."""

    def meant(item: Any) -> str:
        return called.get(slugs.name_key(str(getattr(item, "text", item))), "")

    for key, verdict in (("themes", "theme"), ("not_about", "not")):
        held: Sequence[Any] = data.get(key) or []
        there = {meant(item) for item in held}
        new = [id for id, said in decided.items() if said == verdict and id not in there]
        if new:
            put(data, SESSION, key, [*held, *new])
    left = [each for each in data.get("suggested_themes") or [] if meant(each) not in decided]
    if left:
        data["suggested_themes"] = left
    else:
        data.pop("suggested_themes", None)


def _called(library: Library) -> dict[str, str]:
    """The id of the theme for the key of all that it is called."""
    return {
        slugs.name_key(word): own
        for own, entry in library.of(THEME).items()
        for word in (entry.record.name, *entry.record.aliases, own)
    }


def _words(library: Library) -> Phrases[tuple[str, str]]:
    """What hints at a theme: its id, and the words as its page has them."""
    projects = {
        slugs.name_key(word): entry.record
        for own, entry in library.of(PROJECT).items()
        for word in (own, entry.record.name, *entry.record.aliases)
    }
    phrases: list[Phrase[tuple[str, str]]] = []
    for own, entry in library.of(THEME).items():
        theme = entry.record
        words = (theme.name, *theme.aliases, *theme.keywords)
        phrases += [Phrase(word, (own, word)) for word in words]
        for name in theme.projects:
            record = projects.get(slugs.name_key(name))
            names = (record.name, *record.aliases) if record else (name,)
            phrases += [Phrase(word, (own, word), as_written=True) for word in names]
    return Phrases(phrases)


def _said(
    words: Phrases[tuple[str, str]], theme: str, texts: Mapping[str, str]
) -> tuple[str, tuple[str, ...]]:
    """Which text has words of a theme, and which; the first that has any."""
    for where, text in texts.items():
        found = dict.fromkeys(word for own, word in _means(words, text) if own == theme)
        if found:
            return where, tuple(found)
    return "", ()


def _means(words: Phrases[tuple[str, str]], text: str) -> list[tuple[str, str]]:
    return [each.means for each in words.found(text)]
