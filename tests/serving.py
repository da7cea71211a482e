"""A built site on the loopback interface, served as GitHub Pages serves it.

Text is sent gzipped, connections stay open, an address that leads nowhere answers with 404.html.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

KEPT = "max-age=600"  # as long as GitHub Pages lets browsers keep a file
PACKED = frozenset({".css", ".html", ".js", ".json", ".map", ".mjs", ".svg", ".txt", ".xml"})
WORTH_PACKING = 860  # bytes


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a built site while it is served."""
    server = _Server(("127.0.0.1", 0), partial(_Pages, directory=str(site)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a browser keeps its connections open


class _Pages(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body leave together

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        path = Path(self.translate_path(self.path))
        address = self.path.partition("?")[0]
        if path.is_dir() and not address.endswith("/"):
            self._send(HTTPStatus.MOVED_PERMANENTLY, {"Location": f"{address}/"}, b"")
            return
        path = path / "index.html" if path.is_dir() else path
        status = HTTPStatus.OK if path.is_file() else HTTPStatus.NOT_FOUND
        if status != HTTPStatus.OK:
            path = Path(self.directory) / "404.html"
        body = path.read_bytes() if path.is_file() else b"not found"
        headers = {"Content-Type": self.guess_type(path), "Cache-Control": KEPT}
        if path.suffix in PACKED:
            headers["Vary"] = "Accept-Encoding"
            if len(body) > WORTH_PACKING and "gzip" in self.headers.get("Accept-Encoding", ""):
                headers["Content-Encoding"] = "gzip"
                body = _packed(body)
        self._send(status, headers, body, with_body=with_body)

    def _send(
        self, status: HTTPStatus, headers: dict[str, str], body: bytes, *, with_body: bool = True
    ) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: pytest shows what matters."""


@cache
def _packed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)
