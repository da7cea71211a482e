"""Readers are given what no person would write, for as long as one likes.

    python -m tests.fuzzing [--minutes N] [--seed N] [--only NAME]

Whatever they are given, they say what is wrong with it: no other exception than the house's, every
problem at a place inside the file and with a way out, and cures that can be made and make nothing
worse. What fails is printed as small as it gets, with the command that finds it again.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from kbsite import codes, models, report
from kbsite.errors import Edit, KbsiteError, Problem
from kbsite.graph import link
from kbsite.importers import lock
from kbsite.importers.formats import table, tablemap
from kbsite.importers.reading import tablefile
from kbsite.importers.schedule import SourceError
from kbsite.importers.systems import FORMATS
from kbsite.load import load
from kbsite.parse import parse_page, parse_plain_page, parse_record
from kbsite.tree import decoded
from tests.gone_wrong import BASE, CHANGES, SMALL, Given, changed, sources, trees
from tests.growth import is_even
from tests.importers.schedules import drafter
from tests.mending import mended
from tests.odd_records import as_yaml
from tests.readers import ATOMS, READERS, pile

try:
    import resource
except ImportError:  # this system has no limits for processes
    resource = None  # type: ignore[assignment]

SECONDS = 5  # of computing that one example may take; a thousand times what it should
MEMORY = 1 << 29  # bytes that may come to those which the process has
# What keeps a text, a value or a record from being looked at: others may wait behind it.
HIDING = {
    "KB101", "KB102", "KB103", "KB106", "KB114", "KB115",
    *(code for code in codes.BY_CODE if code.startswith("KB01")),
}  # fmt: skip


@dataclass(frozen=True)
class Property:
    """What is true of any examples."""

    name: str
    holds: Callable[..., None]
    examples: tuple[st.SearchStrategy[Any], ...]


def true_of(*examples: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Property]:
    return lambda holds: Property(holds.__name__, holds, examples)


@contextmanager
def bounded() -> Iterator[None]:
    """Fail where something takes too long or, where the system can say so, too much memory."""
    begun = time.process_time()
    limits = resource.getrlimit(resource.RLIMIT_AS) if resource and _memory() else None
    if limits:
        resource.setrlimit(resource.RLIMIT_AS, (_memory() + MEMORY, limits[1]))
    try:
        yield
    finally:
        if limits:
            resource.setrlimit(resource.RLIMIT_AS, limits)
    took = time.process_time() - begun
    assert took < SECONDS, f"it took {took:.1f} seconds"


def _memory() -> int:
    """Bytes of address space that the process has; 0 where nothing says so."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    return 0


def read(file: Given) -> tuple[Problem, ...]:
    """The problems that a file has by itself."""
    path, text = file
    if path.endswith(".yaml"):
        model = models.MODELS["event" if path.endswith("/event.yaml") else "session"]
        return parse_record(model, path, text).problems
    for model in models.MODELS.values():
        parse_page(model, path, text)
    parse_plain_page(path, text)
    return parse_page(models.MODELS["theme"], path, text).problems


def assert_told_well(problems: Iterable[Problem], texts: Mapping[str, str]) -> None:
    """Each problem has a place, words and a way out, and can be shown."""
    for problem in problems:
        assert problem.code in codes.BY_CODE
        assert problem.message
        assert problem.hint, problem.message
        report.as_text(problem).encode()
        if not problem.line or problem.file not in texts:
            continue
        lines = texts[problem.file].split("\n")
        assert problem.line <= len(lines), problem
        if problem.column:
            line = lines[problem.line - 1]
            assert problem.source == line, problem
            assert 1 <= problem.column <= len(line) + 1, problem
            assert 1 <= problem.length <= max(1, len(line)), problem
        for change in (change for cure in problem.cures for change in cure.changes):
            if isinstance(change, Edit) and change.file in texts:
                assert_inside(change, texts[change.file])


def assert_inside(edit: Edit, text: str) -> None:
    lines = text.split("\n")
    start, end = (edit.line, edit.column), (edit.end_line, edit.end_column)
    assert (1, 1) <= start <= end, edit
    assert edit.end_line <= len(lines), edit
    for line, column in (start, end):
        assert 1 <= column <= len(lines[line - 1]) + 1, edit


def assert_cured(
    problems: Sequence[Problem],
    texts: dict[str, str],
    again: Callable[[dict[str, str]], Sequence[Problem]],
) -> None:
    """The first cure of a problem changes something, and what is told after it is not more."""
    curable = [problem for problem in problems if problem.cures]
    for problem in curable[:2]:
        if any(not isinstance(change, Edit) for change in problem.cures[0].changes):
            continue
        after = mended(texts, problem.cures[0])
        assert after != texts, problem
        told = again(after)
        if problem.code not in HIDING:
            worse = [each for each in told if each.severity == "error" and each not in problems]
            assert len(told) <= len(problems), (problem, worse)


@true_of(changed())
def records_that_went_wrong(file: Given) -> None:
    with bounded():
        problems = read(file)
        assert_told_well(problems, {file.path: file.text})
        assert_cured(
            problems,
            {file.path: file.text},
            lambda texts: read(Given(file.path, texts[file.path])),
        )


