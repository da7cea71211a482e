"""Who reads generated pages beside kbsite: other plugins, hooks, and the site's own templates.

Where nobody does, kbsite writes the pages itself. Otherwise each is a page like any other, which
MkDocs reads, renders and writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias

import jinja2
from jinja2 import nodes
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin

from kbsite.catalog import THINGS
from kbsite.outputs.keys import files_in
from kbsite.plugin import defaults

# Events in which nothing is learned of pages, nor changed in them
BLIND = frozenset(
    {"startup", "shutdown", "serve", "config", "pre_build", "post_build", "build_error"}
)
# What differs from page to page, and has a mark in a shell: it may be printed
MARKED = frozenset(
    {
        "page.title", "page.url", "page.canonical_url", "page.abs_url", "page.edit_url",
        "page.content", "page.meta.title", "page.meta.description",
    }
)  # fmt: skip
# What is the same for all pages of a class, and all below it; so is other metadata
SHARED = frozenset(
    {
        "page.is_homepage", "page.is_section", "page.is_page", "page.is_link", "page.active",
        "page.parent", "page.ancestors", "page.children", "page.previous_page", "page.next_page",
    }
)  # fmt: skip
EVERYTHING = frozenset({"pages", "build_date_utc"})  # what no class of pages has for itself
PASSING = (nodes.And, nodes.Or, nodes.Not, nodes.Concat, nodes.CondExpr)
KEEPING = (nodes.AssignBlock, nodes.CallBlock, nodes.FilterBlock, nodes.Macro)
# Filters that change each text alike, if at all, so that a shell finds out; others, as `truncate`
# or `replace`, may leave those alone that it is tried with
ALIKE = frozenset({"d", "default", "e", "escape", "lower", "safe", "string", "tojson", "upper",
                   "urlencode"})  # fmt: skip
BLOCKS = frozenset({"super", "self"})  # what other templates print, pages and all

FOLDERS = frozenset(thing.address.partition("/")[0] for thing in THINGS)

Way: TypeAlias = Literal["printed", "asked", "used", "kept"]
"""Whether a template prints something, asks whether it is there, or does anything else with it.

It may do so with what was printed too, where that is kept.
"""


def reader(config: MkDocsConfig, itself: type[BasePlugin[Any]]) -> str:
    """Who or what reads pages, in words; empty where only `itself`, the plugin kbsite, does."""
    hooks: Any = config.hooks  # modules by name, though MkDocs types it as a list
    for event, method in _listeners(config, itself):
        if event not in BLIND:
            name = config.plugins._event_origins.get(method, "")
            what = "hook" if name in hooks else "plugin"
            return f"the {what} '{name}' listens to pages (on_{event})"
    if config.extra_templates:
        return f"the template '{config.extra_templates[0]}' may list pages"
    for folder, path, template in _own(config):
        for read in _readings(template, "used"):
            return f"{path.name} in {folder} makes something of {read}"
    return ""


def addresses(config: MkDocsConfig) -> list[str]:
    """The addresses below folders of generated pages that templates may be told to link to, sorted.

    The way there is not the same from all pages of a class.
    """
    said = set(_texts([dict(config.extra), dict(config.theme)]))
    for _, _, template in _own(config):
        said |= {each.value for each in template.find_all(nodes.Const) if type(each.value) is str}
    return sorted(filter(_is_deep, said))


def _texts(value: Any) -> Iterator[str]:
    """All texts in a setting."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(each)


def _is_deep(address: str) -> bool:
    """Whether a text can be the address of something in a folder that pages are generated in."""
    folder, _, inside = address.removeprefix("./").partition("/")
    return folder in FOLDERS and bool(inside)


def finishes(config: MkDocsConfig, itself: type[BasePlugin[Any]]) -> bool:
    """Whether anybody but `itself` may change the files of a site when all are written."""
    return any(event == "post_build" for event, _ in _listeners(config, itself))


