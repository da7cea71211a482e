"""A source at an http(s) address, fetched so that it is bounded in time and size and led nowhere.

The address a person types may be on their own machine or network. A redirect is the choice of the
server, so it may only lead to the open internet. Proxy settings of the environment are ignored:
behind a proxy nobody here could see where a redirect leads.
"""

from __future__ import annotations

import base64
import http.client
import io
import queue
import re
import socket
import ssl
import string
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from time import monotonic
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from kbsite import __version__
from kbsite.errors import EnvironmentFailure, UsageError


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Bytes of a source; seconds to connect, between two bytes and in all; redirects."""

    size: int = 32 * 2**20
    connect: float = 10
    read: float = 10
    deadline: float = 60
    redirects: int = 5

    @property
    def too_large(self) -> str:
        return f"is larger than {self.size / 2**20:g} MiB"


LIMITS = Limits()


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """The bytes of a source and what messages call it.

    `name` shows neither a password nor a query, which may hold a key. `url` is the address that was
    asked for, before any redirect, with its query and without user and password.
    """

    name: str
    data: bytes
    url: str | None = None


def get(source: str, limits: Limits = LIMITS) -> Fetched:
    """What the address answers with.

    Raises UsageError for one that is none, EnvironmentFailure for what goes wrong on the way.
    """
    try:
        first = at = _split(source)
    except ValueError:
        raise UsageError(
            "the address cannot be understood; write it like https://example.org/schedule.ics"
        ) from None
    clock = _Clock(limits=limits, end=monotonic() + limits.deadline)
    for hop in range(limits.redirects + 1):
        login = _login(source) if at[:2] == first[:2] else ""
        with _explained(at, clock), _connected(at, clock, guarded=hop > 0) as sock:
            answer = _ask(sock, clock, at, login)
        if isinstance(answer, bytes):
            return Fetched(name=_name(first), data=answer, url=first.geturl())
        at = _redirected(at, answer)
    raise _failure(first, f"redirects more than {limits.redirects} times")


def shown(source: str) -> str:
    """A source as messages call it: without user and password, and without a query, which may hold
    a key. It need not be an address, for a mistyped one holds them too.

    >>> shown("https://ada:pass@example.org/x.ics?key=1"), shown("example.org/x.ics?token=1")
    ('https://example.org/x.ics?...', 'example.org/x.ics?...')
    """
    with suppress(ValueError):
        if (parts := _split(source)).scheme in {"http", "https"}:
            return _name(parts)
    address, queried, _ = source.partition("#")[0].partition("?")
    scheme, slashes, rest = address.rpartition("//")
    login, at, place = rest.rpartition("@")
    user, colon, _ = login.partition(":")
    named = bool(at) and (bool(slashes) or (bool(colon) and len(user) > 1 and "/" not in user))
    return f"{scheme}{slashes}{place if named else rest}{'?...' if queried else ''}"


def _split(url: str) -> SplitResult:
    """The parts of `url` in ASCII, without user, password and fragment; or a ValueError."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2].encode("idna").decode("ascii")
    path, query = (quote(part, safe=string.punctuation) for part in (parts.path, parts.query))
    clean = SplitResult(parts.scheme, place, path or "/", query, "")
    if not clean.hostname or clean.port == 0 or not re.fullmatch(r"[\w.:\[\]-]+", place, re.ASCII):
        raise ValueError
    return clean


def _login(url: str) -> str:
    parts = urlsplit(url)
    if parts.username is None:
        return ""
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    code = base64.b64encode(pair.encode(errors="surrogateescape")).decode()
    return f"Authorization: Basic {code}\r\n"


def _name(at: SplitResult) -> str:
    return at._replace(query="..." if at.query else "").geturl()


def _redirected(at: SplitResult, location: str) -> SplitResult:
    # http.client reads headers as Latin-1; in Latin-1 the bytes are again those of the server.
    target = quote(location, safe=string.punctuation, encoding="latin-1")
    try:
        to = _split(urljoin(at.geturl(), target))
    except ValueError:
        to = SplitResult("", "", "", "", "")
    if to.scheme not in {"http", "https"}:
        raise _failure(at, "redirects to something other than an http: or https: address")
    if (at.scheme, to.scheme) == ("https", "http"):
        raise _failure(at, f"redirects from https: to {_name(to)}, which anybody can tamper with")
    return to


def _failure(
    at: SplitResult,
    what: str,
    way_out: str = "check the address, or download it with a browser and name the file instead",
) -> EnvironmentFailure:
    return EnvironmentFailure(f"{_name(at)} {what}; {way_out}")


# The first that fits says what went wrong.
FAILURES: tuple[tuple[type[Exception], str], ...] = (
    (TimeoutError, "does not answer"),
    (ssl.SSLCertVerificationError, "shows a certificate that cannot be trusted"),
    (ssl.SSLError, "cannot be reached over https:"),
    (socket.gaierror, "names a host that cannot be found"),
    (ConnectionRefusedError, "refuses the connection"),
    (ConnectionError, "broke off the connection"),
    (OSError, "cannot be reached from here"),
    (http.client.IncompleteRead, "was cut off before its end"),
    (Exception, "does not answer in HTTP"),
)


@contextmanager
def _explained(at: SplitResult, clock: _Clock) -> Iterator[None]:
    try:
        yield
    except (OSError, http.client.HTTPException, ValueError) as error:
        what = next(words for kind, words in FAILURES if isinstance(error, kind))
        if isinstance(error, TimeoutError) and monotonic() >= clock.end:
            what = f"was not done after {clock.limits.deadline:g} seconds"
        if isinstance(error, ssl.SSLCertVerificationError):
            what += f" ({error.verify_message})"
        raise _failure(at, what) from error


