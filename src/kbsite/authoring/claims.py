"""What was learned, said, counted or announced in a session, added to its record."""

from __future__ import annotations

from collections.abc import Iterator
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


def of_session(form: Form, session: records.Session) -> Form:
    """A form as it is for one session: what it says for all its claims need not be said."""
    return replace(form, asks=tuple(_fitted(form.asks, session)))


def _fitted(asks: tuple[Ask, ...], session: records.Session) -> Iterator[Ask]:
    for ask in asks:
        if ask.key == CONTRIBUTOR:
            if not session.provenance.contributed_by:
                yield ask
        elif ask.key == "basis":
            yield replace(ask, needed=session.basis is None)
        else:
            yield ask


def pointless(session: records.Session, ask: Ask, answers: Answers) -> bool:
    """Whether the account need not be asked for: only what comes from one has one."""
    return ask.key == "from" and answers.get("basis", session.basis) not in ACCOUNTED


def speakers(session: records.Session) -> list[str]:
    """Who may have said something in a session, as `by` has it."""
    return [each.name or str(each.id) for each in session.speakers]


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
