"""What is asked of somebody who writes a record: fields of its model, and what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, get_origin

from kbsite import models, records
from kbsite.catalog import (
    ANNOUNCEMENT,
    ARTICLE,
    CLAIMS,
    EVENT,
    FIGURE,
    LEARNING,
    ORGANISATION,
    PERSON,
    PROJECT,
    QUOTE,
    REPORT,
    SESSION,
    SHIFT,
    THEME,
    Thing,
)
from kbsite.fields import Refers
from kbsite.records.base import LinkKind

ID, BODY, EVIDENCE, CONTRIBUTOR, SPEAKERS = "id", "text", "evidence", "contributor", "speakers"
LINKS: tuple[LinkKind, ...] = ("video", "slides", "code")  # each asked for by its kind

CLAIM_MODELS: Mapping[str, type[records.Record]] = {
    LEARNING.name: records.Learning,
    QUOTE.name: records.Quote,
    FIGURE.name: records.Figure,
    ANNOUNCEMENT.name: records.Announcement,
}
WORDS: Mapping[str, Thing] = {  # what `kbsite new` may be followed by
    thing.noun: thing
    for thing in (
        SESSION, *CLAIMS, PERSON, THEME, EVENT, ARTICLE, SHIFT, REPORT, PROJECT, ORGANISATION,
    )
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """One thing to say of a record.

    `option` is how the command line calls it; `title`, `words` and `example` are for people. One
    that is `many` takes several answers. Of some only the `choices` may be said, or what is called
    so among all of a `thing`. Who is at a terminal is asked for those that are `spoken`.
    """

    key: str
    option: str
    title: str
    words: str
    example: str = ""
    needed: bool = False
    many: bool = False
    choices: tuple[str, ...] = ()
    thing: Thing | None = None
    spoken: bool = True

    @property
    def told(self) -> str:
        """The words, with what one might say where that is not chosen from what there is."""
        plain = not self.choices and not (self.thing and not self.thing.named_freely)
        is_telling = plain and self.example and not self.example.startswith("https:")
        return f"{self.words} Such as: {self.example}" if is_telling else self.words


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """What can be said of one kind of thing, in the order in which it is asked."""

    thing: Thing
    model: type[records.Record]
    asks: tuple[Ask, ...]

    @property
    def is_claim(self) -> bool:
        return self.thing in CLAIMS

    @property
    def first(self) -> Ask:
        """What stands first on a command line, without an option."""
        return next(ask for ask in self.asks if ask.needed and ask.thing is None)

    def ask(self, key: str) -> Ask:
        return next(ask for ask in self.asks if ask.key == key)


_TEXT = Ask(
    key=BODY,
    option="text",
    title="Text",
    words="The text of its page, in Markdown.",
    spoken=False,
)
_EVENT = Ask(
    key=EVENT.name,
    option="event",
    title="Event",
    words="The event that it is part of, by its folder in sessions/.",
    example="example-conf",
    needed=True,
    thing=EVENT,
)
_CONTRIBUTOR = Ask(
    key=CONTRIBUTOR,
    option="contributor",
    title="Contributed by",
    words="Who stands for what the record says; by default your name as git has it.",
    example="Cem Example",
    needed=True,
)
_EVIDENCE = Ask(
    key=EVIDENCE,
    option="learning",
    title="Learnings",
    words="What it rests on: learnings of two or more sessions, each as SESSION-ID#LEARNING-ID.",
    example="example-conf/kernel-news#fewer-copies",
    needed=True,
    many=True,
    thing=LEARNING,
)
_LINKS = (
    Ask(key="video", option="video", title="Recording", words="The address of its recording.",
        example="https://example.org/talk"),
    Ask(key="slides", option="slides", title="Slides", words="The address of its slides.",
        example="https://example.org/slides"),
    Ask(key="code", option="code", title="Code", words="The address of its code.",
        example="https://example.org/code", spoken=False),
)  # fmt: skip
_SPEAKERS = Ask(
    key=SPEAKERS,
    option="speaker",
    title="Speakers",
    words="Who speaks, each with the organisation of that day in brackets.",
    example="Ada Example (Example Works)",
    many=True,
    thing=PERSON,
)

# The fields of each model: those that are asked for, and those for which there is an option alone.
_FIELDS: Mapping[str, tuple[str, str]] = {
    SESSION.name: (
        "title kind start end room summary themes",
        "subtitle status tracks level language abstract projects not_about related",
    ),
    EVENT.name: (
        "name short city country timezone start end url series",
        "venue day_change",
    ),
    THEME.name: ("name summary aliases keywords", "tracks related projects in_titles"),
    PERSON.name: ("name aliases", "links distinct_from sort"),
    ORGANISATION.name: ("name aliases", "links distinct_from"),
    PROJECT.name: ("name aliases url repo", "links category maturity distinct_from"),
    ARTICLE.name: ("title themes summary date author", ""),
    SHIFT.name: ("title themes summary", "date author"),
    REPORT.name: ("title author publisher date url", ""),
    LEARNING.name: ("text themes by at basis from", ""),
    QUOTE.name: ("text by at basis from", ""),
    FIGURE.name: ("value label note by at basis from", ""),
    ANNOUNCEMENT.name: ("title by date text url projects at basis from", ""),
}
# What is asked beside the fields, before and after them
_BESIDE: Mapping[str, tuple[tuple[Ask, ...], tuple[Ask, ...]]] = {
    SESSION.name: ((_EVENT,), (_SPEAKERS, *_LINKS, _CONTRIBUTOR)),
    EVENT.name: ((), ()),
    SHIFT.name: ((), (_EVIDENCE, _TEXT)),
    **{thing.name: ((), (_TEXT,)) for thing in WORDS.values() if thing.ending == ".md"
       and thing is not SHIFT},
    **{thing.name: ((), (_CONTRIBUTOR,)) for thing in CLAIMS},
}  # fmt: skip


@cache
def form(word: str) -> Form:
    """The form of what people call so."""
    thing = WORDS[word]
    model = {**models.MODELS, **CLAIM_MODELS}[thing.name]
    spoken, others = (keys.split() for keys in _FIELDS[thing.name])
    before, after = _BESIDE[thing.name]
    refers = {names[0]: mark.thing for names, mark in models.marked(model, Refers)}
    fields = [_field(model, key, refers.get(key), spoken) for key in (*spoken, *others)]
    made = Form(thing=thing, model=model, asks=(*before, *fields, *after))
    return replace(made, asks=(*made.asks, _id(thing, made.first)))


def _id(thing: Thing, first: Ask) -> Ask:
    """The id, which comes of the `first` that is said where nobody says another."""
    called, title = "its file and its address are", first.title.lower()
    made = f"its {title} makes it"
    if thing in CLAIMS:
        called, made = "its address is", f"a few words of its {title} make it"
    elif thing is EVENT:
        made = f"its short name makes it, or else its {title}"
    return Ask(
        key=ID,
        option="id",
        title="Id",
        words=f"What {called} called, in small letters, digits and hyphens; by default {made}.",
        spoken=False,
    )


def _field(
    model: type[records.Record], key: str, thing: Thing | None, spoken: Sequence[str]
) -> Ask:
    info = models.keys(model)[key]
    many = get_origin(info.annotation) is tuple
    return Ask(
        key=key,
        option=(_one_of(key) if many else key).replace("_", "-"),
        title=info.title or key,
        words=info.description or "",
        example=_example(info.examples or [""]),
        needed=info.is_required(),
        many=many,
        choices=models.allowed_words(model, key),
        thing=thing,
        spoken=key in spoken,
    )


def _example(examples: Sequence[Any]) -> str:
    """The first of them as one would type it; of a list its first item."""
    first = examples[0]
    first = first[0] if isinstance(first, list) else first
    return str(first["url"] if isinstance(first, dict) else first)


def _one_of(key: str) -> str:
    """What one of the things is called that a key lists.

    >>> _one_of("themes"), _one_of("aliases"), _one_of("related")
    ('theme', 'alias', 'related')
    """
    return key.removesuffix("es") if key.endswith("ses") else key.removesuffix("s")
