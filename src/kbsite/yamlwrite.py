"""Plain data to YAML text in the house's style. The only module that writes YAML.

Text stands without quotes where readers of YAML 1.2 and of YAML 1.1 alike take it for text; dates
and times stand without them too, as people write them. No line is folded.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

import yaml
from yaml.emitter import Emitter, ScalarAnalysis

from kbsite.yamlfile import Float, Integer

_NO_TEXT = re.compile(
    r"""(?: ~ | null | Null | NULL | << | =
      | y | Y | yes | Yes | YES | n | N | no | No | NO
      | true | True | TRUE | false | False | FALSE | on | On | ON | off | Off | OFF
      | [-+]?0[bBoOxX][0-9a-fA-F_]+
      | [-+]?[0-9][0-9_]*(?::[0-9]{1,2})+(?:\.[0-9_]*)?
      | [-+]?(?=\.?[0-9])[0-9_]*+(?:\.[0-9_]*+)?(?:[eE][-+]?[0-9]+)?
      | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN)
    )?\Z""",
    re.VERBOSE,
)
_NOT_PLAIN = re.compile(  # after other quotes neither, so that nobody takes them for those of YAML
    r"""\A[#,\[\]{}&*!|>'"%@`\u201c-\u201e\u2018\u201a\xab\xbb] | \A[-?:](?:[ ]|\Z)
      | \A(?:---|\.\.\.) | :(?:[ ]|\Z) | [ ]\# | \A[ ] | [ ]\Z""",
    re.VERBOSE,
)
_NOT_PLAIN_IN_FLOW = re.compile(r"[,?:\[\]{}]")

# What a reader may take for the end of a line or for a mistake, and what nobody can see.
_ODD = r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
_ONLY_ESCAPED = re.compile(_ODD)
_ESCAPED = re.compile(rf'["\\\n]|{_ODD}')

_HIDDEN = re.compile(rf"(?!\t){_ODD}")

# A block may hold tabs, but none where indentation is looked for. Spaces at the end of a line and
# empty lines at the end of the text would depend on what nobody sees.
_NO_BLOCK = re.compile(rf"\A\t|[ \t](?:\n|\Z)|(?:\A|\n)\n\Z|(?!\t){_ODD}")


def dump(data: Mapping[str, Any]) -> str:
    """`data` in block style: keys in their order, the items of a list indented under its key.

    Values are mappings, lists, strings, numbers, booleans and None; TypeError for any other.

    >>> print(dump({"title": "Q: why?", "tracks": ["AI + ML"], "start": "2031-04-01"}), end="")
    title: 'Q: why?'
    tracks:
      - AI + ML
    start: 2031-04-01
    """
    return _written(data, flow=False)


def dump_flow(value: Any) -> str:
    """One value on one line, to stand in a list or mapping in brackets.

    >>> dump_flow({"name": "Ada", "tags": ["a, b", "c"]})
    "{name: Ada, tags: ['a, b', c]}"
    """
    return _written([value], flow=True)[1:-2]


def after_key(value: Any) -> list[str]:
    """The lines that give a key its value, from behind the colon.

    >>> after_key("Ada"), after_key(["Ada"])
    ([' Ada'], ['', '  - Ada'])
    """
    if isinstance(value, str) and _stands_as_it_is(value):  # most do, and PyYAML takes its time
        return [f" {value}"]
    return dump({"": value})[3:-1].split("\n")


def key(name: str) -> str:
    """A key of a mapping in block style, on one line.

    >>> key("title"), key("on")
    ('title', "'on'")
    """
    return name if _stands_as_it_is(name) else dump_flow(name)


def can_be_block(text: str) -> bool:
    """Whether a block may hold a text, and nobody's eyes miss more of it than spaces.

    >>> can_be_block("one\\ntwo"), can_be_block("one\\u2028two")
    (True, False)
    """
    return _HIDDEN.search(text) is None


def lines(collection: Mapping[str, Any] | Sequence[Any]) -> list[str]:
    """The lines of a mapping's keys, or of a list's items with their dashes.

    >>> lines(["Ada", {"name": "Bob", "org": "X"}])
    ['- Ada', '- name: Bob', '  org: X']
    """
    return _written(collection, flow=False).split("\n")[:-1]


