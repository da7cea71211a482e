"""Cures as changes that an editor can make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from lsprotocol import types

from kbsite.errors import Cure, Edit, NewFile, Problem
from kbsite.lsp.bases import Base
from kbsite.lsp.diagnostics import diagnostic, place_of
from kbsite.lsp.documents import Document
from kbsite.lsp.files import File
from kbsite.lsp.positions import Units

KINDS = [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]

FileOf = Callable[[str], File]


def makes_files(edits: types.WorkspaceEditClientCapabilities | None) -> bool:
    """Whether an editor can make and rename files."""
    operations = (edits and edits.resource_operations) or ()
    return bool(edits and edits.document_changes) and {"create", "rename"} <= set(operations)


def actions(
    base: Base, document: Document, params: types.CodeActionParams, *, whole: bool
) -> list[types.CodeAction]:
    """The cures of what is wrong in a part of a file, and those of all of it that are certain.

    `whole` says whether the editor can make and rename files.
    """
    problems, only = base.problems(document), params.context.only

    def changes(cure: Cure) -> types.WorkspaceEdit | None:
        return workspace_edit(cure, base.root, base.file, base.units, whole=whole)

    def quick_fixes() -> Iterator[types.CodeAction]:
        for problem in problems:
            if not _touch(place_of(problem, base.units), params.range):
                continue
            for cure in problem.cures:
                if (made := changes(cure)) is not None:
                    yield types.CodeAction(
                        title=cure.title[:1].upper() + cure.title[1:],
                        kind=types.CodeActionKind.QuickFix,
                        diagnostics=[diagnostic(problem, base.units, base.site)],
                        is_preferred=cure.certain,
                        edit=made,
                    )

    out = list(quick_fixes()) if _asked_for(types.CodeActionKind.QuickFix, only) else []
    kind = types.CodeActionKind.SourceFixAll
    if _asked_for(kind, only) and (cure := all_certain(problems)):
        out.append(types.CodeAction(title=cure.title, kind=kind, edit=changes(cure)))
    return out


def _asked_for(kind: str, only: Sequence[str] | None) -> bool:
    return only is None or any(kind == each or kind.startswith(f"{each}.") for each in only)


def _touch(one: types.Range, other: types.Range) -> bool:
    return one.start <= other.end and other.start <= one.end


def workspace_edit(
    cure: Cure, root: Path, file_of: FileOf, units: Units, *, whole: bool
) -> types.WorkspaceEdit | None:
    """The changes of a cure; nothing where the editor cannot make them all.

    `whole` says whether it can make and rename files.
    """
    if not whole:
        edits = [change for change in cure.changes if isinstance(change, Edit)]
        if len(edits) < len(cure.changes):
            return None
        changes: dict[str, list[types.TextEdit]] = {}
        for edit in edits:
            file = file_of(edit.file)
            changes.setdefault(file.uri, []).extend(text_edits([edit], file, units))
        return types.WorkspaceEdit(changes=changes)
    made: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile] = []
    by_file: dict[str, types.TextDocumentEdit] = {}
    for change in cure.changes:
        if isinstance(change, Edit):
            file = file_of(change.file)
            if change.file not in by_file:
                by_file[change.file] = _document_edit(file.uri, file.version)
                made.append(by_file[change.file])
            by_file[change.file].edits = [
                *by_file[change.file].edits,
                *text_edits([change], file, units),
            ]
        elif isinstance(change, NewFile):
            uri = (root / change.file).as_uri()
            nowhere = types.Range(types.Position(0, 0), types.Position(0, 0))
            new = _document_edit(uri, None)
            new.edits = [types.TextEdit(nowhere, change.text)]
            made += [types.CreateFile(uri), new]
        else:
            made.append(
                types.RenameFile((root / change.file).as_uri(), (root / change.to).as_uri())
            )
    return types.WorkspaceEdit(document_changes=made)


def _document_edit(uri: str, version: int | None) -> types.TextDocumentEdit:
    return types.TextDocumentEdit(
        types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version), []
    )


def text_edits(edits: Iterable[Edit], file: File, units: Units) -> list[types.TextEdit]:
    """Edits of one file as an editor makes them."""
    return [
        types.TextEdit(
            types.Range(
                units.position(file.lines, edit.line, edit.column),
                units.position(file.lines, edit.end_line, edit.end_column),
            ),
            edit.new.replace("\n", file.end),
        )
        for edit in edits
    ]


def all_certain(problems: Iterable[Problem]) -> Cure | None:
    """The certain cures of a file together, as far as they change different places of it."""
    edits: list[Edit] = []
    for problem in problems:
        cure = next((cure for cure in problem.cures if cure.certain), None)
        own = [each for each in cure.changes if isinstance(each, Edit)] if cure else []
        if cure is None or len(own) < len(cure.changes):
            continue
        if not any(_meet(one, other) for one in own for other in edits):
            edits += own
    if not edits:
        return None
    return Cure(title="Mend all that is certain", changes=tuple(edits), certain=True)


def _meet(one: Edit, other: Edit) -> bool:
    """Whether two edits touch each other."""
    if one.file != other.file:
        return False
    start, end = (one.line, one.column), (one.end_line, one.end_column)
    return start <= (other.end_line, other.end_column) and (other.line, other.column) <= end
