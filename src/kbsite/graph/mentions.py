"""The prose of records and pages: what it links to, what links back, what cannot stand in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel

from kbsite import misread, models, prose, unshown, wikilinks
from kbsite.cures import Cures, replacing, replacing_all, writing
from kbsite.errors import Problem
from kbsite.fields import Markdown
from kbsite.graph import kindless
from kbsite.graph.former import renewed_link
from kbsite.graph.nodes import Mention
from kbsite.graph.refused import instead
from kbsite.graph.relinking import relinked
from kbsite.graph.target import Target, Unresolved, as_markdown
from kbsite.graph.targets import Targets
from kbsite.misread import Told
from kbsite.sources import Part, Path, Source
from kbsite.unshown import Unshown
from kbsite.wikilinks import WikiLink
from kbsite.wording import shown

R = TypeVar("R", bound=BaseModel)


MOST = 100  # problems of one text that are told; they take time, and nobody reads more


class Mentions:
    """Collects who links to what while prose is resolved, piece by piece."""

    def __init__(self, targets: Targets, report: Callable[[Problem], None]) -> None:
        self._targets = targets
        self._report = report
        self._found: dict[str, dict[Mention, None]] = {}

    def in_field(self, text: str, source: Source, path: Path, where: Mention) -> str:
        """The prose of a field with its links made Markdown links; problems go to the report."""
        is_linked = "[[" in text or any(wikilinks.nearly(text, in_prose=True))
        for part in islice(unshown.find(text, in_prose=True), MOST):
            self._report(_unshown_in_field(part, text, source, path))
        for told in islice(misread.in_prose(text), MOST):
            self._report(_misread_in_field(told, text, source, path))
        if not is_linked and prose.is_plain(text):
            return text
        for finding in islice(prose.findings(text), MOST):
            self._report(self._found_in_field(finding, text, source, path))
        if not is_linked:
            return text

        def report(link: WikiLink, why: Unresolved) -> None:
            part = Part(link.raw, before=text.count(link.raw, 0, link.start))
            at = _written_at(source, path, part)
            cures = _instead(source, at, link, why) if at is not None else ()
            code = why.code or "KB207"
            problem = source.problem(code, path, why.message, why.hint, part=part, cures=cures)
            self._report(problem)

        return self._written(self._links(text, source, where, report, in_prose=True), text)

    def in_body(self, source: Source, where: Mention) -> str:
        """The prose of a record's page (a theme's editorial, a bio), resolved likewise."""
        body = source.body
        for finding in islice(prose.findings(body), MOST):
            code, message, hint, part = finding
            at = max(body.find(part.text), 0)
            cures: Cures = ()
            if target := self._linked_to(finding, source):
                place = source.body_start, len(source.text)
                message, hint, cures = relinked(source, place, part.text, target)
            elif ways := list(instead(finding, body)):
                hint = "; or ".join([hint, *(way.title for way in ways)])
                begin = source.body_start
                cures = [
                    cure
                    for way in ways
                    for cure in replacing(
                        source, begin + way.start, begin + way.end, way.new, way.title
                    )
                ]
            self._report(source.problem_in_body(code, at, len(part.text), message, hint, cures))
        for each in islice(unshown_in_body(source, in_prose=True), MOST):
            self._report(each)
        links = self._links(body, source, where, self._reporting(source), in_prose=True)
        return self._written(links, body)

    def in_page(self, source: Source, where: Mention) -> Iterator[tuple[WikiLink, Target]]:
        """The links of a hand-written page that lead somewhere, in order."""
        return self._links(source.body, source, where, self._reporting(source))

    def record_meant(self, href: str, source: Source) -> Target | None:
        """The record that a link of Markdown's in a file leads to by the path of its file."""
        return self._targets.meant(href, source.path)

    def note(self, key: str, where: Mention) -> None:
        """Know that something links to "thing:id"."""
        self._found.setdefault(key, {})[where] = None

    def backlinks(self) -> dict[str, tuple[Mention, ...]]:
        """What was found, as "thing:id" to the places that link there."""
        return {
            key: tuple(sorted(places, key=lambda m: (m.kind, m.title.casefold(), m.path)))
            for key, places in sorted(self._found.items())
        }

    def _found_in_field(
        self, finding: prose.Finding, text: str, source: Source, path: Path
    ) -> Problem:
        code, message, hint, part = finding
        cures: Cures = ()
        if target := self._linked_to(finding, source):
            place = source.place(path)
            message, hint, cures = relinked(source, place, part.text, target)
        elif ways := list(instead(finding, text)):
            hint = "; or ".join([hint, *(way.title for way in ways)])
            places = [_written_at(source, path, _part_of(text, way.start, way.end)) for way in ways]
            cures = [
                cure
                for way, at in zip(ways, places, strict=True)
                if at is not None
                for cure in replacing(source, at, at + way.end - way.start, way.new, way.title)
            ]
        return source.problem(code, path, message, hint, part=part, cures=cures)

    def _linked_to(self, finding: prose.Finding, source: Source) -> Target | None:
        """The record whose file or page a link of Markdown's leads to, in a text of `source`."""
        if finding.code != "KB109":
            return None
        return self._targets.meant(finding.part.text, source.path)

    def _reporting(self, source: Source) -> Callable[[WikiLink, Unresolved], None]:
        """What reports links in the body of a page that lead nowhere."""

        def report(link: WikiLink, why: Unresolved) -> None:
            cures = _instead(source, source.body_start + link.start, link, why)
            at, length, code = link.start, len(link.raw), why.code or "KB207"
            problem = source.problem_in_body(code, at, length, why.message, why.hint, cures)
            self._report(problem)

        return report

    def _links(
        self,
        text: str,
        source: Source,
        where: Mention,
        report: Callable[[WikiLink, Unresolved], None],
        *,
        in_prose: bool = False,
    ) -> Iterator[tuple[WikiLink, Target]]:
        reported = 0
        for link in wikilinks.find(text, in_prose=in_prose):
            if link.target and not link.kind:
                target: Target | Unresolved = kindless.why(link, self._targets, source.path)
            else:
                target = self._targets.resolve(link, source.path)
            if isinstance(target, Unresolved):
                if not target.silent and reported < MOST:
                    report(link, target)
                    reported += 1
                continue
            if reported < MOST and (now := renewed_link(self._targets.redirects, link)):
                report(link, now)
                reported += 1
            if target.path.partition("#")[0] != where.path:
                self.note(target.key, where)
            yield link, target
        for link in wikilinks.nearly(text, in_prose=in_prose):
            target = self._targets.resolve(link, source.path)
            if isinstance(target, Target):
                right = target.written(link.words or link.target)
                said = f"{shown(link.raw)} is no link: it has two square brackets and a colon"
                report(link, Unresolved(said, f"write {right}", instead=(right,)))

    @staticmethod
    def _written(links: Iterable[tuple[WikiLink, Target]], text: str) -> str:
        """`text` with its links made Markdown links to addresses from the root of the site."""
        return wikilinks.put(
            text,
            (
                (link, as_markdown(link, target, prose.INTERNAL + target.path))
                for link, target in links
            ),
        )


