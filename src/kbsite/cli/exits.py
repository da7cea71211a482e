"""How commands end: exceptions become exit codes here and nowhere else, with words on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import kbsite
from kbsite.errors import ContentError, KbsiteError, Problem, UsageError

DONE, PROBLEMS, USAGE, FAILURE, INTERRUPTED = 0, 1, 2, 3, 130


def exits(command: Callable[..., int]) -> Callable[..., None]:
    """Turn what a command returns or raises into an exit code, with words on standard error."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            code = command(*args, **kwargs)
        except ContentError as error:
            _list(error.problems)
            code = PROBLEMS
        except UsageError as error:
            complain(str(error))
            code = USAGE
        except KbsiteError as error:
            complain(str(error))
            code = FAILURE
        except KeyboardInterrupt:
            if sys.stderr.isatty():  # where ^C stands on the line
                sys.stderr.write("\n")
            complain("interrupted")
            code = INTERRUPTED
        except BrokenPipeError:  # whoever reads along has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = DONE
        except (OSError, MemoryError, RecursionError) as error:
            complain(f"{type(error).__name__}: {error}")
            code = FAILURE
        except Exception as error:  # noqa: BLE001  # the last line before the user
            import traceback

            stack = traceback.extract_tb(error.__traceback__)
            own = Path(kbsite.__file__).parent
            place = [frame for frame in stack if Path(frame.filename).is_relative_to(own)][-1]
            complain(
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


def complain(message: str) -> None:
    """Say on standard error what went wrong, the first line marked as an error."""
    from kbsite import report

    errors = report.console(stderr=True)
    first, *more = message.splitlines() or [""]
    report.say(errors, ("error: ", "bold red"), first)
    for line in more:
        report.say(errors, line)
