"""The server: what an editor asks, and which base answers."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from lsprotocol import types
from pygls.io_ import StdinAsyncReader, StdoutWriter, run_async
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

import kbsite
from kbsite.collector import spare
from kbsite.errors import UsageError
from kbsite.formatting import formatted
from kbsite.lsp import actions, completion, meanings, symbols
from kbsite.lsp.bases import Base
from kbsite.lsp.documents import Document
from kbsite.lsp.positions import Units
from kbsite.pipeline import CONFIGS, find_root

WATCHED = ("**/*.{yaml,yml,md}", *(f"**/{name}" for name in CONFIGS))

log = logging.getLogger(__name__)


class Server(LanguageServer):
    """A language server for the knowledge bases that its files are in."""

    def __init__(self) -> None:
        super().__init__(
            "kbsite",
            kbsite.__version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
        )
        self.bases: dict[Path, Base] = {}
        self.documents: dict[str, tuple[Base, Document]] = {}

    @property
    def units(self) -> Units:
        encoding = self.server_capabilities.position_encoding
        return Units(encoding or types.PositionEncodingKind.Utf16)

    def place(self, uri: str) -> tuple[Base, str] | None:
        """The nearest base above a file, and the file's path in it; none for any other file."""
        name = to_fs_path(uri)
        if name is None:
            return None
        try:
            path = Path(name)
            path = path.parent.resolve() / path.name
            root = find_root(path.parent)
        except (UsageError, OSError, ValueError):
            return None
        if root not in self.bases:
            self.bases[root] = Base(root, self.units, self.publish, self.complain)
        return self.bases[root], path.relative_to(root).as_posix()

    def publish(self, uri: str, version: int | None, found: Sequence[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=found)
        )

    def complain(self, message: str) -> None:
        self.window_show_message(
            types.ShowMessageParams(types.MessageType.Warning, f"kbsite: {message}")
        )

    def report_server_error(self, error: Exception, source: object) -> None:  # noqa: ARG002
        """What went wrong inside, for the log that an editor keeps."""
        message = f"kbsite itself failed, please report it: {type(error).__name__}: {error}"
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))

    async def stop(self) -> None:
        for base in self.bases.values():
            await base.stop()
        self.bases.clear()


def server() -> Server:
    """A server with all that it can do."""
    made = Server()
    _files(made)
    _questions(made)
    return made


