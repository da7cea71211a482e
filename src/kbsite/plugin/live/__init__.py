"""`kbsite serve`: a site whose pages are made when a browser asks for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from mkdocs.exceptions import MkDocsException

from kbsite.collector import paused
from kbsite.errors import EnvironmentFailure
from kbsite.plugin import running
from kbsite.plugin.live.indexing import Index
from kbsite.plugin.live.server import Server
from kbsite.plugin.live.state import Live, Now
from kbsite.plugin.live.watching import Watcher
from kbsite.temporary import Temporary

PATIENCE = 3  # times as long as a change takes, nobody may write before the index is made


def serve(root: Path, address: str | None, say: Callable[[str, str], None]) -> None:
    """Serve the site of `root` until interrupted; `say` gets each message with its level.

    `address` is HOST:PORT, by default what mkdocs.yml says. Raises UsageError if nothing can be
    served there.
    """
    project = running.Project(root, address)
    begun = time.time_ns()
    with (
        Server(*project.address, partial(say, "ERROR")) as server,
        running.listening(say),
        paused(),
        Temporary("serve") as folder,
    ):
        try:
            live = Live(project.file, address, folder, say)
        except (MkDocsException, SystemExit) as error:
            raise EnvironmentFailure(str(error)) from error
        index = Index(project.file, folder / "index", server.tell, partial(say, "ERROR"))
        watcher = Watcher(live.places, live.note, since=begun)
        try:
            _run(server, live, index, watcher, say)
        finally:
            server.close()
            watcher.stop()
            index.stop()
            live.close()


def _run(
    server: Server, live: Live, index: Index, watcher: Watcher, say: Callable[[str, str], None]
) -> None:
    def changed(now: Now) -> None:
        watcher.watch(live.places)
        if not now.message:
            index.want(PATIENCE * live.took)
        server.tell()

    live.follow(changed)
    watcher.begin()
    index.want()
    server.show(live, index)
    say("INFO", f"Serving on {server.url}{live.now().mount}")
    try:
        server.serve_forever(poll_interval=0.1)
    except KeyboardInterrupt:
        say("INFO", "Stopped")
