"""How fast is an import? `make bench-import` prints the figures, side by side in one run.

Whole processes: the command doing nothing, the import of a real schedule of 499 entries where it is
on this machine, and of invented ones of 499 and 4,990 entries, each new and again. The best of the
rounds counts, since everything that disturbs a run makes it slower.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kbsite import scaffold
from tests.importers.schedules import CORPORA, calendar, talk

SOME, MANY = 499, 4990
GIVEN = ("Ada", "Bo", "Chioma", "Dana", "Emre", "Farid", "Greta", "Hiro", "Ines", "Jonas")
FAMILY = ("Example", "Lindqvist", "Adeyemi", "Kowalski", "Haddad", "Holm", "Tanaka", "Duarte")
COMPANIES = ("Example Works", "Nimbus Labs", "Tidewater", "Quiet Harbor", "Longshore, Inc.")


def invented(entries: int) -> str:
    """A calendar whose entries have two speakers and some lines of description."""
    return calendar(*(_talk(number) for number in range(entries)), name=f"bench{entries}")


def _talk(number: int) -> str:
    one, other = (
        f"{GIVEN[(number + step) % 10]} {FAMILY[(number // 10 + step) % 8]}, "
        f"{COMPANIES[(number + step) % 5]}"
        for step in (0, 3)
    )
    day, hour = 1 + number % 28, 8 + number // 28 % 10
    return talk(
        f"u{number}",
        f"What {number} Nodes Taught Us About Queues - {one} & {other}",
        f"203104{day:02}T{hour:02}0000Z",
        f"203104{day:02}T{hour:02}3000Z",
        description="Queues and backlogs on Kubernetes\\, with eBPF and OpenTelemetry. " * 12,
    )


def seconds(command: list[str], rounds: int, fresh: Path | None) -> float:
    """The best of the rounds; before each the folder `fresh` is taken away."""
    best = float("inf")
    for _ in range(rounds):
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    kbsite = [sys.executable, "-m", "kbsite"]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "base"
        scaffold.init(root)
        sources = {}
        for name, entries in (("invented", SOME), ("invented, ten times", MANY)):
            sources[name] = (Path(folder) / f"{entries}.ics", entries)
            sources[name][0].write_text(invented(entries), encoding="utf-8", newline="")
        real = CORPORA / "sched-kubecon-na-2025.ics"
        if real.is_file():
            sources["real"] = (real, real.read_bytes().count(b"BEGIN:VEVENT"))
        nothing = seconds([*kbsite, "--version"], rounds, None)
        print(f"{'nothing (--version)':24} {nothing:6.2f} s")
        each: dict[str, float] = {}
        for name, (source, entries) in sources.items():
            command = [*kbsite, "import", "sched", str(source), "--event", f"e{entries}"]
            command += ["--root", str(root), "--timezone", "Europe/Amsterdam"]
            new = seconds(command, rounds, root / "sessions" / f"e{entries}")
            again = seconds(command, rounds, None)
            shutil.rmtree(root / "sessions" / f"e{entries}")
            each[name] = (new - nothing) / entries
            print(f"{name:24} {new:6.2f} s new, {again:6.2f} s again, {entries:,} entries")
        ratio = each["invented, ten times"] / each["invented"]
        print(f"an entry of ten times as many costs {ratio:.2f} times as much")


if __name__ == "__main__":
    main()
