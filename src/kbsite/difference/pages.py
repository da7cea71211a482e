"""Pages and other files of two plans of a site: what comes, goes, and says something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kbsite.catalog import CONTENT, THINGS
from kbsite.difference.parts import FileChange, PageChange
from kbsite.graph.nodes import Graph
from kbsite.graph.pages import page_path
from kbsite.kinds.base import Page
from kbsite.kinds.redirects import KIND, RedirectView
from kbsite.outputs.keys import spelled
from kbsite.outputs.pages import file_of
from kbsite.pipeline import Prepared
from kbsite.team import Team, batches

REASONS = 3  # that are given of one page
MOST_CAUSES = 200  # changed files of which it is asked which pages tell of them

REDIRECT = KIND.name  # the kind of a page that leads on to another

_BATCH = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class _Address:
    """A page of one plan: what it is, and what makes the value that it says."""

    kind: str
    title: str
    file: str
    minor: bool
    value: Callable[[], object]
    to: str = ""


def page_changes(
    before: Prepared, after: Prepared, changed: Sequence[str]
) -> tuple[tuple[PageChange, ...], tuple[FileChange, ...]]:
    """The pages by address, and the other files by path."""
    old, new = _addresses(before), _addresses(after)
    ours, theirs = _files(before), _files(after)
    both = [path for path in old if path in new and _may_differ(old[path], new[path])]
    files = [path for path in ours if path in theirs]
    causes = _causes(before.graph, after.graph, changed)
    told = _differing(
        [
            *((old[path].value, new[path].value) for path in both),
            *((ours[path], theirs[path]) for path in files),
        ],
        [*causes.values()],
    )
    names = [*causes]
    pages = [*_come_and_gone(old, new)]
    for path, found in zip(both, told, strict=False):
        if found is not None:
            page = new[path]
            own = (page.file,) if page.file in changed else ()
            others = [names[number] for number in found if names[number] not in own]
            because = (*own, *others)[:REASONS] or tuple(changed if len(changed) == 1 else ())
            pages.append(_change("changed", path, page, because=because))
    beside = [
        *(FileChange(how="added", path=path) for path in theirs if path not in ours),
        *(FileChange(how="removed", path=path) for path in ours if path not in theirs),
        *(
            FileChange(how="changed", path=path)
            for path, found in zip(files, told[len(both) :], strict=True)
            if found is not None or f"{CONTENT}/{path}" in changed
        ),
    ]
    return (
        tuple(sorted(pages, key=lambda page: page.path)),
        tuple(sorted(beside, key=lambda file: file.path)),
    )


def _may_differ(old: _Address, new: _Address) -> bool:
    """Whether two are to be compared, which a page and what leads to another one are not."""
    return (old.kind == REDIRECT) == (new.kind == REDIRECT)


def _come_and_gone(
    old: Mapping[str, _Address], new: Mapping[str, _Address]
) -> Iterator[PageChange]:
    for path, page in new.items():
        if path not in old or (old[path].kind == REDIRECT != page.kind):
            yield _change("added", path, page)
    for path, page in old.items():
        if path not in new:
            yield _change("removed", path, page)
        elif new[path].kind == REDIRECT != page.kind:
            yield _change("moved", path, page, to=new[path].to)


def _change(
    how: str, path: str, page: _Address, *, to: str = "", because: tuple[str, ...] = ()
) -> PageChange:
    return PageChange(
        how=how,  # type: ignore[arg-type]  # one of the four
        path=path,
        kind=page.kind,
        title=page.title,
        file=page.file,
        to=to,
        because=because or ((page.file,) if page.file and how != "changed" else ()),
        minor=page.minor,
    )


def _addresses(prepared: Prepared) -> dict[str, _Address]:
    values = {output.path: output.value for output in prepared.outputs if output.kind == "page"}
    out: dict[str, _Address] = {}
    minor = {page.path for page in prepared.pages if _is_minor(page)}
    for page in prepared.pages:
        view = page.view() if page.kind == REDIRECT else None
        out[page.path] = _Address(
            kind=page.kind,
            title=page.said_title,
            file=page.source or (f"{CONTENT}/{page.wraps}" if page.wraps else ""),
            minor=(view.target if isinstance(view, RedirectView) else page.path) in minor,
            value=values[file_of(page)],
            to=view.target if isinstance(view, RedirectView) else "",
        )
    for node in prepared.graph.pages.values():
        if node.path not in out:
            out[node.path] = _Address(
                kind="page", title=node.title, file=node.source.path, minor=False,
                value=partial(_itself, node),
            )  # fmt: skip
    for asset in prepared.graph.assets:
        if asset.endswith(".html"):
            path = page_path(asset.removesuffix(".html") + ".md")
            out.setdefault(
                path,
                _Address(
                    kind="page", title=asset, file=f"{CONTENT}/{asset}", minor=False,
                    value=partial(_itself, None),
                ),
            )  # fmt: skip
    return out


def _is_minor(page: Page) -> bool:
    return not page.searchable and page.kind != REDIRECT


def _itself(value: object) -> object:
    return value


def _files(prepared: Prepared) -> dict[str, Callable[[], object]]:
    """What makes the value of each file that is no page; those by hand are known by their names."""
    out: dict[str, Callable[[], object]] = {
        output.path: output.value for output in prepared.outputs if output.kind == "file"
    }
    for asset in prepared.graph.assets:
        out.setdefault(asset, partial(_itself, None))
    return out


def _causes(before: Graph, after: Graph, changed: Sequence[str]) -> Mapping[str, list[bytes]]:
    """The changed files of records, each with the addresses by which pages tell of it."""
    wanted = frozenset(changed)
    out: defaultdict[str, set[bytes]] = defaultdict(set)
    for graph in (before, after):
        for thing in THINGS:
            if not thing.folder:
                continue
            for own, node in graph.nodes(thing).items():
                source = node.page.source if hasattr(node, "page") else node.source
                if source is not None and source.path in wanted:
                    out[source.path].add(thing.path(own).encode())
    return {path: sorted(out[path]) for path in sorted(out)[:MOST_CAUSES]}


def _differing(
    pairs: Sequence[tuple[Callable[[], object], Callable[[], object]]],
    causes: Sequence[Sequence[bytes]],
) -> list[list[int] | None]:
    """Of each two values None where they are the same, or else which causes they tell of."""
    shares = batches(range(len(pairs)), _BATCH)

    def work(task: int) -> list[list[int] | None]:
        out: list[list[int] | None] = []
        for number in shares[task]:
            one, other = (spelled(make()) for make in pairs[number])
            out.append(None if one == other else _telling(one, other, causes))
        return out

    return [found for share in Team(len(shares), work).finish() for found in share]


def _telling(one: bytes, other: bytes, causes: Sequence[Sequence[bytes]]) -> list[int]:
    found: list[int] = []
    for number, addresses in enumerate(causes):
        if any(address in one or address in other for address in addresses):
            found.append(number)
            if len(found) == REASONS:
                break
    return found
