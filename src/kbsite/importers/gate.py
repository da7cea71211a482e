"""What an import writes has to pass the rules that `kbsite check` applies to it."""

from __future__ import annotations

from pydantic import BaseModel

from kbsite import records
from kbsite.errors import Problem
from kbsite.graph.times import check_times, moments
from kbsite.parse import parse_record
from kbsite.tree import SIZE_LIMIT


def objection(
    model: type[BaseModel], text: str, before: str = "", *, of: records.Event | None = None
) -> str | None:
    """Why a record with `text` must not be written, if anything is wrong that was not `before`.

    `of` is the event of a session, in whose zone its times are.
    """
    size = len(text.encode())
    if size > SIZE_LIMIT:
        return f"its record would have {size / SIZE_LIMIT:.1f} MiB; at most 1 MiB is read"
    known = {_said(problem) for problem in _errors(model, before, of)} if before else set()
    new = [problem for problem in _errors(model, text, of) if _said(problem) not in known]
    return f"{new[0].field}: {new[0].message}" if new else None


def _errors(model: type[BaseModel], text: str, of: records.Event | None) -> list[Problem]:
    checked = parse_record(model, "", text.removeprefix("\ufeff"))
    record, problems = checked.record, list(checked.problems)
    if isinstance(record, records.Session) and of is not None:
        problems += check_times(record, of, moments(record, of), checked.source)
    return [problem for problem in problems if problem.severity == "error"]


def _said(problem: Problem) -> tuple[str, str, str]:
    return (problem.code, problem.field, problem.message)
