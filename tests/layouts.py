"""Records as people lay them out: the same data in other YAML, with comments everywhere."""

from __future__ import annotations

from random import Random
from typing import Any

from kbsite import yamlfile, yamlwrite

TEXTS = (
    "One word more",
    "it's: not",
    "NO",
    "12:30",
    "# none",
    "a #b",
    "Zoë Ærø 😀",
    "- dash",
    "x" * 300,
    "one two  three",
    'say "hi"',
    "{a, b}",
    "ends ",
    " begins",
    "a\tb",
    "\u2028",
    "",
    "one\ntwo",
    "one\n\n  two\nthree\n",
    "  one\n two\n",
    "one \ntwo\n\n\n",
    "\ttab\nno",
    "\none\n",
    "\n",
)
SPECIAL = (None, True, False, "null")


class Layouts:
    """Writes data as one of the many texts that say the same."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.comments: list[str] = []

    def record(self, data: dict[str, Any]) -> str:
        """A text that says `data`; its comments are in `comments`, in order."""
        lines = [*self._notes(0)]
        if self._now_and_then():
            lines.append("---")
        lines += self._mapping(data, 0)
        return "\n".join([*lines, *self._notes(0), ""])

    def _now_and_then(self, times: int = 5) -> bool:
        return self.random.randrange(times) == 0

    def _comment(self) -> str:
        text = f"# {len(self.comments)}" + self.random.choice(["", ": 'x", " # #", " [", "  -"])
        self.comments.append(text)
        return text

    def _beside(self) -> str:
        return self.random.choice([" ", "   "]) + self._comment() if self._now_and_then() else ""

    def _notes(self, column: int) -> list[str]:
        out = []
        while self._now_and_then(4):
            if self._now_and_then(2):
                out.append(" " * self.random.choice([0, 0, column]))
            else:
                out.append(" " * max(0, column + self.random.choice([-2, 0, 0, 0, 2]))
                           + self._comment())  # fmt: skip
        return out

    def _mapping(self, data: dict[str, Any], column: int) -> list[str]:
        out: list[str] = []
        for key, value in data.items():
            out += self._notes(column)
            name = self.random.choice([key, key, key, f'"{key}"', f"'{key}'"])
            head = " " * column + name + self.random.choice([":", ":", ":", " :"])
            out += self._value(head, value, column)
        return out

    def _list(self, data: list[Any], column: int) -> list[str]:
        out: list[str] = []
        for value in data:
            out += self._notes(column)
            head = " " * column + "-"
            if value and isinstance(value, dict | list) and self._now_and_then(2):
                space = self.random.choice([1, 1, 3])
                first, *rest = self._collection(value, column + 1 + space)
                if first.strip() and not first.lstrip().startswith("#"):
                    out += [head + " " * space + first.lstrip(), *rest]
                else:
                    out += [head, first, *rest]
            else:
                out += self._value(head, value, column)
        return out

    def _value(self, head: str, value: Any, column: int) -> list[str]:
        """A key or dash with its value."""
        if not value or not isinstance(value, dict | list):
            return self._scalar(head, value, column)
        if self._now_and_then(4):
            return self._flow(head, value, column)
        may_stay = isinstance(value, list) and not head.endswith("-") and self._now_and_then(2)
        inside = column + (0 if may_stay else self.random.choice([1, 2, 4]))
        first = head + self._beside()
        return [first, *self._collection(value, inside)]

    def _collection(self, value: Any, column: int) -> list[str]:
        return (self._list if isinstance(value, list) else self._mapping)(value, column)

    def _scalar(self, head: str, value: Any, column: int) -> list[str]:
        if isinstance(value, str) and "\n" in value and self._now_and_then(2):
            return self._literal(head, value, column)
        if isinstance(value, str) and value.split() == value.split(" ") and self._now_and_then(2):
            return self._broken(head, value, column)
        if value is None and self._now_and_then(2):
            return [head + self._beside()]
        if value and self._now_and_then(6):
            note = self._beside()
            return [head + note, " " * (column + 3) + yamlwrite.dump_flow(value) + self._beside()]
        text = yamlwrite.dump_flow(value)
        if isinstance(value, str) and self._now_and_then() and value.isprintable():
            text = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return [f"{head}{self.random.choice([' ', ' ', '   '])}{text}{self._beside()}"]

    def _literal(self, head: str, value: str, column: int) -> list[str]:
        width = self.random.choice([1, 2, 4])
        lines = value.removesuffix("\n").split("\n")
        kept = "-" if not value.endswith("\n") else "+" if not lines[-1] else ""
        out = [f"{head} |{width}{kept}{self._beside()}"]
        out += [" " * (column + width) + line if line else "" for line in lines]
        return out + ([""] if kept != "+" and self._now_and_then(3) else [])

    def _broken(self, head: str, value: str, column: int) -> list[str]:
        """A text in several lines that are one."""
        words, width = value.split(" "), self.random.choice([1, 2, 4])
        pad = " " * (column + width)
        if self._now_and_then(2):
            return [f"{head} >-{self._beside()}", *(f"{pad}{word}" for word in words)]
        word, *rest = words
        quote = self.random.choice(["", '"'])
        *rest, last = [f"{head} {quote}{word}", *(f"{pad}{word}" for word in rest)]
        return [*rest, last + quote + self._beside()]

    def _flow(self, head: str, value: Any, column: int) -> list[str]:
        if self._now_and_then(2):
            return [f"{head} {yamlwrite.dump_flow(value)}{self._beside()}"]
        pad = " " * (column + 2)
        opening, closing = ("[", "]") if isinstance(value, list) else ("{", "}")
        out = [f"{head} {opening}{self._beside()}"]
        each = value if isinstance(value, list) else [f"{key}" for key in value]
        for number, item in enumerate(each):
            text = yamlwrite.dump_flow(item)
            if isinstance(value, dict):
                text += f": {yamlwrite.dump_flow(value[item])}"
            comma = "," if number + 1 < len(each) or self._now_and_then(2) else ""
            out += [f"{pad}{text}{comma}{self._beside()}"]
            while self._now_and_then(6):
                out.append(pad + self._comment())
        return [*out, f"{pad}{closing}{self._beside()}"]


def is_what_is_meant(text: str, data: dict[str, Any]) -> bool:
    """Whether a layout came out right: some texts cannot be laid out in every way."""
    try:
        return bool(yamlfile.read(text) == data)
    except yamlfile.YamlError:
        return False
