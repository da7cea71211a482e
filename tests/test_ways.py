"""Generated pages go one of two ways to the site: kbsite writes them, or MkDocs. Same bytes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kbsite import build as building
from kbsite.plugin import KbsitePlugin, settings
from kbsite.plugin.readers import reader
from tests.crawl import read_site
from tests.test_build import tree

HOOK = "def on_page_content(html, page, config, files):\n    return html\n"
ADDRESS = "site_url: https://example.org/kb/\nrepo_url: https://github.com/example/kb\n"
OVERRIDDEN = """\
site_name: X
docs_dir: content
plugins: [kbsite]
theme: {name: material, custom_dir: overrides, features: [navigation.tabs, content.action.view,
  content.action.edit]}
"""


def configure(root: Path, settings: str) -> None:
    with (root / "mkdocs.yml").open("a") as config:
        config.write(settings)


def override(root: Path, block: str) -> None:
    """Give the pages of a site a block of their own."""
    (root / "overrides").mkdir()
    (root / "overrides" / "main.html").write_text(
        '{% extends "base.html" %}{% block announce %}{% if page %}'
        f"{block}{{% endif %}}{{% endblock %}}"
    )
    (root / "mkdocs.yml").write_text(OVERRIDDEN + ADDRESS)


def both_ways(root: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The site as kbsite writes it, and as MkDocs does because a hook listens to pages."""
    building.build(root, search=False)
    ours = tree(root / "site")
    (root / "hook.py").write_text(HOOK)
    configure(root, "hooks: [hook.py]\n")
    built = building.build(root, search=False)
    [note] = built.notes
    assert "the hook 'hook.py' listens to pages" in note
    return ours, tree(root / "site")


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def test_the_small_site_is_the_same_both_ways(small: Path) -> None:
    configure(small, ADDRESS)
    assert differing(*both_ways(small)) == []


def test_the_site_of_the_repo_is_the_same_both_ways(copy: Path) -> None:
    assert differing(*both_ways(copy)) == []


PRINTED = [
    "{{ page.title }}",
    "{{ page.url }} {{ page.abs_url }}",
    "<a href='{{ page.canonical_url }}'>{{ page['title'] }}</a>",
    "{{ page.edit_url }}",
    "{{ page.meta.title }} {{ page.meta.description }} {{ page.meta.comments }}",
    "{{ page.title | upper }} {{ page.url | urlencode }} {{ page.title | e }}",
    "{% if page.title and page.meta.description %}{{ page.title ~ page.url }}{% endif %}",
    "{% include 'widget.html' %}",
]
WORKED_ON = [
    "{{ page.meta }}",
    "{% for key in page.meta.values() %}{{ key }}{% endfor %}",
    "{{ page.toc }}",
    "{% for item in page.toc %}{% if item.title == 'Kernels' %}!{% endif %}{% endfor %}",
    "{% if page.url == 'themes/kernel/' %}!{% endif %}",
    "{% if '/' ~ page.url in ['/themes/kernel/'] %}!{% endif %}",
    "{% if page.title is eq 'Kernels' %}!{% endif %}",
    "{% set x = page.title %}{{ x | length }}",
    "{{ page.file.src_uri }}",
    "{{ pages | length }}",
    "{{ page }}",
    "{{ page.title | truncate(60) }}",
    "{{ page.title | replace('Kernels', 'K') }}",
    "{{ page.meta.title.replace('Kernels', 'K') }}",
    "{% set x %}{{ page.title }}{% endset %}{% if x == 'Kernels' %}!{% endif %}",
    "{% set x %}{% if true %}{{ page.title }}{% endif %}{% endset %}{{ x | length }}",
    "{% filter replace('Kernels', 'K') %}{{ page.title }}{% endfilter %}",
    "{% macro x() %}{{ page.title }}{% endmacro %}{% if x() == 'Kernels' %}!{% endif %}",
    "{% for p in pages %}{% if p.page.title == page.title %}{{ p.url }}{% endif %}{% endfor %}",
]


@pytest.mark.parametrize("blocks", [PRINTED, WORKED_ON], ids=["printed", "worked on"])
def test_an_override_that_reads_the_page_has_each_page_s_own(
    small: Path, blocks: list[str]
) -> None:
    override(small, "".join(f"<i>{block}</i>" for block in blocks))
    (small / "overrides" / "widget.html").write_text("<b data-page='{{ page.url }}'></b>")
    ours, theirs = both_ways(small)
    assert differing(ours, theirs) == []


@pytest.mark.parametrize("block", PRINTED)
def test_what_an_override_prints_has_its_place_in_a_shell(small: Path, block: str) -> None:
    assert read_by(small, block) == ""


@pytest.mark.parametrize("block", WORKED_ON)
def test_an_override_that_works_on_pages_has_them_rendered_one_by_one(
    small: Path, block: str
) -> None:
    said = read_by(small, block)
    assert said.startswith(f"main.html in {small / 'overrides'} makes something of pa")


@pytest.mark.parametrize(
    ("block", "read"),
    [
        ("{{ super() | replace('Kernels', 'K') }}", "super()"),
        ("{% set x = super() %}{{ x }}", "super()"),
        ("{% if 'Kernels' in self.content() %}!{% endif %}", "self.content()"),
        ("{% filter upper %}{{ super() }}{% endfilter %}", "super()"),
        ("{% set x %}{% include 'partials/content.html' %}{% endset %}", "what it includes"),
        ("{{ super() }}{% include 'partials/content.html' %}", ""),
    ],
)
def test_what_other_templates_print_of_pages_may_only_be_printed(
    small: Path, block: str, read: str
) -> None:
    where = f"main.html in {small / 'overrides'} makes something of {read}"
    assert read_by(small, block) == (where if read else "")


