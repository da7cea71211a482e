"""Which format reads a source, and what is said of a source that it cannot read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from kbsite.errors import ContentError, UsageError
from kbsite.importers.formats import c3voc, frab, playlist, sched, sessionize, table, tablemap
from kbsite.importers.reading.tablefile import TablesError, read
from kbsite.importers.reading.tables import Tables, tables
from kbsite.importers.schedule import Parser, Schedule, SourceError
from kbsite.importers.web import Fetched
from kbsite.sources import file_problem

TABLE = "table"  # read by a map
PLAYLIST = "playlist"  # no schedule: it only tells of sessions that are known

FORMATS: Mapping[str, Parser] = {
    "sched": sched.parse,
    "ical": sched.parse,
    "c3voc": c3voc.parse,
    "frab": frab.parse,
    "sessionize": sessionize.parse,
    PLAYLIST: playlist.parse,
}


def parser(system: str, *, map: Path | None, questions: Mapping[str, str]) -> Parser:
    """What reads a source; `map` is the file of the map of a table, `questions` are Sessionize's.

    Raises UsageError for a map or questions that cannot be used.
    """
    if questions:
        for what in questions.values():
            if what not in sessionize.ANSWERS:
                may_be = ", ".join(sessionize.ANSWERS)
                raise UsageError(f"the answer to a question cannot be '{what}'; it may be {may_be}")
        return partial(sessionize.parse, questions=questions)
    if system != TABLE:
        return FORMATS[system]
    if map is None:
        raise UsageError("a table needs a map of its columns; add --map FILE")
    try:
        return partial(table.parse, mapped=tablemap.read(_text(map)))
    except tablemap.MapError as error:
        raise UsageError(f"{map}: {error}") from None


def parsed(parse: Parser, source: Fetched) -> Schedule:
    """What a source says. Raises ContentError."""
    try:
        schedule = parse(source.data)
    except SourceError as error:
        raise ContentError(
            [file_problem("KB401", source.name, error.message, error.hint, error.line)]
        ) from (None)
    if not schedule.entries:
        message = "the source has no entries"
        hint = "check that it is the whole schedule, and published"
        raise ContentError([file_problem("KB401", source.name, message, hint)])
    return schedule


def all_tables(paths: Sequence[Path]) -> Tables:
    """kbsite's own tables and those in files. Raises UsageError."""
    files = []
    for path in paths:
        try:
            files.append(read(_text(path)))
        except TablesError as error:
            raise UsageError(f"{path}: {error}") from None
    return tables(*files)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from None
