"""What a check found as SARIF 2.1.0, which code scanning and many viewers read."""

from __future__ import annotations

import json
import os
from typing import Any
from urllib.parse import quote

import kbsite
from kbsite.codes import CATALOGUE, Code
from kbsite.errors import Cure, Edit, Problem
from kbsite.findings import Findings

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_PLACES = {code.code: place for place, code in enumerate(CATALOGUE)}


def as_sarif(findings: Findings) -> str:
    driver = {
        "name": "kbsite",
        "version": kbsite.__version__,
        "rules": [_rule(code, findings) for code in CATALOGUE],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [
            *(_result(problem, findings) for problem in findings.problems),
            *(_elsewhere(problem, findings) for problem in findings.elsewhere),
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(code: Code, findings: Findings) -> dict[str, Any]:
    words = f"{code.meaning}\n\nFor example:\n\n{code.example}\n\nMended:\n\n{code.cure}"
    blocks = f"{code.meaning}\n\n{_block(code.example)}\n\nMended:\n\n{_block(code.cure)}"
    rule: dict[str, Any] = {
        "id": code.code,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.meaning},
        "help": {"text": words, "markdown": blocks},
        "defaultConfiguration": {"level": code.severity},
    }
    if address := findings.help_address(code.code):
        rule["helpUri"] = address
    return rule


def _block(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


def _result(problem: Problem, findings: Findings) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": _PLACES[problem.code],
        "level": problem.severity,
        "message": {"text": ". ".join(filter(None, (problem.message, problem.hint)))},
        "locations": [_location(problem.file, _region(problem), findings)],
    }
    fixes = [_fix(cure, findings) for cure in problem.cures if _is_edits(cure)]
    if fixes:
        result["fixes"] = fixes
    return result


def _elsewhere(problem: Problem, findings: Findings) -> dict[str, Any]:
    """With the files that it comes from, where somebody named them or a change is about few."""
    result = _result(problem, findings)
    causes = sorted(findings.changed)
    if len(causes) <= 10:
        result["relatedLocations"] = [
            {
                **_location(cause, {"startLine": 1}, findings),
                "id": number,
                "message": {"text": "Because of this."},
            }
            for number, cause in enumerate(causes, 1)
        ]
    return result


def _location(file: str, region: dict[str, int], findings: Findings) -> dict[str, Any]:
    return {
        "physicalLocation": {"artifactLocation": _artifact(file, findings), "region": region},
    }


def _artifact(file: str, findings: Findings) -> dict[str, str]:
    return {"uri": quote(os.fsencode(findings.prefix + file)), "uriBaseId": "%SRCROOT%"}


def _region(problem: Problem) -> dict[str, int]:
    """The first line, where a problem is about a whole file: code scanning asks for one."""
    if not problem.column:
        return {"startLine": problem.line or 1}
    return {
        "startLine": problem.line,
        "startColumn": problem.column,
        "endLine": problem.line,
        "endColumn": problem.column + problem.length,
    }


def _is_edits(cure: Cure) -> bool:
    """Whether SARIF can say it: it has no words for files that come, go or move."""
    return all(isinstance(change, Edit) for change in cure.changes)


def _fix(cure: Cure, findings: Findings) -> dict[str, Any]:
    by_file: dict[str, list[dict[str, Any]]] = {}
    for edit in cure.changes:
        if isinstance(edit, Edit):
            region = {
                "startLine": edit.line,
                "startColumn": edit.column,
                "endLine": edit.end_line,
                "endColumn": edit.end_column,
            }
            by_file.setdefault(edit.file, []).append(
                {"deletedRegion": region, "insertedContent": {"text": edit.new}}
            )
    return {
        "description": {"text": cure.title},
        "artifactChanges": [
            {"artifactLocation": _artifact(file, findings), "replacements": replacements}
            for file, replacements in by_file.items()
        ],
    }
