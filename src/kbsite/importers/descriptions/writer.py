"""A tree of safe HTML to CommonMark, through markdownify.

markdownify escapes either too little to be safe or so much that nobody likes to read it. Here a
sign gets a backslash only where CommonMark would read it as markup: one that matters at the
beginning of a line is marked first, and `_settled` looks where it came to stand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from bs4.element import NavigableString, Tag
from markdownify import MarkdownConverter

from kbsite.fields import scheme_problem

BLOCKS = {
    "p", "div", "ul", "ol", "li", "blockquote", "pre", "hr", "table", "thead", "tbody", "tr", "th",
    "td", "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip

HEADING = "###"  # of whatever level: the page has those above, and none may be skipped

# No text holds these characters: what cannot be seen is taken out before.
_MARK = "\x01"  # before a sign that needs a backslash at the beginning of a line
_BREAK = "\x02"  # at the end of a line that is broken on purpose

_SPACE = re.compile(r"[ \t\r\n]+")
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_ADDRESS = re.compile(
    r"(?:https?|ftp)://[^\s<>]+|www\.[^\s<>]+|(?:mailto|xmpp):[^\s<>]+", re.IGNORECASE
)
_AFTER_ADDRESS = re.compile(r"[?!.,:;*_~'\"]+\Z")
_LIKE_ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)
_STANDS_ALONE = re.compile(r"[?!.,:;)'\"]*(?:\s|\Z)")
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_SAFE_HOST = re.compile(r"www\.[A-Za-z0-9./-]+", re.IGNORECASE)
_MAIL = re.compile(r"[A-Za-z0-9.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SIGNS = re.compile(
    r"""
      [\\`*\[\]~]
    | (?<![^\W_]) _++ | _++ (?![^\W_])  # within a word it is no markup
    | < (?!\s)
    | & (?= \#?\w{1,40}; )
    | (?<!\S) \#+ (?=\s*\Z)  # the end of a heading
    """,
    re.VERBOSE,
)
_AT_BEGINNING = re.compile(
    r"(?:\#{1,6}(?=\s|\Z) | [+-](?=[\s:|+-]|\Z) | =(?==*\s*\Z) | :(?=-) | [>|])", re.VERBOSE
)
_NUMBER_AT_BEGINNING = re.compile(r"([0-9]{1,9})(?=[.)](?:\s|\Z))")

_MADE_HERE = r"(?:[ >]|- |[0-9]{1,9}\. )*"  # how lines of quotes and lists begin
_MARKED = re.compile(rf"{_MADE_HERE}[0-9]{{0,9}}(?={_MARK})")
_NOTHING_ELSE = re.compile(rf"{_MADE_HERE}-?\Z")
_BLOCK_BEGINS = re.compile(r"[ >]*(?:- |[0-9]+\. |\#{1,6} |```|\||---\Z)")
_FENCE = re.compile(rf"{_MADE_HERE}(?P<fence>`{{3,}})\Z")


def write(tree: Tag) -> str:
    """CommonMark of a tree, without blank lines around it."""
    return _settled(_Writer(bullets="-", heading_style="atx").convert_soup(tree))


def write_lines(paragraphs: Iterable[Iterable[str]]) -> str:
    """CommonMark of bare text: paragraphs of lines; whatever looks like an address is code."""
    return _settled("\n\n".join(f"{_BREAK}\n".join(map(_bare, lines)) for lines in paragraphs))


