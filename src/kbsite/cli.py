"""The commands, and the only place where exceptions become exit codes."""

from __future__ import annotations

import os
import re
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from io import TextIOWrapper
from ipaddress import ip_address
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import available_timezones

import click
from rich.console import Console
from rich.text import Text

import kbsite
from kbsite import report, scaffold
from kbsite.errors import ContentError, KbsiteError, UsageError
from kbsite.fields import did_you_mean
from kbsite.kinds.words import count
from kbsite.pipeline import UNCONFIGURED, Prepared, Settings, config_file, find_root, prepare
from kbsite.selection import PLACES, Selection, base_of, select
from kbsite.sitefolder import farewell
from kbsite.slugs import nearest

T = TypeVar("T")

DONE, PROBLEMS, USAGE, FAILURE, INTERRUPTED = 0, 1, 2, 3, 130


def _stop(_signal: int, _frame: object) -> None:
    """On SIGTERM, which is how CI cancels, clean up as on Ctrl-C."""
    raise KeyboardInterrupt


def _exits(command: Callable[..., int]) -> Callable[..., None]:
    """Turn what a command returns or raises into an exit code, with words on standard error."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        errors = report.console(stderr=True)
        try:
            code = command(*args, **kwargs)
        except ContentError as error:
            report.print_problems(error.problems, errors)
            report.say(errors, (report.summary(error.problems), "bold"), "; nothing was written")
            code = PROBLEMS
        except UsageError as error:
            _complain(errors, str(error))
            code = USAGE
        except KbsiteError as error:
            _complain(errors, str(error))
            code = FAILURE
        except KeyboardInterrupt:
            code = INTERRUPTED
        except BrokenPipeError:  # whoever reads along has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = DONE
        except (OSError, MemoryError, RecursionError) as error:
            _complain(errors, f"{type(error).__name__}: {error}")
            code = FAILURE
        except Exception as error:  # noqa: BLE001  # the last line before the user
            trace = traceback.extract_tb(error.__traceback__)[-1]
            _complain(
                errors,
                f"kbsite itself failed ({type(error).__name__}: {error}, at "
                f"{Path(trace.filename).name}:{trace.lineno}); this is a bug, please report it "
                "with the records that cause it",
            )
            code = FAILURE
        sys.exit(code)

    return run


def _complain(console: Console, message: str) -> None:
    first, *more = message.splitlines() or [""]
    report.say(console, ("error: ", "bold red"), first)
    for line in more:
        report.say(console, line)


def _root(given: Path | None) -> Path:
    return given.resolve() if given else find_root(Path.cwd())


root_option = click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The knowledge base; by default the nearest folder upward that holds sessions/.",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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
    from kbsite import build as building  # noqa: PLC0415  # MkDocs takes long to import

    if list_outputs:
        for key, path in building.listed(_root(root), search=not no_search):
            click.echo(f"{key}  {path}")
        return DONE
    console = report.console(stderr=True)

    def run(say: Callable[[str], None]) -> building.Built:
        return building.build(
            _root(root), site_dir=site_dir, strict=strict, search=not no_search, say=say
        )

    built = _with_steps(run, console, quiet=quiet)
    report.print_problems(built.problems, console)
    if built.removed:
        report.say(console, ("warning: ", "bold yellow"), farewell(built.removed))
    if not quiet:
        ending = f", {report.summary(built.problems)}" if built.problems else ""
        report.say(console, f"built {built.pages:,} pages in {_shown(built.site_dir)}{ending}")
    return DONE


def _with_steps(run: Callable[[Callable[[str], None]], T], console: Console, *, quiet: bool) -> T:
    """Do long work, and say its steps: in place on a terminal, a line each elsewhere."""
    if quiet:
        return run(lambda _: None)
    if console.is_terminal:
        with console.status("starting") as status:
            return run(lambda step: status.update(Text(report.printable(step))))
    return run(lambda step: report.say(console, "kbsite: ", step))


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
    from kbsite.plugin import running  # noqa: PLC0415  # likewise

    console = report.console(stderr=True)

    def say(level: str, message: str) -> None:
        style = {"ERROR": "red", "CRITICAL": "red", "WARNING": "yellow"}.get(level, "")
        for line in message.splitlines():
            report.say(console, (line, style))

    running.serve(_root(root), addr, say)
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
    base = _root(root or (base_of(paths[0]) if paths else None))
    selection = select(paths, base)
    settings = _settings(base)
    prepared = prepare(base, settings=settings)
    problems = [problem for problem in prepared.problems if selection.holds(problem.file)]
    console = report.console()
    if unread := selection.unread({*prepared.files, *(problem.file for problem in problems)}):
        said = f"nothing is read from {', '.join(map(str, unread))}: {PLACES}"
        if len(unread) == len(paths):
            raise UsageError(said)
        report.say(report.console(stderr=True), "note: ", said)
    report.print_problems(problems, console)
    if suggested:
        for node in prepared.graph.sessions.values():
            if node.suggested_themes and selection.holds(node.source.path):
                names = ", ".join(node.suggested_themes)
                report.say(console, f"{node.source.path}: {names}")
    if not quiet or problems:
        place = _extent(prepared, selection)
        report.say(console, (report.summary(problems), "bold"), f" in {place}" if place else "")
    strict = strict or settings.strict
    failed = any(strict or problem.severity == "error" for problem in problems)
    return PROBLEMS if failed else DONE


def _extent(prepared: Prepared, selection: Selection) -> str:
    """How much was looked at, in words."""
    if not selection.paths:
        sessions = count(len(prepared.graph.sessions), "session")
        return f"{sessions} of {count(len(prepared.graph.events), 'event')}"
    files = sum(map(selection.holds, prepared.files))
    return count(files, "file") if files else ""


def _settings(root: Path) -> Settings:
    """What the site's configuration says of the content; records can be checked without one."""
    file = config_file(root)
    if file is None:
        return UNCONFIGURED
    from kbsite.plugin import settings  # noqa: PLC0415  # likewise

    return settings.read(file)[1]


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
    if value is None or value in available_timezones():
        return value
    hint = did_you_mean(nearest(value, available_timezones()), "write an IANA name")
    raise click.BadParameter(f"there is no time zone {value!r}; {hint}")


