"""The problem over a page: its places lead to an editor, if there is one, and to nothing else."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.exceptions import PluginError

from kbsite.errors import UsageError
from kbsite.plugin import KbsitePlugin
from kbsite.plugin.overlay import EDITORS, VARIABLE, Editor, with_overlay

PAGE = b"<html><body><p>Here</p></body></html>"
SAID = "1 error\n\nsessions/c/a talk.yaml:3:1: error KB101: unknown key <'tittle'>\n 3 | tit: x\n"


@pytest.fixture(autouse=True)
def _no_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (VARIABLE, "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)


def test_a_place_leads_to_the_editor(tmp_path: Path) -> None:
    page = with_overlay(PAGE, SAID, Editor.called("vscode", tmp_path)).decode()
    address = f"vscode://file{tmp_path.resolve().as_posix()}/sessions/c/a%20talk.yaml:3:1"
    style = "color:inherit;text-decoration:underline"
    assert f'<a href="{address}" style="{style}">sessions/c/a talk.yaml:3:1</a>: err' in page
    assert page.count("<a ") == 1
    assert "&lt;&#x27;tittle&#x27;&gt;" in page
    assert page.endswith("</div>\n</body></html>")


def test_without_an_editor_it_is_text_to_select(tmp_path: Path) -> None:
    page = with_overlay(PAGE, SAID, Editor.called(None, tmp_path)).decode()
    assert "<a " not in page
    assert "user-select:text" in page
    assert SAID in unescape(page)


def test_the_environment_names_an_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM_PROGRAM", "vscode")
    assert Editor.called(None, tmp_path).pattern == EDITORS["vscode"]
    monkeypatch.setenv(VARIABLE, "mine://open?at={path}&l={line}")
    own = Editor.called(None, tmp_path)
    assert own.address("a&b.md", "7", "1").endswith("/a%26b.md&l=7")
    assert Editor.called("none", tmp_path).pattern == ""


def test_mkdocs_serve_says_what_is_no_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "vim")
    server: Any = SimpleNamespace(serve_request=None, root=str(tmp_path))
    config: Any = SimpleNamespace(config_file_path=str(tmp_path / "mkdocs.yml"))
    plugin = KbsitePlugin()
    with pytest.raises(PluginError, match="there is no editor 'vim'"):
        plugin.on_serve(server, config=config, builder=lambda: None)


@pytest.mark.parametrize("name", ["vscod", "javascript:alert({path})", "vim", "x:{path} y", "a"])
def test_what_is_no_editor_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="there is no editor"):
        Editor.called(name, tmp_path)
