"""Pages to HTML: what templates may see, how addresses become relative, what is escaped."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from kbsite.kinds import Kind, Page, Section, Site
from kbsite.render import Renderer, relative, up


def renderer(folder: Path, *templates: tuple[str, str]) -> Renderer:
    for name, text in templates:
        (folder / name).write_text(text, encoding="utf-8")
    kind = Kind(name="made-up", folder=folder, pages=lambda _: iter(()))
    return Renderer([kind], Site(name="Example Conf, remembered"))


def page(path: str = "groups/one/", **view: object) -> Page:
    return Page(kind="made-up", path=path, title="One", template="one.html", view=lambda: view)


@pytest.mark.parametrize(
    ("path", "way"),
    [("", "./"), ("themes/", "../"), ("themes/ebpf/", "../../"), ("a/b/c/", "../../../")],
)
def test_the_way_up_from_a_page_has_one_step_for_each_folder(path: str, way: str) -> None:
    assert up(path) == way


def test_an_address_from_the_root_becomes_relative_to_its_page() -> None:
    html = '<a href="kb:/themes/ebpf/#learnings">eBPF</a>'
    assert relative(html, "people/ada/") == '<a href="../../themes/ebpf/#learnings">eBPF</a>'
    assert relative(html, "") == '<a href="./themes/ebpf/#learnings">eBPF</a>'


def test_only_the_addresses_of_attributes_are_touched() -> None:
    html = "<p>Internal addresses begin with kb:/ and a path.</p>"
    assert relative(html, "people/ada/") == html


def test_text_that_looks_like_an_internal_address_in_an_attribute_stays_as_it_is(
    tmp_path: Path,
) -> None:
    made = renderer(tmp_path, ("one.html", "{{ line }} {{ text | prose }}"))
    text = 'write <a href="kb:/x">, never href="kb:/x"'
    rendered = made.render(page(line=text, text='In code `href="kb:/x"`, in words href="kb:/x".'))
    assert rendered.html.count("kb:/x") == 4


def test_text_is_escaped_and_prose_is_rendered(tmp_path: Path) -> None:
    made = renderer(
        tmp_path, ("one.html", '<p title="{{ line }}">{{ line }}</p>{{ text | prose }}')
    )
    rendered = made.render(page(line='<b> & "c"', text="*d* & e"))
    line = "&lt;b&gt; &amp; &#34;c&#34;"
    assert rendered.html == f'<p title="{line}">{line}</p><p><em>d</em> &amp; e</p>'


def test_a_page_wraps_the_html_of_its_hand_written_page(tmp_path: Path) -> None:
    made = renderer(tmp_path, ("one.html", "<header></header>{{ content }}"))
    assert made.render(page(), "<p>By <em>hand</em>.</p>").html == (
        "<header></header><p>By <em>hand</em>.</p>"
    )


def test_the_sections_of_a_view_become_the_table_of_contents(tmp_path: Path) -> None:
    made = renderer(tmp_path, ("one.html", "{{ sections | length }}"))
    sections = [Section(id="a", title="A"), Section(id="b", title="B")]
    assert made.render(page(sections=sections)).sections == tuple(sections)
    assert made.render(page()).sections == ()


def test_a_template_that_asks_for_what_no_view_holds_fails(tmp_path: Path) -> None:
    made = renderer(tmp_path, ("one.html", "{{ nothing }}"))
    with pytest.raises(jinja2.UndefinedError, match="'nothing' is undefined"):
        made.render(page())


def test_counts_take_their_noun_s_number(tmp_path: Path) -> None:
    made = renderer(
        tmp_path,
        ("one.html", '{{ 1 | count("session") }}, {{ 2500 | count("entry", "entries") }}'),
    )
    assert made.render(page()).html == "1 session, 2,500 entries"


def test_templates_know_the_site_around_them(tmp_path: Path) -> None:
    made = renderer(tmp_path, ("one.html", "{{ site.name }}, {{ up }}"))
    assert made.render(page()).html == "Example Conf, remembered, ../../"
