"""An editor that talks to a language server over its standard input and output, for tests."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

T = TypeVar("T")
P = ParamSpec("P")
PATIENCE = 120  # seconds after which a test fails instead of waiting on
KBSITE = (sys.executable, "-m", "kbsite", "lsp")
CAPABILITIES = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(
            document_changes=True, resource_operations=list(types.ResourceOperationKind)
        ),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(
            dynamic_registration=True
        ),
    ),
    text_document=types.TextDocumentClientCapabilities(
        completion=types.CompletionClientCapabilities(
            completion_item=types.ClientCompletionItemOptions(snippet_support=True)
        )
    ),
)


def run(session: Coroutine[Any, Any, T]) -> T:
    """What a session gives; it may not last for ever.

    It has a thread of its own: tests with a browser leave a loop running in the first one.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asyncio.wait_for(session, PATIENCE)).result()


class Editor:
    """Files that are open at `root`, with what the server has said of each."""

    def __init__(self, root: Path, client: LanguageClient) -> None:
        self.root, self.client = root, client
        self.said: dict[str, types.PublishDiagnosticsParams] = {}
        self.shown: list[str] = []
        self.logged: list[str] = []
        self.registered: list[str] = []
        self.texts: dict[str, str] = {}
        self._versions: dict[str, int] = {}
        self._news = asyncio.Condition()
        self.is_over = False

        async def published(params: types.PublishDiagnosticsParams) -> None:
            async with self._news:
                self.said[params.uri] = params
                self._news.notify_all()

        async def show(params: types.ShowMessageParams) -> None:
            async with self._news:
                self.shown.append(params.message)
                self._news.notify_all()

        async def log(params: types.LogMessageParams) -> None:
            self.logged.append(params.message)

        async def register(params: types.RegistrationParams) -> None:
            async with self._news:
                self.registered += [each.method for each in params.registrations]
                self._news.notify_all()

        hear = client.protocol.fm.feature
        hear(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(published)
        hear(types.WINDOW_SHOW_MESSAGE)(show)
        hear(types.WINDOW_LOG_MESSAGE)(log)
        hear(types.CLIENT_REGISTER_CAPABILITY)(register)

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def open(self, path: str, text: str | None = None) -> None:
        """Open a file as it is on disk, or as somebody who has not saved it has it."""
        if text is None:
            text = (self.root / path).read_bytes().decode()
        self.texts[path], self._versions[path] = text, 1
        item = types.TextDocumentItem(self.uri(path), "yaml", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def write(self, path: str, text: str) -> int:
        """Write another text, and do not save it; its version."""
        self.texts[path] = text
        self._versions[path] += 1
        which = types.VersionedTextDocumentIdentifier(self._versions[path], self.uri(path))
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(which, [whole]))
        return self._versions[path]

    def save(self, path: str) -> None:
        (self.root / path).write_bytes(self.texts[path].encode())
        self.saved(path)

    def saved(self, path: str) -> None:
        """Say that a file was saved."""
        which = types.TextDocumentIdentifier(self.uri(path))
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(which))

    def close(self, path: str) -> None:
        del self.texts[path], self._versions[path]
        which = types.TextDocumentIdentifier(self.uri(path))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(which))

    def changed_outside(self, path: str, how: types.FileChangeType) -> None:
        changes = [types.FileEvent(self.uri(path), how)]
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes))

    def forget(self) -> None:
        """Forget all that the server has said so far."""
        for said in (self.said, self.shown, self.logged):
            said.clear()

    def beside(self, root: Path) -> Editor:
        """The same editor, with other files open at `root`."""
        other = copy(self)
        other.root, other.texts, other._versions = root, {}, {}
        return other

    @property
    def pid(self) -> int:
        server = self.client._server
        assert server is not None
        return server.pid

    async def end(self, *, says_so: bool) -> int:
        """End the server, as editors do or as one that forgets to say so; its exit code."""
        if says_so:
            await self.client.shutdown_async(None)
        self.client.exit(None)
        return await self._ended()

    async def vanish(self) -> None:
        """Be gone without a word."""
        server = self.client._server
        assert server is not None
        assert server.stdin is not None
        server.stdin.close()
        await self._ended()

    async def _ended(self) -> int:
        server = self.client._server
        assert server is not None
        self.is_over = True
        return await asyncio.wait_for(server.wait(), PATIENCE / 3)

    async def settled(self) -> None:
        """Wait until the server knows all that there is."""
        known = (self.root / "themes/kernel.md").as_uri()
        path = "themes/kernel.md"
        if path not in self.texts:
            self.open(path)
        where = types.TextDocumentIdentifier(known)
        line = self.texts[path].split("\n").index("related: [seeing]")
        place = types.Position(line, len("related: [see"))
        for _ in range(PATIENCE * 10):
            found = await self.client.text_document_hover_async(types.HoverParams(where, place))
            if found is not None:
                return
            await asyncio.sleep(0.05)
        raise AssertionError("the server does not know the themes")

    def codes(self, path: str) -> list[str]:
        """Line and code of each problem that is shown of a file; lines count from 1."""
        said = self.said.get(self.uri(path))
        found = said.diagnostics if said else ()
        return [f"{each.range.start.line + 1} {each.code}" for each in found]

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until the server has said what makes something hold."""
        async with self._news:
            await self._news.wait_for(holds)

    async def told(self, path: str, codes: Sequence[str], version: int | None = None) -> None:
        """Wait for these problems of a file, of a version of it, and no others."""

        def holds() -> bool:
            said = self.said.get(self.uri(path))
            current = version is None or (said is not None and said.version == version)
            return said is not None and current and self.codes(path) == list(codes)

        try:
            await asyncio.wait_for(self.until(holds), PATIENCE / 3)
        except TimeoutError:
            raise AssertionError(f"{path}: {self.codes(path)} is not {list(codes)}") from None

    # Questions; what is asked about is the text before the mark |

    def at(self, path: str, mark: str) -> types.TextDocumentPositionParams:
        """The place of the | in a part of a file's text."""
        before, _, after = mark.partition("|")
        offset = self.texts[path].index(before + after) + len(before)
        line = self.texts[path][:offset].count("\n")
        column = offset - (self.texts[path].rfind("\n", 0, offset) + 1)
        where = types.Position(line, column)
        return types.TextDocumentPositionParams(types.TextDocumentIdentifier(self.uri(path)), where)

    async def complete(self, path: str, mark: str) -> list[types.CompletionItem]:
        place = self.at(path, mark)
        found = await self.client.text_document_completion_async(
            types.CompletionParams(place.text_document, place.position)
        )
        assert isinstance(found, types.CompletionList)
        return list(found.items)

    async def labels(self, path: str, mark: str) -> list[str]:
        return [each.label for each in await self.complete(path, mark)]

    async def hover(self, path: str, mark: str) -> str:
        place = self.at(path, mark)
        found = await self.client.text_document_hover_async(
            types.HoverParams(place.text_document, place.position)
        )
        if found is None:
            return ""
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value

    async def definition(self, path: str, mark: str) -> list[str]:
        """The files and lines to which something leads; lines count from 1."""
        place = self.at(path, mark)
        found = await self.client.text_document_definition_async(
            types.DefinitionParams(place.text_document, place.position)
        )
        assert isinstance(found, list)
        return [
            f"{each.uri.removeprefix(f'{self.root.as_uri()}/')}:{each.range.start.line + 1}"
            for each in found
            if isinstance(each, types.Location)
        ]

    async def references(self, path: str, mark: str) -> list[str]:
        """The files and lines that name something; lines count from 1."""
        place = self.at(path, mark)
        found = await self.client.text_document_references_async(
            types.ReferenceParams(
                types.ReferenceContext(include_declaration=False),
                place.text_document,
                place.position,
            )
        )
        return [
            f"{each.uri.removeprefix(f'{self.root.as_uri()}/')}:{each.range.start.line + 1}"
            for each in found or ()
        ]

    async def actions(self, path: str, only: Sequence[str] = ()) -> list[types.CodeAction]:
        """All that the server offers to do in a file."""
        everywhere = types.Range(types.Position(0, 0), types.Position(10_000, 0))
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(self.uri(path)),
                everywhere,
                types.CodeActionContext([], list(only) or None),
            )
        )
        return [each for each in found or () if isinstance(each, types.CodeAction)]

    def made(self, action: types.CodeAction) -> dict[str, str]:
        """The texts of files after what an action does to them."""
        assert action.edit is not None
        out: dict[str, str] = {}
        for change in action.edit.document_changes or ():
            assert isinstance(change, types.TextDocumentEdit)
            path = change.text_document.uri.removeprefix(f"{self.root.as_uri()}/")
            text = self.texts[path]
            starts = [0]
            for line in text.splitlines(keepends=True):
                starts.append(starts[-1] + len(line))
            edits = [each for each in change.edits if isinstance(each, types.TextEdit)]
            for edit in sorted(edits, key=lambda each: each.range.start, reverse=True):
                start, end = (
                    starts[place.line] + place.character
                    for place in (edit.range.start, edit.range.end)
                )
                text = text[:start] + edit.new_text + text[end:]
            out[path] = text
        return out


