"""YAML text to plain data and the places of its values. The only module that reads YAML.

The YAML 1.2 core rules on top of libyaml's parser: only null, true and false, integers and floats
are special (`NO` is a word, `12:30` and dates stay text); a key twice, an anchor, an alias, a tag
or a second document is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import yaml

from kbsite.errors import EnvironmentFailure
from kbsite.yamlsyntax import explain

try:
    from yaml import CSafeLoader
except ImportError as missing:  # pragma: no cover - a broken installation of PyYAML
    raise EnvironmentFailure(
        "PyYAML was installed without libyaml, which kbsite needs for its speed; "
        "reinstall it from a wheel: pip install --force-reinstall --only-binary :all: pyyaml"
    ) from missing

Path: TypeAlias = tuple[str | int, ...]
Data: TypeAlias = Any

MAX_DEPTH = 40
STANDARD_TAGS = "tag:yaml.org,2002:"
LONGEST_INTEGER = 1000  # digits; Python refuses to read much longer ones, and no field wants them

_SPECIAL = re.compile(
    r"""(?P<null>~|null|Null|NULL|)\Z
      | (?P<true>true|True|TRUE)\Z
      | (?P<false>false|False|FALSE)\Z
      | (?P<int>[-+]?[0-9]+)\Z
      | (?P<octal>0o[0-7]+)\Z
      | (?P<hex>0x[0-9a-fA-F]+)\Z
      | (?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)\Z
      | (?P<inf>[-+]?\.(?:inf|Inf|INF))\Z
      | (?P<nan>\.(?:nan|NaN|NAN))\Z""",
    re.VERBOSE,
)
_PLAIN_START = frozenset("~nNtTfF.+-0123456789")
_BASES = {"int": 10, "octal": 8, "hex": 16}


class Integer(int):
    """A whole number that remembers how it was written, for fields that are text."""

    text: str


class Float(float):
    """A float that remembers how it was written."""

    text: str


class Place(NamedTuple):
    """Where a key or value stands: offsets into the text, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Places:
    """The places of every value, and of every mapping's keys, by path."""

    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)


class YamlError(Exception):
    """The text cannot be read: a problem code, what is wrong, a way out, and the place."""

    def __init__(self, code: str, message: str, hint: str, place: Place) -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.place = code, message, hint, place


def read(text: str) -> Data:
    """`text` as dicts, lists, strings, numbers, booleans and None.

    Raises YamlError at the first thing that is not allowed.
    """
    builder = _Builder(None)
    _feed(builder, text)
    return builder.root


def places(text: str) -> Places:
    """Where every value of `text` stands.

    Of a text that `read` refuses, the places up to the one it refuses.
    """
    return attempt(text).places


class Reading(NamedTuple):
    """What a text says with its places, or as much of both as there is before what is refused."""

    data: Data
    places: Places
    error: YamlError | None


def attempt(text: str) -> Reading:
    """What `text` says, as far as it can be read."""
    builder = _Builder(Places())
    try:
        _feed(builder, text)
    except YamlError as error:
        return Reading(builder.root, builder.found or Places(), error)
    return Reading(builder.root, builder.found or Places(), None)


def syntax_slip(text: str) -> YamlError | None:
    """Where `text` breaks the rules of YAML itself, if it does; tags and the like are no matter."""
    next_event = CSafeLoader(text).get_event
    try:
        while next_event() is not None:
            pass
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        return _refused(error, text)
    return None


def _feed(builder: _Builder, text: str) -> None:
    try:
        next_event = CSafeLoader(text).get_event
        while (event := next_event()) is not None:
            if isinstance(event, yaml.ScalarEvent):  # most are
                builder.scalar(event)
            else:
                builder.take(event)
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise _refused(error, text) from None


def _refused(error: yaml.YAMLError | UnicodeEncodeError, text: str) -> YamlError:
    fault = explain(error, text)
    return YamlError(fault.code, fault.message, fault.hint, Place(fault.start, fault.end))


class _Open:
    """A collection whose end has not come yet."""

    __slots__ = ("key", "key_event", "path", "place", "value")

    def __init__(self, value: dict[str, Data] | list[Data], path: Path, place: Place) -> None:
        self.value, self.path, self.place = value, path, place
        self.key: str | None = None
        self.key_event: yaml.Event | None = None


