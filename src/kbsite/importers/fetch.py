"""Where a source comes from: a file, standard input or an http(s) address; bounded in size."""

from __future__ import annotations

import re
import stat
import sys
from pathlib import Path
from typing import BinaryIO

from kbsite.errors import UsageError
from kbsite.importers import web
from kbsite.importers.web import LIMITS, Fetched, Limits


def fetch(source: str, *, stdin: BinaryIO | None = None, limits: Limits = LIMITS) -> Fetched:
    """Read all of `source`: a path, `-` for standard input, or an http(s) address.

    Raises UsageError for a source that cannot be meant, EnvironmentFailure for what goes wrong on
    the network. Standard input is awaited for as long as its other end takes.
    """
    if source == "-":
        return _standard_input(stdin or getattr(sys.stdin, "buffer", None), limits)
    if re.match("https?:", source, re.IGNORECASE):
        return web.get(source, limits)
    return _file(source, limits)


def _standard_input(stdin: BinaryIO | None, limits: Limits) -> Fetched:
    if stdin is None or stdin.isatty():
        raise UsageError(
            "- reads standard input, and nothing is piped into it; pipe the schedule in, or name a "
            "file or an address"
        )
    try:
        data = stdin.read(limits.size + 1)
    except OSError as error:
        raise UsageError(f"standard input cannot be read: {error.strerror}; name a file") from None
    return _sound("standard input", data, limits)


def _file(source: str, limits: Limits) -> Fetched:
    path, name = Path(source), web.shown(source)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UsageError(f"{name or '.'} is a folder; name a file in it")
        if not stat.S_ISREG(mode):
            raise UsageError(f"{name} is a device or a pipe, not a file; pipe it in and name -")
        with path.open("rb") as file:
            data = file.read(limits.size + 1)
    except (OSError, ValueError) as error:  # a NUL in a path is a ValueError
        raise UsageError(_unreadable(source, name, error)) from None
    return _sound(source, data, limits)


def _unreadable(source: str, name: str, error: OSError | ValueError) -> str:
    # One letter before a colon is a drive of Windows.
    if scheme := re.match("([a-z][a-z0-9+.-]+):", source, re.IGNORECASE):
        ways_out = {"file": "name the plain path", "webcal": "write https: in its place"}
        way_out = ways_out.get(scheme[1].lower(), "save it as a file and name that")
        return f"{scheme[0]} cannot be read from, only http: and https: can; {way_out}"
    if isinstance(error, FileNotFoundError):
        return f"there is no file {name}; check the path, or start an address with https://"
    if isinstance(error, PermissionError):
        return f"{name} may not be read; change its permissions, or name another file"
    return f"{name!r} cannot be read: {getattr(error, 'strerror', error)}; check the path"


def _sound(name: str, data: bytes, limits: Limits) -> Fetched:
    if not data:
        raise UsageError(f"{name} is empty; export the schedule again")
    if len(data) > limits.size:
        raise UsageError(f"{name} {limits.too_large}; check that it is the export of a schedule")
    return Fetched(name=name, data=data)
