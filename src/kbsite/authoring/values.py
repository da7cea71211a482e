"""Answers as records have them: plain data for a field of a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from kbsite import models, records, slugs
from kbsite.authoring.asks import CONTRIBUTOR, ID, LINKS, SPEAKERS, Form
from kbsite.authoring.web import Place
from kbsite.catalog import SESSION
from kbsite.meant.people import in_name

Answers: TypeAlias = dict[str, str | list[str]]
"""What was said, by the key of what was asked: a list for what takes several."""


def field_of(form: Form, key: str, answer: str) -> tuple[type[records.Record], str, Any] | None:
    """The model, the key and the value that an answer gives, if it goes into a field."""
    if key == SPEAKERS:
        return records.Session, SPEAKERS, [speaker(answer)]
    if key in LINKS:
        return records.Link, "url", answer
    if key == CONTRIBUTOR:
        return records.Provenance, "contributed_by", answer
    if key == ID:
        return records.Learning, ID, answer
    info = models.keys(form.model).get(key)
    if info is None:
        return None
    return form.model, key, _listed(key, [answer]) if form.ask(key).many else answer


def values(form: Form, answers: Answers, places: Sequence[Place] = ()) -> dict[str, Any]:
    """The fields of a record, in the order of its model, without those that nobody answered.

    `places` are addresses on the web that belong to it.
    """
    said = {key: each for key, each in answers.items() if key in models.keys(form.model)}
    found: dict[str, Any] = {
        key: each if isinstance(each, str) else _listed(key, each) for key, each in said.items()
    }
    if SPEAKERS in answers:
        found[SPEAKERS] = [speaker(each) for each in answers[SPEAKERS]]
    if form.thing is SESSION:
        kinds = [kind for kind in LINKS if kind in answers]
        found["links"] = [place.link() for place in places]
        found["links"] += [{"kind": kind, "url": answers[kind]} for kind in kinds]
        found["sources"] = [place.source() for place in places if not place.is_video]
        found["provenance"] = provenance(answers)
    return {key: found[key] for key in models.keys(form.model) if found.get(key)}


def provenance(answers: Answers) -> dict[str, Any]:
    """Who stands for a record, if anybody was named."""
    return {"contributed_by": answers[CONTRIBUTOR]} if CONTRIBUTOR in answers else {}


def speaker(said: str) -> dict[str, str]:
    """Somebody who speaks, with an organisation in brackets; a single word in small letters with
    hyphens is an id.

    >>> speaker("Ada Example (Example Works)"), speaker("ada-example")
    ({'name': 'Ada Example', 'org': 'Example Works'}, {'id': 'ada-example'})
    """
    if "-" in said and slugs.is_id(said):
        return {"id": said}
    meant = in_name(said).values if said.rstrip().endswith(")") else ()
    return meant[0][0] if meant and len(meant[0]) == 1 else {"name": said}


def _listed(key: str, answers: Sequence[str]) -> list[Any]:
    return [{"url": each} for each in answers] if key == "links" else [*answers]
