"""The body of a page as Markdown, from the HTML that templates and the sanitiser write.

The HTML is well-formed, and no "<" in it is text. What only a browser has a use for is left out:
scripts, drawings, buttons, links to copy. The Markdown is read in the same way by CommonMark and by
Python-Markdown: what goes on in an item of a list is indented by four spaces, and a sign that is
none of Markdown's own in either is escaped as HTML does it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import TypeAlias

WRITTEN = "<kb-written></kb-written>"  # stands in a body for a text that is Markdown already

_TAG = re.compile(
    r'<!--.*?-->|<(?P<end>/?)(?P<name>[a-z][a-z0-9-]*)(?P<rest>(?:[^<>"]|"[^"]*+")*+)>'
)
_ATTRIBUTE = re.compile(r'([a-zA-Z][\w:-]*)(?:="([^"]*)")?')
_VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}
_UNSEEN = {"button", "form", "link", "script", "style", "svg"}
# Classes of what readers of the site do something with, and of what is for paper
_TOOLS = {"kb-permalink", "kb-share", "kb-jump", "kb-jumps", "kb-print"}
_BLOCKS = {
    "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure",
    "footer", "header", "hr", "kb-written", "li", "nav", "ol", "p", "pre", "section", "summary",
    "table", "ul", "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
_KEPT = {"ins", "kbd", "mark", "sub", "sup"}  # Markdown has no signs for them, and HTML may stand
_MARKS = {"b": "**", "strong": "**", "em": "*", "i": "*", "cite": "*", "del": "~~", "s": "~~"}

_SPACE = re.compile(r"[ \t\r\n]+")
_SIGNS = re.compile(
    r"""
      [\\`*\[\]]
    | (?<![^\W_]) _++ | _++ (?![^\W_])  # within a word it is no markup
    | \{ (?=[{%\#<])  # templates of other engines
    """,
    re.VERBOSE,
)
_AT_BEGINNING = re.compile(
    r"(?P<number>[0-9]{1,9})(?=[.)](?:\s|\Z))|(?=\#{1,6}(?:\s|\Z)|[+-](?:\s|\Z)|>)"
)
_RULE = re.compile(r"(?=(?:[-=] ?)+\Z)")
_LIST = re.compile(r"- |[0-9]+\. ")
_SLUG = re.compile(r"[^\w\- ]")
_BREAK = "  \n"
_APART = "<!-- -->"  # or two lists would be one


@dataclass(slots=True)
class _Element:
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[_Node] = field(default_factory=list)

    def has_class(self, *names: str) -> bool:
        return not set(names).isdisjoint(self.attributes.get("class", "").split())

    def holds_blocks(self) -> bool:
        return self.name in _BLOCKS or any(
            isinstance(child, _Element) and child.holds_blocks() for child in self.children
        )


_Node: TypeAlias = _Element | str


def to_markdown(html: str, link: Callable[[str], str], written: str = "") -> str:
    r"""The body of a page as Markdown, without its heading of the first level.

    `link` says where a link leads that leads to some address in the HTML; to nowhere if that is
    empty, and then only its words remain. `written` is put where the body holds WRITTEN.

    >>> to_markdown('<h2>A_</h2><p>1. <a href="x">y</a> &lt;z</p>', str.upper)
    '## A\\_\n\n1\\. [y](X) &lt;z\n'
    """
    blocks = _Writer(link, written).blocks(_tree(html))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _tree(html: str) -> _Element:
    root = _Element("article")
    opened = [root]
    done = 0
    for tag in _TAG.finditer(html):
        if text := html[done : tag.start()]:
            opened[-1].children.append(unescape(text))
        done = tag.end()
        name = tag["name"]
        if not name:
            continue
        if not tag["end"]:
            pairs = _ATTRIBUTE.findall(tag["rest"])
            made = _Element(name, {key: unescape(value) for key, value in pairs})
            opened[-1].children.append(made)
            if name not in _VOID and not tag["rest"].endswith("/"):
                opened.append(made)
        elif any(element.name == name for element in opened[1:]):
            while opened.pop().name != name:
                pass
    if text := html[done:]:
        opened[-1].children.append(unescape(text))
    return root


class _Writer:
    """Writes the Markdown of a tree."""

    def __init__(self, link: Callable[[str], str], written: str) -> None:
        self._link = link
        self._written = written

    def blocks(self, parent: _Element) -> list[str]:
        """The blocks of what is in an element; some are of several lines."""
        out: list[str] = []
        line: list[_Node] = []

        def end_line() -> None:
            if text := self._text(line):
                out.append(_begun(text))
            line.clear()

        for child in parent.children:
            if isinstance(child, str) or not child.holds_blocks():
                line.append(child)
                continue
            end_line()
            if _is_unseen(child):
                continue
            made = self._block(child, inside=parent)
            if parent.name == "li" and child.has_class("kb-meta") and out and made:
                out[-1] += _BREAK + made.pop(0)
            if out and made and _LIST.match(out[-1]) and _LIST.match(made[0]):
                out.append(_APART)
            out += made
        end_line()
        return out

    def _block(self, element: _Element, inside: _Element) -> list[str]:
        name = element.name
        if element.has_class("kb-row"):
            made = self._row(element)
        elif name in ("ul", "ol"):
            made = self._list(element)
        elif name == "dl":
            made = self._facts(element)
        elif name == "table":
            made = self._table(element)
        elif name == "blockquote":
            made = [_quoted("\n\n".join(self.blocks(element)))]
        elif name == "pre":
            made = [_fenced(_words(element))]
        elif name == "hr":
            made = ["---"]
        elif name == "kb-written":
            made = [self._written.strip("\n")] if self._written.strip() else []
        elif name[0] == "h" and name[1:].isdigit():
            return self._heading(element, inside)
        elif name == "summary":
            made = [f"**{self._text(element.children)}**"]
        else:
            made = self.blocks(element)
        return _anchored(element, made)

    def _heading(self, element: _Element, inside: _Element) -> list[str]:
        text = self._text(element.children)
        if not text or element.name == "h1":  # that is the page's title
            return []
        if inside.name == "li":
            return [f"**{text}**"]
        made = f"{'#' * int(element.name[1])} {text}"
        slug = _SLUG.sub("", _words(element).strip().lower()).replace(" ", "-")
        return [made] if element.attributes.get("id") == slug else _anchored(element, [made])

    def _list(self, element: _Element) -> list[str]:
        items: list[str] = []
        first = element.attributes.get("start", "")
        number = int(first) if first.isdecimal() else 1
        loose = False
        for child in element.children:
            if isinstance(child, str) or _is_unseen(child):
                continue
            blocks = _anchored(child, self.blocks(child))
            if not blocks:
                continue
            text = blocks[0]
            for block in blocks[1:]:
                tight = _LIST.match(block) and not _LIST.match(text)
                loose = loose or not tight
                text += ("\n" if tight else "\n\n") + block
            ordered = element.name == "ol" and not element.has_class("kb-list")
            marker = f"{number}. " if ordered else "- "
            items.append(marker + text.replace("\n", "\n    ").replace("\n    \n", "\n\n"))
            number += 1
        return [("\n\n" if loose else "\n").join(items)] if items else []

    def _row(self, element: _Element) -> list[str]:
        """A list that is shown in a line."""
        entries = filter(None, (self._text([each]) for each in _inner(element)))
        text = " · ".join(entries)
        return [_begun(text)] if text else []

    def _facts(self, element: _Element) -> list[str]:
        """Terms, each in a line with what is said of it."""
        lines: list[str] = []
        for entry in _inner(element):
            anchor = _anchor(entry)
            for child in _inner(entry) if entry.name == "div" else [entry]:
                text = self._text([child])
                if not text:
                    continue
                if child.name == "dt":
                    lines.append(f"{anchor}**{text}:**")
                elif lines:
                    lines[-1] += f" {text}" if lines[-1].endswith(":**") else f"; {text}"
        return [_BREAK.join(lines)] if lines else []

    def _table(self, element: _Element) -> list[str]:
        """A table; one without a head is a list, for Markdown has no other."""
        rows = [
            (row, [self._text(cell.children) for cell in _inner(row)])
            for row in _inner(element, "thead", "tbody")
        ]
        if not any(cell.name == "th" for row, _ in rows[:1] for cell in _inner(row)[-1:]):
            return ["\n".join("- " + ": ".join(filter(None, cells)) for _, cells in rows)]
        lines = [
            "| " + " | ".join(c.replace("|", r"\|") for c in cells) + " |" for _, cells in rows
        ]
        lines.insert(1, "|" + " --- |" * len(rows[0][1]))
        return ["\n".join(lines)]

    def _text(self, nodes: Iterable[_Node]) -> str:
        """What stands in a line, or in some where it is broken on purpose."""
        text = _SPACE.sub(" ", "".join(map(self._inline, nodes)))
        return re.sub(" *\x00 *", _BREAK, text.strip(" \x00"))

    def _inline(self, node: _Node) -> str:
        if isinstance(node, str):
            return _escaped(node)
        if _is_unseen(node):
            return ""
        name = node.name
        if name == "br":
            return "\x00"
        if name == "code":
            return _code(_words(node))
        if name == "a":
            return self._linked(node)
        text = "".join(map(self._inline, node.children))
        if node.holds_blocks():
            return f" {text} "
        if node.has_class("kb-label"):
            return _around(text, "*")
        if node.has_class("kb-count", "kb-meta"):
            return f" ({text.strip()})" if text.strip() else ""
        if name in _MARKS:
            return _around(text, _MARKS[name])
        return f"<{name}>{text}</{name}>" if name in _KEPT else text

    def _linked(self, node: _Element) -> str:
        seen = node.children
        if "data-kb-embed" in node.attributes:  # it plays on the site, of which it says how
            seen = [each for each in seen if isinstance(each, str) or each.name != "small"]
        text = "".join(map(self._inline, seen)).replace("\x00", " ")
        href = node.attributes.get("href", "")
        within = href.startswith("#") and "-" not in href  # to a part of the page: no anchor
        target = "" if within else self._link(href)
        if not text.strip() or not target:
            return text
        title = " ".join(node.attributes.get("title", "").split())
        if target == _words(node).strip() and target.isascii() and not title:
            return f"<{target}>"
        if re.search(r"[\s()<>]", target):
            target = f"<{re.sub('[<>]', lambda sign: '%3C' if sign[0] == '<' else '%3E', target)}>"
        if title:
            target += ' "{}"'.format(re.sub(r"([\\\"&<])", r"\\\1", title))
        return _spaced(text, f"[{text.strip()}]({target})")


def _is_unseen(element: _Element) -> bool:
    attributes = element.attributes
    return (
        element.name in _UNSEEN
        or "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or element.has_class(*_TOOLS)
    )


def _inner(element: _Element, *through: str) -> list[_Element]:
    """The elements in another; of those called `through`, what is in them."""
    out: list[_Element] = []
    for child in element.children:
        if isinstance(child, _Element) and not _is_unseen(child):
            out += _inner(child) if child.name in through else [child]
    return out


def _words(element: _Element) -> str:
    return "".join(each if isinstance(each, str) else _words(each) for each in element.children)


def _escaped(text: str) -> str:
    text = _SIGNS.sub(lambda found: re.sub(r"(.)", r"\\\1", found[0]), text)
    if "&" in text or "<" in text or "~" in text:
        text = re.sub(r"&(?=#?\w{1,40};)", "&amp;", text)
        text = re.sub(r"<(?!\s)", "&lt;", text)
        text = re.sub(r"~{2,}|(?<=\S)~", lambda found: "&#126;" * len(found[0]), text)
    return text


def _begun(text: str) -> str:
    """A paragraph none of whose lines begins anything else."""
    return _BREAK.join(_line_begun(line) for line in text.split(_BREAK))


def _line_begun(line: str) -> str:
    if found := _AT_BEGINNING.match(line) or _RULE.match(line):
        return f"{line[: found.end()]}\\{line[found.end() :]}"
    return line


def _around(text: str, mark: str) -> str:
    bare = text.strip()
    return _spaced(text, f"{mark}{bare}{mark}") if bare else text


def _spaced(text: str, instead: str) -> str:
    """Something in the place of a text, with the space that is around it."""
    before = " " if text[:1].isspace() else ""
    return f"{before}{instead}{' ' if text[-1:].isspace() else ''}"


def _code(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        return text
    fence = _longer(words, 1)
    space = " " if words[0] == "`" or words[-1] == "`" else ""
    return f"{fence}{space}{words}{space}{fence}"


def _fenced(text: str) -> str:
    fence = _longer(text, 3)
    return "\n".join((fence, *text.strip("\n").split("\n"), fence))


def _longer(text: str, least: int) -> str:
    """A fence that the text does not hold."""
    runs = [len(run) for run in re.findall("`+", text)]
    return "`" * max(least, 1 + max(runs, default=0))


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def _anchored(element: _Element, blocks: Sequence[str]) -> list[str]:
    """Blocks that can be linked to as the element can, if it has an id that names some thing."""
    anchor = _anchor(element)
    return [anchor, *blocks] if anchor and blocks else [*blocks]


def _anchor(element: _Element) -> str:
    id = element.attributes.get("id", "")
    return f'<a id="{id}"></a>' if "-" in id else ""
