"""What was learned, said, counted or announced in a session, added to its record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kbsite import models, records, slugs, yamledit, yamlfile
from kbsite.authoring.asks import CONTRIBUTOR, ID, Ask, Form
from kbsite.authoring.glance import Glance
from kbsite.authoring.values import Answers, provenance, values
from kbsite.authoring.writing import Draft
from kbsite.catalog import SESSION
from kbsite.claims import ACCOUNTED
from kbsite.errors import UsageError
from kbsite.meant import ids
from kbsite.parse import record_source
from kbsite.tree import decoded
from kbsite.wording import lines_of


def fitted(session: records.Session, ask: Ask, answers: Answers) -> Ask | None:
    """A question as it is for a session after the answers so far; None where it has no point.

    What the session says for all its claims need not be said. What was said has a speaker or a
    place in the video, and only what comes from an account names one.
    """
    if ask.key == CONTRIBUTOR:
        return None if session.provenance.contributed_by else ask
    if ask.key == "by" and ask.thing is None:
        return replace(ask, choices=_speakers(session)) if session.speakers else None
    if ask.key == "basis":
        spoken = "by" in answers or "at" in answers
        choices = tuple(each for each in ask.choices if spoken or each != "said")
        return replace(ask, needed=session.basis is None, choices=choices)
    if ask.key == "from":
        basis = answers.get("basis", session.basis)
        needed = basis == "reported" and session.report is None
        return replace(ask, needed=needed) if basis in ACCOUNTED else None
    return ask


def _speakers(session: records.Session) -> tuple[str, ...]:
    """Who may have said something in a session: names, and the ids that are given."""
    names = [each.name for each in session.speakers if each.name]
    return (*names, *(each.id for each in session.speakers if each.id))


def added(form: Form, answers: Answers, session: str, glance: Glance) -> Draft:
    """The record of a session with one claim more, and every other byte as it was.

    Raises UsageError where the file is written so that nothing can be added to it safely.
    """
    path = glance.path(SESSION, session)
    before = glance.raw(path) or b""
    raw = before.decode()
    listed = form.thing.plural
    claim = values(form, answers)
    try:
        data = _data(raw)
        old = data.get(listed) or []
        own = claim.get(ID) or _new_id(str(claim[form.first.key]), old)
        claim = {ID: own, **claim}
        order = [*models.keys(records.Session)]
        text = yamledit.set_value(raw, listed, [*old, claim], order)
        if who := provenance(answers):
            known = data.get("provenance") or {}
            text = yamledit.set_value(text, "provenance", {**known, **who}, order)
    except (yamledit.CannotEdit, TypeError) as error:
        raise UsageError(
            f"{path} is written in a way in which nothing can be added without touching the rest "
            f"({error}); add below {listed}:\n{lines_of([claim])}"
        ) from error
    return Draft(
        path=path,
        text=text,
        before=before,
        line=_line(path, text, (listed, len(old))),
        address=form.thing.path(f"{session}#{own}"),
    )


def _data(raw: str) -> dict[str, Any]:
    try:
        data = yamlfile.read(raw.removeprefix("\ufeff"))
    except yamlfile.YamlError as error:
        raise yamledit.CannotEdit(error.message) from error
    return data if isinstance(data, dict) else {}


def _new_id(text: str, others: list[Any]) -> str:
    """An id of the first words that say something, which no other claim of the session has."""
    taken = {each.get(ID) for each in others if isinstance(each, dict)}
    words = ids.from_text(text) or "untitled"
    return next(id for id in slugs.numbered(words) if id not in taken)


def _line(path: str, text: str, of: yamlfile.Path) -> int:
    """The line of a file at which a value begins."""
    plain = decoded(path, text.encode())
    source = record_source(path, plain if isinstance(plain, str) else "")
    return source.text.count("\n", 0, source.place(of)[0]) + 1