class _Writer(MarkdownConverter):
    """What markdownify does otherwise: escaping, links, breaks, code, emphasis."""

    def process_text(self, el: NavigableString, parent_tags: Collection[str] = ()) -> str:
        if "pre" in parent_tags:
            return str(el)
        text = _SPACE.sub(" ", str(el))
        before, after, around = el.previous_sibling, el.next_sibling, el.parent
        inside = around is not None and around.name in BLOCKS
        if _is(before, BLOCKS | {"br"}) or (inside and before is None):
            text = text.lstrip(" ")
        if _is(after, BLOCKS | {"br"}) or (inside and after is None):
            text = text.rstrip(" ")
        if "_noformat" in parent_tags:
            return text
        text = self.escape(text, parent_tags)
        if text.endswith("!") and isinstance(el.next_element, Tag):
            text = text[:-1] + "\\!"  # beside a link it would make a picture of it
        return text

    def escape(self, text: str, parent_tags: Collection[str]) -> str:
        written: list[str] = []
        done = 0
        for match in _ADDRESS.finditer(text):
            address = _bare_address(match[0])
            end = match.start() + len(address)
            alone = _STANDS_ALONE.match(text, end) is not None
            written += (
                _escaped(text[done : match.start()], at_beginning=not done),
                _address(address, text[: match.start()], linked="a" in parent_tags, alone=alone),
            )
            done = end
        return "".join(written) + _escaped(text[done:], at_beginning=not done)

    def convert_a(self, el: Tag, text: str, parent_tags: Collection[str]) -> str:
        href = str(el.get("href") or "").strip()
        words = _SPACE.sub(" ", text.replace(_BREAK, "")).strip()
        if "_noformat" in parent_tags or not words or scheme_problem(href):
            return text
        bare = _SPACE.sub(" ", el.get_text()).strip()
        if bare == href and not _ENTITY.search(href):
            link = f"<{href}>"
        elif href == f"mailto:{bare}" and _MAIL.fullmatch(bare):
            link = words  # a link without any markup
        elif href == f"http://{bare}" and _SAFE_HOST.fullmatch(bare):
            link = bare
        else:
            target = _ENTITY.sub("&amp;", href)
            link = f"[{words}](<{target}>)" if re.search(r"[()]", href) else f"[{words}]({target})"
        return _spaced(text, link)

    def convert_b(self, el: Tag, text: str, parent_tags: Collection[str]) -> str:
        return _emphasised(el, text, "**", parent_tags)

    def convert_em(self, el: Tag, text: str, parent_tags: Collection[str]) -> str:
        return _emphasised(el, text, "*", parent_tags)

    def convert_del(self, el: Tag, text: str, parent_tags: Collection[str]) -> str:
        return _emphasised(el, text, "~~", parent_tags)

    convert_strong, convert_i, convert_s = convert_b, convert_em, convert_del

    def convert_sub(self, el: Tag, text: str, parent_tags: Collection[str]) -> str:
        return _raised(el, text, parent_tags)

    convert_sup = convert_sub

    def convert_br(self, _el: Tag, _text: str, parent_tags: Collection[str]) -> str:
        if "pre" in parent_tags:
            return "\n"
        return " " if {"_inline", "_noformat"} & {*parent_tags} else f"{_BREAK}\n"

    def convert_code(self, _el: Tag, text: str, parent_tags: Collection[str]) -> str:
        if "_noformat" in parent_tags:
            return text
        return _spaced(text, _code(text.strip())) if text.strip() else text

    convert_kbd = convert_code

    def convert_pre(self, _el: Tag, text: str, parent_tags: Collection[str]) -> str:
        if not text.strip():
            return ""
        if "_inline" in parent_tags:
            return _code(" ".join(text.split()))
        fence = "`" * max(3, _longest_run(text) + 1)
        lines = [line.rstrip() for line in text.strip("\n").split("\n")]
        return "\n".join(("", "", fence, *lines, fence, "", ""))

    def convert_hN(  # noqa: N802
        self, _n: int, _el: Tag, text: str, parent_tags: Collection[str]
    ) -> str:
        words = " ".join(text.replace(_BREAK, "").split())
        if "_inline" in parent_tags or not words:
            return words
        return f"\n\n{HEADING} {words}\n\n"

    def convert_blockquote(self, _el: Tag, text: str, parent_tags: Collection[str]) -> str:
        text = text.strip(" \n")
        if "_inline" in parent_tags or not text:
            return f" {text} "
        return "\n\n" + "\n".join(f"> {line}".rstrip() for line in text.split("\n")) + "\n\n"

    def convert_li(self, el: Tag, text: str, parent_tags: Collection[str]) -> str:  # noqa: ARG002
        text = text.strip()
        if not text:
            return "\n"
        number = el.get("value")  # by `trees`, in ordered lists
        marker = f"{number}. " if number else "- "
        inner = text.replace("\n", "\n" + " " * len(marker))
        return f"{marker}{inner}\n"

    def convert_td(self, _el: Tag, text: str, parent_tags: Collection[str]) -> str:  # noqa: ARG002
        words = " ".join(text.split()).replace("|", "\\|")
        return f" {words} |"

    convert_th = convert_td


def _bare(line: str) -> str:
    words = line.split()
    return " ".join(
        _code(word) if _LIKE_ADDRESS.search(word) else _escaped(word, at_beginning=not number)
        for number, word in enumerate(words)
    )


