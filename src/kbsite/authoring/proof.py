"""What `kbsite check` will say of a change that is not made yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from kbsite.effects import came_up
from kbsite.errors import Problem
from kbsite.tree import Instead

Check = Callable[[Instead], Iterable[Problem]]


def new_problems(check: Check, files: Instead) -> tuple[Problem, ...]:
    """The problems that there are with some files and not without them.

    `check` gives those of the knowledge base with files in the place of what is on disk.
    """
    after = tuple(check(files))
    if not after:
        return ()
    before = tuple(check({}))
    elsewhere = came_up(_apart(after, files), _apart(before, files))
    known = Counter(_said(each) for each in before if each.file in files)
    own = []
    for each in after:
        if each.file not in files:
            continue
        if known[_said(each)]:
            known[_said(each)] -= 1
        else:
            own.append(each)
    return (*own, *elsewhere)


def _apart(problems: Iterable[Problem], files: Instead) -> list[Problem]:
    return [each for each in problems if each.file not in files]


def _said(problem: Problem) -> tuple[str, str, str, str]:
    """What a problem says, wherever in its file it has come to stand."""
    return problem.code, problem.file, problem.field, problem.message
