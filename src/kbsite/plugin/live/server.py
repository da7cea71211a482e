"""HTTP for a site that is served: to its own host names only, with a script that reloads pages."""

from __future__ import annotations

import ipaddress
import json
import mimetypes
import os
import re
import socket
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path, PurePosixPath
from socketserver import TCPServer, ThreadingMixIn
from threading import BoundedSemaphore, Condition
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from kbsite.errors import KbsiteError, UsageError
from kbsite.plugin.live.indexing import Index
from kbsite.plugin.live.state import Live, Now
from kbsite.plugin.overlay import Editor, with_overlay
from kbsite.search import INDEX

OWN = "/.kbsite/"
CHANGES, SCRIPT = f"{OWN}changes", f"{OWN}reload.js"
SCRIPT_FILE = Path(__file__).parent / "reload.js"
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".ics": "text/calendar"}
HTML = "text/html"
PULSE = 15.0  # seconds between signs of life, by which it is found out who has gone
NOT_FOUND = "404.html"
INDEX_PAGE = "index.html"
TAG = 12  # bytes
MOST = 256  # connections at once: a browser opens six for each site, and one more for each tab
BUSY = b"HTTP/1.1 503 Too many connections\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
IDLE = 60.0  # seconds for which a connection may say nothing
TAGS = re.compile('"([^"]*)"')

