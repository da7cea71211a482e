"""The process that reads the whole knowledge base, again and again, for the one that talks.

It ends when nobody asks any more. What it is told and what it tells goes through its standard input
and output.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import IO, Any

from kbsite import archive, catalog
from kbsite.errors import KbsiteError, Problem, UsageError
from kbsite.library import Library
from kbsite.lsp import references
from kbsite.lsp.index import Index
from kbsite.lsp.known import known
from kbsite.lsp.messages import (
    LENGTH,
    Ask,
    Failure,
    Key,
    Known,
    Places,
    Survey,
    Who,
    packed,
    unpacked,
)
from kbsite.pipeline import UNCONFIGURED, Prepared, Settings, config_file, prepare
from kbsite.plugin import settings
from kbsite.recent import Recent
from kbsite.team import batches

PART = 400  # things in a part of an answer: few enough that nobody who writes has to wait for it
TOLD = 20  # files in a part of which problems are told: an editor takes its time with each


class Surveyor:
    """One knowledge base, with the drafts that are open."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._recent = Recent()
        self._drafts: dict[str, bytes] = {}
        self._known: dict[Key, Known] = {}
        self._told: dict[str, tuple[Problem, ...]] = {}
        self._library = Library()

    def answer(self, asked: Ask) -> Iterator[Survey | Failure]:
        """What is found now, in parts."""
        for path, text in asked.drafts.items():
            if text is None:
                self._drafts.pop(path, None)
            else:
                self._drafts[path] = text.encode(errors="surrogatepass")
        try:
            said, site, trouble = self._settings()
            prepared = prepare(
                self._root,
                settings=said,
                packs=archive.packs(self._root),
                recent=self._recent,
                instead=self._drafts,
            )
        except (KbsiteError, OSError) as error:
            yield Failure(str(error))
            return
        self._library = prepared.library
        told = self._other_problems(prepared)
        new, gone = self._news(prepared)
        problems, names = batches([*told.items()], TOLD), batches([*new.items()], PART)
        last = max(len(problems), len(names), 1) - 1
        for at in range(last + 1):
            some = dict(chain.from_iterable(problems[at : at + 1]))
            others = dict(chain.from_iterable(names[at : at + 1]))
            yield Survey(some, others, () if at else gone, site, trouble, more=at < last)

    def places(self, asked: Who) -> Places:
        """Where something is named."""
        thing = next(each for each in catalog.THINGS if each.name == asked.thing)
        index = Index()
        index.update({key: each for key, each in self._known.items() if key[0] == thing.name}, ())
        return Places(tuple(references.places(self._library, index, thing, set(asked.ids))))

    def _settings(self) -> tuple[Settings, str, str]:
        """What the configuration says, the site's address, and why it can say nothing."""
        file = config_file(self._root)
        if file is None:
            return UNCONFIGURED, "", ""
        try:
            config, said = settings.read(file)
        except UsageError as error:
            return UNCONFIGURED, "", str(error)
        return said, config.site_url or "", ""

    def _other_problems(self, prepared: Prepared) -> Mapping[str, tuple[Problem, ...]]:
        """All problems of each file that has others than it had."""
        found: dict[str, list[Problem]] = {}
        for problem in prepared.problems:
            mine = problem if problem.file in self._drafts else replace(problem, cures=())
            found.setdefault(problem.file, []).append(mine)
        told = {file: tuple(problems) for file, problems in found.items()}
        gone = dict.fromkeys(self._told.keys() - told.keys(), ())
        others = {file: each for file, each in told.items() if self._told.get(file) != each}
        self._told = told
        return others | gone

    def _news(self, prepared: Prepared) -> tuple[Mapping[Key, Known], tuple[Key, ...]]:
        """What is other than it was. Of a file with errors it stays, for as long as it has them."""
        broken = {each.file for each in prepared.problems if each.severity == "error"}
        found = known(prepared.graph)
        for key, each in self._known.items():
            if key not in found and each.file in broken:
                found[key] = each
        new = {key: each for key, each in found.items() if self._known.get(key) != each}
        gone = tuple(key for key in self._known if key not in found)
        self._known = found
        return new, gone


def main() -> None:
    """Answer until nobody asks."""
    source, answers = _pipes()
    surveyor = Surveyor(Path(sys.argv[1]))
    while head := source.read(LENGTH.size):
        asked: Any = unpacked(source.read(*LENGTH.unpack(head)))
        try:
            if isinstance(asked, Who):
                _send(answers, surveyor.places(asked))
                continue
            for answer in surveyor.answer(asked):
                _send(answers, answer)
        except Exception as error:  # noqa: BLE001  # whatever it was, the next draft may be better
            _send(answers, Failure(f"kbsite itself failed, please report it: {error!r}"))


def _send(answers: IO[bytes], answer: Survey | Places | Failure) -> None:
    answers.write(packed(answer))
    answers.flush()


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Standard input and output, out of the reach of whatever else would read or print."""
    source, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return source, answers


if __name__ == "__main__":
    main()
