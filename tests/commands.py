"""What the commands say of themselves, as Markdown for the guide that has all of them."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import click

from kbsite.cli import main

EVERYWHERE = ("root", "quiet", "help")  # what these do is said once, for all commands
_FIELD = "of_"  # begins the name of an option that is a field, which its model tells


def leaves(group: click.Group = main, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with its full name."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, f"{before}{name} ")
        elif not command.hidden:
            yield f"{before}{name}", command


def described(name: str) -> list[str]:
    """How a command is called, what it does, and its options; `all` are the options of all."""
    if name == "all":
        return _options_of_all()
    command = main.commands[name]
    if not isinstance(command, click.Group):
        options = _options({name: command})
        return _joined([f"`{_usage(name, command)}`"], *_paragraphs(command), *options)
    parts = dict(leaves(command, f"{name} "))
    said = {each: _paragraphs(part) for each, part in parts.items()}
    times = Counter(text for texts in said.values() for (text,) in texts)
    shared = [text for text, number in times.items() if number > 2]
    rows = [
        (
            f"`{_usage(each, part).removeprefix(f'kbsite {name} ')}`",
            " ".join(text for (text,) in said[each] if text not in shared),
        )
        for each, part in parts.items()
    ]
    subcommands = _table(f"`kbsite {name}`", rows)
    more = [[text] for text in shared]
    return _joined(*_paragraphs(command), *more, subcommands, *_options(parts))


def _options_of_all() -> list[str]:
    parts = dict(leaves())
    owners = _owners(parts, everywhere=True)
    rows = [(said, " ".join([*_whose(names, parts), does])) for (said, does), names in owners]
    return _table("option", rows)


def _options(parts: Mapping[str, click.Command]) -> Iterator[list[str]]:
    """A table of the options that all of some commands have, and one for those of each few."""
    groups: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for row, names in _owners(parts, everywhere=False):
        groups.setdefault(tuple(names), []).append(row)
    for owners in sorted(groups, key=len, reverse=True):
        if whose := _whose(owners, parts):
            yield whose
        yield _table("option", groups[owners])


def _owners(
    parts: Mapping[str, click.Command], *, everywhere: bool
) -> Iterable[tuple[tuple[str, str], list[str]]]:
    """How an option is written and what it does, and the commands that have it."""
    owners: dict[tuple[str, str], list[str]] = {}
    for name, command in parts.items():
        context = click.Context(command, **main.context_settings)
        for option in command.get_params(context):
            if isinstance(option, click.Option) and not option.hidden:
                key = option.opts[-1].removeprefix("--")
                if (key in EVERYWHERE) == everywhere and not str(option.name).startswith(_FIELD):
                    owners.setdefault(_row(option, context), []).append(name)
    return owners.items()


def _row(option: click.Option, context: click.Context) -> tuple[str, str]:
    does, takes = (option.help or "").strip(), ""
    if option.required:
        does = f"Required. {does}"
    if isinstance(option.type, click.Choice):
        does += f" One of {_list(option.type.choices)}."
        takes = f" {str(option.name).upper()}"
    elif not option.is_flag and option.name != "help":
        takes = f" {option.make_metavar(context)}"
    return _code(f"{', '.join(option.opts)}{takes}"), does


def _whose(names: Sequence[str], parts: Mapping[str, object]) -> list[str]:
    """Whose an option is, where not all have it."""
    if len(names) == len(parts):
        return []
    if 2 * len(names) <= len(parts):
        return [f"Of {_list(names)}:"]
    return [f"Not of {_list(name for name in parts if name not in names)}:"]


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _usage(name: str, command: click.Command) -> str:
    pieces = command.collect_usage_pieces(click.Context(command))
    return " ".join([f"kbsite {name}", *(piece for piece in pieces if piece != "[OPTIONS]")])


def _paragraphs(command: click.Command) -> list[list[str]]:
    texts = inspect.cleandoc(command.help or "").split("\n\n")
    return [[" ".join(text.split())] for text in texts if text.strip()]


def _table(what: str, rows: Iterable[tuple[str, ...]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in [(what, "what it does"), ("---", "---"), *rows]]


def _code(text: str) -> str:
    """Text as code in a table: where a bar stands in it, readers of Markdown differ."""
    return f"<code>{text.replace('|', '&#124;')}</code>" if "|" in text else f"`{text}`"


def _joined(*blocks: Sequence[str]) -> list[str]:
    return [line for block in blocks for line in ("", *block)][1:]
