from __future__ import annotations

import io
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, TypeAlias

import pytest

from kbsite import __version__
from kbsite.errors import EnvironmentFailure, KbsiteError, UsageError
from kbsite.importers import web
from kbsite.importers.fetch import fetch
from kbsite.importers.web import Limits, is_public

SMALL = Limits(size=2**20)
QUICK = Limits(connect=0.4, read=0.4, deadline=0.8)
TRY = "check the address, or download it with a browser and name the file instead"

# A key and its own certificate for localhost and 127.0.0.1, made for these tests; secret nowhere.
PEM = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgOM1whE8hR2eopepA
hfqvvlIeWGMGGk4ImNCrgUFlXFOhRANCAARPwSZMARFX+wRzDBluu9K8IOWnYrDi
BY4XRtjCuRVnTJu5s8tBn94H510wL9/gAGhvfmAgAAF0Rrv0O6U01y1j
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBZjCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABE/BJkwBEVf7BHMM
GW670rwg5adisOIFjhdG2MK5FWdMm7mzy0Gf3gfnXTAv3+AAaG9+YCAAAXRGu/Q7
pTTXLWOjTjBMMB0GA1UdDgQWBBSDWeWImQQfcwt+PQMPZloQVOiZOzAPBgNVHRMB
Af8EBTADAQH/MBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAKBggqhkjOPQQD
AgNHADBEAiBXSJihf6AHU7auZ+CRgs8vwXT1wLcsdG1YwBowYRZtBwIgEp8DYpCJ
aA0AZ0vLJ/5R4JHLSNMhq8mPdI8CT5HqJEU=
-----END CERTIFICATE-----
"""

Answer: TypeAlias = bytes | Callable[[socket.socket, threading.Event], None]


@dataclass
class Server:
    """Answers each connection with the next of its answers, and every further one with the last."""

    listener: socket.socket
    answers: tuple[Answer, ...]
    tls: ssl.SSLContext | None
    requests: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.listener.getsockname()[1]}"

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://{self.place}/a.ics"

    def run(self) -> None:
        while not self.over.is_set():
            with suppress(OSError):
                connection, _ = self.listener.accept()
                connection.settimeout(5)
                with connection:
                    self.answer(connection)

    def answer(self, connection: socket.socket) -> None:
        if self.tls:
            with self.tls.wrap_socket(connection, server_side=True) as safe:
                self.respond(safe)
        else:
            self.respond(connection)

    def respond(self, connection: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            if not (piece := connection.recv(4096)):
                return
            request += piece
        self.requests.append(request.decode("ascii"))
        answer = self.answers[min(len(self.requests), len(self.answers)) - 1]
        if isinstance(answer, bytes):
            connection.sendall(answer)
        else:
            answer(connection, self.over)


@contextmanager
def serving(*answers: Answer, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.02)
        server = Server(listener, answers, tls)
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            thread.join()


def ok(body: bytes, *headers: str, length: int | None = None) -> bytes:
    lines = ["HTTP/1.1 200 OK", f"Content-Length: {len(body) if length is None else length}"]
    return "\r\n".join([*lines, *headers, "", ""]).encode() + body


def moved(to: str, status: int = 302) -> bytes:
    return f"HTTP/1.1 {status} x\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


def dribble(first: bytes, again: bytes, pause: float = 0.02) -> Answer:
    def answer(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(first)
        while not over.wait(pause):
            connection.sendall(again)

    return answer


def refusal(
    source: str,
    kind: type[KbsiteError] = EnvironmentFailure,
    limits: Limits = SMALL,
    **options: Any,
) -> str:
    with pytest.raises(kind) as caught:
        fetch(source, limits=limits, **options)
    return str(caught.value)


def answered(answer: Answer, limits: Limits = SMALL) -> str:
    """What the message says about a server, after its address."""
    with serving(answer) as server:
        message = refusal(server.url, limits=limits)
        assert message.startswith(f"{server.url} ")
        return message.removeprefix(f"{server.url} ")


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """What a server on 127.0.0.1 needs to be trusted."""
    pem = tmp_path / "localhost.pem"
    pem.write_text(PEM)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


@pytest.fixture
def everywhere_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Redirects may come back to 127.0.0.1."""
    monkeypatch.setattr(web, "is_public", lambda _: True)


