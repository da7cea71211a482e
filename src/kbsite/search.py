"""Pagefind's program, run over documents. The only module that knows it.

It is run itself, not through its Python package, which takes a hundred times as long per document.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from kbsite.errors import EnvironmentFailure
from kbsite.team import Team, batches
from kbsite.temporary import Temporary

INDEX = "pagefind"  # the index's folder, in the site
AT_ONCE = 500  # files of an index that one process reads before it looks for more
SESSIONS = "sessions.json"  # in it: Pagefind's name of each session, in the graph's order

_USED = re.compile(r"pagefind\.js|pagefind-entry\.json|pagefind\..+\.pf_meta|wasm\.en\.pagefind")
_WAY_OUT = (
    "install it with 'pip install --force-reinstall pagefind_bin', or build without search: "
    "'kbsite build --no-search'"
)
_SIGNATURE = b"pagefind_dcd"  # what Pagefind begins each of its files with
# Put before its script, this is what it fetches with; other scripts' `fetch` stays the browser's.
_IMPORT = b'import { fetchPart as fetch } from "../assets/search.js";\n'


class Documents:
    """Documents in a temporary folder, until an index is made of them.

    `digest` is that of all of them, by their paths.
    """

    def __init__(self, paths: Iterable[str], write: Callable[[Path], str]) -> None:
        """`write` puts them into a folder, and gives their digest."""
        self.paths = frozenset(paths)
        with naming_temporary():
            self._temporary = Temporary("search")
            self.folder = self._temporary.folder
            self.digest = write(self.folder)

    def close(self) -> None:
        """Remove them."""
        self._temporary.close()


def documents(made: Iterable[tuple[str, bytes]]) -> Documents:
    """Documents that are there already, by their paths."""
    known = list(made)
    return Documents((path for path, _ in known), lambda folder: put(known, folder))


def put(made: Iterable[tuple[str, bytes]], folder: Path) -> str:
    """Write documents into a folder; gives their digest."""
    digest = blake2b()
    for path, html in made:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(html)
        digest.update(f"{path}\0{len(html)}\0".encode() + html)
    return digest.hexdigest()


class Indexing:
    """An index in the making: the program runs while other work goes on."""

    def __init__(self, documents: Documents, sessions: Iterable[str], folder: Path) -> None:
        """Begin to write the index of documents, which are gone when it is there, into `folder`.

        `sessions` are the addresses of the sessions among them, in the order of the graph.

        Raises EnvironmentFailure if the program is not there.
        """
        self._given = documents
        self._made = folder
        self._sessions = tuple(sessions)
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  # it is read when the program has ended
        try:
            self._process = self._begun()
        except BaseException:
            self._close()
            raise

    def _begun(self) -> subprocess.Popen[bytes]:
        command = [
            str(_executable()), "--site", str(self._given.folder), "--output-path", str(self._made),
            "--force-language", "en", "--silent",
        ]  # fmt: skip
        try:
            return subprocess.Popen(  # noqa: S603  # the program that pip installed
                command, stdout=self._said, stderr=subprocess.STDOUT
            )
        except OSError as error:
            raise EnvironmentFailure(
                f"Pagefind, which makes the search index, cannot be run ({error.strerror}); "
                + _WAY_OUT
            ) from error

    def _close(self) -> None:
        self._given.close()
        self._said.close()

    def finish(self) -> None:
        """Wait until the index is there, without what kbsite does not use of it.

        Raises EnvironmentFailure with the program's own words if it fails.
        """
        failed = self._process.wait() != 0
        script = self._made / "pagefind.js"
        self._said.seek(0)
        said = self._said.read().decode(errors="replace").strip()
        self._close()
        if failed or not script.is_file():
            raise EnvironmentFailure(
                f"Pagefind, which makes the search index, failed: {said or 'it says nothing'}; "
                + _WAY_OUT
            )
        script.write_bytes(_IMPORT + script.read_bytes())
        for file in self._made.iterdir():
            if file.is_file() and not _USED.fullmatch(file.name):
                file.unlink()
        names = _names(self._made / "fragment")
        listed = [names.get(f"/{path}", "") for path in self._sessions]
        found = sum(map(bool, listed))
        given = sum(f"{path}index.html" in self._given.paths for path in self._sessions)
        if found < given:
            raise EnvironmentFailure(
                f"Pagefind's index has {found} of {given} sessions where kbsite looks for them; "
                + _WAY_OUT
            )
        (self._made / SESSIONS).write_text(json.dumps(listed, separators=(",", ":")))

    def stop(self) -> None:
        """End the program, if it still runs."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._close()


@contextmanager
def naming_temporary() -> Iterator[None]:
    """Let a failure to write temporary files name the folder that they go to."""
    try:
        yield
    except OSError as error:
        raise EnvironmentFailure(
            f"cannot write to {tempfile.gettempdir()}, where the search index is made "
            f"({error.strerror}); name another folder in TMPDIR"
        ) from error


def _executable() -> Path:
    try:
        from pagefind_bin import get_executable  # noqa: PLC0415  # it may be missing

        return Path(get_executable())
    except (ImportError, OSError) as error:
        raise EnvironmentFailure(
            f"Pagefind, which makes the search index, is not installed; {_WAY_OUT}"
        ) from error


def _names(fragments: Path) -> dict[str, str]:
    """Pagefind's own names of the documents, by address; none where its files are not as known.

    Its interface in a browser gives the names of what it found, best first. To say what one is, it
    fetches its fragment, and for thousands of results that is too much. A search for a word that
    all sessions have, sorted, would name them in order, but takes longer than any other search.
    """
    files = sorted(fragments.iterdir())
    shares = batches(files, AT_ONCE)
    try:
        found = Team(len(shares), lambda task: [*map(_address, shares[task])]).finish()
    except (zlib.error, ValueError, LookupError):
        return {}
    addresses = (address for batch in found for address in batch)
    return {address: file.stem for address, file in zip(addresses, files, strict=True)}


def _address(fragment: Path) -> str:
    """The address of the document that a file of the index is about."""
    document = json.loads(zlib.decompress(fragment.read_bytes(), 31).removeprefix(_SIGNATURE))
    return str(document["url"])