def _stands_as_it_is(text: str) -> bool:
    """Whether a text needs neither quotes nor a block."""
    return not (
        "\n" in text
        or _NO_TEXT.match(text)
        or _ONLY_ESCAPED.search(text)
        or _NOT_PLAIN.search(text)
    )


def _written(value: Any, *, flow: bool) -> str:
    stream = StringIO()
    emitter = _Emitter(stream, width=sys.maxsize)
    emitter.emit(yaml.StreamStartEvent())
    emitter.emit(yaml.DocumentStartEvent(explicit=False))
    for event in _events(value, flow=flow):
        emitter.emit(event)
    emitter.emit(yaml.DocumentEndEvent(explicit=False))
    emitter.emit(yaml.StreamEndEvent())
    return stream.getvalue()


def _events(value: Any, *, flow: bool) -> Iterator[yaml.Event]:
    if isinstance(value, Mapping):
        yield yaml.MappingStartEvent(None, None, implicit=True, flow_style=flow)
        for key, inner in value.items():
            yield _scalar(key)
            yield from _events(inner, flow=flow)
        yield yaml.MappingEndEvent()
    elif isinstance(value, list | tuple):
        yield yaml.SequenceStartEvent(None, None, implicit=True, flow_style=flow)
        for inner in value:
            yield from _events(inner, flow=flow)
        yield yaml.SequenceEndEvent()
    else:
        yield _scalar(value)


def _scalar(value: Any) -> yaml.ScalarEvent:
    style = None
    if isinstance(value, str):
        text = value
        if "\n" in text:
            style = "|"
        elif _NO_TEXT.match(text):
            style = "'"
    else:
        text = _special(value)
    return yaml.ScalarEvent(None, None, (True, True), text, style=style)


def _special(value: Any) -> str:
    """What stands for a value that is no text; a number that was read stays as it was written."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Integer | Float):
        return value.text
    if isinstance(value, int | float):
        return repr(value).replace("inf", ".inf").replace("nan", ".nan")
    raise TypeError(f"a record cannot hold {value!r}")


class _Emitter(Emitter):
    """PyYAML's emitter, which knows the grammar, with the house's lists, quotes and lines."""

    def expect_block_sequence(self) -> None:
        self.increase_indent()
        self.state = self.expect_first_block_sequence_item

    def analyze_scalar(self, scalar: str) -> ScalarAnalysis:
        multiline = "\n" in scalar
        one_line = not multiline and not _ONLY_ESCAPED.search(scalar)
        plain = one_line and not _NOT_PLAIN.search(scalar)
        return ScalarAnalysis(
            scalar=scalar,
            empty=False,
            multiline=multiline,
            allow_flow_plain=plain and not _NOT_PLAIN_IN_FLOW.search(scalar),
            allow_block_plain=plain,
            allow_single_quoted=one_line,
            allow_double_quoted=True,
            allow_block=multiline and not _NO_BLOCK.search(scalar),
        )

    def process_scalar(self) -> None:
        text = str(getattr(self.event, "value", ""))
        if self.style == "|":
            self._write_block(text)
        elif self.style == '"':
            self.write_indicator(f'"{_ESCAPED.sub(_escape, text)}"', need_whitespace=True)
        elif self.style == "'":
            self.write_indicator("'" + text.replace("'", "''") + "'", need_whitespace=True)
        else:
            self.write_indicator(text, need_whitespace=True)
        self.analysis = self.style = None

    def _write_block(self, text: str) -> None:
        self.write_indicator("|" + self.determine_block_hints(text), need_whitespace=True)
        self.write_line_break()
        for line in text.removesuffix("\n").split("\n"):
            if line:
                self.write_indent()
                self.stream.write(line)
            self.write_line_break()


def _escape(match: re.Match[str]) -> str:
    sign = match[0]
    short = Emitter.ESCAPE_REPLACEMENTS.get(sign)
    return f"\\{short}" if short else f"\\U{ord(sign):08X}"
