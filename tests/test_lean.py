"""What is published of our style sheets and scripts says the same as what is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kbsite
from kbsite.plugin import lean

ASSETS = Path(kbsite.__file__).parent / "theme" / "assets"
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|`[^`]*`')


def ours(kind: str) -> list[Path]:
    found = sorted(ASSETS.glob(f"*.{kind}"))
    assert len(found) >= 3
    return found


def words(text: str) -> list[str]:
    """Everything in a text but its spaces and semicolons."""
    return re.findall(r"[^\s;]", text)


@pytest.mark.parametrize("file", ours("js"), ids=lambda file: file.name)
def test_a_script_keeps_its_strings_and_every_sign_but_comments(file: Path) -> None:
    text = file.read_text("utf-8")
    for line in text.splitlines():
        assert line.count("`") % 2 == 0, f"a string over several lines: {line}"
        assert not line.lstrip().startswith("/**") or line.endswith("*/"), line
    code = re.sub(r"^\s*(//|/\*\*).*$", "", text, flags=re.MULTILINE)
    published = lean.script(text)
    assert STRING.findall(published) == STRING.findall(code)
    assert words(published) == words(code)


@pytest.mark.parametrize("file", ours("css"), ids=lambda file: file.name)
def test_a_style_sheet_keeps_its_strings_and_every_rule(file: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)
    published = lean.style_sheet(text)
    assert STRING.findall(published) == STRING.findall(text)
    assert published.count("{") == text.count("{")
    assert words(published) == words(re.sub(r"(?<![\w.])0(\.\d)", r"\1", text))


def test_a_site_s_own_file_of_the_same_name_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "kbsite.css").write_text("a  > b { }")
    lean.publish(ASSETS, tmp_path)
    assert (tmp_path / "kbsite.css").read_text() == "a  > b { }"
    assert [file.name for file in tmp_path.iterdir()] == ["kbsite.css"]
