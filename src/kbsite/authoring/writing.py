"""A new record: the file that it will be in, and its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from kbsite import records, slugs, yamlwrite
from kbsite.authoring import pointing
from kbsite.authoring.asks import BODY, EVIDENCE, ID, LINKS, Form
from kbsite.authoring.glance import Glance
from kbsite.authoring.values import Answers, values
from kbsite.authoring.web import Place, known
from kbsite.catalog import EVENT, LEARNING, PERSON, SESSION
from kbsite.errors import UsageError
from kbsite.slugs import name_key

NEAR = 0.85  # of the letters of two names, if one may be a slip of the other


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A file as it shall be; `before` is what it holds now, None where there is none.

    `line` is where what is new begins, `address` the page on the site that shows it, and `remarks`
    are what its author should know before it is written.
    """

    path: str
    text: str
    before: bytes | None = None
    line: int = 1
    address: str
    remarks: tuple[str, ...] = ()


def draft(form: Form, answers: Answers, glance: Glance, places: Sequence[Place] = ()) -> Draft:
    """The file of a new record; `places` are the addresses on the web that it begins from.

    Raises UsageError where its id is taken, or its name is another's.
    """
    id = _id(form, answers, glance)
    text = yamlwrite.dump(values(form, answers, places))
    if form.thing.ending == ".md":
        text = f"---\n{text}---\n{_body(answers)}"
    return Draft(
        path=glance.path(form.thing, id),
        text=text,
        address=form.thing.path(id),
        remarks=tuple(_remarks(form, answers, id, glance, places)),
    )


def _id(form: Form, answers: Answers, glance: Glance) -> str:
    """The id that was said, or that the name gives."""
    thing, name = form.thing, str(answers[form.first.key])
    called = str(answers.get("short", name)) if thing is EVENT else name
    make = slugs.spell_out if issubclass(form.model, records.Named) else slugs.slug
    own = str(answers.get(ID, "")) or make(called)
    if not own:
        raise UsageError(f"'{name}' holds no letter or digit to make an id of; say one with --id")
    if thing is SESSION:
        event = answers[EVENT.name]
        if ID not in answers:
            taken = glance.ids(SESSION)
            return next(id for id in slugs.numbered(f"{event}/{own}") if id not in taken)
        own = f"{event}/{own}"
    if glance.raw(path := glance.path(thing, own)) is not None:
        raise UsageError(f"there is a {thing.noun} '{own}' already: add to {path}, or say --id")
    if thing.words and thing is not SESSION and (other := glance.names(thing).get(name_key(name))):
        raise UsageError(
            f"the {thing.noun} '{other}' goes by '{name}' already: {glance.path(thing, other)}"
        )
    return own


def _remarks(
    form: Form, answers: Answers, id: str, glance: Glance, places: Sequence[Place]
) -> Iterator[str]:
    """What there is already that may be the same."""
    thing, name = form.thing, str(answers[form.first.key])
    if thing is SESSION:
        folded, beside = slugs.fold(name), f"{id.partition('/')[0]}/"
        for other, title in glance.titles.items():
            if other.startswith(beside) and slugs.fold(title) == folded:
                yield f"a session of this event has this title: {glance.path(thing, other)}"
        for place in (*places, *filter(None, map(known, _addresses(answers)))):
            for other in pointing.at(place, glance):
                yield f"{place.url} is that of a session already: {glance.path(thing, other)}"
    elif thing.words and thing is not EVENT:
        there = {key: glance.path(thing, other) for key, other in glance.names(thing).items()}
        if thing is PERSON:
            there = {name_key(other): f"{other}, in sessions" for other in glance.people} | there
        for key in get_close_matches(own := name_key(name), there.keys() - {own}, 3, NEAR):
            yield f"there is nearly the same {thing.noun} already: {there[key]}"


def _addresses(answers: Answers) -> Iterator[str]:
    return (str(answers[kind]) for kind in LINKS if kind in answers)


def _body(answers: Answers) -> str:
    """The text of a page, with links to what it rests on."""
    text, evidence = str(answers.get(BODY, "")).strip(), answers.get(EVIDENCE, ())
    links = "\n".join(f"- [[{LEARNING.noun}:{each}]]" for each in evidence)
    parts = [text, f"It rests on\n\n{links}" if links else ""]
    return "".join(f"\n{part}\n" for part in parts if part)
