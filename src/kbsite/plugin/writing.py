"""The pages and files that kbsite writes itself, past MkDocs, while that goes on with its own."""

from __future__ import annotations

from pathlib import Path

from mkdocs.structure.files import Files

from kbsite.outputs import Output
from kbsite.plugin.making import Making
from kbsite.team import Team, cores

EACH = 32  # outputs in a task
WORTH_IT = 256  # outputs for which another process pays


class Writing:
    """Writes all outputs but the pages that MkDocs has."""

    def __init__(self, making: Making, files: Files, site_dir: Path) -> None:
        """Begin."""
        known = {file.dest_uri for file in files}
        self._around = making.around
        self._composer = making.composer
        self._site_dir = site_dir
        self._outputs = [
            output
            for output in making.outputs("page", "file")
            if output.write is not None and output.path not in known
        ]
        tasks = -(-len(self._outputs) // EACH)
        processes = min(cores(), 1 + len(self._outputs) // WORTH_IT)
        self._team = Team(tasks, self._write_some, processes)

    def finish(self) -> list[str]:
        """Return when all is written; gives what is to be said of it, sorted."""
        return sorted({note for notes in self._team.finish() for note in notes})

    def stop(self) -> None:
        """Give up."""
        self._team.stop()

    def _write_some(self, task: int) -> list[str]:
        for output in self._outputs[task * EACH : (task + 1) * EACH]:
            self._write(output)
        return self._composer.notes

    def _write(self, output: Output[object]) -> None:
        path = self._site_dir / output.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(output.make(self._around))
