"""Records with every field, and odd values to put anywhere in them."""

from __future__ import annotations

from typing import Any

import yaml
from pydantic import BaseModel

from kbsite import records

FULL: dict[str, Any] = {
    "title": "One",
    "subtitle": "And all",
    "not_about": ["kernel"],
    "kind": "talk",
    "status": "held",
    "start": "2031-04-01T10:00",
    "end": "2031-04-01T11:00",
    "room": "Hall A",
    "tracks": ["Kernels"],
    "level": "any",
    "language": "en",
    "speakers": [{"name": "Ada Example", "id": "ada", "org": "Works", "role": "Writer",
                  "moderator": True}],
    "summary": "Text.",
    "abstract": "Text.",
    "themes": ["kernel"],
    "suggested_themes": ["seeing"],
    "projects": ["Tiny Kernel"],
    "basis": "reported",
    "from": "essay",
    "learnings": [{"id": "one", "text": "Less.", "themes": ["kernel"], "by": "ada", "at": "1:00",
                   "superseded_by": "#two", "basis": "said"}, {"id": "two", "text": "More."}],
    "quotes": [{"id": "less", "text": "Less.", "by": "ada", "at": "1:00", "basis": "reported",
                "from": "essay"}],
    "figures": [{"id": "page", "value": "1", "label": "page", "note": "Text.", "by": "ada",
                 "at": "1:00", "basis": "inferred", "from": "essay"}],
    "announcements": [{"id": "new", "title": "New", "by": "Works", "date": "2031-04-01",
                       "text": "Text.", "url": "https://example.org", "projects": ["Tiny Kernel"],
                       "at": "1:00", "basis": "shown"}],
    "links": [{"kind": "video", "url": "https://example.org", "label": "Video"}],
    "related": ["conf/two"],
    "aliases": ["conf/former"],
    "sources": [{"system": "sched", "id": "1", "url": "https://example.org"}],
    "publish": True,
    "provenance": {"contributed_by": "Cem", "reviewed": "2031-04-01", "ai_assisted": False},
}  # fmt: skip
EVENT: dict[str, Any] = {
    "name": "Example Conf", "short": "EC", "city": "Oslo", "country": "NO", "venue": "Harbour",
    "timezone": "Europe/Oslo", "start": "2031-04-01", "end": "2031-04-02",
    "url": "https://example.org", "series": "Example Conf", "day_change": "04:00",
    "aliases": ["former-conf"],
}  # fmt: skip
THEME: dict[str, Any] = {
    "name": "Kernels", "aliases": ["kernel"], "keywords": ["kernel"], "related": ["seeing"],
    "projects": ["Tiny Kernel"], "summary": "Text.", "tracks": ["Kernels"],
    "in_titles": ["Kernels"], "not_in_titles": ["kernel of truth"], "first_hand": True,
}  # fmt: skip
PROJECT: dict[str, Any] = {
    "name": "Tiny Kernel", "aliases": ["tinyk"], "distinct_from": ["Tiny Colonel"],
    "links": [{"url": "https://example.org"}],
    "url": "https://example.org", "maturity": "Sandbox", "repo": "https://example.org",
    "category": "Runtime", "accepted": "2031-04-01", "incubating": "2032-04-01",
    "graduated": "2033-04-01", "archived": "2034-04-01", "in_titles": ["Tiny"],
    "not_in_titles": ["Tiny House"],
}  # fmt: skip
SHIFT: dict[str, Any] = {
    "title": "Less", "themes": ["kernel"], "summary": "Text.", "date": "2031-04-01",
    "author": "Bo", "description": "Text.", "order": 1,
}  # fmt: skip
REPORT: dict[str, Any] = {
    "title": "Less", "author": "Bo", "publisher": "Weekly", "date": "2031-04-01",
    "url": "https://example.org", "description": "Text.",
}  # fmt: skip
WHOLE: list[tuple[type[BaseModel], dict[str, Any]]] = [
    (records.Session, FULL),
    (records.Event, EVENT),
    (records.Theme, THEME),
    (records.ProjectExtension, PROJECT),
    (records.Shift, SHIFT),
    (records.Report, REPORT),
]
ODD: list[Any] = [
    None, True, False, 0, -17, 3.5, 10**50, float("inf"), float("nan"), "", " ",
    "x" * 2_000,
    "\n\n", "2031-04-01", "\u202e", "😀", [], [None], [[]], [{}], {}, {"a": 1}, {"": None},
    [1, [2]],
    "null", "~", "[[theme:x", "<script>", "https://", "../..", "%s {0} {x}", "\\",
]  # fmt: skip


def variants(data: Any, odd: Any) -> list[Any]:
    """`data` with each value in it, itself included, replaced by `odd`, or with `odd` added."""
    out = [odd]
    if isinstance(data, dict):
        for key in data:
            out += [{**data, key: each} for each in variants(data[key], odd)]
        out.append({**data, "unknown": odd})
    elif isinstance(data, list):
        out.append([*data, odd])
        for at in range(len(data)):
            for each in variants(data[at], odd):
                out.append([*data[:at], each, *data[at + 1 :]])
    return out


def as_yaml(data: Any) -> str:
    return str(yaml.dump(data, Dumper=_NoAliases, allow_unicode=True, sort_keys=False))


class _NoAliases(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # PyYAML's signature
        return True
