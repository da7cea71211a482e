"""The figures of a bench, as a table for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.benchmarks.cases import Case

LEGEND = """\
seconds: the median of {rounds} after a warm-up; what takes long, such as MkDocs, runs only once
cpu: seconds of all processors together, which other work on the machine changes less
memory: the most that all processes held together (PSS), looked at in the first run of each
cold: without a site and without .cache"""

TIMES = ("seconds", "cpu_seconds")

# What is compared with what: the keys of two cases, and the words for the first over the second
RATIOS = (
    ("cold", "hugo", "kbsite, cold, no search, over Hugo"),
    ("cold-search", "hugo", "kbsite, cold, over Hugo"),
    ("mkdocs", "cold", "MkDocs over kbsite, both cold and without search"),
    ("mkdocs-search", "cold-search", "MkDocs over kbsite, both cold and with search"),
    ("cold-search", "cold", "cold: with search over without"),
    ("again", "cold", "again over cold, no search"),
    ("session", "cold", "a session edited over cold, no search"),
    ("theme", "cold", "a theme edited over cold, no search"),
    ("again-search", "cold-search", "again over cold"),
    ("session-search", "cold-search", "a session edited over cold"),
    ("theme-search", "cold-search", "a theme edited over cold"),
    ("check-again", "check", "check: again over cold"),
    ("check-session", "check", "check: a session edited over cold"),
)


def of_case(case: Case) -> dict[str, Any]:
    """The figures of a case that has been measured; times are in seconds, sizes in bytes."""
    made = case.made
    return {
        "name": case.name,
        "seconds": round(case.seconds, 3),
        "cpu_seconds": round(case.cpu, 3),
        "runs": [round(cost.seconds, 3) for cost in case.costs],
        "peak_memory": case.memory,
        "pages": len(made.pages) if made else None,
        "page_size": round(made.page_size) if made else None,
        "files": made.files if made else None,
        "bytes": made.bytes if made else None,
    }


def ratios(cases: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """What one case took over what another took, for those that were both measured."""
    return {
        words: {time: round(cases[one][time] / cases[other][time], 3) for time in TIMES}
        for one, other, words in RATIOS
        if one in cases and other in cases
    }


def growth(sizes: Mapping[int, Mapping[str, Any]]) -> dict[str, dict[str, dict[str, float]]]:
    """What a session takes at each size over what it takes at the smallest, for each case."""
    least = min(sizes)
    out: dict[str, dict[str, dict[str, float]]] = {}
    for size in sorted(sizes)[1:]:
        small, large = sizes[least]["cases"], sizes[size]["cases"]
        out[str(size)] = {
            key: {time: round(each[time] / size / (small[key][time] / least), 3) for time in TIMES}
            for key, each in large.items()
            if key in small
        }
    return out


def table(sessions: int, figures: Mapping[str, Any]) -> Iterator[str]:
    """The lines that say how it was at one size."""
    cases: Mapping[str, Mapping[str, Any]] = figures["cases"]
    width = max((len(each["name"]) for each in cases.values()), default=0)
    yield f"{sessions:,} sessions: {figures['origin']}"
    heads = ("seconds", "cpu", "memory MB", "pages", "kB/page", "files", "MB")
    yield f"{'':{width}}" + "".join(f"{head:>11}" for head in heads)
    for each in cases.values():
        cells: Sequence[str] = (
            f"{each['seconds']:.2f}",
            f"{each['cpu_seconds']:.2f}",
            _in(each["peak_memory"], 1e6, 0),
            _in(each["pages"], 1, 0),
            _in(each["page_size"], 1e3, 1),
            _in(each["files"], 1, 0),
            _in(each["bytes"], 1e6, 1),
        )
        yield f"{each['name']:{width}}" + "".join(f"{cell:>11}" for cell in cells)
    yield ""
    yield f"{'seconds':>8}{'cpu':>8}"
    for words, ratio in figures["ratios"].items():
        yield f"{_twice(ratio)}  {words}"
    for note in figures["notes"]:
        yield f"note: {note}"
    yield ""


def growth_table(sizes: Mapping[int, Mapping[str, Any]]) -> Iterator[str]:
    for size, costs in growth(sizes).items():
        yield f"cost per session, {int(size):,} over {min(sizes):,}:"
        names = sizes[int(size)]["cases"]
        yield f"{'seconds':>8}{'cpu':>8}"
        yield from (f"{_twice(ratio)}  {names[key]['name']}" for key, ratio in costs.items())


def _twice(ratio: Mapping[str, float]) -> str:
    return "".join(f"{ratio[time]:8.2f}" for time in TIMES)


def _in(value: int | None, unit: float, digits: int) -> str:
    return "" if value is None else f"{value / unit:,.{digits}f}"
