"""`kbsite lsp`, as an editor has it."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types

from kbsite.pipeline import prepare
from tests.bases import CONFIG, write
from tests.conftest import SMALL
from tests.editors import PATIENCE, Desk, Editor, editor, run
from tests.editors import desk as opened_desk

EVENT = "sessions/example-conf-2031"
NEWS = f"{EVENT}/kernel-news.yaml"
SILENT = f"{EVENT}/silent.yaml"
LAST = f"{EVENT}/last-years-kernel.yaml"
KERNEL = "themes/kernel.md"


@pytest.fixture(scope="module")
def one_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    root = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("desk") / "small"))
    with opened_desk(root) as made:
        yield made


@pytest.fixture
def desk(one_server: Desk) -> Iterator[Desk]:
    """An editor and its server, for one test after the other; none of them saves anything."""
    yield one_server
    one_server.run(tidied)


async def tidied(ed: Editor) -> None:
    """Close all files, and wait until the whole has been read without what was in them."""
    for path in list(ed.texts):
        ed.close(path)
    last = "themes/last.md"
    ed.open(last, "---\nname: Last\nsummary: See [[theme:nothing]].\n---\n")
    await ed.told(last, ["3 KB207"])
    ed.close(last)
    await ed.told(last, [])
    ed.forget()


@pytest.fixture
def aside(desk: Desk, small: Path) -> Desk:
    """The same editor, with a knowledge base that is open beside, to change at will."""
    return desk.beside(small)


async def opened(ed: Editor, path: str, more: str = "") -> str:
    """A file with more text at its end, once the server knows all there is; the text."""
    ed.open(path)
    await ed.told(path, [])
    await ed.settled()
    text = ed.texts[path]
    if more:
        ed.write(path, text + more)
    return text


# What is wrong


def test_a_mistake_is_told_while_it_is_written_and_gone_when_it_is_mended(desk: Desk) -> None:
    async def session(ed: Editor) -> None:
        right = await opened(ed, SILENT)
        version = ed.write(SILENT, right.replace("kind: workshop", "kind: workshpo"))
        await ed.told(SILENT, ["2 KB105"], version)
        version = ed.write(SILENT, right)
        await ed.told(SILENT, [], version)

    desk.run(session)


def test_what_only_other_records_tell_is_told_of_text_that_is_not_saved(desk: Desk) -> None:
    async def session(ed: Editor) -> None:
        right = await opened(ed, SILENT)
        ed.write(SILENT, right + "themes: [kernle]\n")
        await ed.told(SILENT, ["11 KB104"])
        ed.write(SILENT, right + "room: Hall\nthemes: [kernle]\n")
        await ed.told(SILENT, ["11 KB011"])

    desk.run(session)


def test_what_the_whole_said_goes_with_its_line_until_it_is_read_again(desk: Desk) -> None:
    async def session(ed: Editor) -> None:
        right = await opened(ed, SILENT)
        ed.write(SILENT, right + "themes: [kernle]\n")
        await ed.told(SILENT, ["11 KB104"])
        version = ed.write(SILENT, "# A remark\n" + right + "themes: [kernle]\n")
        await ed.told(SILENT, ["12 KB104"], version)

    desk.run(session)


def test_a_file_elsewhere_that_breaks_is_told_and_cleared(desk: Desk) -> None:
    async def session(ed: Editor) -> None:
        right = await opened(ed, NEWS)
        ed.write(NEWS, right.replace("id: fewer-copies", "id: less-copies"))
        await ed.told(LAST, ["11 KB204"])
        ed.write(NEWS, right)
        await ed.told(LAST, [])

    desk.run(session)


def test_what_changes_outside_the_editor_is_read_when_the_editor_says_so(small: Path) -> None:
    async def session() -> None:
        async with editor(small) as ed:
            await opened(ed, NEWS)
            assert ed.registered == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES]
            (small / "themes/seeing.md").unlink()
            ed.changed_outside("themes/seeing.md", types.FileChangeType.Deleted)
            await ed.until(lambda: any("KB104" in code for code in ed.codes(NEWS)))

    run(session())


def test_a_closed_file_is_as_it_is_on_disk(desk: Desk) -> None:
    async def session(ed: Editor) -> None:
        right = await opened(ed, SILENT)
        ed.write(SILENT, right.replace("kind: workshop", "kind: workshpo"))
        await ed.told(SILENT, ["2 KB105"])
        ed.close(SILENT)
        await ed.told(SILENT, [])

    desk.run(session)


def test_columns_are_those_that_editor_and_server_agree_on(small: Path) -> None:
    before = "{title: '\U0001f427 é', kind: "
    starts = {}

    async def session(encoding: types.PositionEncodingKind | None) -> None:
        general = types.GeneralClientCapabilities(
            position_encodings=[encoding] if encoding else None
        )
        async with editor(small, types.ClientCapabilities(general=general)) as ed:
            ed.open(SILENT, f"{before}workshpo}}\n")
            await ed.until(lambda: "1 KB105" in ed.codes(SILENT))
            found = ed.said[ed.uri(SILENT)].diagnostics
            where = next(each.range for each in found if each.code == "KB105")
            starts[encoding] = (where.start.character, where.end.character)

    for encoding in (None, *types.PositionEncodingKind):
        run(session(encoding))
    kind = len("workshpo")
    in_16, in_8 = len(before) + 1, len(before.encode())
    assert starts == {
        None: (in_16, in_16 + kind),
        types.PositionEncodingKind.Utf8: (in_8, in_8 + kind),
        types.PositionEncodingKind.Utf16: (in_16, in_16 + kind),
        types.PositionEncodingKind.Utf32: (len(before), len(before) + kind),
    }


def test_a_code_leads_to_its_page_on_the_site(aside: Desk, small: Path) -> None:
    config = (small / "mkdocs.yml").read_text(encoding="utf-8")
    (small / "mkdocs.yml").write_text(f"{config}site_url: https://kb.example/a/\n")

    async def session(ed: Editor) -> None:
        right = await opened(ed, SILENT)
        ed.write(SILENT, right.replace("kind: workshop", "kind: workshpo"))
        await ed.told(SILENT, ["2 KB105"])
        (found,) = ed.said[ed.uri(SILENT)].diagnostics
        assert found.code_description is not None
        assert found.code_description.href == "https://kb.example/a/problems/#kb105"
        assert (found.severity, found.source) == (types.DiagnosticSeverity.Error, "kbsite")

    aside.run(session)


def test_the_editor_shows_what_check_says(aside: Desk, small: Path) -> None:
    broken = (
        "titel: A\nkind: wrokshop\nstart: 2031-4-2\nspeakers: Ada\nthemes: [nothing]\n"
        "related: [example-conf-2031/none]\nsummary: See [[project:none]]\n"
    )
    (small / SILENT).write_text(broken, encoding="utf-8")
    said = [each for each in prepare(small).problems if each.file == SILENT]

    async def session(ed: Editor) -> None:
        ed.open(SILENT)
        await ed.told(SILENT, [f"{each.line or 1} {each.code}" for each in said])

    aside.run(session)


# What may be written


def test_keys_that_are_not_there_yet_are_offered_those_first_that_must_be(desk: Desk) -> None:
    async def session(ed: Editor) -> None:
        await opened(ed, SILENT, "learnings:\n  - text: Less is more.\n    ")
        items = await ed.complete(SILENT, "more.\n    |")
        first = min(items, key=lambda item: item.sort_text or "")
        assert first.label == "id"
        labels = {item.label for item in items}
        assert "text" not in labels
        assert {"by", "at", "basis", "from", "themes"} <= labels
        ed.write(SILENT, f"{(ed.root / SILENT).read_text()}li")
        items = await ed.complete(SILENT, "\nli|")
        (links,) = (item for item in items if item.label == "links")
        assert isinstance(links.text_edit, types.TextEdit)
        assert links.text_edit.new_text == "links:\n  - url: $0"
        assert isinstance(links.documentation, types.MarkupContent)
        assert "recording" in links.documentation.value
        assert "title" not in {item.label for item in items}

    desk.run(session)


def test_keys_are_offered_where_the_line_is_no_yaml_yet(desk: Desk) -> None:
    async def session(ed: Editor) -> None:
        await opened(ed, SILENT, "learnings:\n  - id: one\n    te\n  - id: two\n    text: b\n")
        assert "text" in await ed.labels(SILENT, "\n    te|\n")
        ed.write(SILENT, "title: A\nlinks:\n  - {ki\nspeakers:\n  - name: B\n")
        assert set(await ed.labels(SILENT, "{ki|")) == {"kind", "url", "label", "start"}
        ed.write(SILENT, "title: A\nspeakers:\n  - ")
        assert "moderator" in await ed.labels(SILENT, "\n  - |")

    desk.run(session)


VALUES = [
    ("kind: ke", "kind: ke|", ["keynote"]),
    ("themes: [ker", "[ker|", ["kernel"]),
    ("themes:\n  - observa", "- observa|", ["seeing"]),
    ("projects: [tinyk", "[tinyk|", ["Tiny Kernel"]),
    ("related: [example-conf-2031/ask", "/ask|", ["example-conf-2031/ask-the-operators"]),
    ("basis: reported\nfrom: a-", "from: a-|", ["a-week-among-kernels"]),
    ("publish: ", "publish: |", ["true", "false"]),
    ("language: norwegian b", "norwegian b|", ["nb"]),
    ("learnings:\n  - by: ", "- by: |", ["Ada Example"]),
    ("learnings:\n  - superseded_by: faster-", ": faster-|", [f"{LAST[9:-5]}#faster-code"]),
    ("speakers:\n  - org: univ", "org: univ|", ["University of Examples"]),
    ("speakers:\n  - name: 'boex", "name: 'boex|", []),
    ("speakers:\n  - id: bo-", "id: bo-|", ["Bo Example"]),
    ("summary: See [[project:ti", "project:ti|", ["Tiny Kernel"]),
    ("summary: |\n  See [[session:ask", "session:ask|", [f"{EVENT[9:]}/ask-the-operators"]),
    ("announcements:\n  - {title: A, by: Example W", "by: Example W|", ["Example Works"]),
    ("title: A # kind: ke", "# kind: ke|", []),
    ("summary: |\n  ki", "\n  ki|", []),
]


def test_values_are_offered(desk: Desk) -> None:
    async def session(ed: Editor) -> None:
        right = await opened(ed, SILENT)
        start = "\n".join(line for line in right.split("\n") if not line.startswith("kind"))
        for text, mark, wanted in VALUES:
            ed.write(SILENT, start.rstrip() + f"\n{text}")
            labels = await ed.labels(SILENT, mark)
            assert labels[: max(1, len(wanted))] == wanted, text
        ed.write(SILENT, f"{right}summary: See [[pro")
        assert {"project:", "theme:"} <= set(await ed.labels(SILENT, "[[pro|"))

    desk.run(session)


def test_what_is_written_for_a_name_is_quoted_where_it_must_be(aside: Desk, small: Path) -> None:
    theme = small / "themes/kernel.md"
    theme.write_text(theme.read_text().replace("projects: [tiny-kernel]", 'projects: ["C: the"]'))
    write(small, {f"{EVENT}/c.yaml": {"title": "C", "projects": ["C: the language"]}})

    async def session(ed: Editor) -> None:
        ed.open(SILENT)
        await ed.settled()
        ed.write(SILENT, f"{ed.texts[SILENT]}projects: [c")
        (item,) = [
            each for each in await ed.complete(SILENT, "[c|") if each.label == "C: the language"
        ]
        assert isinstance(item.text_edit, types.TextEdit)
        assert item.text_edit.new_text == "'C: the language'"

    aside.run(session)


def test_front_matter_is_completed_and_prose_is_not(desk: Desk) -> None:
    async def session(ed: Editor) -> None:
        await opened(ed, KERNEL)
        ed.write(KERNEL, ed.texts[KERNEL].replace("related: [seeing]", "related: [see"))
        assert await ed.labels(KERNEL, "[see|") == ["seeing"]
        ed.write(KERNEL, ed.texts[KERNEL] + "\nki")
        assert await ed.labels(KERNEL, "\nki|") == []
        ed.write(KERNEL, ed.texts[KERNEL] + "\n[[speaker:ada")
        assert await ed.labels(KERNEL, "speaker:ada|") == ["Ada Example"]

    desk.run(session)


# What it means


def test_a_key_says_what_it_means(desk: Desk) -> None:
    async def session(ed: Editor) -> None:
        await opened(ed, NEWS)
        assert "beginner" in await ed.hover(NEWS, "lev|el: beginner")
        said = await ed.hover(NEWS, "bas|is: said")
        assert "Where it comes from" in said
        assert "`inferred`" in said

    desk.run(session)


def test_an_id_says_what_it_is(desk: Desk) -> None:
    async def session(ed: Editor) -> None:
        await opened(ed, NEWS)
        said = await ed.hover(NEWS, "Observ|ability")
        assert said.startswith("**Seeing what runs** (`seeing`)")
        assert "theme, 2 sessions" in said
        assert "Tiny Kernel" in await ed.hover(NEWS, "[[project:Tiny| Kernel]]")
        assert await ed.hover(NEWS, "start: 2031-04-|01T10:00") == ""

    desk.run(session)


def test_ids_and_links_lead_to_where_they_are_told(desk: Desk) -> None:
    async def session(ed: Editor) -> None:
        await opened(ed, NEWS)
        assert await ed.definition(NEWS, "[kern|el, Obs") == ["themes/kernel.md:2"]
        assert await ed.definition(NEWS, "#ask-|first]]") == [f"{EVENT}/ask-the-operators.yaml:17"]
        assert await ed.definition(NEWS, "[tin|yk]") == ["content/projects/tiny-kernel.md:2"]
        assert await ed.definition(NEWS, "by: bo-example|-of-oslo")
        assert await ed.definition(NEWS, "speaker:Ada| Example") == [
            "content/speakers/ada-example.md:2"
        ]
        assert await ed.definition(NEWS, "tit|le: Kernel") == []

    desk.run(session)


def test_all_that_names_something_is_found_wherever_it_is(desk: Desk) -> None:
    async def session(ed: Editor) -> None:
        await opened(ed, NEWS)
        assert await ed.references(NEWS, "[kern|el, Obs") == [
            "content/articles/a-quiet-week.md:5",
            "content/shifts/less-is-measured.md:4",
            "content/speakers/ada-example.md:8",
            f"{EVENT}/ask-the-operators.yaml:15",
            f"{NEWS}:26",
            f"{NEWS}:34",
            f"{LAST}:6",
        ]
        assert await ed.references(NEWS, "#ask-|first]]") == [
            "content/shifts/less-is-measured.md:12",
            f"{NEWS}:39",
        ]
        ada = await ed.references(NEWS, "speaker:Ada| Example")
        assert {f"{NEWS}:11", f"{NEWS}:35", f"{SILENT}:7", "themes/kernel.md:13"} < set(ada)
        assert await ed.references(NEWS, "tit|le: Kernel") == []

    desk.run(session)


def test_the_outline_has_the_keys_and_what_lists_hold(desk: Desk) -> None:
    async def session(ed: Editor) -> None:
        await opened(ed, NEWS)
        found = await ed.client.text_document_document_symbol_async(
            types.DocumentSymbolParams(types.TextDocumentIdentifier(ed.uri(NEWS)))
        )
        outline = {each.name: each for each in found or ()}
        assert {"title", "speakers", "learnings"} <= set(outline)
        speakers = outline["speakers"]
        assert isinstance(speakers, types.DocumentSymbol)
        names = [each.name for each in speakers.children or ()]
        assert names == ["Ada Example", "Bo Example"]

    desk.run(session)


# Cures


def test_a_cure_is_a_quick_fix_and_mends(desk: Desk) -> None:
    async def session(ed: Editor) -> None:
        right = await opened(ed, SILENT)
        ed.write(SILENT, right.replace("kind: workshop", "kidn: workshop"))
        await ed.told(SILENT, ["2 KB101"])
        fixes = await ed.actions(SILENT, [types.CodeActionKind.QuickFix])
        assert [each.title for each in fixes] == ["Write 'kind'"]
        assert ed.made(fixes[0]) == {SILENT: right}

    desk.run(session)


def test_a_cure_keeps_the_ends_of_lines(desk: Desk) -> None:
    async def session(ed: Editor) -> None:
        right = (ed.root / SILENT).read_text(encoding="utf-8").replace("\n", "\r\n")
        ed.open(SILENT, right.replace("kind: workshop", "kidn: workshop"))
        await ed.told(SILENT, ["2 KB101"])
        (fix,) = await ed.actions(SILENT, [types.CodeActionKind.QuickFix])
        assert ed.made(fix) == {SILENT: right}

    desk.run(session)


# What nobody expects


HALF_TYPED = [
    "", "-", "a: [", "- {", "title: 'A", "title: \"A", "---", "\t", "a:\n\t- b", ": :",
    "a: &b c", "\ud800", "title: |", "[[", "[[theme:", "\u2028", "{", "}", "]" * 50, "[" * 50,
    "a: b: c", "\x00", "title: A\r\nkind", "- " * 50,
]  # fmt: skip


def test_text_that_is_half_typed_breaks_nothing(desk: Desk) -> None:
    async def session(ed: Editor) -> None:
        for path in (SILENT, KERNEL):
            await opened(ed, path)
            for text in HALF_TYPED:
                ed.write(path, text)
                await ed.complete(path, f"{text}|")
                await ed.hover(path, f"{text}|")
                await ed.definition(path, f"|{text}")
                await ed.actions(path)
        assert ed.logged == []

    desk.run(session)


def test_files_of_no_knowledge_base_are_left_alone(small: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()

    async def session() -> None:
        async with editor(tmp_path) as ed:
            ed.open("elsewhere/a.yaml", "kind: none\n")
            assert await ed.hover("elsewhere/a.yaml", "ki|nd") == ""
            assert await ed.actions("elsewhere/a.yaml") == []
            inside = small.relative_to(tmp_path).as_posix()
            ed.open(f"{inside}/{SILENT}", "titel: A\n")
            await ed.until(lambda: bool(ed.codes(f"{inside}/{SILENT}")))
            assert ed.codes("elsewhere/a.yaml") == []

    run(session())


def test_each_file_belongs_to_the_nearest_knowledge_base(aside: Desk, small: Path) -> None:
    inner = small / "content/inner"
    event = {"name": "B", "timezone": "UTC", "start": "2031-01-01", "end": "2031-01-02"}
    write(inner, {"sessions/b/event.yaml": event, "themes/b.md": ({"name": "B"}, "Text.")})
    write(inner, {"mkdocs.yml": CONFIG})

    async def session(ed: Editor) -> None:
        one = "content/inner/sessions/b/talk.yaml"
        ed.open(one, "title: A\nthemes: [b]\nprovenance: {contributed_by: Cem}\n")
        await ed.told(one, [])
        ed.write(one, "title: A\nthemes: [kernel]\nprovenance: {contributed_by: Cem}\n")
        await ed.told(one, ["2 KB104"])

    aside.run(session)


def test_a_configuration_that_cannot_be_used_is_told_in_words(aside: Desk, small: Path) -> None:
    (small / "mkdocs.yml").write_text("site_name: [\n", encoding="utf-8")

    async def session(ed: Editor) -> None:
        ed.open(SILENT, "titel: A\n")
        await ed.until(lambda: bool(ed.shown))
        assert "mkdocs.yml" in ed.shown[0]
        await ed.until(lambda: bool(ed.codes(SILENT)))

    aside.run(session)


@pytest.mark.parametrize(("says_so", "code"), [(True, 0), (False, 1)])
def test_the_server_ends_as_the_protocol_has_it(small: Path, says_so: bool, code: int) -> None:
    async def session() -> int | None:
        async with editor(small) as ed:
            await opened(ed, SILENT)
            return await ed.end(says_so=says_so)

    assert run(session()) == code


def test_nothing_is_left_when_the_editor_is_gone(small: Path) -> None:
    async def session() -> set[int]:
        async with editor(small) as ed:
            await opened(ed, SILENT)
            left = children(ed.pid)
            assert left
            await ed.vanish()
            return left

    left = run(session())
    assert [pid for pid in left if Path(f"/proc/{pid}").exists()] == []


def test_the_reader_of_the_whole_is_started_again_each_time_that_it_dies(small: Path) -> None:
    async def session() -> None:
        async with editor(small) as ed:
            right = await opened(ed, SILENT)
            for word in ("kernle", "kernl", "kernnel", "kernell"):
                for pid in children(ed.pid):
                    os.kill(pid, signal.SIGKILL)
                ed.write(SILENT, right)
                await ed.told(SILENT, [])
                ed.write(SILENT, f"{right}themes: [{word}]\n")
                await ed.told(SILENT, ["11 KB104"])

    run(session())


def children(pid: int) -> set[int]:
    """The processes that one has started."""
    said = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return set(map(int, said.stdout.split()))


def test_without_pygls_the_command_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "pygls.py").write_text("raise ModuleNotFoundError(name='pygls')\n")
    paths = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-m", "kbsite", "lsp"],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
        timeout=PATIENCE,
    )
    assert done.returncode == 3
    assert 'pip install "kbsite[lsp]"' in done.stderr


def test_an_editor_that_cannot_make_files_is_offered_no_cure_that_does(
    desk: Desk, small: Path
) -> None:
    async def session(ed: Editor) -> list[str]:
        ed.open(SILENT)
        await ed.settled()
        ed.open("themes/My Theme.md", "---\nname: A theme\n---\n")
        await asyncio.sleep(0)
        await ed.until(lambda: bool(ed.codes("themes/My Theme.md")))
        return [each.title for each in await ed.actions("themes/My Theme.md")]

    async def plain() -> list[str]:
        async with editor(small, types.ClientCapabilities()) as ed:
            return await session(ed)

    offered = desk.run(session)
    assert run(plain()) == []
    assert offered == [] or "Rename" in offered[0]
