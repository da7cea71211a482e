"""Themes that a text seems to be about: their keywords, found as whole words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kbsite import records, slugs


class Suggester:
    """Finds the keywords of `themes`, which maps ids to records, in any case and accents."""

    def __init__(self, themes: Mapping[str, records.Theme]) -> None:
        self._themes = {
            own: (_pattern(theme.keywords), {slugs.fold(word): word for word in theme.keywords})
            for own, theme in themes.items()
            if theme.keywords
        }

    def matches(self, text: str) -> dict[str, tuple[str, ...]]:
        """The themes whose keywords stand in `text`, with those keywords, in order of the ids.

        >>> s = Suggester({"ebpf": records.Theme(name="eBPF", keywords=("ebpf", "bpf"))})
        >>> s.matches("eBPF-based, not BPFtrace"), s.matches("webpf")
        ({'ebpf': ('ebpf',)}, {})
        """
        folded = slugs.fold(text)
        found = {
            own: tuple(dict.fromkeys(words[match] for match in pattern.findall(folded)))
            for own, (pattern, words) in self._themes.items()
        }
        return {own: words for own, words in sorted(found.items()) if words}


def _pattern(keywords: tuple[str, ...]) -> re.Pattern[str]:
    """Longer keywords first, so that each place is told by the most that stands there."""
    folded = sorted({slugs.fold(word) for word in keywords}, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, folded))})(?!\w)")
