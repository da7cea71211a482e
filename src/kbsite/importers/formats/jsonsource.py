"""The bytes of a JSON source to its data; its numbers stay text, exactly as they are written."""

from __future__ import annotations

import codecs
import json
import re
from typing import NoReturn, TypeAlias

from kbsite.importers.schedule import SourceError

Value: TypeAlias = "bool | str | list[Value] | dict[str, Value] | None"

AGAIN = "get it again; it may have been cut off"


class _NoNumberError(ValueError):
    """A word like NaN where JSON has no number for it."""


def read(data: bytes, hint: str) -> Value:
    """The data of a source; `hint` tells where such a source is found."""
    text = decoded(data)
    start = text.lstrip()
    if not start:
        raise SourceError("the source is empty", hint)
    if start.startswith("<"):
        raise SourceError("this is not JSON: it begins with '<', as XML or a web page does", hint)
    try:
        found: Value = json.loads(text, parse_int=str, parse_float=str, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        cut = _is_cut(error.msg, text[error.pos :].strip())
        message = "the JSON ends in the middle" if cut else f"this is not JSON: {error.msg}"
        raise SourceError(message, AGAIN if cut else hint, error.lineno) from None
    except _NoNumberError as error:
        raise SourceError(f"this is not JSON: it holds {error}", hint) from None
    except RecursionError:
        raise SourceError("the JSON is nested too deeply", hint) from None
    return found


def text(value: Value) -> str:
    """A text or a number; anything else is no text."""
    return value if isinstance(value, str) else ""


def mapping(value: Value) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}


def listed(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []


def truth(value: Value) -> bool:
    """Whether a flag is set: true, or a word or number that some programs write for it."""
    return value is True or text(value).strip().lower() in {"true", "yes", "1"}


def _is_cut(message: str, rest: str) -> bool:
    """Whether what could not be read is all right as far as it goes."""
    if any(word.startswith(rest) for word in ("true", "false", "null", "-", ".", "\\u0000")):
        return True
    return (
        message.startswith("Unterminated string") or re.fullmatch(r"\\?u\w{0,3}", rest) is not None
    )


def decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceError("the text is UTF-16, not UTF-8", "save it as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"the text is not UTF-8: line {number} holds the byte 0x{data[error.start]:02X}",
            "save it as UTF-8",
            number,
        ) from None


def _no_number(word: str) -> NoReturn:
    raise _NoNumberError(word)
