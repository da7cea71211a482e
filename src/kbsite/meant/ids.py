"""Ids, by the texts, names of files and addresses that people write for them."""

from __future__ import annotations

import re
from urllib.parse import unquote

from kbsite import slugs
from kbsite.meant.meaning import NOTHING, Meaning

WORDS = 4  # of a text that make an id of it

_INNER_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])")
_ONLY_SIGNS = re.compile(r"[\w\s.,;:!?'\"/&()-]+\Z", re.ASCII)
_END = re.compile(r"(?:\.ya?ml|\.html|/index\.html)?/*\Z")
_LINK = re.compile(r"\[\[\s*[A-Za-z-]+\s*:\s*([^\[\]|]+?)\s*(?:\|[^\[\]]*)?\]\]\Z")
_SMALL = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "for", "from", "has", "have", "in",
    "is", "it", "its", "not", "of", "on", "or", "our", "so", "that", "the", "their", "there",
    "they", "this", "to", "was", "we", "were", "when", "which", "will", "with", "you", "your",
})  # fmt: skip


def id(text: str) -> Meaning:
    """The id that a text is when it is written as one.

    >>> id("Measure first!"), id("MeasureFirst").values, id("measure_first").values
    (Meaning(values=('measure-first',), certain=True), ('measure-first',), ('measure-first',))
    """
    found = slugs.slug(_INNER_CAPITAL.sub("-", text))
    if not found:
        return NOTHING
    certain = len(text) <= slugs.ID_LIMIT and _ONLY_SIGNS.match(text) is not None
    return Meaning((found,), certain)


def linked(text: str) -> str:
    """What a text leads to that is a link of prose, and nothing else; empty if it is none.

    >>> linked("[[theme:kernel|kernels]]"), linked("theme:kernel")
    ('kernel', '')
    """
    found = _LINK.match(text.strip())
    return found[1] if found else ""


def from_text(text: str) -> str:
    """A short id of the first words of a text that say something; empty if there are none.

    >>> from_text("Measure before you move, and after."), from_text("It is what it is")
    ('measure-before-move-after', 'it-is-what-it')
    """
    words = slugs.slug(text[:400]).split("-")
    telling = [word for word in words if word not in _SMALL]
    return "-".join((telling if len(telling) > 1 else words)[:WORDS])[: slugs.ID_LIMIT].strip("-")


def session(text: str) -> Meaning:
    """The id of a session by a part of its address, or by its file.

    >>> session("https://kb.example.org/sessions/example-conf/kernel-news/").values
    ('example-conf/kernel-news',)
    >>> session("sessions/example-conf/kernel-news.yaml")
    Meaning(values=('example-conf/kernel-news',), certain=True)
    """
    bare = _END.sub("", unquote(text.strip().partition("#")[0].partition("?")[0]))
    event, slash, stem = "/".join(bare.split("/")[-2:]).partition("/")
    found = f"{slugs.slug(event)}/{slugs.slug(stem)}"
    if not slash or ".." in bare or not slugs.is_session_id(found):
        return NOTHING
    alone = bare.count("/") == 1 or bare.rpartition("sessions/")[2] == found
    return Meaning((found,), alone and found == f"{event}/{stem}")


def learning(text: str) -> Meaning:
    """The key of a learning, by its address or with an id that is none yet.

    >>> learning("https://kb.example.org/sessions/conf/talk/#learning-measure-first").values
    ('conf/talk#measure-first',)
    >>> learning("#Measure first").values, learning("conf/talk").values
    (('#measure-first',), ())
    >>> learning("conf/talk/measure-first").values
    ('conf/talk#measure-first',)
    """
    if "#" not in text and (parts := text.strip().split("/"))[2:] and all(map(slugs.is_id, parts)):
        return Meaning.of(f"{'/'.join(parts[-3:-1])}#{parts[-1]}")
    before, _, own = text.strip().rpartition("#")
    found = slugs.slug(own.removeprefix("learning-"))
    if not found or (not before and "/" in own):
        return NOTHING
    if not before:
        return Meaning.of(f"#{found}")
    near = session(before).values
    return Meaning.of(f"{near[0]}#{found}") if near else NOTHING