@dataclass(frozen=True, kw_only=True, slots=True)
class _Clock:
    limits: Limits
    end: float

    def left(self, at_most: float) -> float:
        """Seconds to wait for the next step; a TimeoutError when the time is up."""
        left = min(at_most, self.end - monotonic())
        if left <= 0:
            raise TimeoutError
        return left


@contextmanager
def _connected(at: SplitResult, clock: _Clock, *, guarded: bool) -> Iterator[socket.socket]:
    """A socket to the server; if `guarded`, to one on the open internet."""
    port = at.port or (443 if at.scheme == "https" else 80)
    hosts = _resolved(at.hostname or "", port, clock)
    if guarded:
        _demand_public(at, hosts)
    with _dialled(hosts, port, clock) as plain:
        if guarded:  # the last word, whatever was resolved
            _demand_public(at, [plain.getpeername()[0]])
        if at.scheme == "http":
            yield plain
            return
        context = ssl.create_default_context()
        context.set_alpn_protocols(["http/1.1"])
        plain.settimeout(clock.left(clock.limits.connect))
        with context.wrap_socket(plain, server_hostname=at.hostname) as safe:
            yield safe


def _resolved(host: str, port: int, clock: _Clock) -> list[str]:
    """The IP addresses of `host`; in a thread, as the system's resolver has no time limit."""
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def resolve() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([str(address[0]) for *_, address in found])
        except OSError as error:
            answers.put(error)

    threading.Thread(target=resolve, daemon=True).start()
    try:
        answer = answers.get(timeout=clock.left(clock.limits.connect))
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError):
        raise answer
    return answer


def _dialled(hosts: list[str], port: int, clock: _Clock) -> socket.socket:
    """A connection to the first of `hosts`, all IP addresses, that takes it."""
    for host in hosts[:-1]:
        try:
            return socket.create_connection((host, port), clock.left(clock.limits.connect))
        except OSError:
            continue
    return socket.create_connection((hosts[-1], port), clock.left(clock.limits.connect))


def _demand_public(at: SplitResult, hosts: list[str]) -> None:
    if not all(map(is_public, hosts)):
        raise _failure(
            at,
            "is on this machine or a private network, where no redirect may lead",
            "name it yourself if you trust it",
        )


# Not of the open internet either, though some versions of Python say so.
SPECIAL = (IPv4Network("192.0.0.0/24"), IPv6Network("2002::/16"))
UNICAST = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")


def is_public(host: str) -> bool:
    """Whether an IP address is one of the open internet; in NAT64, the IPv4 address it stands for.

    >>> [is_public(host) for host in ("9.9.9.9", "10.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1")]
    [True, False, False, False]
    """
    address = ip_address(host)
    if address in NAT64:
        address = IPv4Address(address.packed[-4:])
    if isinstance(address, IPv6Address) and address not in UNICAST:
        return False
    special = address.is_multicast or any(address in network for network in SPECIAL)
    return address.is_global and not special


def _ask(sock: socket.socket, clock: _Clock, at: SplitResult, login: str) -> bytes | str:
    """The data that the server answers with, or where it redirects to."""
    target = f"{at.path}?{at.query}" if at.query else at.path
    request = (
        f"GET {target} HTTP/1.1\r\nHost: {at.netloc}\r\nUser-Agent: kbsite/{__version__}\r\n"
        "Accept: application/json, text/calendar, application/xml, text/csv, */*;q=0.5\r\n"
        f"Accept-Encoding: identity\r\n{login}Connection: close\r\n\r\n"
    )
    sock.settimeout(clock.left(clock.limits.read))
    sock.sendall(request.encode("ascii"))
    line = _Line(sock, clock)
    # HTTPResponse asks nothing of a socket but its makefile.
    with closing(http.client.HTTPResponse(line, method="GET")) as response:  # type: ignore[arg-type]
        response.begin()
        location = response.headers["Location"]
        if response.status in {301, 302, 303, 307, 308} and location:
            return str(location)
        return _body(response, at, clock.limits)


class _Line(io.RawIOBase):
    """A connected socket, read under the clock, in the shape that http.client wants."""

    def __init__(self, sock: socket.socket, clock: _Clock) -> None:
        self.sock, self.clock = sock, clock
        # Of everything, headers too: http.client believes a chunk that says it has -1 bytes.
        self.allowance = 2 * clock.limits.size + 2**18

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        self.sock.settimeout(self.clock.left(self.clock.limits.read))
        count = self.sock.recv_into(buffer)
        self.allowance -= count
        if self.allowance < 0:
            raise http.client.HTTPException
        return count


HTML = re.compile(rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?<(!doctype\s+)?html\b", re.IGNORECASE)


def _body(response: http.client.HTTPResponse, at: SplitResult, limits: Limits) -> bytes:
    headers, length = response.headers, response.length
    if response.status != 200:
        reason = http.client.responses.get(response.status, "")
        raise _failure(at, f"answers {response.status} {reason}".rstrip())
    coding = headers.get("Content-Encoding", "identity").strip().lower()
    if coding != "identity" or (not response.chunked and "Transfer-Encoding" in headers):
        raise _failure(at, "answers in a compression that was not asked for")
    data = bytearray()
    while max(len(data), length or 0) <= limits.size and (piece := response.read(2**16)):
        data += piece
    if max(len(data), length or 0) > limits.size:
        raise _failure(at, limits.too_large)
    if len(data) < (length or 0):
        raise http.client.IncompleteRead(b"")
    if not data:
        raise _failure(at, "answers with nothing at all")
    if headers.get_content_type() in {"text/html", "application/xhtml+xml"} or HTML.match(data):
        raise _failure(
            at,
            "answers with a web page, not with data",
            "use the address of the export, which often ends in .ics, .xml or .json",
        )
    return bytes(data)