def names(monkeypatch: pytest.MonkeyPatch, book: dict[str, str]) -> list[str]:
    """Let names stand for IP addresses, one or more; returns what is looked up."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def lookup(host: str, *rest: Any, **options: Any) -> Any:
        asked.append(host)
        places = book.get(host, host).split()
        return [found for place in places for found in real(place, *rest, **options)]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return asked


# Files


def test_a_file_is_read_whole_and_called_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "schedule.ics"
    path.write_bytes(b"BEGIN\r\n\x00")
    fetched = fetch(str(path))
    assert (fetched.name, fetched.data, fetched.url) == (str(path), b"BEGIN\r\n\x00", None)


def test_a_missing_file_is_told_with_a_way_out() -> None:
    way_out = "check the path, or start an address with https://"
    assert refusal("none.ics", UsageError) == f"there is no file none.ics; {way_out}"
    assert refusal("C:\\x.ics", UsageError) == f"there is no file C:\\x.ics; {way_out}"


def test_a_folder_is_no_source(tmp_path: Path) -> None:
    assert refusal(str(tmp_path), UsageError) == f"{tmp_path} is a folder; name a file in it"
    assert refusal("", UsageError) == ". is a folder; name a file in it"


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "a.ics"
    path.write_text("x")
    monkeypatch.setattr(Path, "open", refuse)
    expected = f"{path} may not be read; change its permissions, or name another file"
    assert refusal(str(path), UsageError) == expected


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipes_sockets_and_devices_are_refused_without_a_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        for path in ("pipe", "socket", "/dev/zero"):
            expected = f"{path} is a device or a pipe, not a file; pipe it in and name -"
            assert refusal(path, UsageError) == expected


def test_an_empty_file_and_one_over_the_limit_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.write_bytes(b"")
    assert refusal(str(path), UsageError) == f"{path} is empty; export the schedule again"
    path.write_bytes(b"x" * 2**20)
    assert len(fetch(str(path), limits=SMALL).data) == 2**20
    path.write_bytes(b"x" * (2**20 + 1))
    assert refusal(str(path), UsageError) == (
        f"{path} is larger than 1 MiB; check that it is the export of a schedule"
    )


def test_a_path_that_no_file_can_have_is_told() -> None:
    assert refusal("a\0b", UsageError) == (
        "'a\\x00b' cannot be read: embedded null byte; check the path"
    )
    long = "x" * 5000
    assert refusal(long, UsageError) == (
        f"'{long}' cannot be read: File name too long; check the path"
    )


@pytest.mark.parametrize(
    ("source", "way_out"),
    [
        ("ftp://example.org/a.ics", "save it as a file and name that"),
        ("FILE:///etc/passwd", "name the plain path"),
        ("javascript:alert(1)", "save it as a file and name that"),
        ("data:text/calendar," + "x" * 5000, "save it as a file and name that"),
        ("webcal://example.org/a.ics", "write https: in its place"),
    ],
)
def test_other_schemes_are_refused_without_repeating_what_they_hold(
    source: str, way_out: str
) -> None:
    scheme = source.partition(":")[0]
    assert refusal(source, UsageError) == (
        f"{scheme}: cannot be read from, only http: and https: can; {way_out}"
    )


# Standard input


def test_a_dash_reads_standard_input() -> None:
    fetched = fetch("-", stdin=io.BytesIO(b"BEGIN"))
    assert (fetched.name, fetched.data, fetched.url) == ("standard input", b"BEGIN", None)


def test_a_terminal_or_none_as_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.BytesIO):
        def isatty(self) -> bool:
            return True

    expected = (
        "- reads standard input, and nothing is piped into it; pipe the schedule in, or name a "
        "file or an address"
    )
    with Terminal() as terminal:
        assert refusal("-", UsageError, stdin=terminal) == expected
    monkeypatch.setattr("sys.stdin", None)
    assert refusal("-", UsageError) == expected


def test_standard_input_is_bounded_and_must_hold_something() -> None:
    class Endless(io.RawIOBase):
        asked = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any, /) -> int:
            self.asked += len(buffer)
            return len(buffer)

    endless = Endless()
    with io.BufferedReader(endless) as stdin:
        assert refusal("-", UsageError, stdin=stdin) == (
            "standard input is larger than 1 MiB; check that it is the export of a schedule"
        )
        assert endless.asked < 2**21
    assert refusal("-", UsageError, stdin=io.BytesIO()) == (
        "standard input is empty; export the schedule again"
    )


def test_a_folder_as_standard_input_is_told() -> None:
    class Folder(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise IsADirectoryError(21, "Is a directory")

    with Folder() as folder:
        assert refusal("-", UsageError, stdin=folder) == (
            "standard input cannot be read: Is a directory; name a file"
        )


# A plain answer


def test_an_address_is_read_with_a_modest_request() -> None:
    with serving(ok(b"BEGIN")) as server:
        fetched = fetch(f"{server.url}?key=1#top", limits=SMALL)
        assert fetched.data == b"BEGIN"
        assert fetched.name == f"{server.url}?..."
        assert fetched.url == f"{server.url}?key=1"
        assert server.requests == [
            (
                f"GET /a.ics?key=1 HTTP/1.1\r\nHost: {server.place}\r\n"
                f"User-Agent: kbsite/{__version__}\r\n"
                "Accept: application/json, text/calendar, application/xml, text/csv, */*;q=0.5\r\n"
                "Accept-Encoding: identity\r\nConnection: close\r\n\r\n"
            )
        ]


def test_an_address_is_put_into_ascii_and_can_smuggle_nothing_into_the_request() -> None:
    with serving(ok(b"x")) as server:
        fetch(f"HTTP://{server.place}?a b", limits=SMALL)
        fetch(f"http://{server.place}/ä b\r\nX: y\x00%20", limits=SMALL)
        assert [request.partition("\r\n")[0] for request in server.requests] == [
            "GET /?a%20b HTTP/1.1",
            "GET /%C3%A4%20bX:%20y%00%20 HTTP/1.1",
        ]


def test_a_host_in_another_script_is_looked_up_in_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, {"xn--bcher-kva.example": "127.0.0.1"})
    with serving(ok(b"x")) as server:
        port = server.place.partition(":")[2]
        url = f"http://xn--bcher-kva.example:{port}/"
        assert fetch(f"http://bücher.example:{port}/", limits=SMALL).url == url


def test_a_host_is_tried_at_each_of_its_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, {"both.example": "::1 127.0.0.1"})
    with serving(ok(b"x")) as server:
        url = f"http://both.example:{server.place.partition(':')[2]}/"
        assert fetch(url, limits=SMALL).data == b"x"


def test_user_and_password_are_sent_and_shown_nowhere() -> None:
    with serving(ok(b"x")) as server:
        fetched = fetch(f"http://ada:s%C3%A4%3A@{server.place}/a.ics", limits=SMALL)
        assert "\r\nAuthorization: Basic YWRhOnPDpDo=\r\n" in server.requests[0]
        assert (fetched.name, fetched.url) == (server.url, server.url)


@pytest.mark.parametrize(
    "source",
    [
        "http:",
        "https:///a",
        "http://[::1/",
        "http://a:99999/",
        "http://a:0/",
        "http://a..b/",
        "http://a b/",
        "http://a\\b/",
        "http://" + "a" * 64 + "/",
        "http:a.ics",
        "http://@/",
    ],
)
def test_an_address_that_is_none_is_told(source: str) -> None:
    assert refusal(source, UsageError) == (
        "the address cannot be understood; write it like https://example.org/schedule.ics"
    )


def test_the_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    with serving(ok(b"x")) as server:
        assert fetch(server.url, limits=SMALL).data == b"x"


def test_a_body_in_chunks_and_one_without_a_length_are_read() -> None:
    chunked = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nBEG\r\n2\r\nIN\r\n0\r\n\r\n"
    )
    with serving(chunked, b"HTTP/1.0 200 OK\r\n\r\nBEGIN") as server:
        assert fetch(server.url, limits=SMALL).data == b"BEGIN"
        assert fetch(server.url, limits=SMALL).data == b"BEGIN"


# Answers that are no data


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("404 \x1b[31mRed", "404 Not Found"),
        ("500 Oh", "500 Internal Server Error"),
        ("206 Part", "206 Partial Content"),
        ("302 Found", "302 Found"),
        ("799 What", "799"),
    ],
)
def test_another_status_than_200_is_told_in_known_words(status: str, said: str) -> None:
    answer = f"HTTP/1.1 {status}\r\nContent-Length: 1\r\n\r\nx".encode()
    assert answered(answer) == f"answers {said}; {TRY}"


@pytest.mark.parametrize(
    "answer",
    [
        ok(b"x", "Content-Type: text/html; charset=utf-8"),
        ok(b"<!DOCTYPE html><title>Log in</title>"),
        ok(b"\xef\xbb\xbf\r\n <HTML lang=en>", "Content-Type: text/calendar"),
        ok(b'<?xml version="1.0"?>\n<!doctype  html PUBLIC>', "Content-Type: application/xml"),
    ],
)
def test_a_web_page_in_place_of_data_is_told(answer: bytes) -> None:
    assert answered(answer) == (
        "answers with a web page, not with data; use the address of the export, which often ends "
        "in .ics, .xml or .json"
    )


@pytest.mark.parametrize(
    "header", ["Content-Encoding: gzip", "Content-Encoding: br", "Transfer-Encoding: gzip, chunked"]
)
def test_a_compressed_answer_is_refused_and_never_expanded(header: str) -> None:
    assert answered(ok(b"\x1f\x8b", header)) == (
        f"answers in a compression that was not asked for; {TRY}"
    )


def test_an_answer_without_a_body_is_told() -> None:
    assert answered(ok(b"")) == f"answers with nothing at all; {TRY}"


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\nx",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 2**17,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nBEGIN",
    ],
)
def test_what_is_not_http_is_told(answer: bytes) -> None:
    assert answered(answer) == f"does not answer in HTTP; {TRY}"


@pytest.mark.parametrize(
    "answer",
    [
        ok(b"BEGIN", length=6),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nBEG",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nBEGIN\r\n",
    ],
)
def test_a_body_that_is_cut_off_is_told(answer: bytes) -> None:
    assert answered(answer) == f"was cut off before its end; {TRY}"


def test_a_connection_that_breaks_off_is_told() -> None:
    assert answered(lambda *_: None) == f"broke off the connection; {TRY}"


# Size


@pytest.mark.parametrize(
    ("head", "piece", "said"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 2**16, "is larger than 1 MiB"),
        (ok(b"", length=100 * 2**20), b"x" * 2**16, "is larger than 1 MiB"),
        (ok(b"", length=-7), b"x" * 2**16, "is larger than 1 MiB"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"10000\r\n" + b"x" * 2**16 + b"\r\n",
            "is larger than 1 MiB",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFF\r\n",
            b"x" * 2**16,
            "is larger than 1 MiB",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
            b"x" * 2**16,
            "does not answer in HTTP",
        ),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, "does not answer in HTTP"),
    ],
    ids=["no length", "length", "lying length", "chunks", "one chunk", "chunk of -1", "no end"],
)
def test_100_megabytes_are_refused_after_the_limit(head: bytes, piece: bytes, said: str) -> None:
    sent = 0

    def pour(connection: socket.socket, _: threading.Event) -> None:
        nonlocal sent
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**16)
        connection.sendall(head)
        while sent < 100 * 2**20:
            connection.sendall(piece)
            sent += len(piece)

    assert answered(pour) == f"{said}; {TRY}"
    assert sent < 32 * 2**20  # what was read, and what the system's own buffers took


def test_what_follows_the_announced_length_is_not_read() -> None:
    with serving(ok(b"BEGIN, and more", length=5)) as server:
        assert fetch(server.url, limits=SMALL).data == b"BEGIN"


# Time


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (dribble(b"", b"", pause=9), "does not answer"),
        (dribble(ok(b"BEGIN", length=9), b"", pause=9), "does not answer"),
        (dribble(b"HTTP/1.1 200 OK\r\nX: ", b"y"), "was not done after 0.8 seconds"),
        (dribble(ok(b"", length=9999), b"x"), "was not done after 0.8 seconds"),
        (dribble(b"HTTP/1.0 200 OK\r\n\r\n", b"x"), "was not done after 0.8 seconds"),
        (dribble(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "was not done after 0.8 seconds"),
    ],
    ids=["silence", "half", "header by bytes", "body by bytes", "no length", "continue"],
)
def test_a_server_that_takes_too_long_is_left(answer: Answer, said: str) -> None:
    began = monotonic()
    assert answered(answer, QUICK) == f"{said}; {TRY}"
    assert monotonic() - began < 4


@pytest.mark.usefixtures("everywhere_is_public")
def test_the_deadline_counts_over_all_redirects() -> None:
    def slow(connection: socket.socket, over: threading.Event) -> None:
        over.wait(0.2)
        connection.sendall(moved("/b"))

    with serving(slow) as server:
        assert refusal(server.url, limits=QUICK) == (
            f"http://{server.place}/b was not done after 0.8 seconds; {TRY}"
        )
        assert len(server.requests) < 5


def test_a_handshake_that_never_comes_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
        assert refusal(url, limits=QUICK) == f"{url} does not answer; {TRY}"
        # All that is left of the time counts, not what one step may take.
        short = Limits(connect=9, deadline=0.3)
        assert refusal(url, limits=short) == f"{url} was not done after 0.3 seconds; {TRY}"


def test_a_host_whose_lookup_hangs_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def hang(*_: Any, **__: Any) -> list[Any]:
        over.wait(5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    assert (
        refusal("http://example.org/", limits=QUICK)
        == f"http://example.org/ does not answer; {TRY}"
    )
    over.set()


# Connections


def test_a_closed_port_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    assert refusal(url) == f"{url} refuses the connection; {TRY}"


def test_an_unknown_host_and_an_unreachable_one_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_with(error: OSError) -> None:
        def fail(*_: Any, **__: Any) -> None:
            raise error

        monkeypatch.setattr(socket, "getaddrinfo", fail)

    url = "http://example.org/"
    fail_with(socket.gaierror(-2, "Name or service not known"))
    assert refusal(url) == f"{url} names a host that cannot be found; {TRY}"
    fail_with(OSError(101, "Network is unreachable"))
    assert refusal(url) == f"{url} cannot be reached from here; {TRY}"


def test_https_works_with_a_certificate_that_is_trusted(tls: ssl.SSLContext) -> None:
    with serving(ok(b"BEGIN"), tls=tls) as server:
        assert fetch(server.url, limits=SMALL).data == b"BEGIN"


def test_a_certificate_that_is_not_trusted_is_told(
    tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with serving(ok(b"BEGIN"), tls=tls) as server:
        assert refusal(server.url).replace("self signed", "self-signed") == (
            f"{server.url} shows a certificate that cannot be trusted (self-signed certificate); "
            f"{TRY}"
        )
        assert not server.requests


def test_https_to_a_server_that_has_none_is_told() -> None:
    def talk(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"220 mail.example ESMTP\r\n")
            connection.recv(4096)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=talk, args=[listener])
        thread.start()
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
        assert refusal(url) == f"{url} cannot be reached over https:; {TRY}"
        thread.join()


# Redirects


@pytest.mark.usefixtures("everywhere_is_public")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_a_public_address_is_followed(status: int) -> None:
    with serving(moved("../b?c=ä d", status), ok(b"BEGIN")) as server:
        fetched = fetch(server.url, limits=SMALL)
        assert (fetched.data, fetched.name, fetched.url) == (b"BEGIN", server.url, server.url)
        assert server.requests[1].startswith("GET /b?c=%C3%A4%20d HTTP/1.1\r\n")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0x7f000001",
        "2130706433",
        "0177.0.0.1",
        "localhost",
        "0.0.0.0",  # noqa: S104
        "10.0.0.1",
        "169.254.169.254",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "user@127.0.0.1",
    ],
)
def test_a_redirect_into_the_machine_or_its_network_is_refused(host: str) -> None:
    with serving(ok(b"secret")) as inside:
        url = f"http://{host}:{inside.place.partition(':')[2]}/"
        with serving(moved(url)) as outside:
            assert refusal(outside.url) == (
                f"{url.replace('user@', '')} is on this machine or a private network, where no "
                "redirect may lead; name it yourself if you trust it"
            )
        assert not inside.requests


def test_a_redirect_to_a_name_of_this_machine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = names(monkeypatch, {"localhost.": "127.0.0.1", "inside.example": "::1"})
    for host in ("localhost.", "inside.example"):
        with serving(moved(f"http://{host}/")) as server:
            assert refusal(server.url) == (
                f"http://{host}/ is on this machine or a private network, where no redirect may "
                "lead; name it yourself if you trust it"
            )
    assert asked[-1] == "inside.example"  # and nothing was connected to


def test_a_name_whose_address_changes_after_the_check_gets_no_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names(monkeypatch, {"rebind.example": "9.9.9.9", "9.9.9.9": "127.0.0.1"})
    with serving(ok(b"secret")) as inside:
        url = f"http://rebind.example:{inside.place.partition(':')[2]}/"
        with serving(moved(url)) as outside:
            assert refusal(outside.url) == (
                f"{url} is on this machine or a private network, where no redirect may lead; name "
                "it yourself if you trust it"
            )
        assert not inside.requests


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://9.9.9.9/",
        "javascript:alert(1)",
        "data:,x",
        "http://[::1/",
        "https://a b/",
        "gopher://9.9.9.9",
    ],
)
def test_a_redirect_to_anything_but_http_is_refused(target: str) -> None:
    assert answered(moved(target)) == (
        f"redirects to something other than an http: or https: address; {TRY}"
    )


@pytest.mark.usefixtures("everywhere_is_public")
def test_a_redirect_may_go_to_https_but_not_back(tls: ssl.SSLContext) -> None:
    with serving(ok(b"BEGIN"), tls=tls) as safe, serving(moved(safe.url)) as plain:
        assert fetch(plain.url, limits=SMALL).data == b"BEGIN"
    with serving(ok(b"BEGIN")) as plain, serving(moved(plain.url), tls=tls) as safe:
        assert refusal(safe.url) == (
            f"{safe.url} redirects from https: to {plain.url}, which anybody can tamper with; {TRY}"
        )
        assert not plain.requests


@pytest.mark.usefixtures("everywhere_is_public")
def test_five_redirects_are_followed_and_no_more() -> None:
    with serving(*[moved("/b")] * 5, ok(b"BEGIN")) as server:
        assert fetch(server.url, limits=SMALL).data == b"BEGIN"
    with serving(moved("/b")) as server:
        assert refusal(server.url) == f"{server.url} redirects more than 5 times; {TRY}"
        assert len(server.requests) == 6


@pytest.mark.usefixtures("everywhere_is_public")
def test_a_password_stays_with_its_host_and_cookies_are_not_kept() -> None:
    cookie = b"HTTP/1.1 302 x\r\nSet-Cookie: a=b\r\nLocation: /b\r\n\r\n"
    with serving(ok(b"BEGIN")) as other:
        with serving(cookie, moved(f"http://eve:x@{other.place}/")) as server:
            fetch(f"http://ada:pw@{server.place}/a.ics", limits=SMALL)
            assert ["Authorization" in request for request in server.requests] == [True, True]
            assert "Cookie" not in server.requests[1]
        assert "Authorization" not in other.requests[0]


@pytest.mark.parametrize(
    "host",
    [
        "0.0.0.0",  # noqa: S104
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.1.1",
        "172.16.0.1",
        "192.0.0.192",
        "192.168.0.1",
        "198.18.0.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:9.9.9.9",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "64:ff9b::e000:1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "fc00::1",
        "fd00::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "4000::1",
    ],
)
def test_no_special_address_is_public(host: str) -> None:
    assert not is_public(host)


@pytest.mark.parametrize("host", ["9.9.9.9", "172.32.0.1", "2620:fe::fe", "64:ff9b::909:909"])
def test_an_address_of_the_open_internet_is_public(host: str) -> None:
    assert is_public(host)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("https://ada:pass@example.org/x.ics?key=1#top", "https://example.org/x.ics?..."),
        ("HTTPS://ada@example.org/x.ics", "https://example.org/x.ics"),
        ("https://ada:pa/ss@example.org/x.ics", "https://example.org/x.ics"),
        ("https:/ada:pass@example.org/x.ics?token=1", "example.org/x.ics?..."),
        ("webcal://ada:pass@example.org/x.ics?token=1", "webcal://example.org/x.ics?..."),
        ("example.org/x.ics?token=1", "example.org/x.ics?..."),
        ("ada:pass@example.org/x.ics", "example.org/x.ics"),
        ("C:/Ada@home/x.ics", "C:/Ada@home/x.ics"),
        ("schedules/me@home.ics", "schedules/me@home.ics"),
        ("-", "-"),
    ],
)
def test_no_password_and_no_key_of_a_source_is_shown(source: str, shown: str) -> None:
    assert web.shown(source) == shown


@pytest.mark.parametrize(
    "source", ["example.org/x.ics?token=hidden", "//ada:hidden@example.org/x.ics", "a\0?key=hidden"]
)
def test_what_is_no_file_is_told_without_its_keys(source: str) -> None:
    assert "hidden" not in refusal(source, UsageError)
