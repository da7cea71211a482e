"""Sources that attack, through the command: one clear error each, and nothing written."""

from __future__ import annotations

import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from kbsite import yamledit, yamlfile, yamlwrite
from kbsite.cli import main
from kbsite.importers.plan import free_stems
from tests.growth import is_even
from tests.importers.schedules import EVENT, calendar, talk

pytest.importorskip("resource", reason="this system has no limits for processes")
MEMORY = 1 << 30  # bytes of address space; Python with all its libraries takes a fifth of it
SECONDS = 30
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]><schedule><conference><title>&j;</title></conference></schedule>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<schedule><conference><title>&x;</title></conference></schedule>"
)
WHOLE = calendar(*(talk(f"u{n}", f"Talk number {n}") for n in range(20)))


@pytest.fixture
def base(tmp_path: Path) -> Path:
    (tmp_path / "base" / "sessions").mkdir(parents=True)
    return tmp_path / "base"


def command(base: Path, system: str, source: str) -> list[str]:
    words = ["import", system, source, "--root", str(base), "--event", EVENT, "--quiet"]
    return [*words, "--name", "X", "--timezone", "Europe/Amsterdam"]


def attempt(base: Path, system: str, source: str) -> subprocess.CompletedProcess[str]:
    """Run the command with little memory and time."""
    limited = (
        "import resource, sys; "
        f"resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY})); "
        "from kbsite.cli import main; main(sys.argv[1:])"
    )
    return subprocess.run(
        [sys.executable, "-c", limited, *command(base, system, source)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def attempt_here(base: Path, system: str, source: str) -> subprocess.CompletedProcess[str]:
    """Run the command in this process, for what is only wrong and not large."""
    done = CliRunner().invoke(main, command(base, system, source))
    return subprocess.CompletedProcess([], done.exit_code, done.stdout, done.stderr)


def test_a_title_and_a_list_without_end_are_done_with(base: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    endless = talk("a", "A - " + "Ada, " * 200_000)
    source.write_text(calendar(endless, talk("b", "B")), newline="")
    done = attempt(base, "sched", str(source))
    assert done.returncode == 0
    assert "its title has 1000003 characters; at most 500 fit" in done.stdout
    links = [{"kind": "other", "url": f"https://example.org/{n}"} for n in range(2000)]
    text = yamlwrite.dump({"title": "B", "links": links})
    fewer = yamledit.set_value(text, "links", links[::2], ())
    assert yamlfile.read(fewer)["links"] == links[::2]


def test_entries_that_all_have_one_title_are_numbered_without_trying_each_number() -> None:
    def numbered(titles: str) -> None:
        assert len({*free_stems(["talk"] * len(titles), {"talk", "talk-2"})}) == len(titles)

    assert is_even(numbered, lambda size: size * "x", 2000)


def assert_refused(
    base: Path, done: subprocess.CompletedProcess[str], code: int, said: str
) -> None:
    words = " ".join(done.stderr.split())
    assert said in words
    assert done.returncode == code
    assert words.count("error") == 1 or words.count(": error KB") == 1
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert [path.name for path in (base / "sessions").iterdir()] == []


@pytest.mark.parametrize(
    ("system", "text", "said"),
    [
        ("frab", LAUGHS, "error KB401"),
        ("frab", OUTSIDE, "error KB401"),
        ("frab", "<schedule><programme><title>News</title></programme></schedule>", "error KB401"),
        ("frab", "<tv><programme/></tv>", "error KB401"),
        ("frab", "<schedule><conference>", "error KB401"),
        ("frab", '{"schedule": {}}', "error KB401"),
        ("c3voc", "[" * 100_000, "error KB401"),
        ("c3voc", "[1, 2, 3]", "error KB401"),
        ("c3voc", '{"schedule": {"conference": {"days": 7}}}', "error KB401"),
        ("c3voc", '{"schedule": ' + "9" * 10_000 + "}", "error KB401"),
        ("sessionize", '[{"groupId": null, "sessions": []}]', "error KB401"),
        ("sessionize", '{"sessions": {}}', "error KB401"),
        ("sched", WHOLE[: len(WHOLE) // 2], "it does not end with END:VCALENDAR"),
        ("sched", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "the source has no entries"),
        ("sched", "<html><body>Log in</body></html>", "it does not begin with BEGIN:VCALENDAR"),
        ("sched", WHOLE.replace("Talk number 7", "\udce9t\udce9 7"), "the byte 0xE9 is not UTF-8"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)  # fmt: skip
def test_a_file_that_attacks_is_refused(
    base: Path, tmp_path: Path, system: str, text: str, said: str
) -> None:
    source = tmp_path / "source"
    source.write_bytes(text.encode(errors="surrogateescape"))
    run = attempt if len(text) > 5000 or "ENTITY" in text else attempt_here
    assert_refused(base, run(base, system, str(source)), 1, said)


class _Answers(http.server.BaseHTTPRequestHandler):
    sent = 0

    def do_GET(self) -> None:
        if self.path == "/file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif self.path == "/inside":
            self.send_response(302)
            self.send_header("Location", f"http://{self.headers['Host']}/large")
            self.end_headers()
        elif self.path == "/large":
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(100):
                    self.wfile.write(b"x" * 2**20)
                    _Answers.sent += 2**20
            except OSError:
                pass

    def finish(self) -> None:
        with suppress(OSError):  # who asked has hung up
            super().finish()

    def log_message(self, *_arguments: object) -> None:
        pass


@contextmanager
def _server() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/large", "is larger than 32 MiB; "),
        ("/file", "redirects to something other than an http: or https: address; "),
        ("/inside", "is on this machine or a private network, where no redirect may lead; "),
    ],
)
def test_a_server_that_attacks_is_refused(base: Path, path: str, said: str) -> None:
    _Answers.sent = 0
    with _server() as address:
        assert_refused(base, attempt_here(base, "sched", address + path), 3, said)
    assert _Answers.sent < 50 * 2**20
