"""`kbsite serve` over HTTP: what it answers, to whom, and what it makes of every change."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from socket import create_connection
from urllib.parse import urlsplit

import pytest

from kbsite.pipeline import prepare
from kbsite.plugin.live.counting import Pages
from kbsite.plugin.live.indexing import BEING_MADE, NOT_MADE, Index
from kbsite.plugin.live.server import MOST, OWN
from tests.conftest import SMALL
from tests.live import PATIENCE, eventually, fetch, serving, started

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


def statuses(address: str) -> Iterator[dict[str, str]]:
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


def test_there_is_an_end_to_the_connections_it_takes(small: Path) -> None:
    with serving(small) as address, ExitStack() as opened:
        place = urlsplit(address)
        busy = opened.enter_context(ExitStack())
        for _ in range(MOST):
            connection = create_connection((place.hostname, place.port), PATIENCE)
            busy.enter_context(connection)
            connection.sendall(b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert connection.recv(12) == b"HTTP/1.1 200"
        assert ask(address, "/")[0].status == 503
        busy.close()
        while ask(address, "/")[0].status == 503:
            pass


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


# What it makes of a change


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A small knowledge base to change at will, each time back again, and its address."""
    root = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("changing") / "small"))
    (root / "base.yml").write_text("site_name: As inherited\n")
    (root / "overrides").mkdir()
    (root / "overrides" / "main.html").write_text(MAIN)
    config = (root / "mkdocs.yml").read_text().replace("theme: material\n", THEMED)
    (root / "mkdocs.yml").write_text(re.sub("site_name.*", "INHERIT: 'base.yml'  # all", config))
    with serving(root) as address:
        yield root, address


THEMED = "theme: {name: material, custom_dir: overrides}\n"
MAIN = '{% extends "base.html" %}{% block announce %}As overridden{% endblock %}'


def retitled(root: Path, title: str) -> None:
    record = root / f"{NEWS}.yaml"
    record.write_text(re.sub(r"(?m)^title:.*$", f"title: {title}", record.read_text()))


def test_only_pages_that_are_different_are_another(changing: tuple[Path, str]) -> None:
    root, address = changing
    news = statuses(address)
    state = next(news)["state"]
    tags = {path: tag(address, path) for path in (f"{NEWS}/", "about/", "assets/kbsite.css")}
    retitled(root, "Something else")
    assert next(status["state"] for status in news if status["state"] != state)
    assert tag(address, f"{NEWS}/") != tags[f"{NEWS}/"]
    assert tag(address, "about/") == tags["about/"]
    assert tag(address, "assets/kbsite.css") == tags["assets/kbsite.css"]


def tag(address: str, path: str) -> str:
    answer, _ = ask(address, urlsplit(address).path + path, "HEAD")
    return str(answer.headers["ETag"])


def test_what_is_put_in_the_place_of_a_record_is_read(changing: tuple[Path, str]) -> None:
    root, address = changing
    record = root / f"{NEWS}.yaml"
    for title in ("The first", "The second"):
        other = record.with_name(".kernel-news.yaml.swp")
        other.write_text(re.sub(r"(?m)^title:.*$", f"title: {title}", record.read_text()))
        other.replace(record)
        eventually(f"{address}{NEWS}/", holds=title)


def test_a_folder_that_is_deleted_and_put_back_is_followed(changing: tuple[Path, str]) -> None:
    root, address = changing
    for name in ("themes", "content", "sessions"):
        (root / name).rename(root / f"{name}~")
        eventually(address, holds="kbsite-problems")
        (root / f"{name}~").rename(root / name)
        eventually(address, holds="About", lacks="kbsite-problems")
    retitled(root, "After all")
    eventually(f"{address}{NEWS}/", holds="After all")
    about = root / "content" / "about.md"
    about.write_text(about.read_text() + "\nWritten after all.\n")
    eventually(f"{address}about/", holds="Written after all.")


