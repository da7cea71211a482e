"""A small knowledge base with odd ways to write, and chores done in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from kbsite.chores.desk import Desk
from kbsite.chores.plan import Plan
from kbsite.pipeline import Prepared, prepare
from kbsite.tree import Instead

FILES: Mapping[str, str] = {
    "sessions/conf/event.yaml": (
        "name: Conf\ntimezone: UTC  # of the hall\nstart: 2031-04-01\nend: 2031-04-02\n"
    ),
    # With the line ends of Windows, quotes, comments, and a [[link]] over two lines
    "sessions/conf/one.yaml": (
        "# hers\r\ntitle:   'One talk'\r\nspeakers:\r\n"
        '  - name: "Ada Kern"   # she\r\n    org: Kern Labs\r\n'
        "  - {name: 'Bo Test', org: \"Kern Labs\"}\r\n"
        "summary: >-\r\n  See [[session:conf/two|the\r\n  other]] and [[speaker:Ada Kern]].\r\n"
        "themes: [ 'queues',seeing ]\r\nprojects: ['Tiny']\r\nbasis: inferred\r\n"
        "learnings:\r\n  # the best\r\n  - id: less\r\n    text: Less.\r\n    by: Ada Kern\r\n"
        "    superseded_by: conf/two#more\r\n"
        "provenance: {contributed_by: Cem}\r\n"
    ),
    "sessions/conf/two.yaml": (
        "title: Two\nstart: 2031-04-01T10:00\nspeakers:\n- name: Ada  Kern\n- name: Cy Other\n"
        "related: [conf/one]  # of course\nsuggested_themes: [queues]\n"
        "learnings:\n  - {id: more, text: 'More.', themes: [queues]}\nbasis: inferred\n"
        "provenance: {contributed_by: Cem}\n"
    ),
    "sessions/conf/hidden.yaml": "title: Hidden\nspeakers: [{name: Ada Kern}]\npublish: false\n",
    "themes/queues.md": (
        "---\nname: Queues  # and lines\nrelated: [seeing]\nprojects: [tiny]\n---\n"
        "All of [[theme:queues]], with `[[theme:queues]]`.\n"
    ),
    "themes/seeing.md": "---\nname: Seeing\nrelated:\n- queues\n---\n",
    "content/index.md": (
        "# Home\n\n[[theme:queues|Lines]], [[learning:conf/one#less]], [[event:conf]], "
        "[[speaker:Ada Kern]]\n\n| a | b |\n| - | - |\n| [[session:conf/one\\|one]] | x |\n"
    ),
    "content/speakers/bo-test.md": "---\nname: Bo Test\ndistinct_from: ['Ada Kern']\n---\nBo.\n",
}


def base(root: Path, files: Mapping[str, str] = {}) -> Path:
    for name, text in {**FILES, **files}.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
    return root


def checking(root: Path) -> Callable[[Instead], Prepared]:
    return lambda instead: prepare(root, instead=instead)


def planned(root: Path, chore: Callable[[Desk], str]) -> Plan:
    desk = Desk(root, checking(root))
    return desk.plan(chore(desk))


def done(root: Path, chore: Callable[[Desk], str]) -> Plan:
    plan = planned(root, chore)
    plan.apply(root)
    return plan


def texts(root: Path) -> dict[str, str]:
    """Every file of a base but those of its cache, by its path."""
    found = (path for path in sorted(root.rglob("*")) if path.is_file())
    places = (path for path in found if ".cache" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes().decode() for path in places}


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The lines that went and came, in all files that are in both."""
    out = []
    for path in sorted(before.keys() & after.keys()):
        old, new = (texts[path].splitlines(keepends=True) for texts in (before, after))
        out += [f"-{line}" for line in old if line not in new]
        out += [f"+{line}" for line in new if line not in old]
    return out
