"""Plain text to HTML: its paragraphs, its lines, and the lists that people type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from kbsite.importers.cleaning import readable
from kbsite.prose import unescaped

_BLANK_LINES = re.compile(r"\n\s*\n")
_BULLET = re.compile(r"\s*[-*–—•◦▪●·‣\u2043]\s+(?=\S)")
# Links that people type as they would in Markdown; the text is escaped by then.
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\((https?://[^\s()<>]{1,1000})\)")
_NUMBER = re.compile(r"\s*([0-9]{1,3})[.)]\s+(?=\S)")


def to_html(text: str) -> str:
    """HTML of the same words; entities in the text are read first, as some programs write them.

    >>> to_html("Bring:\\n- a pen\\n- paper &amp; ink")
    '<p>Bring:</p><ul><li>a pen</li><li>paper &amp; ink</li></ul>'
    """
    blocks = _Blocks()
    for paragraph in _BLANK_LINES.split(readable(unescaped(readable(text)))):
        blocks.end_text()
        for line in paragraph.split("\n"):
            if line.strip():
                blocks.add(line)
    return "".join(blocks.html())


def _linked(line: str) -> str:
    """A line as HTML, with the links in it.

    >>> _linked("See [https://example.org](https://example.org/a?b&c) <now>")
    'See <a href="https://example.org/a?b&amp;c">https://example.org</a> &lt;now&gt;'
    """
    return _LINK.sub(r'<a href="\2">\1</a>', escape(line))


class _Blocks:
    """Blocks as they grow: a paragraph is a list of lines, a list a list of items of lines."""

    def __init__(self) -> None:
        self._blocks: list[tuple[str, int, list[list[str]]]] = []  # tag, first number, items
        self._open = False  # whether a line may go on in the last block

    def end_text(self) -> None:
        self._open = False

    def add(self, line: str) -> None:
        tag, first, items = self._blocks[-1] if self._blocks else ("", 0, [])
        number = _NUMBER.match(line)
        if bullet := _BULLET.match(line):
            self._item("ul", 1, line[bullet.end() :], tag == "ul")
        elif number and (tag != "ol" or int(number[1]) == first + len(items)):
            self._item("ol", int(number[1]), line[number.end() :], tag == "ol")
        elif self._open and (tag == "p" or (tag and line[0].isspace())):
            items[-1].append(line.strip())
        else:
            self._item("p", 0, line.strip(), same=False)

    def _item(self, tag: str, number: int, line: str, same: bool) -> None:  # noqa: FBT001
        if not same:
            self._blocks.append((tag, number, []))
        self._blocks[-1][2].append([line.strip()])
        self._open = True

    def html(self) -> Iterator[str]:
        for tag, first, items in self._blocks:
            texts = ("<br>".join(map(_linked, lines)) for lines in items)
            if tag == "p":
                yield f"<p>{''.join(texts)}</p>"
            else:
                start = f' start="{first}"' if tag == "ol" and first != 1 else ""
                yield f"<{tag}{start}>{''.join(f'<li>{each}</li>' for each in texts)}</{tag}>"
