"""What still names those who asked to be left out, in every file that was read or is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from pydantic import BaseModel

from kbsite import leftout, models
from kbsite.catalog import CONTENT, PERSON, SESSION, folders
from kbsite.errors import Problem
from kbsite.filekinds import LOCK, ends
from kbsite.leftout import LeftOut
from kbsite.library import Entry, Library
from kbsite.sources import Path as Place
from kbsite.sources import Source, file_problem
from kbsite.tree import Tree

CODE = "KB240"
SCHEMAS = ".vscode/schemas"  # of editors, which hold the names that there are
PEOPLE: Mapping[str, tuple[tuple[str, ...], ...]] = {  # the fields that name somebody, by thing
    "session": (
        ("speakers", "name"), ("speakers", "id"), ("learnings", "by"), ("quotes", "by"),
        ("figures", "by"), ("provenance", "contributed_by"),
    ),
    "person": (("name",), ("aliases",), ("distinct_from",), ("sort",)),
    "article": (("author",),),
    "shift": (("author",),),
    "report": (("author",),),
}  # fmt: skip

_TEXTS = (  # of what is published as it is, or lies beside the folders
    ".css", ".csv", ".htm", ".html", ".ics", ".js", ".json", ".md", ".srt", ".svg", ".toml", ".tsv",
    ".txt", ".vtt", ".xml", ".yaml", ".yml",
)  # fmt: skip
_HIDDEN = (".github", SCHEMAS)  # folders in which somebody may be named
_MOST = 20  # places of one file
_HINT = (
    "write it otherwise, or take it out, as kbsite leave-out with this name does in fields; if it "
    "is the name of somebody else, --undo takes it off the list"
)


def read_list(tree: Tree) -> LeftOut:
    """The list of a knowledge base that has one; KB024 where it cannot be used."""
    text = tree.text(leftout.FILE)
    if text is None:
        return LeftOut()
    listed, wrong = leftout.read(text)
    source = Source(path=leftout.FILE, text=text)
    lines = text.splitlines(keepends=True)
    for at, message in wrong[:_MOST]:
        offset = sum(map(len, lines[: at - 1]))
        hint = "restore the file from version control, and let kbsite leave-out change it"
        length = len(lines[at - 1].rstrip())
        tree.report(source.problem_in_body("KB024", offset, length, message, hint))
    return listed


def problems(tree: Tree, library: Library) -> Iterator[Problem]:
    """KB240 for every place that names somebody who asked to be left out, and for sessions that
    were to go.
    """
    left_out = library.left_out
    sources = {
        entry.source.path: entry.source
        for entries in library.records.values()
        for entry in entries.values()
        if not entry.stand_in
    }
    sources |= {page.path: page for page in library.pages.values()}
    quiet = replace(tree, report=lambda _: None)
    for path in _paths(quiet, library):
        text = _whole(sources[path]) if path in sources else _text(quiet, path)
        yield from _in_file(path, text, left_out)
        if left_out.found(path):
            message = "the name of this file names somebody who asked to be left out"
            yield file_problem(CODE, path, message, "rename it, and what leads to it")
    yield from _in_one_word(library)
    for own, entry in library.of(SESSION).items():
        if any(map(left_out.is_session, (own, *entry.record.aliases))):
            message = "this session was left out on request"
            hint = "remove the file; kbsite leave-out with the session's id removes what names it"
            yield file_problem(CODE, entry.source.path, message, hint)


def paths(root: Path, library: Library) -> Iterator[str]:
    """The files with texts of people that may name somebody, by their paths from the root."""
    found = filter(_is_text, _paths(Tree(root, lambda _: None), library))
    return (path for path in found if not path.startswith(".") and not path.endswith(f"/{LOCK}"))


def told_once(found: Sequence[Problem]) -> list[Problem]:
    """Problems less those of what names somebody left out: it has to go, and what would mend it
    otherwise is no help.
    """
    gone = {(each.file, each.line) for each in found if each.code == CODE and each.line}
    return (
        [p for p in found if p.code == CODE or (p.file, p.line) not in gone] if gone else [*found]
    )


def named(library: Library) -> Iterator[tuple[Entry[BaseModel], Place, str]]:
    """Every name of somebody that a field gives."""
    for thing, fields in PEOPLE.items():
        for entry in library.records.get(thing, {}).values():
            for names in fields:
                for path, name in models.texts(entry.record, names):
                    yield entry, path, name


def people(library: Library) -> set[str]:
    """The names of all who speak or have a page."""
    own = (names for names in PEOPLE["person"] if names != ("distinct_from",))
    return {name for _, path, name in named(library) if path[0] == "speakers"} | {
        name
        for names in own
        for entry in library.of(PERSON).values()
        for _, name in models.texts(entry.record, names)
    }


def _paths(tree: Tree, library: Library) -> Iterator[str]:
    """All that was read or is published, and what lies beside the records and at the root."""
    yield from sorted(library.files - {leftout.FILE})
    for folder in (*folders(), *_HIDDEN):
        if folder != CONTENT and tree.is_folder(folder):
            yield from (path for path in tree.walk(folder) if path not in library.files)
    yield from (name for name, is_folder in tree.beside() if not is_folder)


def _text(tree: Tree, path: str) -> str:
    """What a file says that is no record which can be read; nothing, if it is no text."""
    if path.endswith(f"/{LOCK}"):
        return tree.lock(path)
    return (tree.text(path) or "") if _is_text(path) else ""


def _is_text(path: str) -> bool:
    return ends(path, _TEXTS)


def _whole(source: Source) -> str:
    """The text of a file as it is, not as it was mended."""
    return source.mended.text if source.mended else source.text


def _in_file(path: str, text: str, left_out: LeftOut) -> Iterator[Problem]:
    found = left_out.found(text)
    if not found:
        return
    source = Source(path=path, text=text)
    message = "this names somebody who asked to be left out"
    of_editors = path.startswith(f"{SCHEMAS}/")
    hint = f"write them anew: kbsite schema --into {SCHEMAS}" if of_editors else _HINT
    for start, end in islice(found, 1 if of_editors else _MOST):
        yield source.problem_in_body(CODE, start, end - start, message, hint)


def _in_one_word(library: Library) -> Iterator[Problem]:
    """Names of a single word, which are looked for only where the name of somebody stands."""
    if 1 not in library.left_out.names:
        return
    for entry, path, name in named(library):
        if leftout.words_of(name) == 1 and library.left_out.is_name(name):
            message = "this names somebody who asked to be left out"
            yield entry.source.problem(CODE, path, message, _HINT)
