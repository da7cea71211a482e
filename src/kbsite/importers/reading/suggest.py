"""Themes that a description seems to be about: their keywords, found as whole words."""

from __future__ import annotations

from collections.abc import Mapping

from kbsite import records
from kbsite.phrases import Phrase, Phrases


class Suggester:
    """Finds the keywords of `themes`, which maps ids to records, in any case and accents."""

    def __init__(self, themes: Mapping[str, records.Theme]) -> None:
        self._keywords = Phrases(
            Phrase(keyword, (own, keyword))
            for own, theme in themes.items()
            for keyword in theme.keywords
        )

    def matches(self, text: str) -> dict[str, tuple[str, ...]]:
        """The themes whose keywords stand in `text`, with those keywords, in order of the ids.

        >>> s = Suggester({"ebpf": records.Theme(name="eBPF", keywords=("ebpf", "bpf"))})
        >>> s.matches("eBPF-based, not BPFtrace"), s.matches("webpf")
        ({'ebpf': ('ebpf',)}, {})
        """
        found: dict[str, dict[str, None]] = {}
        for each in self._keywords.found(text):
            own, keyword = each.means
            found.setdefault(own, {})[keyword] = None
        return {own: tuple(words) for own, words in sorted(found.items())}
