"""Words that people write where they have nothing to write."""

from __future__ import annotations

import re

_WORDS = frozenset({
    "tba", "tbd", "tbc", "t.b.a.", "t.b.d.", "n/a", "n.a.", "none", "nil", "nan",
    "undefined", "unknown", "todo", "to do", "fixme", "xxx", "xx", "to be announced",
    "to be confirmed", "to be determined", "to be defined", "to be decided", "to be added",
    "to follow", "coming soon", "pending", "not available", "not applicable", "not known",
    "not specified", "not set", "no title", "no name", "no speaker", "no room", "untitled",
    "placeholder", "tba tba", "speaker tba", "tba speaker", "speaker tbd", "title tba",
    "room tba", "tbd tbd", "unbekannt", "k.a.", "k. a.", "keine angabe", "folgt", "inconnu",
    "à venir", "à confirmer", "desconocido", "por confirmar", "por definir", "não informado",
    "未定", "待定", "未知", "no abstract", "no description", "lorem ipsum", "...", "…", "#n/a",
    "#ref!", "#value!", "#name?", "(blank)", "(empty)", "(none)", "empty", "blank",
})  # fmt: skip
_SIGNS = re.compile(r"[-–—_?\s]+\Z")
_AROUND = "<>[](){}*_ .:"
_LORE = re.compile(r"lorem ipsum\b", re.IGNORECASE)
_MOST = 30  # characters of such words
LIKELY = re.compile(  # a file in which there may be one
    r"""(?mix) [:\[,-] [ ]++ ["'<(\[*]*+
        (?: tb[acd] | n/?a\b | n\.a | t\.b | none | nil | nan | un[dkt] | to[ ]?[dbf] | fixme
          | xx | coming | pending | not[ ] | no[ ] | place | speaker[ ] | title[ ] | room[ ] | k\.
          | keine | folgt | inc | à[ ] | desc | por[ ] | não | [未待…] | lorem | \.\. | \#[nrv]
          | empty | blank | [-–—_?]++ ["']? [ ]*+ (?:$|[,\]}]) )"""
)


def is_nothing(text: str) -> bool:
    """Whether a text says only that there is nothing to say.

    >>> is_nothing("TBA"), is_nothing("???"), is_nothing("<tbd>"), is_nothing("Nothing new")
    (True, True, True, False)
    """
    bare = text.strip()
    if len(bare) > _MOST:
        return _LORE.match(bare) is not None
    return (
        _SIGNS.match(bare) is not None
        or bare.lower() in _WORDS
        or bare.strip(_AROUND).lower() in _WORDS
    )
