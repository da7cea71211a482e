"""What editors make of our schemas: Red Hat's YAML language server completes and complains.

It comes by `make tools`. Without it and Node.js these tests are skipped, or fail where
KBSITE_REQUIRE_TOOLS is 1.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

import pytest
from lsprotocol import types

from kbsite.load import load
from kbsite.schema import KINDS
from tests.conftest import REPO, SMALL
from tests.editors import Desk, Editor, desk
from tests.tools import demand

SERVER = REPO / "build/tools/node_modules/yaml-language-server/bin/yaml-language-server"
SETTINGS = REPO / ".vscode" / "settings.json"
# Where records are; front matter has no place of its own, for the server reads no Markdown.
PLACES = {kind: f"front-matter/{kind}.yaml" for kind in KINDS} | {
    "event": "sessions/conf/event.yaml",
    "session": "sessions/conf/talk.yaml",
}
CAPABILITIES = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(configuration=True)
)
Found: TypeAlias = list[tuple[int, str, str]]  # line, from 1; the text underlined; what is said


@pytest.fixture(scope="module")
def server() -> Iterator[Desk]:
    """An editor with this repo open, and its settings."""
    demand("YAML language server", [SERVER], ["node"])
    command = ("node", str(SERVER), "--stdio")
    with desk(REPO, capabilities=CAPABILITIES, command=command, settings=_settings()) as opened:
        yield opened


def _settings() -> dict[str, Any]:
    """Those of the repo, as an editor hands them over; nothing is fetched from elsewhere."""
    said = json.loads(SETTINGS.read_text(encoding="utf-8"))
    yaml = {key.removeprefix("yaml."): each for key, each in said.items() if key[:5] == "yaml."}
    fronts = {
        f".vscode/schemas/{kind}.json": place
        for kind, place in PLACES.items()
        if not place.startswith("sessions/")
    }
    return {"yaml": yaml | {"schemas": yaml["schemas"] | fronts, "schemaStore": {"enable": False}}}


def write(ed: Editor, path: str, text: str) -> None:
    """Have a text in a file, which stays open: the server goes by the versions of its texts."""
    (ed.write if path in ed.texts else ed.open)(path, text)


async def told(ed: Editor, path: str, text: str) -> Found:
    """What the server says of a text."""
    ed.said.pop(ed.uri(path), None)
    write(ed, path, text)
    await ed.until(lambda: ed.uri(path) in ed.said)
    found = ed.said[ed.uri(path)].diagnostics
    lines = text.split("\n")
    return [
        (
            each.range.start.line + 1,
            lines[each.range.start.line][each.range.start.character : each.range.end.character],
            each.message if isinstance(each.message, str) else each.message.value,
        )
        for each in found
    ]


async def offered(ed: Editor, path: str, text: str) -> dict[str, str]:
    """What may be written where a | stands in a text, with what it is about."""
    before, _, after = text.partition("|")
    write(ed, path, before + after)
    line = before.count("\n")
    where = types.Position(line, len(before.rpartition("\n")[2]))
    found = await ed.client.text_document_completion_async(
        types.CompletionParams(types.TextDocumentIdentifier(ed.uri(path)), where)
    )
    items = found.items if isinstance(found, types.CompletionList) else found or ()
    return {item.label: _text(item.documentation) for item in items}


def _text(documentation: str | types.MarkupContent | None) -> str:
    said = documentation.value if isinstance(documentation, types.MarkupContent) else documentation
    return said or ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_record_is_left_alone(server: Desk, kind: str) -> None:
    library, _ = load(SMALL)
    texts = [entry.source.front for entry in library.of(KINDS[kind]).values()]
    assert texts
    for text in texts:
        assert server.run(told, PLACES[kind], text) == []


WRONG: list[tuple[str, str, Found]] = [
    ("session", "titel: A\n", [(1, "titel", "Property titel is not allowed.")]),
    ("session", "title: A\nkind: wrokshop\n", [(2, "wrokshop", "Value is not accepted.")]),
    ("session", "title: A\nthemes: ebpf\n", [(2, "ebpf", "Incorrect type.")]),
    (
        "session",
        "title: A\nlearnings:\n  - id: a\n    txt: b\n",
        [(3, "i", 'Missing property "text".'), (4, "txt", "Property txt is not allowed.")],
    ),
    (
        "event",
        "name: A\ntimezone: UTC\nstart: 1 April\nend: 2031-04-02\nvenu: Hall\n",
        [(3, "1 April", "String is not a RFC3339 date."), (5, "venu", "Property venu is")],
    ),
    ("theme", "name: A\nalias: [b]\n", [(2, "alias", "Property alias is not allowed.")]),
    ("theme", "name: A\nrelated: ebpf\n", [(2, "ebpf", "Incorrect type.")]),
    ("speaker", "name: A\nbio: B\n", [(2, "bio", "Property bio is not allowed.")]),
    ("speaker", "name: A\nlinks: [{kind: vide, url: b}]\n", [(2, "vide", "Value is not")]),
    ("organisation", "name: A\nlink: B\n", [(2, "link", "Property link is not allowed.")]),
    ("organisation", "name: [A]\n", [(1, "[A]", "Incorrect type.")]),
    ("project", "name: A\nmaturty: Sandbox\n", [(2, "maturty", "Property maturty is")]),
    ("project", "name: A\naccepted: soon\n", [(2, "soon", "String is not a RFC3339 date.")]),
    ("article", "title: A\nauthors: B\n", [(2, "authors", "Property authors is not")]),
    ("article", "title: A\ndate: soon\n", [(2, "soon", "String is not a RFC3339 date.")]),
    ("shift", "title: A\ntheme: b\n", [(2, "theme", "Property theme is not allowed.")]),
    ("shift", "title: A\norder: first\n", [(2, "first", "Incorrect type.")]),
    ("report", "title: A\nautor: B\n", [(2, "autor", "Property autor is not allowed.")]),
    ("report", "title: A\nauthor: {name: B}\n", [(2, "{name: B}", "Incorrect type.")]),
]


@pytest.mark.parametrize(("kind", "text", "wanted"), WRONG)
def test_what_is_wrong_is_underlined(server: Desk, kind: str, text: str, wanted: Found) -> None:
    found = server.run(told, PLACES[kind], text)
    found = [each for each in found if each[1] != text[0]]  # of which a missing key is said
    begun = [
        (line, part, said[: len(start)])
        for (line, part, said), (_, _, start) in zip(sorted(found), wanted, strict=True)
    ]
    assert begun == wanted


OFFERED = [
    ("session", "title: A\n|", {"subtitle", "themes", "learnings"}),
    ("session", "title: A\nki|", {"kind"}),
    ("session", "title: A\nkind: |", {"talk", "keynote"}),
    ("session", "title: A\nthemes: [|]", {"ebpf", "observability"}),
    ("session", "title: A\nthemes:\n  - eb|", {"ebpf"}),
    ("session", "title: A\nprojects:\n  - |", {"cilium", "kubernetes"}),
    ("session", "title: A\nspeakers:\n  - org: |", {"google", "red-hat"}),
    ("session", "title: A\nspeakers:\n  - name: B\n    |", {"org", "role", "moderator"}),
    ("session", "title: A\nlearnings:\n  - id: a\n    themes: [|]", {"ebpf"}),
    ("session", "title: A\nfrom: |", {"what-kubecon-amsterdam-2026-taught-me"}),
    ("event", "name: A\n|", {"timezone", "start", "end", "day_change"}),
    ("theme", "name: A\nrelated: [|]", {"ebpf"}),
    ("theme", "name: A\nprojects:\n  - |", {"cilium"}),
    ("speaker", "name: A\nlinks:\n  - kind: |", {"video", "code"}),
    ("organisation", "name: A\n|", {"aliases", "distinct_from"}),
    ("project", "name: A\n|", {"maturity", "repo", "in_titles"}),
    ("article", "title: A\nthemes: [|]", {"ebpf"}),
    ("shift", "title: A\nthemes: [|]", {"ebpf"}),
    ("report", "title: A\n|", {"author", "publisher", "url"}),
]


@pytest.mark.parametrize(("kind", "text", "some"), OFFERED)
def test_keys_words_and_ids_are_offered(server: Desk, kind: str, text: str, some: set[str]) -> None:
    found = server.run(offered, PLACES[kind], text)
    assert some <= found.keys()


def test_what_is_offered_says_what_it_is(server: Desk) -> None:
    found = server.run(offered, PLACES["session"], "title: A\n|")
    assert found["room"] == "As the schedule has it."
    assert "title" not in found  # which is there
