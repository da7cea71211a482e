"""A difference in words: sections of lines, in which what others wrote is marked as theirs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, NamedTuple, TypeAlias

from kbsite.catalog import CLAIMS, ORGANISATION, PERSON, PROJECT, Thing
from kbsite.difference.claims import words_of
from kbsite.difference.pages import REDIRECT
from kbsite.difference.parts import ClaimChange, Difference, NamedChange, PageChange, SessionChange
from kbsite.excerpts import excerpt
from kbsite.graph.times import clock
from kbsite.kinds.words import count

SHOWN = 10  # lines of a section where not all are told
LONGEST = 240  # characters of a text that is shown
AROUND = 4  # words that stay before and after those that differ
MOST_WORDS = 2_000  # of a text whose differing words are looked for

_PROSE = frozenset({"text", "title", "value", "label", "note"})
_SIGNS = {"added": "+", "changed": "~", "moved": ">", "removed": "-"}


class Said(NamedTuple):
    """What a record says, a name or an address: anything that is not ours."""

    text: str


Words: TypeAlias = "tuple[str | Said, ...]"


class Line(NamedTuple):
    """One thing that is said, after the sign of what happened to it; `more` are lines below it."""

    sign: str
    words: Words
    more: tuple[Words, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    title: str
    lines: Sequence[Line]
    is_error: bool = False


def sections(difference: Difference) -> Iterator[Section]:
    """What matters most first; only those that hold anything."""
    for section in _sections(difference):
        if section.lines:
            yield section


def _sections(difference: Difference) -> Iterator[Section]:
    yield Section(
        title="Addresses that vanish without a redirect",
        lines=[
            Line("!", (Said(f"/{gone.path}"), ", ", Said(_short(gone.title))), ((gone.hint,),))
            for gone in difference.vanished
        ],
        is_error=True,
    )
    for thing in CLAIMS:
        claims = [_claim(each) for each in difference.claims if each.kind == thing.name]
        yield Section(title=thing.nouns.capitalize(), lines=claims)
    yield Section(title="Sessions", lines=[*map(_session, _about_themselves(difference))])
    yield Section(title="Themes of sessions", lines=_themes(difference))
    for thing in (PERSON, ORGANISATION, PROJECT):
        named = [_named(each) for each in difference.named if each.kind == thing.name]
        yield Section(title=thing.plural.capitalize(), lines=named)
    pages = sorted(difference.pages, key=_rank)
    has_causes = len(difference.changed) > 1
    lines = [_page(page, page.because if has_causes else ()) for page in pages]
    yield Section(title="Pages", lines=lines)
    yield Section(
        title="Other files of the site",
        lines=[Line(_SIGNS[file.how], (Said(f"/{file.path}"),)) for file in difference.files],
    )


def _rank(page: PageChange) -> tuple[bool, bool, int, bool]:
    """By what pages come: those that lead on last, and before them what changed because of others.

    All of the rest are in the order of what became of them.
    """
    is_own = page.how != "changed" or page.file in page.because
    order = ("added", "removed", "moved", "changed")
    return page.kind == REDIRECT, not is_own, order.index(page.how), page.minor


def summary(difference: Difference) -> str:
    """What there is to look at, in one line.

    >>> summary(Difference())
    'nothing of the site changes'
    """
    of_claims = [(thing.noun, _hows(difference.claims, thing)) for thing in CLAIMS]
    of_named = [
        (thing.name, _hows(difference.named, thing)) for thing in (PERSON, ORGANISATION, PROJECT)
    ]
    every: list[tuple[str, list[str]]] = [
        *of_claims,
        ("session", [each.how for each in _about_themselves(difference)]),
        *of_named,
        ("page", [page.how for page in difference.pages]),
    ]
    parts = [_counted(noun, hows) for noun, hows in every]
    if difference.vanished:
        parts.insert(0, f"{count(len(difference.vanished), 'address', 'addresses')} vanished")
    return "; ".join(filter(None, parts)) or "nothing of the site changes"


def _hows(changes: Iterable[ClaimChange | NamedChange], thing: Thing) -> list[str]:
    return [each.how for each in changes if each.kind == thing.name]


def _counted(noun: str, hows: Sequence[str]) -> str:
    numbers = Counter(hows)
    parts = [f"{numbers[how]:,} {how}" for how in _SIGNS if numbers[how]]
    if not parts:
        return ""
    number, _, how = parts[0].partition(" ")
    plural = {"person": "people"}.get(noun, f"{noun}s")
    named = noun if number == "1" else plural
    return ", ".join([f"{number} {named} {how}", *parts[1:]])


def _about_themselves(difference: Difference) -> list[SessionChange]:
    """Sessions of which more differs than what themes they have."""
    return [each for each in difference.sessions if each.fields or each.how != "changed"]


def _claim(change: ClaimChange) -> Line:
    said = Said(_short(words_of(change.after or change.before)))
    more: list[Words] = [("in ", Said(_short(change.title)), " (", Said(change.file), ")")]
    if facts := [*_facts(change.after)] if change.how == "added" else []:
        more.append(tuple(part for fact in facts for part in (", ", *fact))[1:])
    for name in change.fields:
        old, new = change.before.get(name), change.after.get(name)
        if name in _PROSE and isinstance(old, str) and isinstance(new, str):
            more.append((f"{name}: ", Said(differing_words(old, new))))
        else:
            more.append((f"{name}: ", *_value(name, old), " became ", *_value(name, new)))
    return Line(_SIGNS[change.how], (said,), tuple(more))


def _facts(claim: Mapping[str, Any]) -> Iterator[Words]:
    """What is told about a claim, beside what it says."""
    for name, value in claim.items():
        if name not in _PROSE:
            yield (f"{name} ", *_value(name, value))


def _value(name: str, value: Any) -> Words:
    if value is None:
        return ("nothing",)
    if name == "at":
        return (clock(value),)
    return (Said(_short(", ".join(value) if isinstance(value, list) else str(value))),)


def _session(change: SessionChange) -> Line:
    words: Words = (Said(_short(change.title)), " (", Said(change.file), ")")
    if change.former:
        words = (*words, ", formerly ", Said(change.former))
    if change.fields:
        words = (*words, f": another {', '.join(change.fields)}")
    return Line(_SIGNS[change.how], words)


def _themes(difference: Difference) -> list[Line]:
    """By theme: which sessions have it now, and which no more."""
    gained: defaultdict[str, list[str]] = defaultdict(list)
    lost: defaultdict[str, list[str]] = defaultdict(list)
    for change in difference.sessions:
        for theme in change.gained:
            gained[theme].append(change.title)
        for theme in change.lost:
            lost[theme].append(change.title)
    out: list[Line] = []
    for theme in sorted({*gained, *lost}):
        for sign, titles in (("+", gained[theme]), ("-", lost[theme])):
            if titles:
                first = Said(_short(titles[0]))
                rest = f" and {len(titles) - 1:,} more" if len(titles) > 1 else ""
                number = count(len(titles), "session")
                out.append(Line(sign, (Said(theme), f" in {number}: ", first, rest)))
    return out


def _named(change: NamedChange) -> Line:
    words: Words = (Said(_short(change.name)),)
    if change.former:
        words = (*words, ", formerly ", Said(change.former))
    if change.file:
        words = (*words, " (", Said(change.file), ")")
    more = tuple(
        ("resembles ", Said(_short(name)), " (", Said(other), ")")
        for other, name in change.resembles
    )
    return Line(_SIGNS[change.how], words, more)


def _page(page: PageChange, because: Sequence[str]) -> Line:
    words: Words = (f"{page.kind} ", Said(f"/{page.path}"))
    if page.title:
        words = (*words, " ", Said(_short(page.title)))
    if page.to:
        words = (*words, ", which leads to ", Said(f"/{page.to}"))
    if because:
        named = [part for file in because for part in (", ", Said(file))]
        words = (*words, ", because of ", *named[1:])
    return Line(_SIGNS[page.how], words)


def _short(text: str) -> str:
    return excerpt(" ".join(text.split()), LONGEST)


def differing_words(old: str, new: str) -> str:
    """A text with the words that go and come, as git marks them, and few of the others.

    >>> differing_words("Kernels say less now.", "Kernels say much more now.")
    'Kernels say [-less-]{+much more+} now.'
    """
    ours, theirs = old.split(), new.split()
    if max(len(ours), len(theirs)) > MOST_WORDS:
        return f"[-{_short(old)}-]{{+{_short(new)}+}}"
    out: list[str] = []
    codes = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    for number, (tag, i, j, k, m) in enumerate(codes):
        if tag == "equal":
            same = ours[i:j]
            first = 0 if number == 0 else AROUND
            last = 0 if number == len(codes) - 1 else AROUND
            if len(same) > first + last + 1:
                same = [*same[:first], "…", *same[len(same) - last :]]
            out.append(" ".join(same))
        else:
            gone, come = " ".join(ours[i:j]), " ".join(theirs[k:m])
            out.append((f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else ""))
    return re.sub(r"\s+", " ", " ".join(out)) or "[-…-]{+…+}"