class _Builder:
    """Puts the parser's events together, and notes places where somebody wants them."""

    def __init__(self, found: Places | None) -> None:
        self.root: Data = None
        self.found = found
        self._stack: list[_Open] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            done = self._stack.pop()
            if self.found is not None:
                self.found.values[done.path] = Place(done.place.start, _place(event).end)
        elif isinstance(event, yaml.AliasEvent):
            raise YamlError(
                "KB012",
                f"the alias '*{event.anchor}' is not allowed",
                "write the value out where it is needed; "
                "a text that begins with '*' goes into quotes",
                _place(event),
            )
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise YamlError(
                    "KB013",
                    "a second document begins here",
                    "one file holds one record: remove the '---', or move what follows into "
                    "a file of its own",
                    _place(event),
                )

    def scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            _refuse_marks(event)
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._key(event.value, top, event)
        else:
            if not event.value and top is not None and top.key_event is not None:
                _refuse_without_colon(top.key_event, event)
            self._hang(_plain(event), event)

    def _key(self, key: str, top: _Open, event: yaml.Event) -> None:
        if key in top.value:
            raise YamlError(
                "KB011",
                f"the key '{key}' is given twice",
                "keep one of them",
                _place(event),
            )
        top.key, top.key_event = key, event
        if self.found is not None:
            self.found.keys[(*top.path, key)] = _place(event)

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        _refuse_marks(event)
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            raise YamlError(
                "KB016",
                "a key must be a word, not a list or a mapping",
                "write 'key: value'; text that begins with a bracket or a brace goes into quotes",
                _place(event),
            )
        if len(self._stack) >= MAX_DEPTH:
            raise YamlError(
                "KB017",
                f"values are nested more than {MAX_DEPTH} deep",
                "no field needs that; text that begins with '[' or '{' goes into quotes",
                _place(event),
            )
        value: dict[str, Data] | list[Data] = (
            {} if isinstance(event, yaml.MappingStartEvent) else []
        )
        path = self._hang(value, event)
        self._stack.append(_Open(value, path, _place(event)))

    def _hang(self, value: Data, event: yaml.Event) -> Path:
        """Put a finished scalar, or a collection just begun, into the open collection."""
        path: Path = ()
        if not self._stack:
            self.root = value
        else:
            top = self._stack[-1]
            key: str | int
            if isinstance(top.value, list):
                key = len(top.value)
                top.value.append(value)
            else:
                key = top.key or ""
                top.value[key] = value
                top.key = None
            if self.found is not None:
                path = (*top.path, key)
        if self.found is not None:
            self.found.values[path] = _place(event)
        return path


def _plain(event: yaml.ScalarEvent) -> Data:
    """A scalar's value: text, unless it stands without quotes and is one of the special words."""
    value = event.value
    if not event.implicit[0] or (value and value[0] not in _PLAIN_START):
        return value
    match = _SPECIAL.match(value)
    kind = match.lastgroup if match else None
    if kind == "null":
        return None
    if kind in ("true", "false"):
        return kind == "true"
    number: Integer | Float
    if kind in _BASES:
        if len(value) > LONGEST_INTEGER:
            return value
        number = Integer(value, _BASES[kind])
    elif kind is not None:
        number = Float(value.lower().replace(".inf", "inf").replace(".nan", "nan"))
    else:
        return value
    number.text = value
    return number


def _refuse_without_colon(key: yaml.Event, value: yaml.ScalarEvent) -> None:
    """Words in braces that are neither key nor value, as behind a comma in a text."""
    place = _place(key)
    if value.implicit[0] and _place(value).start == place.end:
        raise YamlError(
            "KB010",
            "this is neither a key nor part of a value: a comma ends a value in braces",
            "put a value that holds a comma into quotes",
            place,
        )


def _refuse_marks(event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
    """Anchors and tags, which are how a small file becomes a large one or a program."""
    if event.anchor is not None:
        raise YamlError(
            "KB012",
            f"the anchor '&{event.anchor}' is not allowed",
            "remove the anchor and write the value out wherever it is needed; "
            "a text that begins with '&' goes into quotes",
            _place(event),
        )
    if event.tag is not None:
        raise YamlError(
            "KB015",
            f"the tag '{event.tag.replace(STANDARD_TAGS, '!!')}' is not allowed",
            "write the value without a tag; a text that begins with '!' goes into quotes",
            _place(event),
        )


def _place(event: yaml.Event) -> Place:
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:  # never, from libyaml
        return Place(0, 0)
    return Place(start.index, end.index)
