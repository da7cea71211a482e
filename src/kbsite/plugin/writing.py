"""The pages and files that kbsite writes itself, past MkDocs, while that goes on with its own."""

from __future__ import annotations

from pathlib import Path

from mkdocs.structure.files import Files

from kbsite.kept import Kept, Made, stamp
from kbsite.outputs import Output
from kbsite.plugin.making import Making
from kbsite.team import Team, cores

EACH = 32  # outputs in a task
WORTH_IT = 256  # outputs for which another process pays


class Writing:
    """Writes all outputs but the pages that MkDocs has, or brings them from the site before."""

    def __init__(
        self, making: Making, files: Files, site_dir: Path, kept: Kept | None = None
    ) -> None:
        """Begin; `kept` is what is known of the site that this one will replace."""
        known = {file.dest_uri for file in files}
        self._around = making.around
        self._notes = making.composer.notes
        self._site_dir = site_dir
        self._kept = kept
        self._outputs = [
            output
            for output in making.outputs("page", "file")
            if output.write is not None and output.path not in known
        ]
        self.made: list[Made] = []
        tasks = -(-len(self._outputs) // EACH)
        processes = min(cores(), 1 + len(self._outputs) // WORTH_IT)
        self._team = Team(tasks, self._write_some, processes)

    def finish(self) -> list[str]:
        """Return when all is written; gives what is to be said of it, sorted."""
        found: set[str] = set()
        for made, notes in self._team.finish():
            self.made += made
            found.update(notes)
        return sorted(found)

    def stop(self) -> None:
        """Give up."""
        self._team.stop()

    def _write_some(self, task: int) -> tuple[list[Made], list[str]]:
        outputs = self._outputs[task * EACH : (task + 1) * EACH]
        return [self._write(output) for output in outputs], self._notes

    def _write(self, output: Output[object]) -> Made:
        place = self._site_dir / output.path
        place.parent.mkdir(parents=True, exist_ok=True)
        key, make = output.keyed(self._around)
        brought = self._kept.bring(output.path, key, place) if self._kept else None
        if brought:
            return brought
        place.write_bytes(make())
        return Made(output.path, key, stamp(place))
