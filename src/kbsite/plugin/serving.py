"""Live reload that survives broken records: the problem over the page, the last good site below."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import get_plugin_logger

from kbsite.catalog import CONTENT, folders
from kbsite.errors import UsageError
from kbsite.plugin import settings
from kbsite.plugin.overlay import Editor, with_overlay
from kbsite.sitefolder import MARKER

if TYPE_CHECKING:  # it takes long to import, and only who serves has it
    from mkdocs.livereload import LiveReloadServer

log = get_plugin_logger(__name__)

PACKAGE = Path(__file__).parent.parent


class LastGood:
    """Builds again and again; a build that fails leaves the last good site being served."""

    def __init__(
        self, server: LiveReloadServer, config_file: Path, builder: Callable[..., None]
    ) -> None:
        self._config_file = config_file
        self._answer = server.serve_request
        self._builder = builder
        self._editor = Editor.called(None, config_file.parent)
        self._site = Path(server.root)
        self._kept = self._site.with_name(self._site.name + "-last-good")
        self.failure: Callable[[], str] = str
        self.message = ""

    def build(self) -> None:
        """Build, and put the last site back if that fails. MkDocs lets requests wait meanwhile."""
        shutil.rmtree(self._kept, ignore_errors=True)
        self._site.rename(self._kept)
        try:
            self._rebuild()
        except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever broke, serving goes on
            self._note(error)
            shutil.rmtree(self._site, ignore_errors=True)
            self._kept.rename(self._site)
        else:
            self.message = ""
        shutil.rmtree(self._kept, ignore_errors=True)

    def _rebuild(self) -> None:
        self._builder()
        if not (self._site / MARKER).is_file():
            raise UsageError("the plugin 'kbsite' is no longer in use")

    def _note(self, error: BaseException) -> None:
        """Keep what stopped a build: a configuration that cannot be used, or else what it met."""
        try:
            settings.read(self._config_file)
        except UsageError as unusable:
            self.message = str(unusable)
        else:
            self.message = self.failure() or str(error) or type(error).__name__
        if not isinstance(error, SystemExit):  # before that, MkDocs has logged what it was
            log.error(self.message)

    def serve_request(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer as MkDocs does, with the problem over every page while there is one."""
        if not self.message:
            return self._answer(environ, start_response)
        answer: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], *rest: object) -> None:  # noqa: ARG001
            answer.update(status=status, headers=headers)

        body = b"".join(self._answer(environ, start))
        headers = list(answer["headers"])
        if any(k.lower() == "content-type" and v.startswith("text/html") for k, v in headers):
            body = with_overlay(body, self.message, self._editor)
            headers = [(k, v) for k, v in headers if k.lower() != "content-length"]
            headers.append(("Content-Length", str(len(body))))
        start_response(answer["status"], headers)
        return [body]


def with_brackets(url: str) -> str:
    """An address with a host of IPv6 as it must be written; MkDocs leaves the brackets out.

    >>> with_brackets("http://::1:8000/kb/"), with_brackets("http://127.0.0.1:8000/kb/")
    ('http://[::1]:8000/kb/', 'http://127.0.0.1:8000/kb/')
    """
    return re.sub(r"^(\w+://)([^/\[\]]*:[^/\[\]]*)(:\d+/)", r"\1[\2]\3", url)


def watch(
    server: LiveReloadServer,
    config_file: Path,
    builder: Callable[..., None],
    failure: Callable[[], str],
    message: str,
) -> None:
    """Make `server` rebuild on a change to any record, theme or template, and survive the broken.

    MkDocs itself watches content/ and `config_file`, which stands in the root. `failure` says what
    the last build stopped at; `message` is what the first one did, if it did.
    """
    root = config_file.parent
    last_good = LastGood(server, config_file, builder)
    last_good.failure = failure
    last_good.message = message
    server.url = with_brackets(server.url)
    server.builder = last_good.build
    server.set_app(last_good.serve_request)
    own = (root / folder for folder in folders() if folder != CONTENT)
    for folder in (*own, PACKAGE / "kinds", PACKAGE / "theme"):
        if folder.is_dir():
            server.watch(str(folder))
