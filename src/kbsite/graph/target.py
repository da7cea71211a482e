"""What a link leads to, or why it leads nowhere; and a link as Markdown has it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape

from kbsite import catalog, prose, wikilinks
from kbsite.excerpts import excerpt
from kbsite.wikilinks import WikiLink

LABEL_LIMIT = 120
NO_BRACKETS = str.maketrans("", "", "[]|")
_SAID = str.maketrans(
    {
        **{c: f"\\{c}" for c in "\\`*_[]!#"},
        **{c: escape(c) for c in "&<>"},
        **{c: f"&#{ord(c)};" for c in "|{"},  # of tables, and of attributes and macros
    }
)


@dataclass(frozen=True, slots=True)
class Target:
    """`key` is "thing:id"; `path` is the address on the site, with the anchor of a learning.

    `page` is the path inside content/ of a hand-written page that it leads to; or else empty.
    """

    key: str
    path: str
    label: str
    page: str = ""

    def written(self, words: str = "") -> str:
        """The link that leads here, with other words than the label, if there are any.

        >>> Target("person:ada", "people/ada/", "Ada Example").written("she")
        '[[speaker:ada|she]]'
        """
        name, _, id = self.key.partition(":")
        words = " ".join(words.translate(NO_BRACKETS).split())
        said = f"|{words}" if words and words not in (self.label, id) else ""
        return f"[[{catalog.named(name).noun}:{id}{said}]]"


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Why a link leads nowhere; `silent` when the target exists but has problems of its own.

    `instead` are texts that may be written in the place of the whole link or, where a field says
    it, of the reference, the likeliest first; where it is `certain`, the first is what was meant.
    `code` is that of its problem, where that is not the one of all that lead nowhere.
    """

    message: str = ""
    hint: str = ""
    silent: bool = False
    instead: tuple[str, ...] = ()
    certain: bool = False
    code: str = ""


@lru_cache(maxsize=4096)  # many links may lead to one learning
def learning_label(text: str) -> str:
    """A learning's text as the words of a link: plain, and its beginning where it is long."""
    unlinked = wikilinks.replace(text, lambda link: link.words or link.target, in_prose=True)
    return excerpt(prose.to_text(unlinked), LABEL_LIMIT)


def as_markdown(link: WikiLink, target: Target, url: str) -> str:
    """A Markdown link to `url` in place of `link`."""
    words = _escaped(target.label) if link.words is None else link.words.rstrip("\\")
    return f"[{words}]({url})"


def _escaped(label: str) -> str:
    """A text as Markdown, whatever extension or plugin reads it."""
    return label.translate(_SAID)


def rewritten(link: WikiLink, *, kind: str = "", target: str = "") -> str:
    """A link with another kind or another target."""
    words = f"|{link.words}" if link.words else ""
    return f"[[{kind or link.kind}:{target or link.target}{words}]]"
