"""Problems as an editor takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lsprotocol import types

from kbsite.errors import Problem
from kbsite.kinds.problems import PATH
from kbsite.lsp.positions import WHOLE, Units
from kbsite.report import printable

SOURCE = "kbsite"
_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
}


def diagnostic(problem: Problem, units: Units, site: str) -> types.Diagnostic:
    """A problem with its place, its code and the way out."""
    message = printable(problem.message)
    return types.Diagnostic(
        range=place_of(problem, units),
        severity=_SEVERITIES[problem.severity],
        code=problem.code,
        code_description=types.CodeDescription(f"{site.rstrip('/')}/{PATH}#{problem.code.lower()}")
        if site
        else None,
        source=SOURCE,
        message=f"{message}\nhelp: {printable(problem.hint)}" if problem.hint else message,
    )


def place_of(problem: Problem, units: Units) -> types.Range:
    """From where to where; a line, or the first one, where a problem says no more."""
    line = max(0, problem.line - 1)
    if not problem.column:
        return types.Range(types.Position(line, 0), types.Position(line, WHOLE))
    start = problem.column - 1
    return types.Range(
        types.Position(line, units.count(problem.source[:start])),
        types.Position(line, units.count(problem.source[: start + problem.length])),
    )


def moved(problem: Problem, lines: Sequence[str]) -> Problem | None:
    """A problem of a text that has changed since, at the same line where it stands now."""
    if not problem.line or not problem.source:
        return problem
    places = [at for at, line in enumerate(lines, 1) if line == problem.source]
    if not places:
        return None
    line = min(places, key=lambda at: abs(at - problem.line))
    return replace(problem, line=line, cures=())