def test_new_folders_and_what_is_written_into_them_are_seen(changing: tuple[Path, str]) -> None:
    root, address = changing
    deep = root / "content" / "one" / "two"
    deep.mkdir(parents=True)
    (deep / "three.md").write_text("# Three\n")
    eventually(f"{address}one/two/three/", holds="Three", status=200)
    (deep / "three.md").write_text("# Four\n")
    eventually(f"{address}one/two/three/", holds="Four")
    (deep / "style.css").write_text("a {}")
    eventually(f"{address}one/two/style.css", holds="a {}", status=200)
    (deep / "style.css").write_text("b {}")
    eventually(f"{address}one/two/style.css", holds="b {}")
    shutil.rmtree(root / "content" / "one")
    eventually(f"{address}one/two/three/", lacks="Four", status=404)


def test_what_a_link_leads_to_is_followed(changing: tuple[Path, str]) -> None:
    root, address = changing
    (root / "elsewhere").mkdir()
    target = root / "elsewhere" / "page.md"
    target.write_text("# Linked\n")
    (root / "content" / "linked.md").symlink_to(target)
    eventually(f"{address}linked/", holds="Linked", status=200)
    target.write_text("# Led on\n")
    eventually(f"{address}linked/", holds="Led on")
    (root / "content" / "linked.md").unlink()


def test_a_configuration_that_is_inherited_from_is_followed(changing: tuple[Path, str]) -> None:
    root, address = changing
    assert "As inherited" in fetch(address)
    (root / "base.yml").write_text("site_name: As inherited again\n")
    eventually(address, holds="As inherited again")
    (root / "base.yml").write_text("site_name: [\n")
    eventually(address, holds="base.yml:1:")
    (root / "base.yml").write_text("site_name: As inherited\n")
    eventually(address, lacks="kbsite-problems")


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        ("{{ page.nothing.at_all }}", "overrides/main.html:1: UndefinedError"),
        ("{% nonsense %}", "overrides/main.html:1: TemplateSyntaxError"),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_place(
    changing: tuple[Path, str], mistake: str, said: str
) -> None:
    root, address = changing
    override = root / "overrides" / "main.html"
    eventually(f"{address}themes/kernel/", holds="As overridden")
    for path in ("themes/kernel/", "about/"):
        override.write_text(MAIN.replace("As overridden", mistake))
        page = eventually(f"{address}{path}", holds=said)
        assert "Traceback" not in page
        override.write_text(MAIN)
        eventually(f"{address}{path}", holds="As overridden", lacks=said, status=200)


ADDING = "def on_config(config):\n    config.theme.dirs.insert(0, {folder!r})\n"


def test_templates_that_a_hook_adds_are_followed(
    changing: tuple[Path, str], tmp_path: Path
) -> None:
    root, address = changing
    config = root / "mkdocs.yml"
    text = config.read_text("utf-8")
    folder = tmp_path / "more" / "partials"
    folder.mkdir(parents=True)
    (folder / "copyright.html").write_text("as it was")
    (root / "adding.py").write_text(ADDING.format(folder=str(folder.parent)))
    config.write_text(f"{text}hooks: [adding.py]\n")
    eventually(f"{address}themes/kernel/", holds="as it was")
    (folder / "copyright.html").write_text("as it is")
    eventually(f"{address}themes/kernel/", holds="as it is")
    config.write_text(text)
    eventually(f"{address}themes/kernel/", lacks="as it is")


def test_another_plugin_or_hook_may_come_and_go(changing: tuple[Path, str]) -> None:
    root, address = changing
    config = root / "mkdocs.yml"
    text = config.read_text()
    hook = root / "hook.py"
    hook.write_text("def on_page_content(html, **_):\n    return html + 'by a hook'\n")
    config.write_text(f"{text}hooks: [hook.py]\n")
    eventually(f"{address}themes/kernel/", holds="by a hook", status=200)
    hook.write_text("def on_page_content(html, **_):\n    return html + 'by the same'\n")
    eventually(f"{address}themes/kernel/", holds="by the same", lacks="by a hook")
    hook.write_text("def on_page_content(html, **_):\n    return html + nothing\n")
    eventually(f"{address}themes/kernel/", holds="by the same")
    assert "hook.py:2: NameError" in eventually(address, holds="kbsite-problems")
    config.write_text(text)
    eventually(f"{address}themes/kernel/", lacks="by the same", status=200)


# The search index


def test_the_index_follows_what_can_be_found_and_pages_say_when_it_is_old(small: Path) -> None:
    with serving(small) as address:
        news = statuses(address)
        first = made(news, address)
        retitled(small, "Something that can be found")
        assert made(news, address) != first
        assert "Something that can be found" not in first  # it is packed
        second = made(news, address, wait=False)
        (small / "content" / "picture.svg").write_text("<svg/>")
        assert made(news, address) == second


