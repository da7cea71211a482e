"""The commands, and the only place where exceptions become exit codes."""

from __future__ import annotations

import re
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console

import kbsite
from kbsite import report
from kbsite.errors import ContentError, KbsiteError, Problem, UsageError
from kbsite.pipeline import find_root, prepare

DONE, PROBLEMS, USAGE, FAILURE, INTERRUPTED = 0, 1, 2, 3, 130


def _stop(_signal: int, _frame: object) -> None:
    """On SIGTERM, which is how CI cancels, clean up as on Ctrl-C."""
    raise KeyboardInterrupt


def _exits(command: Callable[..., int]) -> Callable[..., None]:
    """Turn what a command returns or raises into an exit code, with words on standard error."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        errors = Console(stderr=True, highlight=False)
        try:
            code = command(*args, **kwargs)
        except ContentError as error:
            report.print_problems(error.problems, errors)
            errors.print(f"[bold]{report.summary(error.problems)}[/]; nothing was written")
            code = PROBLEMS
        except UsageError as error:
            _complain(errors, str(error))
            code = USAGE
        except KbsiteError as error:
            _complain(errors, str(error))
            code = FAILURE
        except KeyboardInterrupt:
            code = INTERRUPTED
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
    console.print("[bold red]error:[/] ", end="")
    console.print(_printable(message), markup=False, soft_wrap=True)


def _printable(message: str) -> str:
    """Many lines, each made harmless for a terminal."""
    return "\n".join(report.printable(line) for line in message.splitlines())


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
@_exits
def build(
    root: Path | None, *, quiet: bool, site_dir: Path | None, strict: bool, no_search: bool
) -> int:
    """Check everything, build the site, and swap it in whole."""
    from kbsite import build as building  # noqa: PLC0415  # MkDocs takes long to import

    console = Console(stderr=True, highlight=False)

    def run(say: Callable[[str], None]) -> building.Built:
        return building.build(
            _root(root), site_dir=site_dir, strict=strict, search=not no_search, say=say
        )

    if quiet:
        built = run(lambda _: None)
    elif console.is_terminal:
        with console.status("starting") as status:
            built = run(status.update)
    else:
        built = run(lambda step: console.print(f"kbsite: {step}"))
    report.print_problems(built.problems, console)
    if not quiet:
        ending = f", {report.summary(built.problems)}" if built.problems else ""
        console.print(
            f"built {built.pages:,} pages in {_shown(built.site_dir)}{ending}", soft_wrap=True
        )
    return DONE


def _address(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    match = re.fullmatch(r"([^:\s]+|\[[0-9a-fA-F:]+\]):([0-9]{1,5})", value)
    if match is None or not 0 < int(match[2]) < 65536:
        raise click.BadParameter(f"{value!r} is not HOST:PORT, such as 127.0.0.1:8000")
    return value


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

    console = Console(stderr=True, highlight=False)

    def say(level: str, message: str) -> None:
        style = {"ERROR": "red", "CRITICAL": "red", "WARNING": "yellow"}.get(level, "")
        console.print(_printable(message), style=style, markup=False, soft_wrap=True)

    running.serve(_root(root), addr, say)
    return DONE


@main.command()
@root_option
@quiet_option
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@_exits
def check(root: Path | None, *, quiet: bool, paths: Sequence[Path], strict: bool) -> int:
    """Report every problem in every record and page, or only those in PATHS."""
    base = _root(root or (_above(paths[0]) if paths else None))
    prepared = prepare(base)
    problems = _within(prepared.problems, paths, base)
    console = Console(highlight=False)
    report.print_problems(problems, console)
    if not quiet or problems:
        sessions, events = len(prepared.graph.sessions), len(prepared.graph.events)
        console.print(
            f"[bold]{report.summary(problems)}[/] in {sessions:,} sessions of {events:,} events"
        )
    failed = any(strict or problem.severity == "error" for problem in problems)
    return PROBLEMS if failed else DONE


def _above(path: Path) -> Path | None:
    """The knowledge base that a path given on the command line belongs to."""
    start = path.resolve()
    return find_root(start if start.is_dir() else start.parent)


def _within(problems: Sequence[Problem], paths: Sequence[Path], root: Path) -> list[Problem]:
    if not paths:
        return list(problems)
    wanted = []
    for path in paths:
        try:
            wanted.append(path.resolve().relative_to(root).as_posix())
        except ValueError:
            raise UsageError(f"{path} is not part of the knowledge base {root}") from None
    return [
        p for p in problems if any(w in (".", p.file) or p.file.startswith(f"{w}/") for w in wanted)
    ]


def _shown(path: Path) -> str:
    try:
        return path.relative_to(Path.cwd()).as_posix() + "/"
    except ValueError:
        return f"{path}/"


if __name__ == "__main__":
    main()
