"""`kbsite serve`: a site whose pages are made when a browser asks for them."""

from __future__ import annotations

import time
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread

from mkdocs.exceptions import MkDocsException

from kbsite.collector import paused
from kbsite.errors import EnvironmentFailure
from kbsite.plugin import running
from kbsite.plugin.live.indexing import Index
from kbsite.plugin.live.server import Server
from kbsite.plugin.live.state import Live, Now
from kbsite.plugin.live.watching import Watcher
from kbsite.plugin.overlay import Editor
from kbsite.temporary import Temporary

PATIENCE = 3  # times as long as a change takes, nobody may write before the index is made


@dataclass(frozen=True, kw_only=True, slots=True)
class Wishes:
    """How a site is to be served.

    `address` is HOST:PORT, by default what mkdocs.yml says; `editor` what places of problems lead
    to. With `open` a browser is opened at that page or file, the site's first if it is empty, and
    with `follow` it goes to the page of what is saved.
    """

    address: str | None = None
    editor: str | None = None
    open: str | None = None
    follow: bool = False


def serve(root: Path, wishes: Wishes, say: Callable[[str, str], None]) -> None:
    """Serve the site of `root` until interrupted; `say` gets each message with its level.

    Raises UsageError if nothing can be served at the address, or there is no such editor.
    """
    editor, address = Editor.called(wishes.editor, root), wishes.address
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
            server.show(live, index, editor, follow=wishes.follow)
            _run(server, live, index, watcher, say, open=wishes.open)
        finally:
            server.close()
            watcher.stop()
            index.stop()
            live.close()


def _run(
    server: Server,
    live: Live,
    index: Index,
    watcher: Watcher,
    say: Callable[[str, str], None],
    *,
    open: str | None,
) -> None:
    def changed(now: Now) -> None:
        watcher.watch(live.places)
        if not now.message:
            index.want(PATIENCE * live.took)
        server.tell()

    live.follow(changed)
    watcher.begin()
    index.want()
    url = f"{server.url}{live.now().mount}"
    say("INFO", f"Serving on {url}")
    if open is not None:
        page = live.page_of(file) if (file := Path(open)).is_file() else ""
        page = page or f"{live.now().mount}{open.lstrip('/')}"
        Thread(target=_open, args=(f"{server.url}{page}", say), daemon=True).start()
    try:
        server.serve_forever(poll_interval=0.1)
    except KeyboardInterrupt:
        say("INFO", "Stopped")


def _open(url: str, say: Callable[[str, str], None]) -> None:
    """Have a browser open an address, which may take as long as that browser is open."""
    if not webbrowser.open(url):
        say("WARNING", f"No browser could be opened; go to {url}")
