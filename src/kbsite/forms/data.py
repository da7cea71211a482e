"""What a check found as JSON. The shape is versioned: what it has stays, and more may come."""

from __future__ import annotations

import json
from typing import Any

import kbsite
from kbsite.errors import Problem
from kbsite.findings import Findings, described

VERSION = 1


def as_json(findings: Findings) -> str:
    every = findings.every
    errors = sum(problem.severity == "error" for problem in every)
    said = {
        "version": VERSION,
        "kbsite": kbsite.__version__,
        "prefix": findings.prefix,
        "summary": {
            "errors": errors,
            "warnings": len(every) - errors,
            "fixed": len(findings.mended),
            "looked_at": findings.extent,
        },
        "problems": [_problem(problem, findings) for problem in findings.problems],
        "elsewhere": [_problem(problem, findings) for problem in findings.elsewhere],
        "cause": findings.cause,
        "fixed": [
            {**_problem(mended.problem, findings), "cures": [described(mended.cure)]}
            for mended in findings.mended
        ],
    }
    return json.dumps(said, indent=2)


def _problem(problem: Problem, findings: Findings) -> dict[str, Any]:
    """Places count from 1, in characters, and are null where a problem is about all of it."""
    end = problem.column + problem.length if problem.column else None
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": problem.file,
        "line": problem.line or None,
        "column": problem.column or None,
        "end_line": problem.line or None,
        "end_column": end,
        "field": problem.field,
        "message": problem.message,
        "hint": problem.hint,
        "help": findings.help_address(problem.code),
        "cures": [described(cure) for cure in problem.cures],
    }
