"""The certain cures, made in the files; all or none of one cure, and nothing through a link."""

from __future__ import annotations

import time
from bisect import bisect, insort
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kbsite.changes import Span, Text, replaced
from kbsite.disk import Disk
from kbsite.errors import Cure, Edit, Move, NewFile, Problem
from kbsite.findings import Mended
from kbsite.pipeline import Prepared
from kbsite.tree import Instead

ROUNDS = 10  # of cures that wait for others


@dataclass(frozen=True, kw_only=True)
class Mending:
    """What was mended, what the files hold then, what they held before, and what is left."""

    mended: tuple[Mended, ...]
    files: Instead
    before: Instead
    prepared: Prepared


def mend(root: Path, check: Callable[[Instead], Prepared], holds: Callable[[str], bool]) -> Mending:
    """Make every certain cure of a problem in a file that `holds` says is meant; none is written.

    Cures that meet wait for the next round. One after which its problem is still there is not made.
    """
    held = Disk(root.resolve(), time.time_ns())
    files: dict[str, bytes | None] = {}
    done: list[Mended] = []
    refused: set[Mended] = set()
    prepared = check({})
    for _ in range(ROUNDS):
        found = [
            Mended(problem, cure)
            for problem in prepared.problems
            if holds(problem.file)
            for cure in problem.cures[:1]
            if cure.certain
        ]
        batch = _Batch(held, files)
        made = [each for each in found if each not in refused and batch.takes(each.cure)]
        if not made:
            break
        after = check(batch.files())
        failed = _failed(made, prepared.problems, after.problems)
        if failed:
            refused |= failed
            continue
        done += made
        files, prepared = batch.files(), after
    changed = {path: raw for path, raw in files.items() if raw != held.held[path]}
    return Mending(mended=tuple(done), files=changed, before=held.held, prepared=prepared)


def _failed(
    made: Sequence[Mended], before: Iterable[Problem], after: Iterable[Problem]
) -> set[Mended]:
    """Those whose problem is told as often as before, wherever in its file that is by now."""
    expected = Counter(map(_key, before))
    expected.subtract(_key(problem) for problem, _ in made)
    told = Counter(map(_key, after))
    return {each for each in made if told[_key(each.problem)] > expected[_key(each.problem)]}


def _key(problem: Problem) -> tuple[str, str, str, str]:
    return problem.code, problem.file, problem.field, problem.message


@dataclass
class _Batch:
    """Cures that are made at once, over files as they are by now."""

    disk: Disk
    now: Instead
    texts: dict[str, Text] = field(default_factory=dict)
    taken: dict[str, list[Span]] = field(default_factory=dict)
    whole: dict[str, bytes | None] = field(default_factory=dict)

    def takes(self, cure: Cure) -> bool:
        """Whether a cure can be made beside those before it; it is then made."""
        edits: dict[str, list[Edit]] = {}
        whole: dict[str, bytes | None] = {}
        try:
            for change in cure.changes:
                if isinstance(change, Edit):
                    edits.setdefault(change.file, []).append(change)
                else:
                    whole |= self._whole(change)
            spans = {path: self._text(path).spans(own) for path, own in edits.items()}
        except (ValueError, OSError):  # also for bytes that are no UTF-8
            return False
        if spans.keys() & whole.keys() or spans.keys() & self.whole.keys():
            return False
        if whole.keys() & (self.whole.keys() | self.taken.keys()):
            return False
        if any(self._meets(path, span) for path, own in spans.items() for span in own):
            return False
        for path, own in spans.items():
            for span in own:
                insort(self.taken.setdefault(path, []), span, key=_place)
        self.whole |= whole
        return True

    def files(self) -> dict[str, bytes | None]:
        """All files that are not as they were, with what they hold now."""
        out = {**self.now, **self.whole}
        for path, spans in self.taken.items():
            out[path] = replaced(self.texts[path].text, spans).encode()
        return out

    def _meets(self, path: str, span: Span) -> bool:
        """Whether a span meets one that is taken; those are in order and do not meet."""
        taken = self.taken.get(path, [])
        at = bisect(taken, _place(span), key=_place)
        return any(span.meets(other) for other in taken[max(0, at - 2) : at + 2])

    def _whole(self, change: NewFile | Move) -> dict[str, bytes | None]:
        """What a change makes of whole files; ValueError where one is in the way."""
        to = change.file if isinstance(change, NewFile) else change.to
        if self._raw(to) is not None:
            raise ValueError(f"{to} is there")
        if isinstance(change, NewFile):
            return {to: change.text.encode()}
        return {to: self._text(change.file).text.encode(), change.file: None}

    def _raw(self, path: str) -> bytes | None:
        held = self.disk.read(path)
        return self.now.get(path, held)

    def _text(self, path: str) -> Text:
        """Raises ValueError where there is none."""
        if path not in self.texts:
            raw = self._raw(path)
            if raw is None:
                raise ValueError(f"there is no {path}")
            self.texts[path] = Text(raw.decode())
        return self.texts[path]


def _place(span: Span) -> tuple[int, int]:
    return span.start, span.end