def _files(made: Server) -> None:
    """What happens to files."""

    @made.feature(types.INITIALIZED)
    def initialized(ls: Server, _params: types.InitializedParams) -> None:
        workspace = ls.client_capabilities.workspace
        watched = workspace and workspace.did_change_watched_files
        if not (watched and watched.dynamic_registration):
            return
        watchers = [types.FileSystemWatcher(pattern) for pattern in WATCHED]
        ls.client_register_capability(
            types.RegistrationParams(
                [
                    types.Registration(
                        "kbsite-files",
                        types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                        types.DidChangeWatchedFilesRegistrationOptions(watchers),
                    )
                ]
            )
        )

    @made.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        if found := ls.place(item.uri):
            base, path = found
            document = Document(item.uri, path, item.version, item.text)
            ls.documents[item.uri] = (base, document)
            base.open(document)

    @made.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        if (found := ls.documents.get(params.text_document.uri)) and params.content_changes:
            base, document = found
            base.change(document, params.text_document.version, params.content_changes[-1].text)

    @made.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
        if found := ls.documents.get(params.text_document.uri):
            found[0].survey()

    @made.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        if found := ls.documents.pop(params.text_document.uri, None):
            base, document = found
            base.close(document)

    @made.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed_outside(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
        names = [name for change in params.changes if (name := to_fs_path(change.uri))]
        for root, base in ls.bases.items():
            if any(Path(name).is_relative_to(root) for name in names):
                base.survey()

    @made.feature(types.SHUTDOWN)
    async def shut_down(ls: Server, _params: None) -> None:
        await ls.stop()


def _questions(made: Server) -> None:
    """What editors ask of a place."""

    @made.feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=["[", ":", " ", "/", "#", "-", ","]),
    )
    def complete(ls: Server, params: types.CompletionParams) -> types.CompletionList | None:
        if (found := _document(ls, params.text_document.uri, params.position)) is None:
            return None
        base, document, line, column = found
        text = ls.client_capabilities.text_document
        item = text and text.completion and text.completion.completion_item
        snippets = bool(item and item.snippet_support)
        place = completion.Place(document, base.index, base.units, line, column, snippets)
        return completion.complete(place)

    @made.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
        if (found := _document(ls, params.text_document.uri, params.position)) is None:
            return None
        base, document, line, column = found
        at = meanings.at(document, line, column)
        said = meanings.hover(base.index, at) if at else ""
        if at is None or not said:
            return None
        return types.Hover(
            types.MarkupContent(types.MarkupKind.Markdown, said),
            _range(base, document, at.start, at.end),
        )

    @made.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(ls: Server, params: types.DefinitionParams) -> list[types.Location]:
        if (found := _document(ls, params.text_document.uri, params.position)) is None:
            return []
        base, document, line, column = found
        at = meanings.at(document, line, column)
        if not isinstance(at, meanings.Named):
            return []
        places = (base.location(known) for _, known in base.index.lookup(at.thing, at.word))
        return [place for place in places if place is not None]

    @made.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def referring(ls: Server, params: types.ReferenceParams) -> list[types.Location]:
        if (found := _document(ls, params.text_document.uri, params.position)) is None:
            return []
        base, document, line, column = found
        at = meanings.at(document, line, column)
        return await base.references(at.thing, at.word) if isinstance(at, meanings.Named) else []

    @made.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=actions.KINDS),
    )
    def act(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        if (opened := ls.documents.get(params.text_document.uri)) is None:
            return []
        workspace = ls.client_capabilities.workspace
        edits = workspace and workspace.workspace_edit
        return actions.actions(*opened, params, whole=actions.makes_files(edits or None))

    @made.feature(types.TEXT_DOCUMENT_FORMATTING)
    def tidy(ls: Server, params: types.DocumentFormattingParams) -> list[types.TextEdit]:
        if (opened := ls.documents.get(params.text_document.uri)) is None:
            return []
        base, document = opened
        return actions.text_edits(
            formatted(document.path, document.text).edits, base.file(document.path), base.units
        )

    @made.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outline(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        if (opened := ls.documents.get(params.text_document.uri)) is None:
            return []
        base, document = opened
        return symbols.symbols(document, lambda start, end: _range(base, document, start, end))


def _document(
    ls: Server, uri: str, position: types.Position
) -> tuple[Base, Document, int, int] | None:
    """The open file that is meant, and the place in it, in characters."""
    found = ls.documents.get(uri)
    if found is None or position.line >= len(found[1].lines):
        return None
    base, document = found
    column = base.units.characters(document.lines[position.line], position.character)
    return base, document, position.line, column


def _range(base: Base, document: Document, start: int, end: int) -> types.Range:
    """From one character of a file's text to another."""
    place = document.source.edit(start, end, "")
    lines = document.lines
    return types.Range(
        base.units.position(lines, place.line, place.column),
        base.units.position(lines, place.end_line, place.end_column),
    )


def run() -> int:
    """Serve on standard input and output until the editor has enough; the exit code."""
    source, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else would print there
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR)
    reading = ThreadPoolExecutor(1)
    try:
        asyncio.run(_serve(StdinAsyncReader(source, reading), StdoutWriter(answers)))
    except SystemExit as ended:
        return int(ended.code or 0)
    except BrokenPipeError:
        log.info("the editor is gone")
    finally:
        reading.shutdown(wait=False)
    return 1


async def _serve(reader: StdinAsyncReader, writer: StdoutWriter) -> None:
    made = server()
    made.protocol.set_writer(writer)
    spare()
    try:
        await run_async(Event(), reader, made.protocol, log, made.report_server_error)
    finally:
        await made.stop()