def made(news: Iterator[dict[str, str]], address: str, *, wait: bool = True) -> str:
    """The list of an index, as soon as pages are told that it is the newest."""
    if wait:
        assert next(status["search"] for status in news if status["search"]) == BEING_MADE
        assert next(status["search"] for status in news if not status["search"]) == ""
    assert "createInstance" in fetch(f"{address}pagefind/pagefind.js")
    return fetch(f"{address}pagefind/pagefind-entry.json")


PROGRAM = """\
#!{python}
import os, pathlib, time
told = pathlib.Path("{told}")
told.write_text(str(os.getpid()))
while not told.with_name("go").exists():
    time.sleep(0.01)
told.with_name(f"{{os.getpid()}} is done").touch()
"""


def test_an_index_that_could_not_be_made_is_made_the_next_time(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "modules").mkdir()
    module = tmp_path / "modules" / "pagefind_bin.py"
    module.write_text("def get_executable():\n    raise OSError\n")
    reported: list[str] = []
    with monkeypatch.context() as patch:
        patch.syspath_prepend(module.parent)
        index = Index(small / "mkdocs.yml", tmp_path / "indexes", lambda: None, reported.append)
        index.want()
        wait_until(lambda: index.said == NOT_MADE)
        wait_until(lambda: "Pagefind, which makes the search index, is not" in "".join(reported))
        assert index.read("pagefind.js") is None
    index.want()
    wait_until(lambda: index.said == "")
    assert b"createInstance" in (index.read("pagefind.js") or b"")
    index.stop()
    assert [path.name for path in (tmp_path / "indexes").iterdir()] == ["2"]