@true_of(trees(), st.sampled_from(sorted(models.MODELS)))
def records_of_anything(data: Any, name: str) -> None:
    text = as_yaml(data)
    page = f"---\n{text}---\n"
    with bounded():
        found = parse_record(models.MODELS[name], "a.yaml", text).problems
        assert_told_well(found, {"a.yaml": text})
        found = parse_page(models.MODELS[name], "a.md", page).problems
        assert_told_well(found, {"a.md": page})


@true_of(changed())
def knowledge_bases_that_went_wrong(file: Given) -> None:
    with bounded():
        text = decoded(file.path, file.text.encode(errors="replace"))
        assert isinstance(text, str)
        texts = {**BASE, file.path: text}
        problems = check(texts)
        assert_told_well(problems, texts)
        assert_cured(problems, texts, check)


def check(texts: Mapping[str, str]) -> list[Problem]:
    """All problems of the small knowledge base with other texts in it."""
    raw = {path: text.encode(errors="replace") for path, text in texts.items()}
    library, problems = load(SMALL, instead=raw)
    return [*problems, *link(library)[1]]


@true_of(st.binary(max_size=300) | changed().map(lambda file: file.text.encode("utf-16")))
def bytes_of_no_file(raw: bytes) -> None:
    with bounded():
        for path in ("sessions/example-conf-2031/a.yaml", "themes/a.md", "content/a.md"):
            library, problems = load(SMALL, instead={path: raw})
            problems += link(library)[1]
            text = decoded(path, raw)
            assert_told_well(problems, {path: text} if isinstance(text, str) else {})


@true_of(sources())
def schedules_that_went_wrong(source: tuple[str, str]) -> None:
    system, text = source
    with bounded(), suppress(SourceError, KbsiteError):
        for draft in drafter(FORMATS[system](text.encode(errors="replace"))).drafts():
            found = (
                parse_record(
                    models.MODELS["session"], "a.yaml", as_yaml(dict(draft.values))
                ).problems
                if draft.values
                else ()
            )
            wrong = [each for each in found if each.severity == "error"]
            assert wrong == [], draft.values


LOCK = lock.write({"a": lock.Imported(source="sched", id="1", values={"title": "One"})}, ())
MAP = 'event = "X"\ntitle = "title"\nstart = "start"\n[columns]\ntitle = "a"\n'
TABLES = '[[title]]\ntext = ["Keynote"]\nkind = "keynote"\n[[level]]\ntext = ["Easy"]\n'


@true_of(st.data())
def files_beside_records(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([LOCK, MAP, TABLES, "a,b\n1,2\n"]))
    for change in data.draw(st.lists(st.sampled_from(CHANGES[:4]), max_size=4)):
        text = change(data.draw, text)
    with bounded():
        with suppress(lock.LockError):
            lock.read(text)
        with suppress(tablefile.TablesError):
            tablefile.read(text)
        with suppress(tablemap.MapError):
            table.parse(text.encode(errors="replace"), tablemap.read(MAP))
        with suppress(tablemap.MapError):
            tablemap.read(text)


@true_of(
    st.sampled_from(sorted(READERS)),
    st.lists(st.sampled_from(ATOMS), min_size=1, max_size=3).map("".join),
    st.sampled_from(["", "x", "<div>\n", "[[theme:x]] `"]),
)
def piles_of_signs(reader: str, repeated: str, before: str) -> None:
    work, size = READERS[reader]
    assert is_even(work, lambda size: before + pile(repeated, size), size)


PROPERTIES = (
    records_that_went_wrong,
    records_of_anything,
    knowledge_bases_that_went_wrong,
    bytes_of_no_file,
    schedules_that_went_wrong,
    files_beside_records,
    piles_of_signs,
)
_SETTINGS = settings(
    database=None,
    deadline=None,
    print_blob=False,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)


def attempt(tried: Property, number: int, examples: int) -> None:
    """Try a property with examples that a number makes, always the same. Raises what fails."""
    test = given(*tried.examples)(tried.holds)
    seed(number)(settings(_SETTINGS, max_examples=examples)(test))()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    names = [each.name for each in PROPERTIES]
    arguments.add_argument("--minutes", type=float, help="how long; else, and of 0, until Ctrl-C")
    arguments.add_argument("--seed", type=int, help="where to begin; else anywhere")
    arguments.add_argument("--only", choices=names, help="one of the properties")
    arguments.add_argument("--examples", type=int, default=200, help="of each property in a round")
    asked = arguments.parse_args()
    first = random.SystemRandom().randrange(1 << 32) if asked.seed is None else asked.seed
    ends = time.monotonic() + 60 * asked.minutes if asked.minutes else float("inf")
    tried, found = 0, 0
    with suppress(KeyboardInterrupt):
        for number in itertools.count(first):
            for each in PROPERTIES:
                if asked.only in (None, each.name):
                    tried += asked.examples
                    found += _failed(each, number, asked.examples)
            print(f"seed {number}: {tried:,} examples so far, {found} failures", flush=True)
            if time.monotonic() >= ends or (asked.seed is not None and not asked.minutes):
                break
    sys.exit(1 if found else 0)


def _failed(tried: Property, number: int, examples: int) -> bool:
    try:
        attempt(tried, number, examples)
    except Exception:  # noqa: BLE001  # whatever it is, it is what is looked for
        traceback.print_exc(limit=-4)
        again = f"--seed {number} --only {tried.name} --examples {examples}"
        print(f"\nagain: python -m tests.fuzzing {again}\n", flush=True)
        return True
    return False


if __name__ == "__main__":
    main()
