"""The server of the browser tests: what it packs, keeps open and answers where nothing is."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.serving import served

HOME = "<h1>Home</h1>" * 100


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[HTTPConnection]:
    (tmp_path / "two").mkdir()
    (tmp_path / "index.html").write_text(HOME)
    (tmp_path / "404.html").write_text("nothing here")
    (tmp_path / "two" / "index.html").write_text("two")
    (tmp_path / "picture.png").write_bytes(b"\x00" * 2000)
    with served(tmp_path) as address:
        opened = HTTPConnection(urlsplit(address).netloc, timeout=10)
        yield opened
        opened.close()


def ask(
    connection: HTTPConnection, path: str, *, packed: bool = True
) -> tuple[HTTPResponse, bytes]:
    connection.request("GET", path, headers={"Accept-Encoding": "gzip" if packed else "identity"})
    response = connection.getresponse()
    return response, response.read()


def test_text_is_packed_for_who_can_unpack_it(connection: HTTPConnection) -> None:
    response, body = ask(connection, "/?q=x")
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Content-Type"] == "text/html"
    assert gzip.decompress(body).decode() == HOME
    response, body = ask(connection, "/", packed=False)
    assert "Content-Encoding" not in response.headers
    assert body.decode() == HOME


def test_pictures_are_sent_as_they_are(connection: HTTPConnection) -> None:
    response, body = ask(connection, "/picture.png")
    assert "Content-Encoding" not in response.headers
    assert (response.headers["Content-Type"], len(body)) == ("image/png", 2000)


def test_the_connection_stays_open(connection: HTTPConnection) -> None:
    ask(connection, "/")
    before = connection.sock
    assert before is not None
    assert ask(connection, "/two/")[1] == b"two"
    assert connection.sock is before


def test_a_folder_is_led_to_its_address(connection: HTTPConnection) -> None:
    response, _ = ask(connection, "/two")
    assert (response.status, response.headers["Location"]) == (301, "/two/")


def test_where_nothing_is_the_page_for_that_is_shown(connection: HTTPConnection) -> None:
    for path in ("/three/", "/../conftest.py"):
        response, body = ask(connection, path)
        assert (response.status, body) == (404, b"nothing here")


def test_asking_for_the_head_sends_no_body(connection: HTTPConnection) -> None:
    connection.request("HEAD", "/two/")
    response = connection.getresponse()
    assert (response.headers["Content-Length"], response.read()) == ("3", b"")
    assert ask(connection, "/two/")[1] == b"two"
