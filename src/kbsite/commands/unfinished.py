"""What a command that was cut off has left: its rest is written by the next one that writes."""

from __future__ import annotations

from pathlib import Path

from kbsite import disk, report


def settle(root: Path, *, writes: bool = True) -> None:
    """Write the rest first, and say so; a command that only reads raises EnvironmentFailure."""
    if not writes:
        disk.demand_finished(root)
    elif disk.finish(root):
        told = "kbsite: wrote the rest of a command that was cut off"
        report.say(report.console(stderr=True), told)