def prepares(config: MkDocsConfig, itself: type[BasePlugin[Any]]) -> bool:
    """Whether anybody but `itself` may change what a site is made of before it is."""
    return any(event == "pre_build" for event, _ in _listeners(config, itself))


def _listeners(
    config: MkDocsConfig, itself: type[BasePlugin[Any]]
) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The events that others listen to, with what they call."""
    for event, methods in config.plugins.events.items():
        for method in methods:
            if not isinstance(getattr(method, "__self__", None), itself):
                yield event, method


def _own(config: MkDocsConfig) -> Iterator[tuple[Path, Path, nodes.Template]]:
    """The site's own templates, each with its folder and file.

    One that is no template has nothing to say here: whoever uses it will see.
    """
    environment = config.theme.get_env()
    for folder in defaults.own_templates(config):
        for path in files_in(folder):
            try:
                template = environment.parse(path.read_text("utf-8"))
            except (jinja2.TemplateSyntaxError, UnicodeDecodeError, OSError):
                continue
            yield folder, path, template


def _readings(node: nodes.Node, way: Way) -> Iterator[str]:
    """What is read of pages at a node and below that a shell cannot hold.

    `way` is what becomes of what the node gives.
    """
    if isinstance(node, nodes.Include) and way == "kept":
        yield "what it includes"
    if name := _name(node):
        if name.partition(".")[0] in BLOCKS and way != "printed":
            yield f"{name}()"
        if name in EVERYTHING or not (name.partition(".")[0] != "page" or _is_held(name, way)):
            yield name
        return
    for below, its_way in _below(node, way):
        yield from _readings(below, its_way)


def _is_held(name: str, way: Way) -> bool:
    """Whether a shell has what is read of a page."""
    if name in MARKED:
        return way in ("printed", "asked")
    if name in ("page", "page.meta"):
        return way == "asked"
    own = name.split(".")
    if ".".join(own[:3]) in MARKED:  # a method of a text
        return False
    return (own[1:2] == ["meta"] and own[2] not in dir(dict)) or ".".join(own[:2]) in SHARED


def _below(node: nodes.Node, way: Way) -> Iterator[tuple[nodes.Node, Way]]:
    """The nodes in one, and what becomes of what they give."""
    if isinstance(node, nodes.Compare):  # which of two pages this is, is known of a class
        for each in (node.expr, *(operand.expr for operand in node.ops)):
            if _name(each) != "page":
                yield each, "used"
        return
    for field, value in node.iter_fields():
        if isinstance(node, nodes.Output):
            its_way: Way = "used" if way == "kept" else "printed"
        elif isinstance(node, nodes.If | nodes.CondExpr) and field == "test":
            its_way = "asked"
        elif isinstance(node, nodes.Filter):
            passes = way == "printed" and field == "node" and node.name in ALIKE
            its_way = "printed" if passes else "used"
        elif isinstance(node, nodes.Call):
            passes = field == "node" and _name(node.node).partition(".")[0] in BLOCKS
            its_way = way if passes else "used"
        elif isinstance(node, nodes.Test):
            its_way = "asked" if node.name in ("defined", "undefined", "none") else "used"
        elif isinstance(node, PASSING):
            its_way = way
        elif isinstance(node, KEEPING) or way == "kept":
            its_way = "kept"
        else:
            its_way = "used"
        for each in value if isinstance(value, list) else (value,):
            if isinstance(each, nodes.Node):
                yield each, its_way


def _name(node: nodes.Node) -> str:
    """A name with the attributes asked of it, as 'page.meta.title'; empty for anything else."""
    if isinstance(node, nodes.Name):
        return node.name if node.ctx == "load" else ""
    if isinstance(node, nodes.Getattr):
        of, own = _name(node.node), node.attr
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        of, own = _name(node.node), str(node.arg.value)
    else:
        return ""
    return of and f"{of}.{own}"
