"""What is published of our style sheets and scripts; that it works, the browser tests show."""

from __future__ import annotations

from pathlib import Path

import pytest

import kbsite
from kbsite.plugin import lean

ASSETS = Path(kbsite.__file__).parent / "theme" / "assets"


def ours() -> list[Path]:
    return [file for file in sorted(ASSETS.iterdir()) if file.suffix in lean.MEDIA_TYPES]


@pytest.mark.parametrize("file", ours(), ids=lambda file: file.name)
def test_what_is_published_is_smaller_and_always_the_same(file: Path) -> None:
    text, media_type = file.read_text("utf-8"), lean.MEDIA_TYPES[file.suffix]
    published = lean.minified(text, media_type)
    assert len(published) < 0.95 * len(text)
    assert {lean.minified(text, media_type) for _ in range(20)} == {published}


def test_a_script_may_be_written_in_any_way() -> None:
    text = 'a(`one //\n  two`) // "three\n/* four\n` */ + b("/* five */", /[/*]"/)\n++c\n'
    published = lean.minified(text, "text/javascript")
    assert published == 'a(`one //\n  two`)+b("/* five */",/[/*]"/),++c'


def test_a_style_sheet_may_hold_any_string() -> None:
    text = '/* a */ .b > .c::after { content: "{ /* d */ }  ;"; width: calc(1px + 0.50em) }'
    published = lean.minified(text, "text/css")
    assert published == '.b>.c::after{content:"{ /* d */ }  ;";width:calc(1px + .5em)}'


def test_a_site_s_own_file_of_the_same_name_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "kbsite.css").write_text("a  > b { }")
    lean.publish(ASSETS, tmp_path)
    assert (tmp_path / "kbsite.css").read_text() == "a  > b { }"
    assert {file.name for file in tmp_path.iterdir()} == {file.name for file in ours()}
