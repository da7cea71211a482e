"""Nothing that a command writes or prints depends on the seed of Python's hashes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.bases import CONFIG, write
from tests.importers.schedules import EVENT, calendar, talk
from tests.problem_cases import SMALL, cases, put

TOPICS = ("Queues", "Kernels", "Ledgers", "Meshes", "Pods", "Proxies", "Probes", "Sidecars")
REST = ", and What They Owe Us"
# One interpreter for all commands of a seed: each argument is a command, its words on lines.
PROGRAM = """\
import sys
from kbsite.cli import main
for command in sys.argv[1:]:
    try:
        main.main(command.split("\\n"))
    except SystemExit as end:
        print("exit", end.code, flush=True)
"""


def version(number: int, hours: tuple[str, str]) -> str:
    """A calendar in which each topic has a keynote and a talk of one title, anew numbered."""
    entries: list[str] = []
    for topic in TOPICS:
        for prefix, hour in zip(("Keynote: ", ""), hours, strict=True):
            entries.append(
                talk(
                    f"v{number}-{len(entries)}",
                    f"{prefix}{topic}{REST}",
                    f"20310401T{hour}0000Z",
                    f"20310401T{hour}3000Z",
                )
            )
    return calendar(*entries)


def base(root: Path) -> Path:
    """A knowledge base in which a person has put a word back that the import took for a prefix."""
    records = {
        f"sessions/{EVENT}/{stem}{topic.lower()}.yaml": {"title": f"{prefix}{topic}{REST}"}
        for topic in TOPICS
        for stem, prefix in (("", ""), ("keynote-", "Keynote: "))
    }
    event = {"name": "C", "timezone": "UTC", "start": "2031-04-01", "end": "2031-04-01"}
    theme = {"name": "Queueing", "keywords": ["queues", "pods", "owe"]}
    write(
        root,
        {
            "mkdocs.yml": CONFIG,
            f"sessions/{EVENT}/event.yaml": event,
            "themes/queueing.md": (theme, "Waiting."),
            "content/index.md": ({"title": "Home"}, "Hello."),
            **records,
        },
    )
    for number, hours in ((1, ("08", "08")), (2, ("09", "10")), (3, ("11", "08"))):
        (root / f"{number}.ics").write_text(version(number, hours), newline="")
    return root


def same_with_every_seed(
    folder: Path, make: Callable[[Path], object], commands: Sequence[Sequence[str]]
) -> tuple[str, int]:
    """What the commands print in a folder that was made for them, and how many files are there
    then; both are the same with three seeds, and so are the files.
    """
    seeds = ("1", "2", "3")
    for seed in seeds:
        make(folder / seed)
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *map("\n".join, commands)],
            cwd=folder / seed,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for seed in seeds
    ]
    first, *others = [run.communicate()[0].decode() for run in runs]
    assert others == [first, first]
    written, *others_written = [
        {path.relative_to(folder / seed): path.read_bytes() for path in files(folder / seed)}
        for seed in seeds
    ]
    assert others_written == [written, written]
    return first, len(written)


def files(folder: Path) -> Iterator[Path]:
    """All files, without what is known of those on this very disk."""
    return (p for p in folder.rglob("*") if p.is_file() and ".cache" not in p.parts)


def exits(printed: str) -> list[str]:
    return [line.removeprefix("exit ") for line in printed.splitlines() if line.startswith("exit")]


def test_an_import_and_what_is_built_of_it_are_the_same_with_every_seed(tmp_path: Path) -> None:
    into = ("--event", EVENT)
    commands = (
        ("import", "sched", "1.ics", *into),
        ("import", "sched", "2.ics", *into, "--dry-run", "--format", "json"),
        ("import", "sched", "2.ics", *into),
        ("import", "sched", "3.ics", *into, "--format", "json"),
        ("import", "sched", "3.ics", *into, "--timezone", "Europe/Amsterdm"),
        ("check", "--suggested"),
        ("build", "--no-search"),
    )
    printed, written = same_with_every_seed(tmp_path, base, commands)
    assert exits(printed) == [*"0000200"]
    assert "withdrawn (" not in printed
    assert written > 100


def test_many_problems_and_the_keys_of_outputs_are_the_same_with_every_seed(
    tmp_path: Path,
) -> None:
    def make(root: Path) -> None:
        shutil.copytree(SMALL, root / "small")
        shutil.copytree(SMALL, root / "wrong")
        for number, case in enumerate(cases()):
            for file in case.files:
                path = root / "wrong" / file.path.replace("/talk.yaml", f"/talk-{number}.yaml")
                if not file.how and not path.exists():
                    put(path, file)

    commands = (
        ("check", "--root", "wrong"),
        ("check", "--root", "wrong", "--suggested", "wrong/sessions", "wrong/themes"),
        ("build", "--root", "wrong"),
        ("build", "--root", "small", "--list-outputs"),
    )
    printed, _ = same_with_every_seed(tmp_path, make, commands)
    assert exits(printed) == [*"1110"]
    assert len(set(re.findall(r"KB\d{3}", printed))) > 40
    assert len(re.findall(r"(?m)^[0-9a-f]{32}  ", printed)) > 50
