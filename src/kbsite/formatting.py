"""The YAML of files in the house's style: records, and the front matter of hand-written pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from itertools import takewhile
from operator import eq
from pathlib import Path

from pydantic import BaseModel

from kbsite import catalog, models, yamlfile
from kbsite.changes import edited
from kbsite.errors import Edit, Problem
from kbsite.recordfiles import model_of, parsed, source_of
from kbsite.records import PlainPage, Record
from kbsite.sources import Source
from kbsite.tree import Tree, decoded
from kbsite.yamlstyle import CannotEdit, Order, styled

MOST_COMPARED = 2_000  # lines of which it is worked out which ones differ

_YAML_CODES = "KB100"  # before which the codes are of files that cannot be read


@dataclass(frozen=True, kw_only=True, slots=True)
class Formatted:
    """What has to change in a file, if anything.

    Where it is left alone, `problems` say why it cannot be read, as a check tells it, or else
    `refusal` what else is the reason.
    """

    edits: tuple[Edit, ...] = ()
    problems: tuple[Problem, ...] = ()
    refusal: str = ""


def formatted(path: str, text: str) -> Formatted:
    """The edits that bring the YAML of a file into the house's style; all else stays as it is.

    `path` is from the root, and `text` has plain line ends.

    >>> formatted("themes/ebpf.md", "---\\nname:  'eBPF'\\n---\\nIt  is.\\n").edits[0].new
    'name: eBPF\\n'
    """
    model, source = model_of(path), source_of(path, text)
    if model is None or not source.front.strip():
        return Formatted()
    old = source.front
    begin = 1 if source.front_start else 0  # it begins at the end of its opening line
    try:
        new = styled(old[begin:], _order(model))
    except CannotEdit as error:
        return _left_alone(model, path, text, str(error))
    edit = _edit(source, source.front_start + begin, old[begin:], new)
    return Formatted(edits=(edit,) if edit else ())


def _left_alone(model: type[Record], path: str, text: str, why: str) -> Formatted:
    told = tuple(each for each in parsed(model, path, text).problems if each.code < _YAML_CODES)
    return Formatted(problems=told, refusal="" if told else why)


def _order(model: type[BaseModel]) -> Order:
    """The keys of a record as its model has them; those of a page that is none stay as they are."""
    if model is PlainPage:
        return lambda _path: ()
    return lambda path: _keys(model, tuple(each for each in path if isinstance(each, str)))


@cache
def _keys(model: type[BaseModel], names: yamlfile.Path) -> tuple[str, ...]:
    held = models.model_at(model, names)
    return tuple(models.keys(held)) if held else ()


def _edit(source: Source, begin: int, old: str, new: str) -> Edit | None:
    """What turns the lines `old`, which begin at a character of the file, into those of `new`."""
    ours, theirs = old.splitlines(keepends=True), new.splitlines(keepends=True)
    above = _alike(ours, theirs)
    ours, theirs = ours[above:], theirs[above:]
    below = _alike(reversed(ours), reversed(theirs))
    ours, theirs = ours[: len(ours) - below], theirs[: len(theirs) - below]
    if not ours and not theirs:
        return None
    start = begin + len("".join(old.splitlines(keepends=True)[:above]))
    return source.edit(start, start + len("".join(ours)), "".join(theirs))


def _alike(ours: Iterable[str], theirs: Iterable[str]) -> int:
    return sum(takewhile(bool, map(eq, ours, theirs)))


@dataclass(kw_only=True)
class Survey:
    """What became of files: `changed` maps those that are not in the style to what they hold and
    should hold, `refused` those that are left alone to the reason; `files` are all.
    """

    files: set[str] = field(default_factory=set)
    changed: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def survey(root: Path, holds: Callable[[str], bool]) -> Survey:
    """What has to change in the files of a knowledge base for which `holds` is true."""
    out = Survey()
    tree = Tree(root.resolve(), out.problems.append)
    for path in _files(tree):
        if model_of(path) is None or not holds(path) or _is_linked(tree.root, path):
            continue
        out.files.add(path)
        raw = tree.read(path)
        text = None if raw is None else decoded(path, raw)
        if isinstance(text, Problem):
            out.problems.append(text)
        if raw is None or not isinstance(text, str):
            continue
        found = formatted(path, text)
        out.problems += found.problems
        if found.refusal:
            out.refused[path] = found.refusal
        if found.edits:
            out.changed[path] = (raw, edited(raw.decode(), found.edits).encode())
    out.problems = [problem for problem in out.problems if holds(problem.file)]
    return out


def _files(tree: Tree) -> Iterator[str]:
    for folder in sorted({name.partition("/")[0] for name in catalog.folders()}):
        if tree.is_folder(folder):
            yield from tree.walk(folder)


def _is_linked(root: Path, path: str) -> bool:
    """Whether a file is reached through a link; what that leads to is another file's business."""
    place = root / path
    return any(each.is_symlink() for each in (place, *place.parents[: path.count("/")]))


def differences(changed: Mapping[str, tuple[bytes, bytes]], file: str) -> list[str]:
    """The lines of a file that go and come, with signs, as in a patch."""
    old, new = (raw.decode().splitlines() for raw in changed[file])
    above = _alike(old, new)
    old, new = old[above:], new[above:]
    below = _alike(reversed(old), reversed(new))
    old, new = old[: len(old) - below], new[: len(new) - below]
    if len(old) + len(new) > MOST_COMPARED:
        return [*(f"-{line}" for line in old), *(f"+{line}" for line in new)]
    out: list[str] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            out += [*(f"-{line}" for line in old[i:j]), *(f"+{line}" for line in new[k:m])]
    return out