def test_buttons_to_edit_and_to_view_have_their_place_in_a_shell(small: Path) -> None:
    override(small, "")
    assert building.build(small, search=False).notes == ()


def read_by(root: Path, block: str) -> str:
    override(root, block)
    config, _ = settings.read(root / "mkdocs.yml")
    return reader(config, KbsitePlugin)


def test_an_override_prints_what_belongs_to_the_page(small: Path) -> None:
    override(small, "<i>{{ page.canonical_url }}|{{ page.title }}|{{ page.edit_url }}</i>")
    building.build(small, search=False)
    pages = read_site(small / "site")
    found = {
        path: re.findall(r"<i>(.*?)</i>", page.html) for path, page in pages.items() if page.html
    }
    kernel = next(said for path, said in found.items() if "themes/kernel/" in path)
    [said] = kernel
    assert said == (
        "https://example.org/kb/themes/kernel/|Kernels|"
        "https://github.com/example/kb/edit/HEAD/themes/kernel.md"
    )


@pytest.mark.parametrize("said", ["template", "configuration"])
@pytest.mark.parametrize("target", ["kernel-news/", "kernel-news/#page", "silent/"])
def test_an_address_below_a_folder_of_pages_is_right_from_each(
    small: Path, said: str, target: str
) -> None:
    known = small / "sessions" / "example-conf-2031"
    other = small / "sessions" / "other-conf-2031"
    other.mkdir()
    shutil.copy(known / "event.yaml", other)
    for name in ("one", "two", "three"):
        shutil.copy(known / "silent.yaml", other / f"{name}.yaml")
    address = f"sessions/example-conf-2031/{target}"
    if said == "template":
        override(small, f"<i>{{{{ '{address}' | url }}}}</i>")
        replace_features(small)
    else:
        configure(small, f"extra: {{homepage: '{address}'}}\n")
    ours, theirs = both_ways(small)
    assert differing(ours, theirs) == []


def replace_features(root: Path) -> None:
    """Without the features that other tests of overrides are about."""
    text = re.sub(r", features: \[.*?\]", "", OVERRIDDEN, flags=re.DOTALL)
    (root / "mkdocs.yml").write_text(text)


FEEDBACK = """\
extra:
  analytics:
    provider: google
    property: G-1
    feedback:
      title: Was this helpful?
      ratings:
        - {icon: material/thumb-up, name: Yes, data: 1, note: "Say it: https://x.org/?u={url}&t={title}"}
"""


def test_the_theme_s_own_feedback_form_names_each_page(small: Path) -> None:
    configure(small, ADDRESS + FEEDBACK)
    ours, theirs = both_ways(small)
    assert differing(ours, theirs) == []
    assert b"u=/themes/kernel/" in ours["themes/kernel/index.html"]


def test_what_a_hook_adds_to_the_context_of_a_page_is_there(small: Path) -> None:
    override(small, "<i>{{ added }}</i>")
    (small / "hook.py").write_text(
        "def on_page_context(context, page, config, nav):\n    context['added'] = page.url\n"
    )
    configure(small, "hooks: [hook.py]\n")
    building.build(small, search=False)
    assert "<i>themes/kernel/</i>" in (small / "site/themes/kernel/index.html").read_text("utf-8")


def test_a_link_from_a_hand_written_page_finds_what_mkdocs_does_not_have(small: Path) -> None:
    (small / "content" / "links.md").write_text(
        "# Links\n\n[a theme](themes/kernel/index.md), [facets](explore/facets.json)\n"
    )
    built = building.build(small, search=False, strict=True)
    assert built.notes == ()
    assert 'href="../themes/kernel/"' in (small / "site/links/index.html").read_text("utf-8")


def test_a_failure_in_another_process_is_told_as_if_it_were_in_this_one(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kbsite.plugin.writing.WORTH_IT", 1)
    override(small, "{{ page.url.nothing.at_all }}")
    with pytest.raises(Exception, match="nothing"):
        building.build(small, search=False)
    assert not (small / "site").exists()


def test_pages_are_the_same_in_one_process_and_in_several(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(small, ADDRESS)
    building.build(small, search=False)
    alone = tree(small / "site")
    monkeypatch.setattr("kbsite.plugin.writing.WORTH_IT", 1)
    monkeypatch.setattr("kbsite.plugin.writing.EACH", 1)
    monkeypatch.setattr("kbsite.plugin.writing.cores", lambda: 3)
    building.build(small, search=False)
    assert differing(tree(small / "site"), alone) == []


def test_the_map_of_the_site_lists_every_page_in_order(small: Path) -> None:
    configure(small, ADDRESS)
    building.build(small, search=False)
    listed = re.findall("<loc>(.*?)</loc>", (small / "site/sitemap.xml").read_text("utf-8"))
    assert listed == sorted(listed)
    root = "https://example.org/kb/"
    pages = {
        f"{root}{path.parent.relative_to(small / 'site').as_posix()}/".replace("/./", "/")
        for path in (small / "site").rglob("index.html")
        if "http-equiv" not in path.read_text("utf-8")
    }
    assert set(listed) == pages
