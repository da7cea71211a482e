"""The files of a base while a chore changes them in memory, and the plan that comes of it."""

from __future__ import annotations

import copy
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import islice
from operator import getitem
from pathlib import Path
from typing import Any, TypeAlias, cast

from kbsite import stillnamed, wikilinks, yamledit, yamlfile
from kbsite.catalog import EVENT, ORGANISATION, PERSON, PROJECT, SESSION, THEME, THINGS
from kbsite.changes import edited
from kbsite.chores.plan import Plan
from kbsite.disk import Disk
from kbsite.errors import ContentError, Problem, UsageError
from kbsite.filekinds import YAML, ends
from kbsite.formatting import formatted
from kbsite.parse import page_source, record_source
from kbsite.pipeline import Prepared
from kbsite.schema import LISTED, SCHEMAS
from kbsite.sources import Path as Place
from kbsite.sources import Source
from kbsite.tree import Instead, decoded
from kbsite.wikilinks import WikiLink
from kbsite.yamledit.alignment import same

Check: TypeAlias = Callable[[Instead], Prepared]
"""What reads and checks a whole base, with some files taken to hold something else."""
Relink: TypeAlias = Callable[[WikiLink], str | None]
"""What a [[link]] is to lead to, as it says it; None for one that stays as it is."""

_TARGET = re.compile(r"\[\[[A-Za-z-]+:\s*(?P<target>[^|\]]*?)\s*\\?(?:\||\]\])")
_PROSE = tuple(f"{thing.folder}/" for thing in THINGS if thing.folder and not thing.paged)
_ADDRESSED = (EVENT, SESSION, THEME, PERSON, ORGANISATION, PROJECT)


