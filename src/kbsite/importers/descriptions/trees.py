"""HTML of a description to a tree that holds only what CommonMark can say."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import Final, TypeGuard

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from kbsite.importers.cleaning import readable
from kbsite.importers.descriptions.writer import BLOCKS
from kbsite.importers.schedule import TextFormat

_EMPHASIS: Final = frozenset({"b", "strong", "em", "i", "del", "s", "code", "kbd", "sub", "sup"})
_STRUCTURE: Final = frozenset(
    {"a", "blockquote", "pre", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6"}
)
SIMPLER: Final = (frozenset[str](), _EMPHASIS, _EMPHASIS | _STRUCTURE)

_KEPT = BLOCKS | _EMPHASIS | {"a", "br"}
_OTHER_NAMES = {"dl": "div", "dt": "p", "dd": "p"}
_LINE_END = re.compile(r"(?<=\S)[ \t]*\n[ \t\n]*(?=\S)")
_PARAGRAPH_END = re.compile(r"(?<=\S)[ \t]*\n[ \t]*\n[ \t\n]*(?=\S)")
_START = re.compile(r"[0-9]{1,6}")
_EDGE = "\x00"  # stands for an element beside a text


def grow(html: str, *, format: TextFormat, without: AbstractSet[str]) -> Tag:
    """The tree of safe HTML, less the elements `without` which it is to be; their content stays.

    `format` is that of the source. A line of Markdown ends where it ends in the source, as frab
    and pretalx show it; HTML may have blank lines for paragraphs.
    """
    tree = BeautifulSoup(f"<div>{html}</div>", "html.parser")
    root = tree.find("div")
    if root is None:
        return tree
    for text in root.find_all(string=True):
        if (seen := readable(text)) != text:
            text.replace_with(seen)
    for tag in root.find_all(name=True):
        _simplify(tree, tag, without)
    _set_lists(tree, root)
    root.smooth()
    if format == "markdown":
        for text in root.find_all(string=True):
            if text.find_parent(["pre", "code"]) is None:
                _break(tree, text, _LINE_END, 1)
    elif format == "html":
        for text in root.find_all(string=True, recursive=False):
            _break(tree, text, _PARAGRAPH_END, 2)
    return root


def _simplify(tree: BeautifulSoup, tag: Tag, without: AbstractSet[str]) -> None:
    if tag.name in _OTHER_NAMES:
        tag.name = _OTHER_NAMES[tag.name]
    elif tag.name == "table":
        if "table" in without or not _is_simple(tag):
            _flatten(tag)
    elif tag.name in without & BLOCKS:
        if tag.name == "pre":
            for text in tag.find_all(string=True):
                _break(tree, text, re.compile("\n"), 1)
        tag.name = "p" if tag.name.startswith(("h", "li")) else "div"
    elif tag.name in without or tag.name not in _KEPT:
        tag.unwrap()


def _is_simple(table: Tag) -> bool:
    """Whether a table is rows of equally many cells, with nothing but a line in each."""
    rows = table.find_all("tr")
    widths = {len(row.find_all(["td", "th"], recursive=False)) for row in rows}
    inner = table.find_all([*(BLOCKS - {"thead", "tbody", "tr", "td", "th"}), "br"])
    return len(widths) == 1 and widths != {0} and not inner


def _flatten(table: Tag) -> None:
    table.name = "div"
    for part in table.find_all(["thead", "tbody", "tr", "td", "th"]):
        if part.name == "tr":
            part.name = "p"
        else:
            part.insert_after(NavigableString(" "))
            part.unwrap()


def _set_lists(tree: BeautifulSoup, root: Tag) -> None:
    """Puts items that stand alone into lists, and numbers those of ordered ones."""
    for item in root.find_all("li"):
        if item.parent is not None and item.parent.name not in {"ul", "ol"}:
            around = tree.new_tag("ul")
            item.insert_before(around)
            following = around.next_sibling
            while _is_item_or_space(following):
                around.append(following)  # moves it there
                following = around.next_sibling
    for ordered in root.find_all("ol"):
        start = str(ordered.get("start", ""))
        first = int(start) if _START.fullmatch(start) else 1
        for number, item in enumerate(ordered.find_all("li", recursive=False), first):
            item["value"] = str(number)


def _is_item_or_space(node: PageElement | None) -> TypeGuard[PageElement]:
    if isinstance(node, Tag):
        return node.name == "li"
    return isinstance(node, NavigableString) and not node.strip()


def _break(tree: BeautifulSoup, text: NavigableString, end: re.Pattern[str], count: int) -> None:
    """Puts breaks where lines end inside a text, or between it and what is beside it."""
    before, after = _edge(text.previous_sibling), _edge(text.next_sibling)
    parts = end.split(f"{before}{text}{after}")
    if len(parts) == 1:
        return
    nodes: list[Tag | NavigableString] = []
    for number, part in enumerate(parts):
        if number:
            nodes += (tree.new_tag("br") for _ in range(count))
        if bare := part.replace(_EDGE, ""):
            nodes.append(NavigableString(bare))
    text.replace_with(*nodes)


def _edge(beside: object) -> str:
    inline = isinstance(beside, Tag) and beside.name not in BLOCKS | {"br"}
    return _EDGE if inline else ""
