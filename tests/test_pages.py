"""Hand-written pages: their front matter is read once, and their title is one title everywhere."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from kbsite.build import build
from kbsite.graph.nodes import PageNode
from kbsite.pipeline import prepare
from kbsite.plugin.settings import read
from kbsite.report import as_text
from tests.bases import CONFIG, write
from tests.surroundings import documents_of


def page(root: Path, text: str, file: str = "a-page.md") -> PageNode:
    path = write(root, {"mkdocs.yml": CONFIG}) / "content" / file
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    (root / "sessions").mkdir()
    (found,) = prepare(root).graph.pages.values()
    return found


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# The title\n\nText.\n", "The title"),
        ("Text first.\n\n# The title\n", "The title"),
        ("## Not of the page\n\n# The title\n", "The title"),
        ("```sh\n# install it\n```\n\n# The title\n", "The title"),
        ("~~~\n# install it\n~~~\n\n# The title\n", "The title"),
        ("1. First:\n\n    ```sh\n    # install it\n    ```\n\n# The title\n", "The title"),
        ("Run this:\n\n    # install it\n\n# The title\n", "The title"),
        ("Run `\n# install it`\n", "install it`"),
        ("<!--\n\n# install it\n\n-->\n\n# The title\n", "The title"),
        ("<!-- <h1>Former</h1> -->\n\n# The title\n", "The title"),
        ("<h1>The title</h1>\n", "The title"),
        ("The title\n=========\n\n# Another\n", "The title"),
        ("Not of the page\n---\n\n# The title\n", "The title"),
        ("#The title\n", "The title"),
        ("# The title #\n", "The title"),
        ("# The title {#top}\n", "The title"),
        ("# The title { .large data-x='1' }\n", "The title"),
        ("# The set {a, b}\n", "The set {a, b}"),
        ("# `{#top}`: *ids* & <b>more</b>\n", "{#top}: ids & more"),
        ("# About [[theme:kernel|Kernels]] and [[speaker:Ada]]\n", "About Kernels and Ada"),
        ("# \n\n# The title\n", "The title"),
        ("Text.\n", "A page"),
        ("```sh\n# install it\n```\n", "A page"),
        ("---\ntitle: 12:30\n---\n# Another\n", "12:30"),
        ("---\ntitle: 1.10\n---\n", "1.10"),
        ("---\ntitle: NO\n---\n", "NO"),
        ("---\ntitle: 2031-04-01\n---\n", "2031-04-01"),
        ("---\ntitle:\n---\n# The title\n", "The title"),
    ],
)
def test_the_title_is_said_in_the_front_matter_or_by_the_first_heading(
    tmp_path: Path, text: str, title: str
) -> None:
    assert page(tmp_path, text).title == title


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("index.md", "Home"),
        ("README.md", "Home"),
        ("how-we-work.md", "How we work"),
        ("FAQ_and_more.md", "FAQ and more"),
        ("notes/index.md", "Notes"),
        ("notes/README.md", "Notes"),
        ("notes/first.md", "First"),
    ],
)
def test_a_page_that_says_no_title_is_called_after_its_file(
    tmp_path: Path, file: str, title: str
) -> None:
    assert page(tmp_path, "Text.\n", file).title == title


ODD_TITLES = {
    "code.md": (
        "```sh\n# install it\n```\n\nOne page & more\n===============\n",
        "One page & more",
    ),
    "minute.md": ("---\ntitle: 12:30\ndescription: 1:10\n---\nText.\n", "12:30"),
    "said.md": ("---\ntitle: About <ids>\n---\n# Another {#top}\n", "About <ids>"),
    "late.md": ("Text.\n\n# After the text {#late}\n", "After the text"),
    "notes/one.md": ("Text with [[theme:kernel]].\n\nNote One\n---\n", "One"),
}


def test_a_page_has_one_title_everywhere(small: Path) -> None:
    for file, (text, _) in ODD_TITLES.items():
        path = small / "content" / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    prepared = prepare(small)
    found = dict(documents_of(small))
    site = build(small).site_dir
    home = (site / "index.html").read_text(encoding="utf-8")
    for file, (_, title) in ODD_TITLES.items():
        node = prepared.graph.pages[file]
        html = (site / node.path / "index.html").read_text(encoding="utf-8")
        (head,) = re.findall(r"<title>(.*?) - .*?</title>", html)
        assert unescape(head) == title
        assert f'content="{title}"' in unescape(found[node.path])
        if "/" not in file:
            links = re.findall(rf'<a href="{node.path}"[^>]*>(.*?)</a>', home, re.DOTALL)
            said = {" ".join(re.sub(r"<[^>]*>", " ", link).split()) for link in links}
            assert {unescape(each) for each in said} == {title}, "tabs and menu"
    theme = (site / "themes" / "kernel" / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<a href="../../notes/one/">One</a>', theme)


def test_other_plugins_see_the_front_matter_as_kbsite_reads_it(small: Path) -> None:
    (small / "content" / "about.md").write_text(
        "---\ntitle: 12:30\ncountry: NO\ndate: 2031-04-01\ntags: [a]\n---\n\nNote: some text.\n"
    )
    (small / "content" / "plain.md").write_text("Note: some text.\nMore: text.\n")
    (small / "hook.py").write_text(
        "from mkdocs.plugins import event_priority\n"
        "seen = {}\n"
        "@event_priority(90)\n"
        "def on_page_markdown(markdown, page, config, files):\n"
        "    if page.file.src_uri in ('about.md', 'plain.md'):\n"
        "        with open(config.config_file_path + '.seen', 'a') as file:\n"
        "            print((dict(page.meta), markdown), file=file)\n"
    )
    config = small / "mkdocs.yml"
    config.write_text(config.read_text() + "hooks: [hook.py]\n")
    build(small)
    seen = (small / "mkdocs.yml.seen").read_text().splitlines()
    about = {"title": "12:30", "country": "NO", "date": "2031-04-01", "tags": ["a"]}
    assert seen == [
        repr((about, "Note: some text.\n")),
        repr(({}, "Note: some text.\nMore: text.\n")),
    ]


def test_what_stands_before_the_text_is_closed_or_no_front_matter(tmp_path: Path) -> None:
    root = write(tmp_path, {"mkdocs.yml": CONFIG})
    (root / "sessions").mkdir()
    (root / "content").mkdir()
    (root / "content" / "dots.md").write_text("---\ntitle: Dots\n...\nText.\n")
    (problem,) = prepare(root, kinds=()).problems
    assert as_text(problem).startswith(
        "content/dots.md:3:1: error KB018: the front matter is not closed by '...'\n"
        " 3 | ...\n   | ^^^\nhelp: "
    )


EXTENSIONS = """\
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc: {permalink: true}
  - pymdownx.details
  - pymdownx.highlight: {anchor_linenums: true, linenums: true}
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.tasklist: {custom_checkbox: true}
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
"""
HOSTILE = """\
<script>alert(1)</script>
<img src="x" onerror="alert(2)"><svg onload="alert(3)"><path d="M0 0h9" onclick="alert(4)"/></svg>
<iframe srcdoc="<script>alert(5)</script>"></iframe><object data="x.swf"></object>
[x](javascript:alert(6)) <a href="jav&#x09;ascript:alert(7)">y</a>
[z](https://example.org){ onclick="alert(8)" style="position:fixed" }
<style>body { display: none }</style><form action="https://evil.example"><button>go</button></form>

!!! note "A <script>alert(9)</script> note"
    <details ontoggle="alert(10)" open><summary>More</summary></details>

## A heading { data-toc-label="<img src=x onerror=alert(11)>" }
"""
BENIGN = """\
!!! note "Take note"
    Text with `code` and :material-book:.

??? tip "More"
    Hidden.

=== "One"
    First.

=== "Two"
    ```python title="a.py" hl_lines="1"
    print("<script>")
    ```

| a | b |
|:--|--:|
| 1 | 2 |

Term
:   Meaning[^1].

- [x] done

<div class="grid cards" markdown>

- [Two](../about.md){ .md-button }

</div>

[^1]: A note.
"""


def article_of(site: Path, own: str) -> str:
    made = (site / "articles" / own / "index.html").read_text("utf-8")
    return made[made.index('<div class="kb-essay">') : made.index("</article>")]


def test_nothing_that_anybody_brings_runs_and_what_extensions_make_stays(
    small: Path, tmp_path: Path
) -> None:
    config = (small / "mkdocs.yml").read_text("utf-8")
    (small / "mkdocs.yml").write_text(config + EXTENSIONS, "utf-8")
    for own, text in (("hostile", HOSTILE), ("benign", BENIGN)):
        page = f"---\ntitle: One\n---\n\n# One\n\n{text}"
        (small / "content" / "articles" / f"{own}.md").write_text(page, "utf-8")
        (small / "content" / f"{own}.md").write_text(page, "utf-8")
    site = build(small, site_dir=tmp_path / "site", search=False).site_dir

    hostile = article_of(site, "hostile")
    assert "alert(" not in hostile
    runs = r"<script|<style|<iframe|<form|javascript:|\son[a-z]+=|position"
    assert re.search(runs, hostile) is None
    assert "alert(1)" in (site / "hostile" / "index.html").read_text("utf-8")

    def tags(html: str) -> list[tuple[str, ...]]:
        found = re.findall(r"<([a-z][a-z0-9]*)((?:\s[^<>]*)?)>", html)
        keys = r"(class|id|for|href|style|open|type|name|colspan|data-[a-z]+)="
        return [(tag, *sorted(re.findall(keys, attributes))) for tag, attributes in found]

    plain = (site / "benign" / "index.html").read_text("utf-8")
    own = plain[plain.index('<div class="admonition') : plain.index("</article>")]
    brought = article_of(site, "benign")
    brought = brought[brought.index('<div class="admonition') :]
    ours = [tag for tag in tags(brought) if tag[0] != "tbody"]  # which HTML has in any table
    assert ours[: len(ours) - 5] == [tag for tag in tags(own) if tag[0] != "tbody"][: len(ours) - 5]


def test_front_matter_is_text_wherever_a_theme_prints_it(small: Path, tmp_path: Path) -> None:
    front = "".join(
        f"{key}: '<script>alert(\"{key}\")</script>'\n"
        for key in ("title", "description", "subtitle", "status", "author", "location", "mine")
    )
    (small / "content" / "about.md").write_text(
        f"---\n{front}tags: ['<script>alert(0)</script>']\nmore: {{a: ['<b>']}}\n---\nText.\n",
        "utf-8",
    )
    overrides = small / "overrides"
    overrides.mkdir()
    (overrides / "main.html").write_text(
        '{% extends "base.html" %}{% block content %}{{ super() }}'
        "{{ page.meta.mine }}{{ page.meta.tags }}{{ page.meta.more }}{% endblock %}",
        "utf-8",
    )
    (small / "mkdocs.yml").write_text(
        "site_name: Small\ndocs_dir: content\nplugins: [kbsite]\n"
        "theme: {name: material, custom_dir: overrides}\nnav: [index.md, about.md]\n",
        "utf-8",
    )
    site = build(small, site_dir=tmp_path / "site", search=False).site_dir
    for page in ("index.html", "about/index.html", "articles/a-quiet-week/index.html"):
        assert "<script>alert" not in (site / page).read_text("utf-8")
    assert "&lt;script&gt;alert" in (site / "index.html").read_text("utf-8")


def test_a_check_tells_of_each_dead_link_that_mkdocs_meets_and_of_no_other(
    small: Path, tmp_path: Path
) -> None:
    (small / "content" / "notes").mkdir()
    (small / "content" / "picture.png").write_bytes(b"")
    text = """
# Notes

[a](../about.md) [b](../abuot.md) ![c](../picture.png) ![d](picture.png)
[e](../themes/kernel/index.md)
[f](../themes/nothing/index.md) [g](../articles/a-quiet-week.md#what-stays) [h](missing.md "Title")

!!! note

    [i](../not-there.md)

1.  [j](<not this.md>)

    ```
    [k](in-code.md)
    ```

[l][l]

[l]: nor-this.md
"""
    (small / "content" / "notes" / "one.md").write_text(text, "utf-8")
    (small / "mkdocs.yml").write_text(
        "site_name: Small\ndocs_dir: content\ntheme: material\nplugins: [kbsite]\n"
        "markdown_extensions: [admonition, attr_list, pymdownx.superfences]\n",
        "utf-8",
    )
    told = [p.source[p.column - 1 :][: p.length] for p in prepare(small).problems]
    dead = ["../abuot.md", "picture.png", "../themes/nothing/index.md", "missing.md"]
    assert told == [*dead, "../not-there.md", "not this.md", "nor-this.md"]
    built = build(small, site_dir=tmp_path / "site", search=False)
    assert {problem.code for problem in built.problems} == {"KB231"}


def test_what_plugins_and_hooks_may_add_is_no_dead_link(small: Path) -> None:
    (small / "content" / "links.md").write_text("[a](made-by-a-hook.md)\n", "utf-8")
    (small / "hook.py").write_text("", "utf-8")
    config = small / "mkdocs.yml"
    assert [problem.code for problem in prepare(small, settings=read(config)[1]).problems] == [
        "KB231"
    ]
    config.write_text(config.read_text("utf-8") + "hooks: [hook.py]\n", "utf-8")
    assert prepare(small, settings=read(config)[1]).problems == ()


def test_icons_and_templates_of_the_sites_own_are_known(small: Path, tmp_path: Path) -> None:
    own = small / "overrides"
    (own / ".icons" / "ours").mkdir(parents=True)
    (own / ".icons" / "ours" / "ship.svg").write_text("<svg/>", "utf-8")
    (own / "wide.html").write_text('{% extends "main.html" %}', "utf-8")
    (small / "mkdocs.yml").write_text(
        "site_name: Small\ndocs_dir: content\nplugins: [kbsite]\n"
        "theme: {name: material, custom_dir: overrides}\n",
        "utf-8",
    )
    (small / "content" / "ship.md").write_text(
        "---\nicon: ours/ship\ntemplate: wide.html\n---\nText.\n", "utf-8"
    )
    built = build(small, site_dir=tmp_path / "site", search=False)
    assert built.problems == ()
    assert [problem.code for problem in prepare(small).problems] == ["KB232", "KB232"]
