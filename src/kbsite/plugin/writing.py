"""The pages and files that kbsite writes itself, past MkDocs, while that goes on with its own."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from mkdocs.structure.files import Files

from kbsite.kept import Kept, Made, stamp
from kbsite.outputs import Output
from kbsite.plugin.making import Making
from kbsite.search import INDEX, Documents, put
from kbsite.team import Team, batches, cores

EACH = 32  # outputs in a task, unless there were too many tasks
WORTH_IT = 256  # outputs for which another process pays


def documents(making: Making) -> Documents:
    """The documents of a search index, made by all processes."""
    outputs = making.reading.prepared.documents
    shares = batches(outputs, EACH)

    def write(folder: Path) -> str:
        def put_some(task: int) -> str:
            return put(((each.path, each.make(making.around)) for each in shares[task]), folder)

        digests = Team(len(shares), put_some, _processes(len(outputs))).finish()
        return blake2b("".join(digests).encode()).hexdigest()

    return Documents((each.path for each in outputs), write)


def _processes(outputs: int) -> int:
    return min(cores(), 1 + outputs // WORTH_IT)


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
        outputs = [
            output
            for output in making.outputs("page", "file")
            if output.write is not None and output.path not in known
        ]
        self.made: list[Made] = []
        if kept:
            own = {output.path for output in outputs}
            kept.clear(lambda path: path in own or path.startswith(f"{INDEX}/"))
        self._shares = batches(outputs, EACH)
        # To find what is related to one session takes what is known of all: once, for all processes
        next(iter(making.reading.prepared.graph.relations.values()), None)
        self._team = Team(len(self._shares), self._write_some, _processes(len(outputs)))

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
        return [self._write(output) for output in self._shares[task]], self._notes

    def _write(self, output: Output[object]) -> Made:
        place = self._site_dir / output.path
        key, make = output.keyed(self._around)
        brought = self._kept.bring(output.path, key, place) if self._kept else None
        if brought:
            return brought
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(make())
        return Made(output.path, key, stamp(place))
