"""Nothing that a command writes or prints depends on the seed of Python's hashes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.bases import CONFIG, write
from tests.importers.schedules import EVENT, calendar, talk

TOPICS = ("Queues", "Kernels", "Ledgers", "Meshes", "Pods", "Proxies", "Probes", "Sidecars")
REST = ", and What They Owe Us"
# One interpreter for all commands of a seed: each argument is a command, its words on lines.
PROGRAM = """\
import sys
from kbsite.cli import main
for command in sys.argv[1:]:
    try:
        main(command.split("\\n"))
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


def test_every_command_writes_and_prints_the_same_with_every_seed(tmp_path: Path) -> None:
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
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *map("\n".join, commands)],
            cwd=base(tmp_path / seed),
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for seed in ("1", "2", "3")
    ]
    first, *others = [run.communicate()[0].decode() for run in runs]
    assert [line for line in first.splitlines() if line.startswith("exit")] == [
        *["exit 0"] * 4, "exit 2", *["exit 0"] * 2,
    ]  # fmt: skip
    assert "withdrawn (" not in first
    assert others == [first, first]
    contents = [
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")}
        for folder in (tmp_path / seed for seed in ("1", "2", "3"))
    ]
    assert len(contents[0]) > 100
    assert contents[1:] == contents[:1] * 2
