"""The commands, and the only place where exceptions become exit codes.

A command imports what it needs when it is called, so that the others and `--help` need not wait.
"""

from __future__ import annotations

import atexit
import os
import re
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

import kbsite
from kbsite.errors import ContentError, KbsiteError, Problem, UsageError

DONE, PROBLEMS, USAGE, FAILURE, INTERRUPTED = 0, 1, 2, 3, 130


def _stop(_signal: int, _frame: object) -> None:
    """On SIGTERM, which is how CI cancels, clean up as on Ctrl-C."""
    raise KeyboardInterrupt


def _exits(command: Callable[..., int]) -> Callable[..., None]:
    """Turn what a command returns or raises into an exit code, with words on standard error."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            code = command(*args, **kwargs)
        except ContentError as error:
            _list(error.problems)
            code = PROBLEMS
        except UsageError as error:
            _complain(str(error))
            code = USAGE
        except KbsiteError as error:
            _complain(str(error))
            code = FAILURE
        except KeyboardInterrupt:
            code = INTERRUPTED
        except BrokenPipeError:  # whoever reads along has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = DONE
        except (OSError, MemoryError, RecursionError) as error:
            _complain(f"{type(error).__name__}: {error}")
            code = FAILURE
        except Exception as error:  # noqa: BLE001  # the last line before the user
            import traceback

            stack = traceback.extract_tb(error.__traceback__)
            own = Path(kbsite.__file__).parent
            place = [frame for frame in stack if Path(frame.filename).is_relative_to(own)][-1]
            _complain(
                f"kbsite itself failed ({type(error).__name__}: {error}, at "
                f"{Path(place.filename).name}:{place.lineno}); this is a bug, please report it "
                "with the records that cause it",
            )
            code = FAILURE
        sys.exit(code)

    return run


def _list(problems: Sequence[Problem]) -> None:
    from kbsite import report

    errors = report.console(stderr=True)
    report.print_problems(problems, errors)
    report.say(errors, (report.summary(problems), "bold"), "; nothing was written")


def _complain(message: str) -> None:
    from kbsite import report

    errors = report.console(stderr=True)
    first, *more = message.splitlines() or [""]
    report.say(errors, ("error: ", "bold red"), first)
    for line in more:
        report.say(errors, line)


root_option = click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The knowledge base; by default the nearest folder upward that holds sessions/.",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")


class _Program(click.Group):
    """A command that is a process: it ends as soon as all is said.

    Python would first give back each of the millions of values that the system takes back at once.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().__call__(*args, **kwargs)
        except SystemExit as ended:
            if not isinstance(ended.code, int):
                raise
            atexit._run_exitfuncs()
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:
                    stream.flush()
            os._exit(ended.code)


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(kbsite.__version__, prog_name="kbsite")
def main() -> None:
    """Turn a folder of conference-session records into a published knowledge base."""
    signal.signal(signal.SIGTERM, _stop)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what a terminal cannot show is no reason to fail
            stream.reconfigure(errors="backslashreplace")


@main.command()
@root_option
@quiet_option
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path),
    help="Where to put the site; by default site/ below the root.",
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--no-search", is_flag=True, help="Leave the search index out, which is faster.")
@click.option("--list-outputs", is_flag=True, hidden=True, help="Print the key of each file.")
@_exits
def build(
    root: Path | None,
    *,
    quiet: bool,
    site_dir: Path | None,
    strict: bool,
    no_search: bool,
    list_outputs: bool,
) -> int:
    """Check everything, build the site, and swap it in whole."""
    from kbsite.commands import building

    if list_outputs:
        building.list_outputs(root, search=not no_search)
    else:
        building.run(root, site_dir=site_dir, strict=strict, search=not no_search, quiet=quiet)
    return DONE


def _address(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    host, _, port = value.rpartition(":")
    is_port = re.fullmatch(r"[0-9]{1,5}", port) and 0 < int(port) < 65536
    if not is_port or (host != "localhost" and not _is_ip(host)):
        raise click.BadParameter(
            f"{value!r} is not HOST:PORT, such as 127.0.0.1:8000, localhost:8000 or [::1]:8000"
        )
    return value


def _is_ip(host: str) -> bool:
    """Whether this is an IP address as URLs have it: those of version 6 in brackets."""
    from ipaddress import ip_address

    inner = re.fullmatch(r"\[(.*)\]", host)
    try:
        return ip_address(inner[1] if inner else host).version == (6 if inner else 4)
    except ValueError:
        return False


@main.command()
@root_option
@click.option(
    "--addr",
    metavar="HOST:PORT",
    callback=_address,
    help="Where to serve; by default 127.0.0.1:8000.",
)
@_exits
def serve(root: Path | None, addr: str | None) -> int:
    """Show the site in a browser, and again after every change."""
    from kbsite.commands import serving

    serving.run(root, addr)
    return DONE


@main.command()
@root_option
@quiet_option
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option(
    "--suggested", is_flag=True, help="List suggested themes; to confirm one, move it to themes."
)
@_exits
def check(
    root: Path | None, *, quiet: bool, paths: Sequence[Path], strict: bool, suggested: bool
) -> int:
    """Report every problem in every record and page, or only those in PATHS."""
    from kbsite.commands import checking

    in_order = checking.run(root, paths, strict=strict, suggested=suggested, quiet=quiet)
    return DONE if in_order else PROBLEMS


@main.group("import")
def import_() -> None:
    """Turn a schedule that organisers publish into records of an event."""


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
    from kbsite.fields import did_you_mean
    from kbsite.slugs import nearest

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
    help="More tables of what the organisers' words mean, as TOML.",
)
_form_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to say what happened: a table for people, or JSON.",
)
_map_option = click.option(
    "--map",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Which column of a table says what, as TOML.",
)