def _is(node: object, names: Collection[str]) -> bool:
    return isinstance(node, Tag) and node.name in names


def _escaped(text: str, *, at_beginning: bool) -> str:
    marked = ""
    if at_beginning:
        bare = text.lstrip(" ")
        space, text = text[: len(text) - len(bare)], bare
        if number := _NUMBER_AT_BEGINNING.match(text):
            marked, text = f"{space}{number[0]}{_MARK}", text[number.end() :]
        elif _AT_BEGINNING.match(text):
            marked, text = f"{space}{_MARK}{text[0]}", text[1:]
        else:
            marked = space
    return marked + _SIGNS.sub(lambda found: re.sub(r"(.)", r"\\\1", found[0]), text)


def _bare_address(address: str) -> str:
    """An address without the signs of the sentence behind it."""
    while True:
        bare = _AFTER_ADDRESS.sub("", address)
        if bare.endswith(")") and bare.count(")") > bare.count("("):
            bare = bare[:-1]
        if bare == address:
            return bare
        address = bare


def _address(address: str, before: str, *, linked: bool, alone: bool) -> str:
    """An address in a text: a link where it can be one, else words that do not become one."""
    scheme = address.partition(":")[0].lower()
    if "xmpp:" in address.lower() or (scheme == "mailto" and before[-1:] in {*".+-_"}):
        return _code(address)
    if not linked:
        if alone and _SAFE_HOST.fullmatch(address):
            return address
        web = scheme in {"http", "https"} and not _ENTITY.search(address)
        if web and not scheme_problem(address):
            return f"<{address}>"
    words = _escaped(address, at_beginning=False).replace("://", "\\://")
    return re.sub(r"(?i)(www)\.", r"\1\\.", words)


def _spaced(around: str, text: str) -> str:
    """`text` with the spaces that are around the text it stands for."""
    before = " " if around[:1] == " " else ""
    return f"{before}{text}{' ' if around[-1:] == ' ' else ''}"


def _code(text: str) -> str:
    run = _longest_run(text)
    ticks = "`" * (run + 1)
    return f"{ticks} {text} {ticks}" if run else f"{ticks}{text}{ticks}"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall(r"`+", text)), default=0)


def _emphasised(el: Tag, text: str, marker: str, parent_tags: Collection[str]) -> str:
    """Text in emphasis, which CommonMark knows only where words begin and end.

    A sign at the end of the text, with a letter behind it, is taken out: `**Note**:now`.
    """
    words = text.strip(f" \n{_BREAK}")
    if "_noformat" in parent_tags or not words:
        return text
    tail = ""
    if _letter(el.next_sibling, 0) and not words[-1].isalnum():
        if not isinstance(el.contents[-1], NavigableString):
            return text
        bare = re.sub(r"[^\w\s]+\Z", "", words)
        words, tail = bare, words[len(bare) :]
    if not words or (_letter(el.previous_sibling, -1) and not words[0].isalnum()):
        return text
    return _spaced(text, f"{marker}{words}{marker}{tail}")


def _letter(node: object, at: int) -> bool:
    return isinstance(node, NavigableString) and bool(node) and str(node)[at].isalnum()


def _raised(el: Tag, text: str, parent_tags: Collection[str]) -> str:
    if "_noformat" in parent_tags or not text.strip():
        return text
    return f"<{el.name}>{text.strip()}</{el.name}>"


def _settled(text: str) -> str:
    """The text with its marks made into backslashes or taken away, and its blank lines tidied."""
    lines: list[str] = []
    broken = False  # whether the line before is to be broken
    fence = ""
    for raw in text.split("\n"):
        found = _FENCE.match(raw)
        if fence:
            lines.append(raw)
            fence = "" if found and found["fence"] == fence else fence
            continue
        line = _SPACES.sub(" ", _marked(raw).replace(_BREAK, "")).rstrip()
        empty = _NOTHING_ELSE.match(line) is not None
        if broken and not empty and not _BLOCK_BEGINS.match(raw):
            lines[-1] += "\\"
        broken = raw.rstrip().endswith(_BREAK) and not empty
        fence = found["fence"] if found else ""
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n")


def _marked(line: str) -> str:
    if first := _MARKED.match(line):
        line = f"{line[: first.end()]}\\{line[first.end() + 1 :]}"
    return line.replace(_MARK, "")
