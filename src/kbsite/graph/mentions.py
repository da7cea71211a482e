"""The prose of records and pages: what it links to, what links back, what cannot stand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kbsite import prose, records, wikilinks
from kbsite.errors import Problem
from kbsite.graph.nodes import Mention
from kbsite.graph.targets import Target, Targets, Unresolved, as_markdown
from kbsite.sources import Part, Path, Source
from kbsite.wikilinks import WikiLink


class Mentions:
    """Collects who links to what while prose is resolved, piece by piece."""

    def __init__(self, targets: Targets, report: Callable[[Problem], None]) -> None:
        self._targets = targets
        self._report = report
        self._found: dict[str, dict[Mention, None]] = {}

    def in_field(self, text: str, source: Source, path: Path, where: Mention) -> str:
        """The prose of a field with its links made Markdown links; problems go to the report."""
        for code, message, hint, part in prose.findings(text):
            self._report(source.problem(code, path, message, hint, part=part))

        def report(link: WikiLink, why: Unresolved) -> None:
            part = Part(link.raw, before=text.count(link.raw, 0, link.start))
            self._report(source.problem("KB207", path, why.message, why.hint, part=part))

        return self._resolved(text, source, where, report, in_prose=True)

    def in_body(self, source: Source, where: Mention) -> str:
        """The prose of a record's page (a theme's editorial, a bio), resolved likewise."""
        body = source.body
        for code, message, hint, part in prose.findings(body):
            at = max(body.find(part.text), 0)
            self._report(source.problem_in_body(code, at, len(part.text), message, hint))
        return self._resolved(body, source, where, self._reporting(source), in_prose=True)

    def in_page(self, source: Source, where: Mention, note: Callable[[Target], None]) -> None:
        """Follow the links of a hand-written page; `note` is told of every target."""
        self._resolved(source.body, source, where, self._reporting(source), note=note)

    def backlinks(self) -> dict[str, tuple[Mention, ...]]:
        """What was found, as "kind:id" to the places that link there."""
        return {
            key: tuple(sorted(places, key=lambda m: (m.kind, m.title.casefold(), m.path)))
            for key, places in sorted(self._found.items())
        }

    def _reporting(self, source: Source) -> Callable[[WikiLink, Unresolved], None]:
        """What reports links in the body of a page that lead nowhere."""

        def report(link: WikiLink, why: Unresolved) -> None:
            self._report(
                source.problem_in_body("KB207", link.start, len(link.raw), why.message, why.hint)
            )

        return report

    def _resolved(
        self,
        text: str,
        source: Source,
        where: Mention,
        report: Callable[[WikiLink, Unresolved], None],
        *,
        in_prose: bool = False,
        note: Callable[[Target], None] = lambda _: None,
    ) -> str:
        written: list[tuple[WikiLink, str]] = []
        for link in wikilinks.find(text, in_prose=in_prose):
            target = self._targets.resolve(link, source.path)
            if isinstance(target, Unresolved):
                if not target.silent:
                    report(link, target)
                continue
            note(target)
            if target.path.partition("#")[0] != where.path:
                self._found.setdefault(target.key, {})[where] = None
            written.append((link, as_markdown(link, target, prose.INTERNAL + target.path)))
        return wikilinks.put(text, written)


def rewritten(text: str, targets: Targets, url: Callable[[Target], str]) -> str:
    """`text` with every link that resolves made a Markdown link to what `url` says."""

    def write(link: WikiLink) -> str:
        target = targets.resolve(link)
        if isinstance(target, Unresolved):
            return link.raw
        return as_markdown(link, target, url(target))

    return wikilinks.replace(text, write)


def prose_fields(session: records.Session) -> Iterator[tuple[Path, str]]:
    """Every field of a session that is prose, with its path."""
    for name in ("summary", "abstract"):
        text = getattr(session, name)
        if text is not None:
            yield (name,), text
    lists: Mapping[str, str] = {
        "learnings": "text", "quotes": "text", "figures": "note", "announcements": "text",
    }  # fmt: skip
    for section, name in lists.items():
        for at, item in enumerate(getattr(session, section)):
            text = getattr(item, name)
            if text is not None:
                yield (section, at, name), text


def with_prose(session: records.Session, texts: Mapping[Path, str]) -> records.Session:
    """`session` with the prose at the given paths replaced."""
    changed = {path: text for path, text in prose_fields(session) if texts[path] != text}
    if not changed:
        return session
    update: dict[str, Any] = {}
    for path in changed:
        new = texts[path]
        if len(path) == 1:
            update[str(path[0])] = new
            continue
        section, at, name = path
        items = list(update.get(str(section), getattr(session, str(section))))
        items[int(at)] = items[int(at)].model_copy(update={str(name): new})
        update[str(section)] = tuple(items)
    return session.model_copy(update=update)


def resolved_session(
    session: records.Session, source: Source, where: Mention, mentions: Mentions
) -> records.Session:
    """`session` with the links in all its prose resolved."""
    texts = {
        path: mentions.in_field(text, source, path, where) for path, text in prose_fields(session)
    }
    return with_prose(session, texts)