def test_an_index_of_the_past_is_given_up_but_not_twice_in_a_row(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, told = hanging(tmp_path)
    monkeypatch.syspath_prepend(tmp_path / "modules")

    def running(*others: int) -> int:
        wait_until(lambda: told.exists() and int(told.read_text() or 0) not in (0, *others))
        return int(told.read_text())

    reported: list[str] = []
    index = Index(small / "mkdocs.yml", tmp_path / "indexes", lambda: None, reported.append)
    index.want()
    first = running()
    index.want()
    wait_until(lambda: not is_there(first))
    second = running(first)
    index.want()
    (tmp_path / "go").touch()
    wait_until((tmp_path / f"{second} is done").exists)
    index.stop()
    assert not (tmp_path / f"{first} is done").exists()
    assert reported == []


def hanging(folder: Path) -> tuple[dict[str, str], Path]:
    """An environment in which the program that makes indexes hangs, and where it tells its id."""
    modules, told = folder / "modules", folder / "told"
    modules.mkdir()
    program = modules / "program"
    program.write_text(PROGRAM.format(python=sys.executable, told=told))
    program.chmod(0o755)
    (modules / "pagefind_bin.py").write_text(f"def get_executable():\n    return '{program}'\n")
    return {"PYTHONPATH": os.pathsep.join([str(modules), *filter(None, sys.path)])}, told


@pytest.fixture
def _heeding_interrupts() -> Iterator[None]:
    """What begins in the background, as tests may, ignores Ctrl-C, and so does what it begins."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_heeding_interrupts")
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_when_it_ends_all_that_it_has_begun_ends(small: Path, tmp_path: Path, by: int) -> None:
    environment, told = hanging(tmp_path)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with started(small, TMPDIR=str(temporary), **environment) as (process, address):
        fetch(address)
        connection = HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
        connection.request("GET", f"{OWN}changes")
        connection.getresponse().readline()
        wait_until(lambda: told.exists() and told.read_text() != "")
        process.send_signal(by)
        assert process.wait(PATIENCE) == (-by if by == signal.SIGKILL else 0)
    wait_until(lambda: not is_there(int(told.read_text())))
    if by != signal.SIGKILL:
        assert list(temporary.iterdir()) == []


SLOW = """
import os, sys, time
if "-c" in sys.orig_argv:
    with open({told!r} + "~", "w") as file:
        file.write(f"{{os.getpid()}} {{os.getpgid(0)}}")
    os.rename({told!r} + "~", {told!r})
    time.sleep(1000)
"""


@pytest.mark.skipif(os.name != "posix", reason="there are no groups of processes")
@pytest.mark.usefixtures("_heeding_interrupts")
def test_ctrl_c_ends_what_has_hardly_begun_without_a_word_of_its_own(
    small: Path, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    (tmp_path / "sitecustomize.py").write_text(SLOW.format(told=str(told)))
    paths = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
    with started(small, PYTHONPATH=paths) as (process, _):
        assert process.stdout is not None
        wait_until(told.exists)
        index, group = map(int, told.read_text().split())
        assert group != os.getpgid(process.pid), "Ctrl-C goes to all of a group"
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        assert [line for line in process.stdout if "Traceback" in line] == []
    assert not is_there(index)


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


# For authors


def test_pages_are_counted_as_changed_only_against_what_was_known(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kbsite.plugin.live.counting.LONGEST", PATIENCE)
    prepared, pages = prepare(small), Pages()
    assert pages.changed(prepared, lambda: True) == ""  # the next change came at once
    assert pages.changed(prepared, lambda: False) == ""
    total = sum(output.kind == "page" for output in prepared.outputs)
    assert pages.changed(prepared, lambda: False) == f"0 of {total} pages changed"
    retitled(small, "Another title")
    found = re.fullmatch(r"(\d+) of (\d+) pages changed", pages.changed(prepare(small), bool))
    assert found
    assert 1 < int(found[1]) < int(found[2]) == total


@pytest.mark.skipif(os.name != "posix", reason="the browser of the test is a shell script")
@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("sessions/example-conf-2031/kernel-news.yaml", "sessions/example-conf-2031/kernel-news/"),
        ("themes/kernel/#learnings", "themes/kernel/#learnings"),
    ],
)
def test_it_opens_a_browser_at_a_page_or_at_that_of_a_file(
    small: Path, tmp_path: Path, page: str, shown: str
) -> None:
    opened = listening(tmp_path)
    path = str(small / page) if page.endswith(".yaml") else page
    command = ("kbsite", "serve", "--open", path, "--addr")
    with started(small, command=command, BROWSER=f"{tmp_path / 'browser'} %s") as (_, address):
        assert opened.read_text().strip() == f"{address}{shown}"


def listening(folder: Path) -> Path:
    """A pipe that tells which address `browser` in that folder was to open."""
    opened, browser = folder / "opened", folder / "browser"
    os.mkfifo(opened)
    browser.write_text(f"#!/bin/sh\necho \"$1\" > '{opened}'\n")
    browser.chmod(0o755)
    return opened


@pytest.mark.skipif(os.name != "posix", reason="the browser of the test is a shell script")
def test_it_opens_a_browser_and_says_what_each_change_did_and_where_it_shows(
    small: Path, tmp_path: Path
) -> None:
    opened = listening(tmp_path)
    command = ("kbsite", "serve", "--open", "--follow", "--addr")
    browser = f"{tmp_path / 'browser'} %s"
    with started(small, command=command, BROWSER=browser) as (process, address):
        assert process.stdout is not None
        in_vain = threading.Timer(PATIENCE, process.kill)
        in_vain.start()
        assert opened.read_text().strip() == address
        told = statuses(address)
        assert next(told)["page"] == ""
        page = "/sessions/example-conf-2031/kernel-news/"
        retitled(small, "Another title")
        assert next(status["page"] for status in told if status["page"]) == page
        # On a slow machine nobody waits for the number of pages.
        line = next(line for line in process.stdout if line.startswith("kernel-news.yaml: "))
        found = re.search(r": ((\d+) of (\d+) pages changed, )?\d+\.\d\d s$", line)
        assert found
        assert not found[1] or 1 < int(found[2]) < int(found[3])
        about = small / "content" / "about.md"
        about.write_text(about.read_text() + "\nMore.\n")
        for status in told:  # of two files that are saved at once no page is gone to
            if status["page"] not in ("", page):
                break
            about.write_text(about.read_text() + "\nMore.\n")
        assert status["page"] == "/about/"
        line = next(line for line in process.stdout if line.startswith("about.md: "))
        assert re.search(r"about.md: (0 of \d+ pages changed, )?\d+\.\d\d s$", line)
        in_vain.cancel()