def _import_command(system: str, what: str, *more: Callable[[Any], Any]) -> click.Command:
    @click.argument("source")
    @click.option("--event", required=True, metavar="ID", help="The event's folder in sessions/.")
    @root_option
    @quiet_option
    @click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
    @_form_option
    @click.option("--abstracts", is_flag=True, help="Import abstracts, if their authors allow it.")
    @click.option("--logistics", is_flag=True, help="Import breaks, registration and the like too.")
    @click.option("--reread", is_flag=True, help="Look for people anew in titles read before.")
    @_tables_option
    @click.option("--name", help="A new event's name, where the source has none.")
    @click.option("--short", help="Its short name.")
    @click.option("--series", help="What it is an edition of.")
    @click.option("--timezone", callback=_zone, metavar="ZONE", help="Its zone, as Europe/Paris.")
    @click.option("--start", callback=_day, metavar="DAY", help="Its first day.")
    @click.option("--end", callback=_day, metavar="DAY", help="Its last day.")
    @click.option("--city", help="Where it is held.")
    @click.option("--country", help="Two letters, or a name.")
    @click.option("--venue", help="The building.")
    @click.option("--url", help="Its page.")
    @_exits
    def command(
        root: Path | None, *, source: str, event: str, quiet: bool, form: str, **rest: Any
    ) -> int:
        from kbsite.commands import importing

        options = ("dry_run", "abstracts", "logistics", "reread", "tables", "map", "questions")
        asked = {name: rest.pop(name) for name in options if name in rest}
        asked |= {"system": system, "source": source, "event": event}
        importing.run(root, rest, form=form, quiet=quiet, **asked)
        return DONE

    for option in more:
        command = option(command)
    command.__doc__ = (
        f"Import {what}.\n\nSOURCE is a file, '-' for standard input, or an http(s) address. "
        "Imported again, a source only changes what nobody changed by hand."
    )
    return click.command(system)(command)


for _system, _what in (
    ("sched", "the iCalendar export of Sched, which KubeCon uses"),
    ("ical", "an iCalendar file of any other system"),
    ("c3voc", "a schedule.json of the c3voc format, which pretalx exports"),
    ("frab", "a schedule.xml of frab, pentabarf or pretalx"),
):
    import_.add_command(_import_command(_system, _what))

import_.add_command(
    _import_command(
        "sessionize",
        "JSON of Sessionize's API: the views All data, Sessions or GridSmart",
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
@_exits
def projects(root: Path | None, *, source: str, quiet: bool, dry_run: bool) -> int:
    """Write a page for each project in a foundation's list.

    FILE is YAML or JSON: a list of entries with a name and, as far as they are known, aliases, url,
    repo, category, maturity, accepted, incubating, graduated and archived. It may be an http(s)
    address, or '-' for standard input. Imported again, a list only changes what nobody changed by
    hand.
    """
    from kbsite.commands import listing

    listing.run(root, source, dry_run=dry_run, quiet=quiet)
    return DONE


import_.add_command(
    _import_command("table", "CSV, JSON or JSON lines, by a map of its columns", _map_option)
)


@main.command()
@click.argument("event")
@click.argument("source", metavar="FILE")
@root_option
@quiet_option
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@_form_option
@click.option(
    "--as",
    "system",
    type=click.Choice(["playlist", "table", "sched", "ical", "c3voc", "frab", "sessionize"]),
    help="What FILE is; by default a table if a map is given, else a playlist.",
)
@_map_option
@_tables_option
@_exits
def enrich(
    root: Path | None, *, system: str | None, map: Path | None, quiet: bool, form: str, **asked: Any
) -> int:
    """Add what another source knows to the sessions of EVENT.

    That is recordings, slides, rooms, levels and times that a record leaves open. FILE is a file,
    '-' for standard input, or an http(s) address: a table with its map, a schedule, or the list of
    videos that yt-dlp --flat-playlist -J writes. Only what is certain is written.
    """
    from kbsite.commands import enriching

    system = system or ("table" if map else "playlist")
    enriching.run(root, form=form, quiet=quiet, system=system, map=map, **asked)
    return DONE


@main.group()
def export() -> None:
    """Write the knowledge base in a form that other programs read."""


@export.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@root_option
@quiet_option
@_exits
def markdown(root: Path | None, *, folder: Path, quiet: bool) -> int:
    """Write every page into DIR as a Markdown file with front matter, for other engines."""
    from kbsite.commands import exporting

    exporting.run(root, folder, quiet=quiet)
    return DONE


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="What the site is called; by default after the folder.")
@quiet_option
@_exits
def init(folder: Path, name: str | None, *, quiet: bool) -> int:
    """Start a new, empty knowledge base in DIR."""
    from kbsite.commands import starting

    starting.run(folder, name, quiet=quiet)
    return DONE