def _import_command(system: str, what: str) -> click.Command:
    @click.argument("source")
    @click.option("--event", required=True, metavar="ID", help="The event's folder in sessions/.")
    @root_option
    @quiet_option
    @click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
    @click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        help="How to say what happened: a table for people, or JSON.",
    )
    @click.option("--abstracts", is_flag=True, help="Import abstracts, if their authors allow it.")
    @click.option("--logistics", is_flag=True, help="Import breaks, registration and the like too.")
    @click.option(
        "--tables",
        multiple=True,
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="More tables of what the organisers' words mean, as TOML.",
    )
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
        root: Path | None,
        *,
        source: str,
        event: str,
        quiet: bool,
        form: str,
        dry_run: bool,
        **rest: Any,
    ) -> int:
        from kbsite import account  # noqa: PLC0415  # likewise
        from kbsite.importers import run as running  # noqa: PLC0415  # likewise

        choices = {name: rest.pop(name) for name in ("abstracts", "logistics", "tables")}
        request = running.Request(
            root=_root(root),
            system=system,
            source=source,
            event=event,
            dry_run=dry_run,
            given=running.Given(**rest),
            **choices,
        )
        console, errors = report.console(), report.console(stderr=True)
        outcome = _with_steps(
            lambda say: running.run(request, say), errors, quiet=quiet or form == "json"
        )
        if form == "json":
            click.echo(account.to_json(outcome))
        elif quiet:
            report.print_problems(outcome.warnings, console)
        else:
            account.print_outcome(outcome, console)
        return DONE

    command.__doc__ = (
        f"Import {what}.\n\nSOURCE is a file, '-' for standard input, or an http(s) address. "
        "Imported again, a source only changes what nobody changed by hand."
    )
    return click.command(system)(command)


for _system, _what in (
    ("sched", "the iCalendar export of Sched, which KubeCon uses"),
    ("c3voc", "a schedule.json of the c3voc format, which pretalx exports"),
    ("frab", "a schedule.xml of frab, pentabarf or pretalx"),
    ("sessionize", "the 'All data' JSON of Sessionize's API"),
):
    import_.add_command(_import_command(_system, _what))


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="What the site is called; by default after the folder.")
@quiet_option
@_exits
def init(folder: Path, name: str | None, *, quiet: bool) -> int:
    """Start a new, empty knowledge base in DIR."""
    scaffold.init(folder, name)
    if not quiet:
        place = _shown(folder.resolve())
        console = report.console()
        report.say(console, f"a new knowledge base is in {place}")
        report.say(
            console,
            f"next: cd {place.rstrip('/')}, then import a schedule with 'kbsite import', or write "
            "a session's record; README.md there says how",
        )
    return DONE


def _shown(path: Path) -> str:
    """A folder as one would name it here; a build may just have replaced where one is."""
    try:
        return path.relative_to(Path.cwd()).as_posix() + "/"
    except (ValueError, FileNotFoundError):
        return f"{path}/"
