"""Pages to HTML: what templates may see, how addresses become relative, what is escaped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from kbsite.kinds import Kind
from kbsite.kinds.base import Page, Ref, Site, View
from kbsite.render import Renderer, up

SAFE = Markup("<b>&amp;</b>")


def renderer(folder: Path, *templates: tuple[str, str]) -> Renderer:
    for name, text in templates:
        said = "{% set line, text = view.line, view.text %}" if name == "one.html" else ""
        (folder / name).write_text(said + text, encoding="utf-8")
    kind = Kind(name="made-up", folder=folder, pages=lambda _: iter(()))
    return Renderer([kind], Site(name="Example Conf, remembered"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Said(View):
    line: str = ""
    text: str = ""
    refs: tuple[Ref, ...] = ()


def rendered(
    made: Renderer,
    path: str = "groups/one/",
    content: str = "",
    trail: tuple[Ref, ...] = (),
    **said: Any,
) -> str:
    view = Said(**said)
    page = Page(
        kind="made-up",
        path=path,
        title="One",
        template="one.html",
        view=lambda: view,
        trail=trail,
    )
    return made.render(page, view, content)


@pytest.mark.parametrize(
    ("path", "way"),
    [("", "./"), ("themes/", "../"), ("themes/ebpf/", "../../"), ("a/b/c/", "../../../")],
)
def test_the_way_up_from_a_page_has_one_step_for_each_folder(path: str, way: str) -> None:
    assert up(path) == way


def test_links_of_templates_and_of_prose_lead_up_from_their_page(tmp_path: Path) -> None:
    made = renderer(tmp_path, ("one.html", '<a href="{{ up }}map/">Map</a>{{ text | prose }}'))
    assert rendered(made, "people/ada/", text="[eBPF](kb:/themes/ebpf/#learnings)") == (
        '<a href="../../map/">Map</a><p><a href="../../themes/ebpf/#learnings">eBPF</a></p>'
    )


def test_a_macro_finds_the_way_up_from_the_page_that_calls_it(tmp_path: Path) -> None:
    made = renderer(
        tmp_path,
        ("_m.html", '{% macro it(text) %}<i title="{{ up }}">{{ text | prose }}</i>{% endmacro %}'),
        ("one.html", '{% import "_m.html" as m %}{{ m.it("[x](kb:/x/)") }}'),
    )
    for path, way in (("a/", "../"), ("a/b/", "../../"), ("c/d/e/", "../../../")):
        assert rendered(made, path) == (f'<i title="{way}"><p><a href="{way}x/">x</a></p></i>')


def test_no_text_is_taken_for_an_address(tmp_path: Path) -> None:
    made = renderer(
        tmp_path,
        (
            "one.html",
            '{{ view.line }} <i title="{{ view.line }}"></i> {{ text | prose }} {{ content }}',
        ),
    )
    line = 'write <a href="kb:/x">, never href=&quot;kb:/x&quot;'
    text = 'In code `href="kb:/x"`, in words href="kb:/x" and ="kb:/x, [a](https://b.cd "=kb:/x")'
    html = rendered(made, line=line, text=text, content="<p title='=\"kb:/x'>=\"kb:/x</p>")
    assert html.count("kb:/x") == 10
    assert "../" not in html


def test_text_is_escaped_and_prose_is_rendered(tmp_path: Path) -> None:
    made = renderer(
        tmp_path,
        ("one.html", '<p title="{{ view.line }}">{{ view.line }}</p>{{ text | prose }}'),
    )
    html = rendered(made, line='<b> & "c"', text="*d* & e")
    line = "&lt;b&gt; &amp; &#34;c&#34;"
    assert html == f'<p title="{line}">{line}</p><p><em>d</em> &amp; e</p>'


@given(st.one_of(st.text("ab&<>'\"é \0", max_size=9), st.integers(), st.none(), st.just(SAFE)))
def test_whatever_is_printed_is_escaped_as_markupsafe_escapes_it(printed: object) -> None:
    with TemporaryDirectory() as folder:
        made = renderer(Path(folder), ("one.html", "{{ line }}"))
        assert rendered(made, line=printed) == escape(printed)


REFS = (Ref("Ada & Co", "people/ada/"), Ref("<b>", 'themes/a"b/'))


def test_what_has_a_page_is_linked_by_what_it_is_called(tmp_path: Path) -> None:
    text = "{% for ref in view.refs %}{{ ref | link }}{% endfor %}; {{ view.refs | links }}"
    one = '<a href="../../people/ada/">Ada &amp; Co</a>'
    other = '<a href="../../themes/a&#34;b/">&lt;b&gt;</a>'
    made = renderer(tmp_path, ("one.html", text))
    assert rendered(made, refs=REFS) == f"{one}{other}; {one}, {other}"
    assert rendered(made) == "; "


def test_the_parts_of_a_line_that_say_something_have_dots_between_them(tmp_path: Path) -> None:
    made = renderer(
        tmp_path, ("one.html", "{{ [view.line, none, '', view.refs | links, '&'] | dotted }}")
    )
    assert rendered(made, line="<i>", refs=REFS[:1]) == (
        '&lt;i&gt; · <a href="../../people/ada/">Ada &amp; Co</a> · &amp;'
    )
    assert rendered(made) == "&amp;"


def test_the_way_from_the_home_page_stands_before_a_page_that_has_one(tmp_path: Path) -> None:
    made = renderer(
        tmp_path,
        ("_trail.html", "{% for ref in trail %}{{ ref | link }} > {% endfor %}"),
        ("one.html", "<p>"),
    )
    assert rendered(made, "a/b/", trail=REFS[:1]) == (
        '<a href="../../people/ada/">Ada &amp; Co</a> > <p>'
    )
    assert rendered(made, "a/", trail=REFS[:1]).startswith('<a href="../people/ada/">')
    assert rendered(made, "a/", trail=(REFS[1],)).startswith('<a href="../themes/')
    assert rendered(made, "a/") == "<p>"


def test_a_page_wraps_the_html_of_its_hand_written_page(tmp_path: Path) -> None:
    made = renderer(tmp_path, ("one.html", "<header></header>{{ content }}"))
    assert rendered(made, content="<p>By <em>hand</em>.</p>") == (
        "<header></header><p>By <em>hand</em>.</p>"
    )


def test_a_template_that_asks_for_what_no_view_holds_fails(tmp_path: Path) -> None:
    made = renderer(tmp_path, ("one.html", "{{ view.nothing }}"))
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        rendered(made)
    made = renderer(tmp_path, ("one.html", "{{ nothing }}"))
    with pytest.raises(jinja2.UndefinedError, match="'nothing' is undefined"):
        rendered(made)


def test_counts_take_their_noun_s_number(tmp_path: Path) -> None:
    made = renderer(
        tmp_path,
        ("one.html", '{{ 1 | count("session") }}, {{ 2500 | count("entry", "entries") }}'),
    )
    assert rendered(made) == "1 session, 2,500 entries"


def test_templates_know_the_site_around_them(tmp_path: Path) -> None:
    made = renderer(tmp_path, ("one.html", "{{ site.name }}, {{ up }}"))
    assert rendered(made) == "Example Conf, remembered, ../../"
