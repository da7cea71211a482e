"""What a plugin or a hook finds in a generated page, and what becomes of what it changes there."""

from __future__ import annotations

from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from kbsite import build as building
from tests import crawl
from tests.test_build import tree
from tests.test_plugins import NEWS, ORDERS, build, configure, page

WHOLE = """\
def on_page_markdown(markdown, page, config, files):
    if page.file.src_uri == "themes/kernel/index.md":
        assert (markdown, page.title, page.url) == ("", "Kernels", "themes/kernel/")
        assert page.meta["title"] == "Kernels" and page.meta["description"]
        assert page.file.abs_src_path.endswith("/themes/kernel.md")
        assert page.canonical_url == "https://example.org/themes/kernel/"
        assert page.edit_url == "https://github.com/example/kb/edit/main/themes/kernel.md"
        assert page.file.content_string == ""
        seen.append("markdown")

def on_page_content(html, page, config, files):
    if page.file.src_uri == "themes/kernel/index.md":
        assert '<h1 id="page">Kernels</h1>' in html
        [top] = page.toc
        assert (top.title, top.url) == ("Kernels", "#page")
        assert [child.level for child in top.children] == [2] * len(top.children) != []
        seen.append("content")

def on_page_context(context, page, config, nav):
    if page.file.src_uri == "themes/kernel/index.md":
        assert context["page"] is page and page.content
        seen.append("context")

def on_post_page(output, page, config):
    if page.file.src_uri == "themes/kernel/index.md":
        assert output.count("<title>Kernels - Example</title>") == 1
        assert output.count('property="og:title"') <= 1
        seen.append("post")

def on_post_build(config):
    assert seen == ["markdown", "content", "context", "post"], seen

seen = []
"""


def hooked(root: Path, code: str) -> Path:
    """The site, built with a hook and without any warning."""
    (root / "hook.py").write_text(code)
    configure(
        root,
        first=True,
        hooks=["hook.py"],
        site_url="https://example.org/",
        repo_url="https://github.com/example/kb",
        edit_uri="edit/main/content/",
    )
    return building.build(root, strict=True, search=False).site_dir


def test_a_generated_page_is_whole_in_every_event(small: Path) -> None:
    hooked(small, WHOLE)


CHANGING = """\
def on_page_markdown(markdown, page, config, files):
    return markdown + "\\n\\n## More {#more}\\n\\nA *word* more.\\n"

def on_page_content(html, page, config, files):
    return html.replace("<h1", "<h1 data-seen", 1)

def on_post_page(output, page, config):
    return output.replace("</body>", "<!-- the end --></body>")
"""


def test_what_a_hook_changes_in_a_page_is_changed(small: Path) -> None:
    site = hooked(small, CHANGING.replace(" {#more}", ""))
    for path in (NEWS, "themes/kernel", "people", "about", "articles/a-quiet-week"):
        html = page(site, path)
        assert "<h1 data-seen" in html, path
        assert "<p>A <em>word</em> more.</p>" in html, path
        assert html.count("<!-- the end -->") == 1, path
        assert 'href="#more"' in html, path


@ORDERS
def test_privacy_looks_after_links_on_generated_pages(small: Path, *, first: bool) -> None:
    privacy = {"assets": False, "links_attr_map": {"target": "_blank"}}
    site = build(small, {"privacy": privacy}, first=first)
    assert 'target="_blank"' in page(site, NEWS)
    assert "Watch the recording" in page(site, NEWS)


@ORDERS
def test_tags_and_a_blog_live_beside_the_records(small: Path, *, first: bool) -> None:
    posts = small / "content" / "blog" / "posts"
    posts.mkdir(parents=True)
    (posts.parent / "index.md").write_text("# Blog\n")
    (posts / "one.md").write_text(
        "---\ndate: 2031-04-03\ntags: [kernels]\n---\n# The week after\n\nIn short.\n\n"
        "<!-- more -->\n\nMore about [kernels](../../themes/kernel/index.md).\n"
    )
    site = build(small, "tags", "blog", first=first)
    post = page(site, "blog/2031/04/03/the-week-after")
    assert 'href="../../../../../themes/kernel/"' in post
    assert "The week after" in page(site, "blog")
    assert '<h1 id="page">Kernel news &amp; gossip' in page(site, NEWS)


@ORDERS
def test_many_plugins_at_once_give_the_same_from_mkdocs_as_from_kbsite(
    small: Path, *, first: bool
) -> None:
    configure(
        small,
        "tags",
        "macros",
        {"redirects": {"redirect_maps": {"old.md": "themes/index.md"}}},
        {"minify": {"minify_html": True, "minify_js": True, "js_files": "assets/kbsite.js"}},
        first=first,
    )
    ours = tree(building.build(small, strict=True).site_dir)
    config = load_config(str(small / "mkdocs.yml"), site_dir=str(small / "other"), strict=True)
    mkdocs_build(config)
    assert crawl.faults(small / "site") == []
    assert tree(small / "other") == ours