_FAILED = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>This page cannot be made</title></head>
<body><h1>This page cannot be made</h1><pre style="white-space:pre-wrap">%s</pre></body></html>
"""


class Server(ThreadingMixIn, TCPServer):
    """Listens at an address from the beginning, and answers once it has something to show."""

    allow_reuse_address = os.name == "posix"  # elsewhere that would take the address from others
    daemon_threads = True
    block_on_close = False  # a browser keeps its connections open
    request_queue_size = MOST

    def __init__(self, host: str, port: int, report: Callable[[str], None]) -> None:
        """`report` hears what is wrong. Raises UsageError if nothing can be served there."""
        if ":" in host:
            self.address_family = socket.AF_INET6
        place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self.url = f"http://{place}"
        try:
            super().__init__((host, port), Handler)
        except (OSError, OverflowError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            raise UsageError(
                f"cannot serve on {place} ({why}); name another address with --addr"
            ) from error
        self.changes = Condition()
        self.is_open = True
        self.report = report
        self._host = host
        self._free = BoundedSemaphore(MOST)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own, of which there are never more than so many."""
        if not self._free.acquire(blocking=False):
            with suppress(OSError):
                request.sendall(BUSY)
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:
            self._free.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def show(self, live: Live, index: Index, editor: Editor, *, follow: bool) -> None:
        """Have the files of a site, and of its index, to answer with.

        A click on a place of a problem leads to an editor. With `follow` open pages are told which
        page shows what was saved last.
        """
        self.live, self.index, self.editor, self._follow = live, index, editor, follow

    def tell(self) -> None:
        """Let open pages know that something has changed."""
        with self.changes:
            self.changes.notify_all()

    def close(self) -> None:
        """Let go of those who wait for changes."""
        self.is_open = False
        self.tell()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that has gone."""

    def status(self) -> dict[str, str]:
        """What open pages are told."""
        told = {"state": self.live.name, "search": self.index.said}
        return told | {"page": self.live.saved} if self._follow else told

    def is_called(self, host: str) -> bool:
        """Whether a Host header names this server, and not only leads to it.

        A page from elsewhere may have its own name lead here, and would read what is served.
        """
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name in {self._host.lower(), "localhost", "127.0.0.1", "::1"}:
            return True
        return _is_any(self._host) and (_is_ip(name) or name == socket.gethostname().lower())


def _is_any(host: str) -> bool:
    return host == "" or (_is_ip(host) and ipaddress.ip_address(host).is_unspecified)


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    timeout = IDLE
    wbufsize = -1  # headers and body leave together

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what goes wrong is told where it does."""

    def _answer(self) -> None:
        hosts = self.headers.get_all("Host") or []
        path = unquote(urlsplit(self.path).path)
        if len(hosts) != 1 or not self.server.is_called(hosts[0]):
            self._refuse(hosts)
        elif path == CHANGES:
            self._tell_changes()
        elif path == SCRIPT:
            self._send(HTTPStatus.OK, SCRIPT_FILE.read_bytes(), TYPES[".js"])
        else:
            self._show(path)

    def _refuse(self, hosts: list[str]) -> None:
        said = (
            f"This server does not answer to the name {hosts[0]!r}"
            if len(hosts) == 1
            else "This server answers only to requests that name it"
        )
        self._send(
            HTTPStatus.MISDIRECTED_REQUEST,
            f"{said}, so that no other site can read what it serves. Go to {self.server.url}, or "
            "name the host with --addr.\n".encode(),
            "text/plain",
        )

    # Files of the site

    def _show(self, path: str) -> None:
        live = self.server.live
        now = live.now()
        if not path.startswith(now.mount):
            if path == "/" or f"{path}/" == now.mount:
                self._lead(now.mount)
            else:
                self._show_file(now, "", HTTPStatus.NOT_FOUND)
            return
        inside = path.removeprefix(now.mount)
        file = f"{inside}{INDEX_PAGE}" if inside.endswith("/") or not inside else inside
        if inside and file == inside and f"{inside}/{INDEX_PAGE}" in now.site.paths:
            self._lead(f"{path}/")
        else:
            self._show_file(now, file)

    def _lead(self, path: str) -> None:
        query = self.path.partition("?")[2]
        self._send(HTTPStatus.FOUND, b"", HTML, {"Location": quote(path) + (query and f"?{query}")})

    def _show_file(self, now: Now, file: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        try:
            body = self._read(now, file)
            if body is None:
                file, status = NOT_FOUND, HTTPStatus.NOT_FOUND
                body = self._read(now, file) or b"not found"
        except Exception as error:  # noqa: BLE001  # one page less, and the others are there
            own = not isinstance(error, KbsiteError)
            said = f"kbsite itself failed ({type(error).__name__}: {error})" if own else str(error)
            self.server.report(f"/{file}: {said}")
            file, status = INDEX_PAGE, HTTPStatus.INTERNAL_SERVER_ERROR
            body = (_FAILED % escape(said)).encode()
        kind = _kind(file)
        if kind == HTML:
            if now.message:
                body = with_overlay(body, now.message, self.server.editor)
            tag = _tag(body)
            body = _with_script(body, f"{SCRIPT}?tag={tag}&amp;state={now.name}")
        else:
            tag = _tag(body)
        if status == HTTPStatus.OK and tag in TAGS.findall(self.headers.get("If-None-Match", "")):
            status, body = HTTPStatus.NOT_MODIFIED, b""
        # The only header of what a page has fetched that its scripts are told of
        headers = {
            "ETag": f'"{tag}"',
            "Cache-Control": "no-cache",
            "Server-Timing": f'tag;desc="{tag}"',
        }
        self._send(status, body, kind, headers)

    def _read(self, now: Now, file: str) -> bytes | None:
        """A file of the site or of its index, if there is one."""
        if file.startswith(f"{INDEX}/"):
            return self.server.index.read(file.removeprefix(f"{INDEX}/"))
        return self.server.live.read(now, file)

    def _send(
        self, status: HTTPStatus, body: bytes, kind: str, headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        if status != HTTPStatus.NOT_MODIFIED:
            text = kind.startswith("text/")
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
            self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    # Changes

    def _tell_changes(self) -> None:
        """Tell what there is now, and each time that it is something else, until one side goes."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command == "HEAD":
            return
        told: dict[str, str] = {}
        server = self.server
        while server.is_open:
            status = server.status()
            news = f"data: {json.dumps(status)}\n\n" if status != told else ":\n\n"
            self.wfile.write(news.encode())
            self.wfile.flush()
            told = status
            with server.changes:
                if server.is_open and server.status() == told:
                    server.changes.wait(PULSE)


def _kind(file: str) -> str:
    """The media type of a file, by its name."""
    ending = PurePosixPath(file).suffix.lower()
    return TYPES.get(ending) or mimetypes.guess_type(file)[0] or "application/octet-stream"


def _tag(body: bytes) -> str:
    return blake2b(body, digest_size=TAG).hexdigest()


def _with_script(page: bytes, address: str) -> bytes:
    """A page with our script at its end."""
    script = f'<script type="module" src="{address}"></script>'.encode()
    before, end, after = page.rpartition(b"</body>")
    return before + script + end + after if end else page + script
