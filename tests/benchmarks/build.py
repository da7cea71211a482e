"""How fast is a build? `make bench` prints the figures, all from one run.

For each size, kbsite builds a knowledge base with and without search: cold, again, with a session
edited, with a theme edited; and checks it. Hugo and MkDocs with Material build the same pages, as
kbsite exports them; Hugo's come out as large as kbsite's, in the same shell. Every command is a
process of its own, and they take turns. A run counts only if it made all the pages, and shows what
was edited before it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks import cases, corpus, engines, figures, sites
from tests.benchmarks.base import Base, copied, page_of
from tests.benchmarks.cases import Case, UselessRunError
from tests.benchmarks.processes import run

SIZES = (1_000, 10_000, 21_000)
HUGE = 100_000


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    sizes = options.sizes or ((SIZES[0],) if options.quick else SIZES)
    if options.base:
        sizes = (Base(options.base).published(),)
    if options.huge:
        sizes = (*sizes, HUGE)
    found: dict[int, dict[str, Any]] = {}
    print(figures.LEGEND.format(rounds=options.rounds), end="\n\n")
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="kbsite-bench-") as folder:
            found[size] = _measure(Path(folder), size, options)
        print("\n".join(figures.table(size, found[size])), flush=True)
        if options.json:
            options.json.write_text(_as_json(found), encoding="utf-8")
    print("\n".join(figures.growth_table(found)))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.build",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--sizes", type=int, nargs="+", metavar="N", help="sessions; by default 1000 10000 21000")
    add("--quick", action="store_true", help="1,000 sessions only")
    add("--huge", action="store_true", help="100,000 sessions too, of talks held again")
    add("--base", type=Path, metavar="DIR", help="a copy of this knowledge base instead of talks")
    add("--rounds", type=int, default=3, help="runs that count; by default 3")
    add("--no-warm-up", action="store_true", help="let the first run count")
    add("--cases", nargs="+", metavar="KEY", help="only these, such as: cold hugo mkdocs")
    add("--json", type=Path, metavar="FILE", help="where to write the figures too")
    add("--corpus", type=Path, default=corpus.TALKS, help="talks as lines of JSON, gzipped")
    return parser.parse_args(arguments)


def _measure(folder: Path, sessions: int, options: argparse.Namespace) -> dict[str, Any]:
    """All figures for one size."""
    root, tree = folder / "base", folder / "tree"
    root.mkdir()
    if options.base:
        origin = copied(options.base, root)
    else:
        origin = corpus.write(root, sessions, options.corpus)
    base = Base(root)
    notes: list[str] = []

    def chosen(found: Sequence[Case]) -> list[Case]:
        return [case for case in found if not options.cases or case.key in options.cases]

    ours = chosen(cases.of_kbsite(base, sessions))
    others: list[Case] = []
    if sessions <= cases.MANY:
        others = chosen(cases.of_others(folder, tree, sessions))
    else:
        notes.append("for so many pages the other engines need more memory than most machines have")
    exporting = cases.export(base, tree)
    if others or chosen([exporting]):
        _run(exporting, sessions, "", counts=True)
    if any(case.key == "hugo" for case in others):
        notes += _make_alike(base, folder / "hugo", tree)
    elif not engines.hugo_program():
        notes.append("Hugo is not installed; 'make bench' does that")
    taken = [*ours, *others]
    for case in taken:
        if not (case.once or options.no_warm_up):
            _run(case, sessions, "warming up", counts=False)
        _tidy(case)
    for turn in range(options.rounds):
        for case in taken:
            if not (case.once and turn):
                _run(
                    case,
                    sessions,
                    f"{turn + 1} of {1 if case.once else options.rounds}",
                    counts=True,
                )
            _tidy(case)
    _demand_the_same_pages(taken)
    measured = {case.key: figures.of_case(case) for case in (*ours, *chosen([exporting]), *others)}
    return {
        "origin": origin,
        "cases": measured,
        "ratios": figures.ratios(measured),
        "notes": notes,
    }


def _run(case: Case, sessions: int, turn: str, *, counts: bool) -> None:
    seconds = case.measure(counts=counts)
    said = f", {turn}" if turn else ""
    print(f"{sessions:,} sessions: {case.name}{said}: {seconds:.1f} s", file=sys.stderr, flush=True)


def _tidy(case: Case) -> None:
    """Take away the site of another engine; kbsite's is what its next build starts from."""
    if case.site is not None and case.site.parent.name != "base":
        shutil.rmtree(case.site, ignore_errors=True)


def _make_alike(base: Base, hugo: Path, tree: Path) -> list[str]:
    """Set up Hugo so that its pages are as large as kbsite's; says so where they are not."""
    base.cold(cases.UNSEARCHED)
    run(cases.UNSEARCHED, base.root)
    wanted = sites.read(base.site)
    html = (base.site / page_of(base.session(0)) / "index.html").read_text(encoding="utf-8")
    engines.hugo(hugo, tree, html)
    added = 0
    for _ in range(2):
        run(engines.hugo_command(hugo), hugo)
        got = sites.read(hugo / "site")
        shutil.rmtree(hugo / "site")
        if engines.is_near(wanted, got):
            return [f"{added:,} bytes of filling on each of Hugo's pages"]
        added = engines.filling(wanted, got, added)
        engines.set_filling(hugo, added)
    return [f"Hugo's pages are of {got.page_size:,.0f} bytes, kbsite's of {wanted.page_size:,.0f}"]


def _demand_the_same_pages(taken: Sequence[Case]) -> None:
    """Raise UselessRunError if one made other pages than the others."""
    made = {case.name: set(case.made.pages) for case in taken if case.made}
    for name, pages in made.items():
        for other, others in made.items():
            if missing := sorted(pages - others):
                raise UselessRunError(
                    f"{other} lacks {len(missing)} pages of {name}: {missing[:3]}"
                )


def _as_json(found: dict[int, dict[str, Any]]) -> str:
    said = {
        "machine": {
            "system": platform.platform(),
            "python": platform.python_version(),
            "processors": os.cpu_count(),
        },
        "sizes": {str(size): each for size, each in found.items()},
        "cost_per_session": figures.growth(found),
    }
    return json.dumps(said, indent=1) + "\n"


if __name__ == "__main__":
    main()
