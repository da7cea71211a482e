"""Files that went wrong as people and machines make them wrong: hypothesis strategies."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from kbsite import models
from tests.importers.schedules import calendar, talk
from tests.odd_records import ODD, WHOLE, as_yaml
from tests.readers import ATOMS

SMALL = Path(__file__).parent / "data" / "small"
HOSTILE = Path(__file__).parent / "cases" / "hostile"

CHARACTERS = st.sampled_from(
    "\x00\t\n\r\x1b \"#%&'*+,-./:<>?@[\\]^_`{|}~\x85\xa0\u0301\u200b\u200d\u202e\u2028\ufeff\ufffd"
    "aA0\xdf\u0130\u0416\u4e2d\U0001f600"
)
KEYS = sorted({key for model in models.MODELS.values() for key in models.keys(model)} | {"id", "a"})
WORDS = st.sampled_from([*ATOMS, *(each for each in ODD if isinstance(each, str)), *KEYS])
_KEY = re.compile(r"(?m)^[ -]*(\w+):")
_VALUE = re.compile(r"(?m): +(\S.*)$")


class Given(NamedTuple):
    """A file of a knowledge base."""

    path: str
    text: str


BASE = {
    str(file.relative_to(SMALL)): file.read_text("utf-8")
    for file in sorted(SMALL.rglob("*"))
    if file.suffix in (".yaml", ".md")
}


@cache
def originals() -> tuple[Given, ...]:
    """Files with nothing wrong in them, and some with much."""
    small = (Given(path, text) for path, text in BASE.items())
    whole = (
        Given(_path_of(models_name(model)), as_yaml(data))
        for model, data in WHOLE
        if models_name(model) in ("session", "event")
    )
    hostile = (
        Given("sessions/example-conf-2031/hostile.yaml", file.read_text("utf-8"))
        for file in sorted(HOSTILE.glob("*.yaml"))
    )
    pages = (Given("themes/hostile.md", f.read_text("utf-8")) for f in sorted(HOSTILE.glob("*.md")))
    return (*small, *whole, *hostile, *pages)


def models_name(model: type) -> str:
    return next(name for name, each in models.MODELS.items() if each is model)


def _path_of(name: str) -> str:
    return f"sessions/example-conf-2031/{'event' if name == 'event' else 'whole'}.yaml"


# Changes that people and machines make to files


def _put(draw: Any, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    new = draw(CHARACTERS) if draw(st.booleans()) else draw(WORDS)
    return str(text[:at] + new * draw(st.sampled_from([1, 1, 1, 2, 60])) + text[at:])


def _taken(draw: Any, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    return text[:at] + text[at + draw(st.sampled_from([1, 2, 9])) :]


def _flipped(draw: Any, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    return str(text[:at] + draw(CHARACTERS) + text[at + 1 :])


def _lines(draw: Any, text: str) -> str:
    lines = text.split("\n")
    one, other = (draw(st.integers(0, len(lines) - 1)) for _ in "ab")
    how = draw(st.sampled_from(["drop", "double", "swap", "indent", "outdent", "join", "cut"]))
    if how == "drop":
        del lines[one]
    elif how == "double":
        lines.insert(other, lines[one])
    elif how == "swap":
        lines[one], lines[other] = lines[other], lines[one]
    elif how == "indent":
        lines[one] = draw(st.sampled_from([" ", "  ", "\t", "- ", "# ", "\xa0"])) + lines[one]
    elif how == "outdent":
        lines[one] = lines[one].lstrip(" -")
    elif how == "join":
        lines[one : one + 2] = [" ".join(lines[one : one + 2])]
    else:
        lines = lines[:one]
    return "\n".join(lines)


def _other_key(draw: Any, text: str) -> str:
    return _other(draw, text, _KEY, st.sampled_from(KEYS) | WORDS)


def _other_value(draw: Any, text: str) -> str:
    odd = st.sampled_from(ODD).map(lambda value: as_yaml([value])[2:].rstrip("\n"))
    return _other(draw, text, _VALUE, odd | WORDS)


def _other(draw: Any, text: str, where: re.Pattern[str], what: st.SearchStrategy[str]) -> str:
    places = [found.span(1) for found in where.finditer(text)]
    if not places:
        return text
    start, end = draw(st.sampled_from(places))
    return str(text[:start] + draw(what) + text[end:])


CHANGES = (_put, _taken, _flipped, _lines, _lines, _other_key, _other_value, _other_value)


@st.composite
def changed(draw: Any) -> Given:
    """A file in which something went wrong, a few times."""
    path, text = draw(st.sampled_from(originals()))
    for change in draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4)):
        text = change(draw, text)
    return Given(path, text)


def trees() -> st.SearchStrategy[Any]:
    """Mappings of the keys that records have, with anything behind them."""
    keys = st.sampled_from(KEYS)
    return st.dictionaries(
        keys,
        st.recursive(
            st.sampled_from(ODD) | st.text(max_size=20),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
            max_leaves=12,
        ),
        max_size=6,
    )


SOURCES = {
    "sched": calendar(talk("a", "News - Ada Example, Works"), talk("b", "Panel: More")),
    "frab": "<schedule><conference><title>X</title></conference><day date='2031-04-01'><room "
    "name='A'><event guid='a' id='1'><date>2031-04-01T10:00:00Z</date><start>10:00</start>"
    "<duration>00:30</duration><title>News</title><persons><person>Ada</person></persons></event></room></day>"
    "</schedule>",
    "c3voc": '{"schedule": {"conference": {"title": "X", "days": [{"date": "2031-04-01", "rooms": '
    '{"A": [{"id": 1, "guid": "a", "title": "News", "start": "10:00", "duration": "00:30", "date": '
    '"2031-04-01T10:00:00Z", "persons": [{"public_name": "Ada"}], "links": []}]}}]}}}',
    "sessionize": '{"sessions": [{"id": "1", "title": "News", "startsAt": "2031-04-01T10:00:00", '
    '"speakers": ["a"], "roomId": 1}], "speakers": [{"id": "a", "fullName": "Ada"}], "rooms": '
    '[{"id": 1, "name": "A"}], "questions": [], "categories": []}',
    "playlist": '{"title": "X", "entries": [{"id": "abcdefghijk", "title": "News", "url": "https:'
    '//www.youtube.com/watch?v=abcdefghijk", "duration": 9, "upload_date": "20310401"}]}',
}


@st.composite
def sources(draw: Any) -> tuple[str, str]:
    """A schedule in which something went wrong."""
    system = draw(st.sampled_from(sorted(SOURCES)))
    text = SOURCES[system]
    for change in draw(st.lists(st.sampled_from(CHANGES[:4]), min_size=1, max_size=4)):
        text = change(draw, text)
    return system, text