class Desk:
    """A base that was read, and the changes to its files that a chore has made so far.

    `base` is as it was read. Everything here raises UsageError for what cannot be changed.
    """

    def __init__(self, root: Path, check: Check) -> None:
        self._disk = Disk(root.resolve(), time.time_ns())
        self._check = check
        self._now: dict[str, bytes | None] = {}
        self._moves: dict[str, str] = {}
        self._remarks: list[str] = []
        self._lets_go = False
        self.root = root.resolve()
        self.base = check({})

    # What there is

    def raw(self, path: str) -> bytes | None:
        """What a file holds by now; None if there is none."""
        try:
            held = self._disk.read(path)
        except ValueError as error:
            raise UsageError(f"{error}; nothing was changed") from None
        return self._now.get(path, held)

    def source(self, path: str) -> Source:
        """A file that is there, by now, as its reader has it: with plain line ends."""
        raw = self.raw(path)
        text = decoded(path, raw or b"")
        if raw is None or isinstance(text, Problem):
            raise UsageError(f"{path} cannot be read; see what is wrong with kbsite check")
        return record_source(path, text) if ends(path, YAML) else page_source(path, text)

    def data(self, path: str) -> dict[str, Any]:
        """What the YAML of a file says by now."""
        try:
            data = yamlfile.read(self.source(path).front)
        except yamlfile.YamlError as error:
            raise UsageError(f"{path} cannot be read: {error.message}") from None
        if not isinstance(data, dict):
            raise UsageError(f"{path} holds no keys with values")
        return data

    # What changes

    def remark(self, words: str) -> None:
        """Say something beside the changes: what stays, and what is left to do."""
        if words not in self._remarks:
            self._remarks.append(words)

    def let_go(self) -> None:
        """Let addresses vanish and problems come up: the plan tells of them among its remarks."""
        self._lets_go = True

    def put(self, path: str, raw: bytes | None) -> None:
        """Let a file hold something, or be gone."""
        self.raw(path)
        self._now[path] = raw

    def add(self, path: str, text: str) -> None:
        """A file that is not there yet."""
        if self.raw(path) is not None:
            raise UsageError(f"there is a file {path} already; nothing was changed")
        self.put(path, text.encode())

    def move(self, path: str, to: str) -> None:
        """Give a file another path, whatever it holds."""
        if path == to:
            return
        if self.raw(to) is not None:
            raise UsageError(f"there is a file {to} already; nothing was changed")
        self.put(to, self.raw(path))
        self.put(path, None)
        self._moves[path] = to

    def alter(self, path: str, change: Callable[[dict[str, Any]], None]) -> None:
        """Let the YAML of a file say something else, with its comments and its layout kept."""
        wanted = copy.deepcopy(self.data(path))
        change(wanted)
        self._say(path, wanted)

    def rewrite(self, path: str, values: Mapping[Place, str]) -> None:
        """Other texts in the place of some that stand in the YAML, in the quotes that they have."""
        if not values:
            return
        source = self.source(path)
        wanted = copy.deepcopy(self.data(path))
        spans: list[tuple[int, int, str]] = []
        for place, new in values.items():
            holder: Any = reduce(getitem, place[:-1], cast("Any", wanted))
            old = _text(holder[place[-1]])
            holder[place[-1]] = new
            start, end = source.place(place)
            written = source.text[start:end]
            if old and new and old in written:
                spans.append((start, end, written.replace(old, new)))
        if len(spans) == len(values):
            edits = [source.edit(*span) for span in sorted(spans)]
            changed = edited(source.text, edits)
            if _says(path, changed, wanted):
                self._write(path, edits)
                return
        self._say(path, wanted)

    def relink(self, path: str, fields: Mapping[Place, str], write: Relink) -> None:
        """Let some links in the prose of `fields` and in the text of a page lead elsewhere."""
        source = self.source(path)
        spans: list[tuple[int, int, str]] = []
        values: dict[Place, str] = {}
        for place, text in fields.items():
            new = list(_relinked(text, write, in_prose=True))
            written = source.text[slice(*source.place(place))]
            found = [_as_written(link, text, written) for link, _ in new]
            begin = source.place(place)[0]
            for match, (_, target) in zip(found, new, strict=True):
                if match is not None:
                    spans.append(_span(begin + match.start(), match[0], target))
            if None in found:
                raws = ((link, _retargeted(link.raw, target)) for link, target in new)
                values[place] = wikilinks.put(text, raws)
        in_prose = path.startswith(_PROSE)  # other pages may hold more than prose
        for link, target in _relinked(source.body, write, in_prose=in_prose):
            spans.append(_span(source.body_start + link.start, link.raw, target))
        self._write(path, [source.edit(*span) for span in sorted(spans)])
        self.rewrite(path, values)

    def append(self, path: str, text: str) -> None:
        """Text at the end of a file, from a line of its own on."""
        source = self.source(path)
        whole = source.text
        before = "" if not whole or whole.endswith("\n") else "\n"
        self._write(path, [source.edit(len(whole), len(whole), before + text)])

    def below(self, path: str, comments: Sequence[str]) -> None:
        """Comments on lines of their own below all keys of the YAML of a file."""
        source = self.source(path)
        at = source.front_start + len(source.front.rstrip("\n"))
        self._write(path, [source.edit(at, at, "".join(f"\n{line}" for line in comments))])

    # What comes of it

    @property
    def is_changed(self) -> bool:
        """Whether any file holds something else by now."""
        return any(raw != self._disk.held[path] for path, raw in self._now.items())

    def plan(self, title: str) -> Plan:
        """All changes, tried: the base is read and checked as it would be afterwards.

        Unless they are let go, raises ContentError for problems that it has not now, and UsageError
        where an address of the site would lead nowhere.
        """
        held = self._disk.held
        files = {
            path: self._styled(path, raw) for path, raw in self._now.items() if raw != held[path]
        }
        after = self._check(files) if files else self.base
        moves = {old: to for old, to in self._moves.items() if old in files and to in files}
        new = _new_problems(self.base, after, moves)
        if new and not self._lets_go:
            raise ContentError(new)
        if self._lets_go:
            new += [p for p in after.problems if p.code == stillnamed.CODE and p not in new]
        if (self.root / SCHEMAS).is_dir() and _listed(self.base) != _listed(after):
            self.remark(f"what editors offer has other ids then: kbsite schema --into {SCHEMAS}")
        before, now = _addresses(self.base), _addresses(after)
        lost = sorted(before.keys() - now.keys())
        if lost and not self._lets_go:
            raise UsageError(
                f"nothing would name what is at /{lost[0]} any more, and its address would lead "
                "nowhere; keep what names it, or join it with another first"
            )
        return Plan(
            title=title,
            files=files,
            before={path: held[path] for path in files},
            moves=moves,
            leads_on={
                path: now[path]
                for path in before
                if now.get(path, path) != path and before[path] == path
            },
            remarks=(*self._remarks, *(f"/{path} will be gone" for path in lost), *map(_said, new)),
            after=after,
        )

    def _styled(self, path: str, raw: bytes | None) -> bytes | None:
        """What a file is to hold, in the style of `kbsite fmt` if it was in that before."""
        came = next((old for old, to in self._moves.items() if to == path), path)
        before = self._disk.held[came]
        if raw is None or raw == before or _in_style(came, before) != before:
            return raw
        return _in_style(path, raw)

    def _say(self, path: str, wanted: Mapping[str, Any]) -> None:
        source = self.source(path)
        try:
            edits = yamledit.edits_to(source.front, wanted)
        except yamledit.CannotEdit as error:
            raise UsageError(
                f"{path} cannot be changed without touching the rest of it: {error}; write its "
                "values on lines of their own, and run the command again"
            ) from None
        begin = source.front_start
        self._write(path, [source.edit(begin + a, begin + b, new) for a, b, new in edits])

    def _write(self, path: str, edits: list[Any]) -> None:
        if edits:
            raw = self.raw(path) or b""
            self.put(path, edited(raw.decode(), edits).encode())


