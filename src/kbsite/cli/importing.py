"""`kbsite import` and `kbsite enrich`: what others published, into records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from kbsite.cli.exits import DONE, exits
from kbsite.cli.groups import Group
from kbsite.cli.options import completing, quiet_option, root_option

_PRETALX = (
    "pretalx exports two formats: 'kbsite import c3voc' reads its schedule.json, "
    "'kbsite import frab' its schedule.xml"
)
_TABLE = "'kbsite import table' reads CSV, JSON and JSON lines, by a map of the columns"
_ELSEWHERE = {
    "pretalx": _PRETALX,
    "pentabarf": "'kbsite import frab' reads it",
    "ics": "'kbsite import ical' reads it, and 'kbsite import sched' that of Sched",
    "csv": _TABLE,
    "json": _TABLE,
    "excel": f"save the sheet as CSV; {_TABLE}",
    "xlsx": f"save the sheet as CSV; {_TABLE}",
    "youtube": "'kbsite enrich' takes the recordings of a playlist to the sessions of an event",
}

_MORE = {"sessionize": "That is one of its views: All data, Sessions or GridSmart.\n\n"}


@click.group("import", cls=Group, elsewhere=_ELSEWHERE)
def import_() -> None:
    """Turn a published schedule into records of an event."""


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day, such as 2031-03-23") from None


def _zone(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    from zoneinfo import available_timezones

    if value in available_timezones():
        return value
    from kbsite.slugs import nearest
    from kbsite.wording import did_you_mean

    hint = did_you_mean(nearest(value, available_timezones()), "write an IANA name")
    raise click.BadParameter(f"there is no time zone {value!r}; {hint}")


def _questions(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    pairs = [value.rpartition("=") for value in values]
    if wrong := next((what for question, _, what in pairs if not question.strip()), None):
        raise click.BadParameter(f"{wrong!r} says no question; write it as 'YouTube Video'=video")
    return {question.strip(): what.strip() for question, _, what in pairs}


_tables_option = click.option(
    "--tables",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A TOML file with more of the organisers' words and what they mean; may be repeated.",
)
_all_option = click.option(
    "--all", "every", is_flag=True, help="List everything that happened, however much."
)
_form_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to say what happened: 'text' for people, 'json' (everything) for programs.",
)
_map_option = click.option(
    "--map",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A TOML file that says which column of a table holds what.",
)


def _import_command(system: str, what: str, *more: Callable[[Any], Any]) -> click.Command:
    @click.argument("source")
    @click.option(
        "--event",
        required=True,
        metavar="ID",
        shell_complete=completing("event"),
        help="The event: the name of its folder in sessions/, such as example-conf-2031.",
    )
    @root_option
    @quiet_option
    @click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
    @_form_option
    @_all_option
    @click.option(
        "--abstracts",
        is_flag=True,
        help="Import abstracts too. They belong to their authors: ask first.",
    )
    @click.option("--logistics", is_flag=True, help="Import breaks, registration and the like too.")
    @click.option("--reread", is_flag=True, help="Look for people anew in titles read before.")
    @_tables_option
    @click.option("--name", help="What a new event is called, if the source does not say it.")
    @click.option("--short", help="A new event's short name, such as 'NA 2031'.")
    @click.option("--series", help="The series a new event is an edition of, such as 'KubeCon'.")
    @click.option(
        "--timezone",
        callback=_zone,
        metavar="ZONE",
        help="A new event's time zone, by its IANA name, such as Europe/Paris.",
    )
    @click.option(
        "--start", callback=_day, metavar="DAY", help="A new event's first day, as 2031-03-23."
    )
    @click.option(
        "--end", callback=_day, metavar="DAY", help="A new event's last day, as 2031-03-26."
    )
    @click.option("--city", help="The city a new event is held in.")
    @click.option("--country", help="A new event's country: two letters, or its name in English.")
    @click.option("--venue", help="The building a new event is held in.")
    @click.option("--url", help="The address of a new event's own site.")
    @exits
    def command(
        root: Path | None,
        *,
        source: str,
        event: str,
        quiet: bool,
        form: str,
        every: bool,
        **rest: Any,
    ) -> int:
        from kbsite.commands import importing

        options = ("dry_run", "abstracts", "logistics", "reread", "tables", "map", "questions")
        asked = {name: rest.pop(name) for name in options if name in rest}
        asked |= {"system": system, "source": source, "event": event}
        importing.run(root, rest, form=form, quiet=quiet, every=every, **asked)
        return DONE

    for option in more:
        command = option(command)
    command.__doc__ = (
        f"Import {what}.\n\n{_MORE.get(system, '')}SOURCE is a file, '-' for standard input, or an "
        "http(s) address. Imported again, a source only changes what nobody changed by hand."
    )
    return click.command(system)(command)


for _system, _what in (
    ("sched", "the iCalendar export of Sched, which KubeCon uses"),
    ("ical", "an iCalendar file of any other system"),
    ("c3voc", "a schedule.json of c3voc or pretalx"),
    ("frab", "a schedule.xml of frab, pentabarf or pretalx"),
):
    import_.add_command(_import_command(_system, _what))

import_.add_command(
    _import_command(
        "sessionize",
        "the JSON of Sessionize's API",
        click.option(
            "--question",
            "questions",
            multiple=True,
            callback=_questions,
            metavar="QUESTION=WHAT",
            help="A question whose answers are public, as 'YouTube Video'=video: a kind of link, "
            "or track, level, format, type or language.",
        ),
    )
)


@import_.command()
@click.argument("source", metavar="FILE")
@root_option
@quiet_option
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@_all_option
@exits
def projects(root: Path | None, *, source: str, quiet: bool, dry_run: bool, every: bool) -> int:
    """Write a page for each project in a foundation's list.

    FILE is YAML or JSON: a list of entries with a name and, as far as they are known, aliases, url,
    repo, category, maturity, accepted, incubating, graduated and archived. It may be an http(s)
    address, or '-' for standard input. Imported again, a list only changes what nobody changed by
    hand.
    """
    from kbsite.commands import listing

    listing.run(root, source, dry_run=dry_run, quiet=quiet, every=every)
    return DONE


import_.add_command(
    _import_command("table", "CSV, JSON or JSON lines, by a map of its columns", _map_option)
)


@click.command()
@click.argument("event", shell_complete=completing("event"))
@click.argument("source", metavar="FILE")
@root_option
@quiet_option
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@_form_option
@_all_option
@click.option(
    "--as",
    "system",
    type=click.Choice(["playlist", "table", "sched", "ical", "c3voc", "frab", "sessionize"]),
    help="What FILE is; by default a table if a map is given, else a playlist.",
)
@_map_option
@_tables_option
@exits
def enrich(
    root: Path | None, *, system: str | None, map: Path | None, quiet: bool, form: str, **asked: Any
) -> int:
    """Add what another source knows to sessions of an EVENT.

    That is recordings, slides, rooms, levels and times that a record leaves open. EVENT is the name
    of its folder in sessions/. FILE is a file,
    '-' for standard input, or an http(s) address: a table with its map, a schedule, or the list of
    videos that yt-dlp --flat-playlist -J writes. Only what is certain is written.
    """
    from kbsite.commands import enriching

    system = system or ("table" if map else "playlist")
    enriching.run(root, form=form, quiet=quiet, system=system, map=map, **asked)
    return DONE
