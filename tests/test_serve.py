"""`kbsite serve` over HTTP: what it answers, to whom, and what it makes of every change."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kbsite.plugin.live.server import OWN
from tests.conftest import SMALL
from tests.live import PATIENCE, fetch, serving

NEWS = "sessions/example-conf-2031/kernel-news"
THEME = "---\nname: {}\nsummary: A theme.\n---\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small site that is served below /kb/ and that nobody changes."""
    root = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("served") / "small"))
    configure(root, "site_url: https://example.org/kb/\n")
    (root / "content" / "füße & more.txt").write_text("feet")
    (root / "content" / "film.bin").write_bytes(bytes(range(256)))
    with serving(root) as address:
        yield address


def configure(root: Path, settings: str) -> None:
    with (root / "mkdocs.yml").open("a") as config:
        config.write(settings)


def ask(address: str, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    """The answer to one request."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def said(address: str) -> Iterator[dict[str, str]]:
    """What open pages are told, as it comes."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    connection.request("GET", f"{OWN}changes")
    for line in connection.getresponse():
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


# What it answers


def test_the_address_is_that_of_the_site_below_its_own_path(address: str) -> None:
    assert urlsplit(address).path == "/kb/"
    page = fetch(address)
    assert f'<link rel="canonical" href="{address}">' in page
    for path in ("/", "/kb"):
        answer, _ = ask(address, path)
        assert (answer.status, answer.headers["Location"]) == (302, "/kb/")


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/kb/themes/kernel/", 200, "text/html; charset=utf-8"),
        ("/kb/themes/kernel/index.html", 200, "text/html; charset=utf-8"),
        ("/kb/themes/kernel/?q=1", 200, "text/html; charset=utf-8"),
        ("/kb/th%65mes/kernel/", 200, "text/html; charset=utf-8"),
        ("/kb/about/", 200, "text/html; charset=utf-8"),
        ("/kb/404.html", 200, "text/html; charset=utf-8"),
        ("/kb/sitemap.xml", 200, "application/xml"),
        ("/kb/assets/kbsite.js", 200, "text/javascript; charset=utf-8"),
        ("/kb/assets/cards/site.png", 200, "image/png"),
        ("/kb/explore/facets.json", 200, "application/json"),
        ("/kb/film.bin", 200, "application/octet-stream"),
        ("/kb/f%C3%BC%C3%9Fe%20%26%20more.txt", 200, "text/plain; charset=utf-8"),
        ("/kb/nothing/", 404, "text/html; charset=utf-8"),
        ("/kb/assets/", 404, "text/html; charset=utf-8"),
        ("/themes/kernel/", 404, "text/html; charset=utf-8"),
        ("/kb/../mkdocs.yml", 404, "text/html; charset=utf-8"),
        ("/kb/%2e%2e/mkdocs.yml", 404, "text/html; charset=utf-8"),
        ("/kb/..%2fmkdocs.yml", 404, "text/html; charset=utf-8"),
        ("/kb/assets/..%5c..%5cmkdocs.yml", 404, "text/html; charset=utf-8"),
        ("/kb//etc/passwd", 404, "text/html; charset=utf-8"),
        ("/kb/pagefind/../../mkdocs.yml", 404, "text/html; charset=utf-8"),
        ("/kb/pagefind//etc/passwd", 404, "text/html; charset=utf-8"),
        ("/kb/%00", 404, "text/html; charset=utf-8"),
        ("/kb/pagefind/%00", 404, "text/html; charset=utf-8"),
        ("/kb/%ff", 404, "text/html; charset=utf-8"),
    ],
)  # fmt: skip
def test_a_path_leads_to_a_file_or_to_the_page_for_that(
    address: str, path: str, status: int, kind: str
) -> None:
    answer, body = ask(address, path)
    assert (answer.status, answer.headers["Content-Type"]) == (status, kind)
    if status == 404:
        assert b"<title>" in body
    head, nothing = ask(address, path, "HEAD")
    assert (head.status, nothing) == (status, b"")
    for name in ("Content-Type", "Content-Length", "ETag"):
        assert head.headers[name] == answer.headers[name]


def test_a_folder_leads_to_its_page(address: str) -> None:
    answer, _ = ask(address, "/kb/themes/kernel?q=a%20b")
    assert answer.status == 302
    assert answer.headers["Location"] == "/kb/themes/kernel/?q=a%20b"


def test_what_a_browser_has_is_not_sent_again(address: str) -> None:
    for path in ("/kb/themes/kernel/", "/kb/assets/kbsite.css", "/kb/film.bin"):
        answer, _ = ask(address, path)
        again, body = ask(address, path, If_None_Match=answer.headers["ETag"])
        assert (again.status, body) == (304, b"")
        weak, _ = ask(address, path, If_None_Match=f'"other", W/{answer.headers["ETag"]}')
        assert weak.status == 304
        other, body = ask(address, path, If_None_Match='"other"')
        assert other.status == 200
        assert body


def test_a_connection_stays_open(address: str) -> None:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    for path in ("/kb/", "/kb/nothing/", "/kb/themes/kernel"):
        connection.request("GET", path)
        connection.getresponse().read()
        assert connection.sock is not None
    connection.close()


def test_nothing_can_be_sent_to_it(address: str) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        answer, _ = ask(address, "/kb/", method)
        assert answer.status == 501


# To whom


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_it_answers_to_its_own_names(address: str, host: str) -> None:
    for place in (host, f"{host}:{urlsplit(address).port}", f"{host}:1"):
        assert ask(address, "/kb/", Host=place)[0].status == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1", "", "["],
)
@pytest.mark.parametrize("path", ["/kb/", f"{OWN}changes", f"{OWN}reload.js", "/kb/nothing"])
def test_it_answers_to_no_other_name(address: str, host: str, path: str) -> None:
    answer, body = ask(address, path, Host=host)
    assert answer.status == 421
    assert b"so that no other site can read what it serves" in body
    assert address.removesuffix("/kb/").encode() in body


def test_on_all_addresses_it_answers_to_each_of_them(small: Path) -> None:
    with serving(small, "0.0.0.0") as anywhere:  # noqa: S104  # that is what is tested
        address = anywhere.replace("0.0.0.0", "127.0.0.1")  # noqa: S104
        for host, status in (("10.0.0.1", 200), ("[fe80::1]", 200), ("evil.example", 421)):
            assert ask(address, "/", Host=host)[0].status == status