@asynccontextmanager
async def editor(
    root: Path,
    capabilities: types.ClientCapabilities = CAPABILITIES,
    *,
    command: Sequence[str] = KBSITE,
    settings: Mapping[str, Any] | None = None,
) -> AsyncIterator[Editor]:
    """An editor with a server of its own, which ends with it.

    `settings` are what the editor answers when the server asks for a part of them.
    """
    client = LanguageClient("tests", "1")
    made = Editor(root, client)

    async def configured(params: types.ConfigurationParams) -> list[Any]:
        return [(settings or {}).get(item.section or "") for item in params.items]

    client.protocol.fm.feature(types.WORKSPACE_CONFIGURATION)(configured)
    await client.start_io(*command)
    try:
        await client.initialize_async(
            types.InitializeParams(capabilities=capabilities, root_uri=root.as_uri())
        )
        client.initialized(types.InitializedParams())
        yield made
        if not made.is_over:
            await made.end(says_so=True)
    finally:
        server = client._server
        if server is not None and server.returncode is None:
            server.kill()
        await client.stop()  # type: ignore[no-untyped-call]  # pygls says no type of it


@dataclass(frozen=True)
class Desk:
    """An editor that stays open between tests, with the thread that it lives in."""

    editor: Editor
    _thread: Callable[[Coroutine[Any, Any, Any]], Any]

    def run(
        self,
        session: Callable[Concatenate[Editor, P], Coroutine[Any, Any, T]],
        *args: P.args,
        **named: P.kwargs,
    ) -> T:
        """What a session with the editor gives; it may not last for ever."""
        given: T = self._thread(session(self.editor, *args, **named))
        return given

    def beside(self, root: Path) -> Desk:
        """The same editor, with other files open at `root`."""
        return Desk(self.editor.beside(root), self._thread)


@contextmanager
def desk(root: Path, **how: Any) -> Iterator[Desk]:
    """An editor, opened as `editor` does it, for many sessions."""
    with ThreadPoolExecutor(1) as thread, ExitStack() as last:
        runner = asyncio.Runner()
        # The loop of a browser may run in this thread, which bears no other to run meanwhile.
        last.callback(lambda: thread.submit(runner.close).result())

        def run(session: Coroutine[Any, Any, T]) -> T:
            return thread.submit(runner.run, asyncio.wait_for(session, PATIENCE)).result()

        stack = AsyncExitStack()
        opened = run(stack.enter_async_context(editor(root, **how)))
        try:
            yield Desk(opened, run)
        finally:
            run(stack.aclose())
