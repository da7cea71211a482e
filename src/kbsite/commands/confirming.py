"""`kbsite confirm`: suggested themes, shown one after the other to who says yes or no."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from kbsite import report
from kbsite.chores.confirming import Suggestion, Verdict, decide, suggestions, theme_id
from kbsite.chores.desk import Desk
from kbsite.commands import asking, chores
from kbsite.errors import UsageError

KEYS: Mapping[str, Verdict] = {"a": "theme", "r": "not"}
_HELP = (
    ("a", "accept: the session is about the theme"),
    ("r", "reject: it is not, and nothing suggests it again"),
    ("s", "skip it for now"),
    ("b", "back to the one before"),
    ("q", "write what was decided, and end"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which suggestions somebody wants to decide; `yes` and `no` are themes of which all are."""

    themes: tuple[str, ...] = ()
    event: str = ""
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


def run(root: Path | None, asked: Asked, *, dry_run: bool, quiet: bool) -> None:
    """Have suggestions decided, and write it. Raises UsageError where nobody could be asked."""
    if asked.themes and (asked.yes or asked.no):
        raise UsageError("--theme is for those who are asked; --all-of and --none-of ask nobody")
    if not (asked.yes or asked.no or asking.is_possible()):
        raise UsageError(
            "nobody is at a terminal to be asked; --all-of THEME accepts all suggestions of a "
            "theme, --none-of THEME rejects them; 'kbsite check --suggested' lists them"
        )
    chores.run(root, lambda desk: _decided(desk, asked), dry_run=dry_run, quiet=quiet)


def _decided(desk: Desk, asked: Asked) -> str:
    if not asked.yes and not asked.no:
        found = suggestions(desk, themes=asked.themes, event=asked.event)
        return decide(desk, _asked(found) if found else {})
    verdicts: dict[tuple[str, str], Verdict] = {}
    for words, verdict in ((asked.yes, KEYS["a"]), (asked.no, KEYS["r"])):
        for each in suggestions(desk, themes=words, event=asked.event) if words else ():
            verdicts[each.session, each.theme] = verdict
    if both := {theme_id(desk.base, word) for word in asked.yes} & {
        theme_id(desk.base, word) for word in asked.no
    }:
        raise UsageError(f"say --all-of or --none-of of {min(both)}, but not both")
    return decide(desk, verdicts)


def _asked(found: Sequence[Suggestion]) -> dict[tuple[str, str], Verdict]:
    """What somebody decides of suggestions, one after the other, by single keys."""
    console = report.console()
    verdicts: dict[tuple[str, str], Verdict] = {}
    _explain(console, len(found))
    at = 0
    with asking.keys() as read:
        while at < len(found):
            each = found[at]
            _show(console, each, at, found)
            key = _key(console, read)
            if key == "q":
                break
            if key == "b":
                at = max(at - 1, 0)
                continue
            verdicts.pop((each.session, each.theme), None)
            if key in KEYS:
                verdicts[each.session, each.theme] = KEYS[key]
            at += 1
    return verdicts


def _explain(console: Console, number: int) -> None:
    report.say(console, (f"{number:,} to decide; nothing is written before the end", "bold"))
    for key, words in _HELP:
        report.say(console, "  ", (key, "bold"), f"  {words}")


def _show(console: Console, each: Suggestion, at: int, found: Sequence[Suggestion]) -> None:
    report.say(console)
    report.say(console, (f"{at + 1:,} of {len(found):,}  {each.theme}", "bold"))
    report.say(console, f"  {each.title}")
    report.say(console, (f"  {each.session}", "dim"))
    if each.words:
        words = ", ".join(f"'{word}'" for word in each.words)
        report.say(console, f"  its {each.where} has {words}")
    else:
        report.say(console, "  its source suggested it")


def _key(console: Console, read: Callable[[], str]) -> str:
    """The next of the keys that is pressed."""
    report.prompt(console, "a, r, s, b or q? ")
    known = {key for key, _ in _HELP}
    key = next(key for key in map(str.casefold, iter(read, None)) if key in known)
    report.say(console, key)
    return key