def unshown_in_body(source: Source, *, in_prose: bool) -> Iterator[Problem]:
    """KB128 for what Markdown leaves out of a page's text."""
    for at, text, message, hint, edits in unshown.find(source.body, in_prose=in_prose):
        cures = _shown_as_text(source, source.body_start + at, edits)
        yield source.problem_in_body("KB128", at, len(text), message, hint, cures)


def _part_of(text: str, start: int, end: int) -> Part:
    said = text[start:end]
    return Part(said, before=text.count(said, 0, start))


def _unshown_in_field(found: Unshown, text: str, source: Source, path: Path) -> Problem:
    """KB128 in the prose of a field, likewise."""
    part = Part(found.text, before=text.count(found.text, 0, found.at))
    at = _written_at(source, path, part)
    in_quotes = source.text[source.place(path)[0]] == '"'  # where YAML reads backslashes itself
    cures = _shown_as_text(source, at, found.edits) if at is not None and not in_quotes else ()
    return source.problem("KB128", path, found.message, found.hint, part=part, cures=cures)


def _misread_in_field(found: Told, text: str, source: Source, path: Path) -> Problem:
    """KB233 in the prose of a field, likewise."""
    said = text[found.start : found.end]
    part = Part(said, before=text.count(said, 0, found.start))
    at = _written_at(source, path, part)
    title, edits = found.title or found.hint, list[tuple[int, int, str]]()
    for start, end, new in found.edits:
        old, place = text[start:end], at
        if old:
            place = _written_at(source, path, Part(old, before=text.count(old, 0, start)))
        elif place is not None:
            place += start - found.start
        if place is not None and "\n" not in f"{new}{text[found.start : start] if not old else ''}":
            edits.append((place, place + len(old), new))
    made: Cures = ()
    if found.edits and len(edits) == len(found.edits):
        made = replacing_all(source, edits, title)
    elif found.edits:
        whole = text
        for start, end, new in reversed(found.edits):
            whole = whole[:start] + new + whole[end:]
        ends = "\n" if source.text.startswith(("|\n", ">\n"), source.place(path)[0]) else ""
        made = writing(source, path, f"{whole}{ends}", title)
    return source.problem(found.code, path, found.message, found.hint, part=part, cures=made)


def _shown_as_text(source: Source, at: int, edits: Sequence[tuple[int, int, str]]) -> Cures:
    written = [(at + start, at + end, new) for start, end, new in edits]
    return replacing_all(source, written, "have it shown as text")


def _written_at(source: Source, path: Path, part: Part) -> int | None:
    """Where a part of a field's text begins in the file, unless YAML writes it in another way."""
    start, end = source.place(path)
    same = re.finditer(re.escape(part.text), source.text[start:end])
    found = [each.start() for each in islice(same, part.before + 1)]
    return start + found[-1] if len(found) > part.before else None


def _instead(source: Source, at: int, link: WikiLink, why: Unresolved) -> Cures:
    """Cures that write something else in the place of a link that begins at character `at`."""
    end = at + len(link.raw)
    certain = why.certain and bool(why.code)
    return tuple(
        cure
        for new in why.instead
        for cure in replacing(source, at, end, new, f"write {new}", certain=certain)
    )


def resolved(record: R, source: Source, where: Mention, mentions: Mentions) -> R:
    """`record` with the links in all its prose resolved."""
    changed: dict[Path, str] = {}
    for names, _ in models.marked(type(record), Markdown):
        for path, text in models.texts(record, names):
            written = mentions.in_field(text, source, path, where)
            if written != text:
                changed[path] = written
    return _with(record, changed) if changed else record


def _with(record: R, texts: Mapping[Path, str]) -> R:
    """`record` with the texts at some paths replaced."""
    update: dict[str, Any] = {}
    lists: dict[str, list[Any]] = {}
    for path, text in texts.items():
        if len(path) == 1:
            update[str(path[0])] = text
            continue
        name, at, *rest = path
        if name not in lists:
            lists[str(name)] = list(getattr(record, str(name)))
        items = lists[str(name)]
        items[int(at)] = _with(items[int(at)], {tuple(rest): text})
    update |= {name: tuple(items) for name, items in lists.items()}
    return record.model_copy(update=update) if update else record
