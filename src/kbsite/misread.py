"""Markdown that is not read as its author meant it: readers get its signs, or lose what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from kbsite import cures, wikilinks
from kbsite.errors import Problem
from kbsite.sources import Source

_WORDS = r"\[(?P<words>[^\[\]\n]{1,300})\]"
_URL = r"https?://[^\s()<>\"]{1,500}"
_FILE = r"[\w./-]{1,200}\.(?:md|html|pdf|png|jpe?g|gif|webp|svg)(?:#[\w.:-]{0,200})?"
_EMPTY = re.compile(rf"(?<![\w\])!\\]){_WORDS}\(\s{{0,9}}(?:<>)?\s{{0,9}}\)")
_TITLE = re.compile(rf"{_WORDS}\((?P<url>{_URL})[ \t]+(?P<title>[\"“”„'‘’][^()\n]{{0,200}})\)")  # noqa: RUF001
_SPACED = re.compile(rf"(?<![\w\])!\\]){_WORDS}(?P<gap>[ \t]+)\((?P<url>{_URL}|{_FILE})\)")
_TURNED = re.compile(rf"\((?P<words>[^()\n]{{1,300}})\)\[(?P<url>{_URL}|{_FILE})\]")
_NOT_CLOSED = re.compile(
    rf"(?<![\\]){_WORDS}\((?P<url>{_URL})(?=[ \t][^()\n]*$|$)(?!\n[ \t]*[\"')])",
    re.MULTILINE,
)
_ANGLE = re.compile(rf"<(?P<url>{_URL})(?=[ \t][^<>\n]*$|$)", re.MULTILINE)
_NOTE = re.compile(r"(?<!\\)\[\^(?P<name>[0-9]{1,4}|[A-Za-z]\w{2,40})\](?!:)")
_REFERENCE = re.compile(rf"(?<![\w\])\\]){_WORDS}\[(?P<name>[^\[\]\n^]{{2,100}})\]")
_DEFINED = re.compile(r"^[ \t>]{0,12}\[(?P<name>[^\[\]\n]{1,200})\]:", re.MULTILINE)
_HEADING = re.compile(r"^#{2,6}(?=[^\W_])", re.MULTILINE)
_ROW = r"\|[^\n]*\|[ \t]*"
_TABLE = re.compile(rf"(?:\A|\n[ \t]*\n)(?P<row>{_ROW})\n(?P<second>{_ROW})(?=\n|\Z)")
_RULE = re.compile(r"[|:\-\s+=]+\Z")
_BLOCK = re.compile(
    r"^(?P<mark>!!!|\?\?\?\+?|===)[ \t]+(?P<kind>[a-z\"][^\n]*)\n"
    r"(?P<text>(?!(?:[ ]{4}|\t)|\n|[!?=]{3})[ ]{0,3}[^\n]+(?:\n[^\n]+)*)",
    re.MULTILINE,
)
_PICTURE = re.compile(r"!\[\s*\]\((?P<to>[^()\n]{1,500})\)|<img\s(?P<html>[^<>]{1,500})>")
_ALT = re.compile(r"\balt\b|\brole\b|\baria-", re.IGNORECASE)
_FENCE = re.compile(r"^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})(?P<info>[^`\n]*)$", re.MULTILINE)
_ITEM = re.compile(r"[ ]{0,3}(?:[-*+]|[0-9]{1,3}[.)])[ \t]+(?=\S)")
_NO_TEXT = re.compile(  # what begins a block that is no paragraph
    rf"\t|[ ]{{4}}|[ ]*(?:[#>|<`~]|!!!|\?\?\?|===|:[ \t]|\[\^|--8<--|\{{[%{{])|{_ITEM.pattern}"
)
_DOT = re.compile(r"^(?P<indent>[ \t]{0,12})[•‣▪●◦∙·][ \t\u00a0]{0,3}(?=\S)", re.MULTILINE)
_DOTTED = re.compile(
    r"(?P<above>(?:\A|^[^\n]*\n))"
    r"(?P<lines>(?:[ \t]{0,12}[•‣▪●◦∙·][^\n]*(?:\n(?=[ \t]{0,12}[•‣▪●◦∙·]))?)+)",
    re.MULTILINE,
)
_LIKELY = re.compile(  # without any of these a text has nothing of it
    r"\][ \t]?\(|\)\[|<http|<!--|^#{2,6}[^\W_]|^[ \t]*(?:\||[•‣▪●◦∙·])", re.MULTILINE
)
_SIGN = re.compile(r"[][<#|•‣▪●◦∙·]")  # one of which each of these has: much faster to look for
_UNDERLINE = re.compile(r"[ ]{0,3}(?:-+|=+)[ \t]*\Z")
_ELEMENT = re.compile(
    r"<(?P<end>/?)(?P<name>div|section|details|figure|aside|table)\b[^<>\n]{0,1000}>",
    re.IGNORECASE,
)
_SNIPPETS = ("--8<--", "{%", "{!")  # what others put into a page may define more

Edits: TypeAlias = list[tuple[int, int, str]]


class Told(NamedTuple):
    """What is said of the text from one character to another, and edits that mend it."""

    code: str
    start: int
    end: int
    message: str
    hint: str
    edits: Edits = []  # noqa: RUF012  # of a tuple, which nobody changes
    title: str = ""


def problems(source: Source, *, in_page: bool, is_all: bool = True) -> Iterator[Problem]:
    """KB233 and KB234 in the body of a page, which Python-Markdown reads, or of a record's file.

    In pages there are more kinds of blocks; unless what the file says `is_all` that the page will
    hold, notes and addresses may be defined elsewhere.
    """
    body = source.body
    readers = (*_ALWAYS, *(_IN_PAGES if in_page else ()), *((_defined,) if is_all else ()))
    found = {told.start: told for read in readers for told in read(body)}
    starts = sorted(found)
    shown = set(wikilinks.come_out(body, starts, 1, in_prose=not in_page)) if starts else set()
    for told in [*(found[at] for at in starts if at in shown), *_hides_the_rest(body)]:
        begin = source.body_start
        edits = [(begin + start, begin + end, new) for start, end, new in told.edits]
        yield source.problem_in_body(
            told.code,
            told.start,
            told.end - told.start,
            told.message,
            told.hint,
            cures.replacing_all(source, edits, told.title or told.hint) if edits else (),
        )


def in_prose(text: str) -> list[Told]:
    """What is not read as it was meant in a text of a record, with edits of that text."""
    if not _SIGN.search(text) or not _LIKELY.search(text):
        return []
    readers = (*_ALWAYS, _bullets_in_prose)
    found = {told.start: told for read in readers for told in read(text)}
    starts = sorted(found)
    return (
        [found[at] for at in wikilinks.come_out(text, starts, 1, in_prose=True)] if starts else []
    )


def _links(body: str) -> Iterator[Told]:
    if "](" not in body and ")[" not in body and "] (" not in body:
        return
    for found in _EMPTY.finditer(body):
        words = found["words"]
        yield Told(
            "KB233", *found.span(), "the link has no address in its parentheses",
            f"write the address between them, or the words alone: {words}",
            [(*found.span(), words)], f"write {words}",
        )  # fmt: skip
    for found in _TITLE.finditer(body):
        title = found["title"].strip()
        if title[-1] == title[0] and len(title) > 1 and title[0] in "\"'":
            continue
        words = title.strip("\"'“”„‘’ ")  # noqa: RUF001
        if '"' in words:
            continue
        right = f'"{words}"'
        yield Told(
            "KB233", *found.span("title"), "the title of the link is not between straight quotes",
            f"write {right}", [(*found.span("title"), right)],
        )  # fmt: skip
    for found in _SPACED.finditer(body):
        if any(map(str.isalpha, found["words"])):
            yield _mended(found, "there is a space between the words of the link and its address")
    for found in _TURNED.finditer(body):
        yield _mended(found, "the brackets of the link are turned")
    for found in _NOT_CLOSED.finditer(body):
        yield _mended(found, "the link is not closed")


def _mended(found: re.Match[str], message: str) -> Told:
    right = f"[{found['words']}]({found['url']})"
    return Told("KB233", *found.span(), message, f"write {right}", [(*found.span(), right)])


def _addresses(body: str) -> Iterator[Told]:
    for found in _ANGLE.finditer(body) if "<http" in body else ():
        url = found["url"].rstrip(".,;:!?")
        start, end = found.start(), found.start() + 1 + len(url)
        right = f"<{url}>"
        edits = [(start, end, right)]
        yield Told("KB233", start, end, "the address is not closed", f"write {right}", edits)


def _comments(body: str) -> Iterator[Told]:
    at = body.find("<!--", body.rfind("-->") + 1)
    if at >= 0:
        end = body.find("\n", at)
        end = len(body.rstrip()) if end < 0 else end
        yield Told(
            "KB233", at, end, "the comment that begins here does not end", "end it with -->",
            [(end, end, " -->")],
        )  # fmt: skip


def _headings(body: str) -> Iterator[Told]:
    for found in _HEADING.finditer(body) if "##" in body else ():
        end = body.find("\n", found.end())
        line = body[found.start() : end if end >= 0 else len(body)]
        right = f"{found[0]} {line[len(found[0]) :]}"
        yield Told(
            "KB233", found.start(), found.start() + len(line),
            "a heading has a space behind its signs; without one many programs show it as text",
            f"write {right}", [(found.end(), found.end(), " ")],
        )  # fmt: skip


def _tables(body: str) -> Iterator[Told]:
    for found in _TABLE.finditer(body) if "|" in body else ():
        cells = found["row"].strip().count("|") - 1
        same = found["second"].strip().count("|") - 1 == cells
        if cells < 2 or not same or _RULE.match(found["second"]) or _RULE.match(found["row"]):
            continue
        rule = "|" + " --- |" * cells
        yield Told(
            "KB233", *found.span("row"), "the table has no line between its heads and its rows",
            f"write below it: {rule}", [(found.end("row"), found.end("row"), f"\n{rule}")],
        )  # fmt: skip


def _defined(body: str) -> Iterator[Told]:
    """Notes and addresses that are named in the text and stand nowhere."""
    if ("][" not in body and "[^" not in body) or any(sign in body for sign in _SNIPPETS):
        return
    known = {" ".join(name.lower().split()) for name in _DEFINED.findall(body)}
    for found in _NOTE.finditer(body):
        if f"^{found['name'].lower()}" not in known:
            yield Told(
                "KB233", *found.span(), f"there is no note '{found['name']}' on the page",
                f"write it on a line of its own: {found[0]}: and its text; or remove {found[0]}",
                [(*found.span(), "")], f"remove {found[0]}",
            )  # fmt: skip
    for found in _REFERENCE.finditer(body):
        if " ".join(found["name"].lower().split()) not in known:
            yield Told(
                "KB233", *found.span(), f"the page has no address for '{found['name']}'",
                f"write on a line of its own: [{found['name']}]: https://example.org/ (and the "
                f"address instead); or the words alone: {found['words']}",
                [(*found.span(), found["words"])], f"write {found['words']}",
            )  # fmt: skip


def _bullets(body: str) -> Iterator[Told]:
    """Lines that begin with a dot, which is no mark of a list."""
    for found in _DOTTED.finditer(body) if _DOT.search(body) else ():
        begin, lines = found.start("lines"), found["lines"]
        right = _DOT.sub(lambda dot: f"{dot['indent']}- ", lines)
        dots = [(begin + dot.end("indent"), begin + dot.end()) for dot in _DOT.finditer(lines)]
        edits = [(start, end, "- ") for start, end in dots]
        if found["above"].strip():
            edits[0] = (*dots[0], "\n- ")
        yield Told(
            "KB233", dots[0][0], dots[0][0] + 1,
            "a list has hyphens before its items; with other dots its lines run together",
            f"write it so:\n{right}", edits, "write it as a list",
        )  # fmt: skip


def _bullets_in_prose(text: str) -> Iterator[Told]:
    """The same where a list may begin right below a text."""
    for told in _bullets(text):
        yield told._replace(edits=[(start, end, "- ") for start, end, _ in told.edits])


def _lists(body: str) -> Iterator[Told]:
    """Lists right below a line of text, which Python-Markdown takes for more of it."""
    at = 0
    is_text, is_first, items = False, True, list[tuple[int, int]]()
    for line in [*body.split("\n"), ""]:
        if not line.strip():
            if len(items) > 1:
                yield Told(
                    "KB233", *items[0],
                    "the list begins right below a text, and is read as more of it",
                    "put an empty line above it", [(items[0][0], items[0][0], "\n")],
                )  # fmt: skip
            is_text, is_first, items = False, True, []
        elif is_first or _UNDERLINE.match(line):
            is_text = is_first and not _NO_TEXT.match(line)
            is_first = bool(_UNDERLINE.match(line))
        elif is_text and _ITEM.match(line):
            items.append((at, at + len(line)))
        at += len(line) + 1


def _elements(body: str) -> Iterator[Told]:
    """Elements of HTML that are opened and never closed, so that all below is in them."""
    tags = list(_ELEMENT.finditer(body)) if "<" in body else []
    if len(tags) == 2 * sum(bool(tag["end"]) for tag in tags) or any(s in body for s in _SNIPPETS):
        return
    shown = set(wikilinks.come_out(body, [tag.start() for tag in tags], 1))
    opened: dict[str, list[re.Match[str]]] = {}
    for tag in tags:
        held = opened.setdefault(tag["name"].lower(), [])
        if tag.start() in shown and not tag["end"]:
            held.append(tag)
        elif tag.start() in shown and held:
            held.pop()
    end = len(body.rstrip())
    for name, held in opened.items():
        for tag in held[:1]:
            right = f"</{name}>"
            yield Told(
                "KB233", *tag.span(), "the element that begins here does not end",
                f"write {right} on a line of its own, below what belongs to it",
                [(end, end, f"\n\n{right}")], "end it at the end of the page",
            )  # fmt: skip


def _blocks(body: str) -> Iterator[Told]:
    for found in _BLOCK.finditer(body) if "!!!" in body or "???" in body or "===" in body else ():
        if found["mark"] == "===" and found["kind"][0] != '"':
            continue
        lines = found["text"].split("\n")
        right = "\n".join(f"    {line.strip()}" for line in lines)
        yield Told(
            "KB233", found.start(), found.end("kind"),
            f"what belongs to '{found['mark']}' is not indented, so that it stands outside",
            f"indent it by four spaces:\n{right}", [(*found.span("text"), right)],
            "indent what belongs to it",
        )  # fmt: skip


def _pictures(body: str) -> Iterator[Told]:
    for found in _PICTURE.finditer(body) if "![" in body or "<img" in body else ():
        if found["html"] and _ALT.search(found["html"]):
            continue
        way, edits = (
            'write what is on it as alt="…", or alt="" where it says nothing',
            list[tuple[int, int, str]](),
        )
        if to := found["to"]:
            words = _words_of(to)
            begin = f"between the brackets{f', as ![{words}]({to})' if words else ''}"
            way = f'write what is on it {begin}, or where it says nothing <img alt="" …>'
            edits = [(found.start(), found.start("to") - 1, f"![{words}]")] if words else []
        yield Told(
            "KB234", *found.span(), "the picture has no words for who does not see it", way,
            edits, "write the words of its name",
        )  # fmt: skip


def _words_of(to: str) -> str:
    """The words that the name of a file has.

    >>> _words_of("images/tiny-kernel.png 'Title'")
    'Tiny kernel'
    """
    name = re.split(r"[?#\s]", to.strip())[0].rpartition("/")[2]
    return re.sub(r"[-_.]+|%20", " ", name.rpartition(".")[0]).strip().capitalize()


def _hides_the_rest(body: str) -> Iterator[Told]:
    """A fence of code or a comment that begins and does not end."""
    opened: re.Match[str] | None = None
    for found in _FENCE.finditer(body) if "```" in body or "~~~" in body else ():
        if opened is None:
            opened = found
        elif found["fence"].startswith(opened["fence"]) and not found["info"].strip():
            opened = None
    if opened is not None:
        blank = re.search(r"\n[ \t]*(?:\n|\Z)", body[opened.end() :])
        end = opened.end() + blank.start() if blank else len(body.rstrip())
        line = f"{opened['indent']}{opened['fence']}"
        yield Told(
            "KB233", *opened.span("fence"), "the code that begins here does not end",
            f"write {line.strip()} on a line of its own, below the code", [(end, end, f"\n{line}")],
            "end it before the next empty line",
        )  # fmt: skip


_ALWAYS: tuple[Callable[[str], Iterator[Told]], ...] = (
    _links,
    _addresses,
    _comments,
    _headings,
    _tables,
)
_IN_PAGES: tuple[Callable[[str], Iterator[Told]], ...] = (
    _blocks,
    _pictures,
    _bullets,
    _lists,
    _elements,
)
