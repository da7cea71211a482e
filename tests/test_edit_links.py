"""Where pages lead to be edited: by MkDocs' rules, for records as for pages in content/."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as MkDocsPage

from kbsite import build as building
from kbsite.plugin import defaults, settings

RECORD = "sessions/example-conf-2031/kernel-news.yaml"
GITHUB = "https://github.com/example/kb"


def links(root: Path, config: str, repo_url: str = "") -> tuple[str | None, str]:
    """Where a hand-written page and a record are edited."""
    file = root / "mkdocs.yml"
    repo = f"repo_url: {repo_url}\n" if repo_url else ""
    file.write_text(f"site_name: X\ndocs_dir: content\nplugins: [kbsite]\n{repo}{config}\n")
    (root / "content").mkdir()
    made, _ = settings.read(file)
    defaults.apply(made)
    about = MkDocsPage(None, File("about.md", made.docs_dir, "", use_directory_urls=True), made)
    return about.edit_url, defaults.site(made, search=False).edit_url(RECORD)


@pytest.mark.parametrize(
    ("repo_url", "base"),
    [
        (GITHUB, f"{GITHUB}/edit/HEAD/"),
        (f"{GITHUB}/", f"{GITHUB}/edit/HEAD/"),
        ("https://gitlab.com/example/kb", "https://gitlab.com/example/kb/blob/HEAD/"),
        ("https://bitbucket.org/example/kb", "https://bitbucket.org/example/kb/src/HEAD/"),
    ],
)
def test_what_is_not_said_is_the_branch_that_is_the_repository_s_by_default(
    tmp_path: Path, repo_url: str, base: str
) -> None:
    assert links(tmp_path, "", repo_url) == (f"{base}content/about.md", base + RECORD)


@pytest.mark.parametrize(
    ("repo_url", "config"),
    [
        ("", ""),
        ("", "edit_uri: edit/main/content/"),
        ("", "edit_uri_template: edit/main/content/{path}"),
        (GITHUB, "edit_uri: ''"),
        ("https://git.example.org/kb", ""),
    ],
)
def test_there_are_no_links_where_they_would_lead_nowhere(
    tmp_path: Path, repo_url: str, config: str
) -> None:
    assert links(tmp_path, config, repo_url) == (None, "")


@pytest.mark.parametrize(
    ("config", "page", "record"),
    [
        ("edit_uri: edit/main/content/", f"{GITHUB}/edit/main/content/{{}}", None),
        ("edit_uri: edit/main/content", f"{GITHUB}/edit/main/content/{{}}", None),
        ("edit_uri: edit/main/kb/content/", f"{GITHUB}/edit/main/kb/content/{{}}", None),
        ("edit_uri: '?query=root/content/'", f"{GITHUB}?query=root/content/{{}}", None),
        ("edit_uri: '#root/content/'", f"{GITHUB}#root/content/{{}}", None),
        ("edit_uri: edit/main/", f"{GITHUB}/edit/main/{{}}", f"{GITHUB}/edit/main/{{}}"),
        (
            "edit_uri: https://git.example.org/kb/edit/content/",
            "https://git.example.org/kb/edit/content/{}",
            None,
        ),
        ("edit_uri_template: edit/main/content/{path}", f"{GITHUB}/edit/main/content/{{}}", None),
        (
            "edit_uri_template: https://edit.example.org/kb/content/{path}?plain=1",
            "https://edit.example.org/kb/content/{}?plain=1",
            None,
        ),
    ],
)
def test_links_to_records_are_those_to_pages_without_their_folder(
    tmp_path: Path, config: str, page: str, record: str | None
) -> None:
    expected = record or page.replace("content/{}", "{}")
    assert links(tmp_path, config, GITHUB) == (page.format("about.md"), expected.format(RECORD))


def test_what_goes_into_a_query_is_quoted(tmp_path: Path) -> None:
    base = "https://edit.example.org/?file=content%2F"
    config = f"edit_uri_template: '{base}{{path!q}}'"
    record = f"https://edit.example.org/?file={RECORD.replace('/', '%2F')}"
    assert links(tmp_path, config) == (f"{base}about.md", record)


def test_an_address_may_leave_out_the_ending(tmp_path: Path) -> None:
    base = "https://edit.example.org/kb"
    found = links(tmp_path, f"edit_uri_template: '{base}/content/{{path_noext}}/edit'")
    assert found == (f"{base}/content/about/edit", f"{base}/{RECORD[:-5]}/edit")


def test_an_absolute_address_needs_no_repository(tmp_path: Path) -> None:
    base = "https://git.example.org/kb/edit/"
    assert links(tmp_path, f"edit_uri: {base}content/") == (
        f"{base}content/about.md",
        base + RECORD,
    )


def test_pages_lead_there(small: Path) -> None:
    with (small / "mkdocs.yml").open("a") as file:
        file.write(f"repo_url: {GITHUB}\n")
    site = building.build(small, strict=True, search=False).site_dir
    session = (site / RECORD.removesuffix(".yaml") / "index.html").read_text()
    assert f'<a href="{GITHUB}/edit/HEAD/{RECORD}" rel="edit">' in session
    ada, bo = (
        (site / "people" / name / "index.html").read_text()
        for name in ("ada-example", "bo-example-of-oslo")
    )
    assert f'<a href="{GITHUB}/edit/HEAD/content/speakers/ada-example.md" rel="edit">' in ada
    value = "---%0Aname%3A%20Bo%20Example%0A---%0A%0A"  # there is no file of that person's yet
    new = f"{GITHUB}/new/HEAD/content/speakers?filename=bo-example-of-oslo.md&amp;value={value}"
    assert f'<a href="{new}" rel="edit">' in bo
    for page in (session, (site / "about" / "index.html").read_text()):
        assert "master/docs" not in page


@pytest.mark.parametrize(
    ("pattern", "begun"),
    [
        (f"{GITHUB}/edit/main/kb/{{path}}", True),
        (f"{GITHUB}/blob/main/{{path}}", False),
        ("https://gitlab.com/example/kb/edit/HEAD/{path}", False),
        (f"{GITHUB}/edit/main/{{path_noext}}", False),
        ("", False),
    ],
)
def test_only_github_takes_a_text_to_begin_a_file_with(pattern: str, *, begun: bool) -> None:
    assert bool(defaults.new_pattern(pattern)) is begun
