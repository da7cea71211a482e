"""What the front matter of hand-written pages tells the theme: templates, icons, parts, keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from kbsite import catalog, cures, models, records
from kbsite.errors import Problem
from kbsite.graph.nodes import PageNode
from kbsite.slugs import Vocabulary
from kbsite.sources import Source
from kbsite.wording import did_you_mean, shown

_NO_PAGES = frozenset({"404.html", "redirect.html", "blog.html", "blog-post.html"})
_ICONS = ".icons"
_THEME = Path(__file__).parent / "theme"
_PARTS = ("navigation", "toc", "path", "footer", "feedback", "tags")  # that `hide` may name
# What others than Material read, or have a like key for
_OTHERS = frozenset({"tag", "titles", "date", "author", "authors", "template", "lang", "label"})
_OF_RECORDS = frozenset(
    thing.folder.removeprefix(f"{catalog.CONTENT}/")
    for thing in catalog.THINGS
    if thing.folder.startswith(f"{catalog.CONTENT}/")
)  # whose keys are known
_UNSEEN = {"draft": True, "publish": False, "published": False, "hidden": True, "private": True}


def problems(node: PageNode, templates: Templates) -> Iterator[Problem]:
    """What of a page's front matter the theme does not know, or has for something else."""
    yield from _names(node, templates)
    yield from _hidden(node.source)
    if node.file.partition("/")[0] not in _OF_RECORDS:
        yield from _keys(node.source)


def _hidden(source: Source) -> Iterator[Problem]:
    """KB235: parts to hide that are nearly one of those which pages have."""
    listed = source.data.get("hide")
    for at, part in enumerate(listed if isinstance(listed, list) else ()):
        near = get_close_matches(str(part).lower(), _PARTS, 1, 0.75)
        if near and part not in _PARTS:
            yield source.problem(
                "KB235",
                ("hide", at),
                f"pages have no part {shown(part)} to hide",
                did_you_mean(near, f"parts: {', '.join(_PARTS)}"),
                cures=cures.writing(source, ("hide", at), near[0]),
            )


def _keys(source: Source) -> Iterator[Problem]:
    """KB235: keys that are nearly one which the theme reads, or that say what it does not do."""
    known = [*models.keys(records.MaterialKeys), "template"]
    for key, value in source.data.items():
        near = get_close_matches(key.lower()[:40], known, 1, 0.8)
        if key in known or key in _OTHERS:
            continue
        if near and near[0] not in source.data:
            yield source.problem(
                "KB235",
                (key,),
                f"the theme reads no key {shown(key)}",
                did_you_mean(near),
                key=True,
                cures=cures.renaming(source, (key,), near[0]),
            )
        elif key.lower() in _UNSEEN and value is _UNSEEN[key.lower()]:
            inside = source.path.removeprefix(f"{catalog.CONTENT}/")
            yield source.problem(
                "KB235",
                (key,),
                "the page is published all the same: no key keeps a page out of the site",
                f"write into mkdocs.yml: draft_docs: {inside}",
                key=True,
            )


def installed() -> Iterator[Path]:
    """The folders of the templates that come with kbsite and with the theme, which is not run."""
    yield _THEME
    found = find_spec("material")
    if found is not None and found.origin:
        yield Path(found.origin).parent / "templates"


@dataclass(frozen=True)
class Templates:
    """The templates and icons in some folders."""

    folders: tuple[Path, ...]

    def holds(self, path: str) -> bool:
        parts = path.split("/")
        if not path or any(part in ("", ".", "..") or "\\" in part for part in parts):
            return False
        return any((folder / path).is_file() for folder in self.folders)

    @cached_property
    def icons(self) -> Vocabulary:
        return Vocabulary(
            path.relative_to(folder / _ICONS).with_suffix("").as_posix()
            for folder in self.folders
            for path in (folder / _ICONS).rglob("*.svg")
        )

    @cached_property
    def pages(self) -> list[str]:
        found = {path.name for folder in self.folders for path in folder.glob("*.html")}
        return sorted(found - _NO_PAGES)


def _names(node: PageNode, templates: Templates) -> Iterator[Problem]:
    """KB232: an icon or a template that the theme does not have."""
    source, said = node.source, node.source.data
    icon = said.get("icon")
    if isinstance(icon, str) and templates.folders and not templates.holds(f"{_ICONS}/{icon}.svg"):
        near = templates.icons.nearest(icon)
        yield source.problem(
            "KB232",
            ("icon",),
            f"the theme has no icon {shown(icon)}",
            did_you_mean(near) or "remove it, or write the path of one, as material/book",
            cures=[
                *(cure for each in near for cure in cures.writing(source, ("icon",), each)),
                *cures.removing(source, ("icon",)),
            ],
        )
    template = said.get("template")
    if template is not None and template not in templates.pages:
        near = get_close_matches(str(template), templates.pages, 1, 0.75)
        every = f"the theme has for pages: {', '.join(templates.pages)}"
        yield source.problem(
            "KB232",
            ("template",),
            f"the theme has no template {shown(template)} for a page",
            f"remove it; {did_you_mean(near, every)}",
            cures=[
                *cures.removing(source, ("template",)),
                *(cure for each in near for cure in cures.writing(source, ("template",), each)),
            ],
        )
