"""Themes that a description seems to be about: their names and keywords, as whole words."""

from __future__ import annotations

from collections.abc import Mapping

from kbsite import records
from kbsite.phrases import Phrase, Phrases


class Suggester:
    """Finds the words of `themes`, which maps ids to records, in any case and accents."""

    def __init__(self, themes: Mapping[str, records.Theme]) -> None:
        self._phrases = Phrases(
            Phrase(words, (own, words))
            for own, theme in themes.items()
            for words in (theme.name, *theme.aliases, *theme.keywords)
        )

    def matches(self, text: str) -> dict[str, tuple[str, ...]]:
        """The themes whose names or keywords stand in `text`, with those words, by their ids.

        >>> s = Suggester({"ebpf": records.Theme(name="eBPF", keywords=("bpf",))})
        >>> s.matches("eBPF-based, not BPFtrace"), s.matches("webpf")
        ({'ebpf': ('eBPF',)}, {})
        """
        found: dict[str, dict[str, None]] = {}
        for each in self._phrases.found(text):
            own, words = each.means
            found.setdefault(own, {})[words] = None
        return {own: tuple(said) for own, said in sorted(found.items())}
