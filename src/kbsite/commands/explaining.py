"""`kbsite explain`: what a problem's code means, as the site's page of codes has it."""

from __future__ import annotations

import re
from difflib import get_close_matches
from textwrap import wrap

from kbsite import report
from kbsite.codes import BY_CODE, CATALOGUE, Code
from kbsite.errors import UsageError
from kbsite.wording import did_you_mean

WIDTH = 100  # characters of a line
_READ_AS = str.maketrans("OIL", "011")  # letters that look like digits


def run(asked: str | None) -> None:
    """One code, or a list of all.

    Raises UsageError for what is no code.
    """
    if asked is None:
        _list()
    else:
        _explain(_code(asked))


def _code(asked: str) -> Code:
    """In any case, and with or without its letters."""
    digits = re.fullmatch(r"(?:KB)?-?([0-9]{1,3})", asked.strip(), re.IGNORECASE | re.ASCII)
    name = f"KB{digits[1]:0>3}" if digits else asked.strip().upper()
    if name in BY_CODE:
        return BY_CODE[name]
    read = name.translate(_READ_AS)
    near = did_you_mean([read] if read in BY_CODE else get_close_matches(name, BY_CODE))
    all_of_them = "'kbsite explain' lists all codes"
    raise UsageError(f"there is no code '{asked}'; {near or all_of_them}")


def _list() -> None:
    console = report.console()
    for code in CATALOGUE:
        report.say(console, (code.code, "bold"), f"  {code.severity:<7}  {code.title}")


def _explain(code: Code) -> None:
    console = report.console()
    style = "bold red" if code.severity == "error" else "bold yellow"
    report.say(console, (f"{code.severity} {code.code}", style), (f": {code.title}", "bold"))
    report.say(console)
    for line in wrap(code.meaning, WIDTH):
        report.say(console, line)
    for title, text in (("for example", code.example), ("mended", code.cure)):
        report.say(console)
        report.say(console, (f"{title}:", "bold cyan"))
        for line in text.splitlines():
            report.say(console, f"    {line}".rstrip())
