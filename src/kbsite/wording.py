"""Words of messages: values as they are repeated, and as they are to be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kbsite import yamlwrite
from kbsite.excerpts import beginning
from kbsite.yamlfile import Float, Integer

SHOWN = 60  # characters of a value that a message repeats


def shown(value: Any) -> str:
    """A value as messages repeat it: on one line, in quotes where it is text, and not too long.

    >>> shown("a\\nb"), shown([1]), shown(None), shown(True)
    ("'a b'", 'a list', 'nothing', 'true')
    """
    value = as_written(value)
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = " ".join(str(value).split())
    return f"'{text}'" if len(text) <= SHOWN else f"'{beginning(text, SHOWN - 1)}…'"


def as_written(value: Any) -> Any:
    """A number where text belongs is that text, exactly as the author wrote it."""
    return value.text if isinstance(value, (Integer, Float)) else value


def as_pasted(value: Any) -> str:
    """A value as a record has it behind a key, on one line."""
    if isinstance(value, str):
        return " ".join(yamlwrite.after_key(value)).strip()
    return yamlwrite.dump_flow(value)


def lines_of(value: Mapping[str, Any] | Sequence[Any]) -> str:
    """A mapping, or the items of a list, as a record has them on lines of their own.

    >>> lines_of({"name": "Ada"}), lines_of(["Ada", "Bo"])
    ('name: Ada', '- Ada\\n- Bo')
    """
    return "\n".join(yamlwrite.lines(value))


def to_write(values: Sequence[Any], otherwise: str = "") -> str:
    """A hint that gives values as they are written in a record.

    >>> to_write(["2026-03-24", "12:30"]), to_write([], "check it")
    ("write 2026-03-24 or '12:30'", 'check it')
    """
    return f"write {any_of([as_pasted(value) for value in values])}" if values else otherwise


def did_you_mean(guesses: list[str], otherwise: str = "") -> str:
    """A hint that offers what was probably meant, and beside it `otherwise`.

    >>> did_you_mean(["a", "b"], "known: a, b, c")
    "did you mean 'a' or 'b'? (known: a, b, c)"
    """
    if not guesses:
        return otherwise
    guess = "did you mean " + " or ".join(f"'{each}'" for each in guesses) + "?"
    return f"{guess} ({otherwise})" if otherwise else guess


def all_of(names: Sequence[str]) -> str:
    """Names in a row.

    >>> all_of(["Ada", "Bo", "Cy"]), all_of(["Ada"]), all_of([])
    ('Ada, Bo and Cy', 'Ada', '')
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def any_of(names: Sequence[str]) -> str:
    """Names of which one is meant.

    >>> any_of(["Ada", "Bo", "Cy"]), any_of(["Ada"])
    ('Ada, Bo or Cy', 'Ada')
    """
    return " or ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