def _in_style(path: str, raw: bytes | None) -> bytes | None:
    text = None if raw is None else decoded(path, raw)
    if raw is None or not isinstance(text, str):
        return raw
    return edited(raw.decode(), formatted(path, text).edits).encode()


def _relinked(text: str, write: Relink, *, in_prose: bool) -> Iterator[tuple[WikiLink, str]]:
    for link in wikilinks.find(text, in_prose=in_prose) if "[[" in text else ():
        if link.kind and (target := write(link)) is not None and target != link.target:
            yield link, target


def _as_written(link: WikiLink, value: str, written: str) -> re.Match[str] | None:
    """A link of a value as the file has it, perhaps over two lines; None where it is not so."""
    before = value.count(link.raw, 0, link.start)
    pattern = r"\s+".join(map(re.escape, link.raw.split()))
    return next(islice(re.finditer(pattern, written), before, None), None)


def _span(start: int, raw: str, target: str) -> tuple[int, int, str]:
    """Where the target of a link stands that is written so from `start` on, and another one."""
    found = _TARGET.match(raw)
    assert found is not None  # noqa: S101  # it was found as a link
    return start + found.start("target"), start + found.end("target"), target


def _retargeted(raw: str, target: str) -> str:
    begin, end, _ = _span(0, raw, target)
    return raw[:begin] + target + raw[end:]


def _text(value: Any) -> str:
    return str(getattr(value, "text", value))


def _says(path: str, text: str, wanted: Mapping[str, Any]) -> bool:
    source = record_source(path, text) if ends(path, YAML) else page_source(path, text)
    try:
        return same(yamlfile.read(source.front), wanted)
    except yamlfile.YamlError:
        return False


def _new_problems(before: Prepared, after: Prepared, moves: Mapping[str, str]) -> list[Problem]:
    """The problems that were not there, wherever their files are by now and whatever is named."""
    were = Counter(
        (each.code, moves.get(each.file, each.file), each.field) for each in before.problems
    )
    out = []
    for each in after.problems:
        key = (each.code, each.file, each.field)
        were[key] -= 1
        if were[key] < 0:
            out.append(each)
    return out


def _said(problem: Problem) -> str:
    """A problem that there will be."""
    place = f"{problem.file}:{problem.line}:{problem.column}" if problem.line else problem.file
    return f"left for you: {place}: {problem.message} ({problem.code})"


def _listed(base: Prepared) -> list[list[str]]:
    """The ids that schemas list."""
    return [sorted(base.library.records.get(name, ())) for name in sorted(LISTED)]


def _addresses(base: Prepared) -> dict[str, str]:
    """Every address of a thing with a page, and where one gets from it."""
    graph = base.graph
    out: dict[str, str] = {}
    for thing in _ADDRESSED:
        for former, present in graph.redirects.get(thing.name, {}).items():
            out[thing.path(former)] = thing.path(present)
        out |= {path: path for path in map(thing.path, graph.nodes(thing))}
    return out
