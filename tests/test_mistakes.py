"""Whose mistake stops a build: the user's own, another plugin's, the theme's, or kbsite's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result

from kbsite.cli import main

PLAIN = "site_name: X\ndocs_dir: content\nplugins: [kbsite]\n"
BASE = '{% extends "base.html" %}'
THEME = f"{PLAIN}theme: {{name: material, custom_dir: overrides}}\n"


def build(root: Path, config: str, files: dict[str, str]) -> Result:
    (root / "mkdocs.yml").write_text(config)
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text))
    return CliRunner().invoke(main, ["build", "--no-search", "-q", "--root", str(root)])


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "main.html",
            f"{BASE}\n\n{{% block announce %}}{{{{ page.nothing.at_all }}}}{{% endblock %}}",
            "overrides/main.html:3: UndefinedError: ",
        ),
        (
            "main.html",
            f"{BASE}\n{{% block announce %}}",
            "overrides/main.html:2: TemplateSyntaxError: ",
        ),
        ("main.html", BASE.replace("base", "bsae"), "overrides/main.html:1: TemplateNotFound: 'bs"),
        ("404.html", "\n{{ 1 / 0 }}", "overrides/404.html:2: ZeroDivisionError: "),
        ("partials/footer.html", "{{ 'x' | shout }}", "overrides/partials/footer.html:1: Template"),
    ],
)
def test_a_mistake_in_a_template_of_ones_own_is_told_with_its_file_and_line(
    small: Path, name: str, text: str, said: str
) -> None:
    done = build(small, THEME, {f"overrides/{name}": text})
    assert done.exit_code == 2
    assert done.output.startswith(f"error: {said}")
    assert "kbsite itself" not in done.output
    assert not (small / "site").exists()


HOOK = """\
    def on_page_markdown(markdown, page, **_):
        return markdown + page.title.upper(1)
"""


EARLY = """\
    from mkdocs.plugins import event_priority
    @event_priority(200)
    def on_config(config): return config.upper()
"""


@pytest.mark.parametrize(
    ("hook", "said"), [(HOOK, "2: TypeError: "), (EARLY, "3: AttributeError: ")]
)
def test_a_mistake_in_a_hook_is_told_with_its_file_and_line(
    small: Path, hook: str, said: str
) -> None:
    done = build(small, f"{PLAIN}hooks: [hooks/shout.py]\n", {"hooks/shout.py": hook})
    assert done.exit_code == 2
    assert done.output.startswith(f"error: hooks/shout.py:{said}")


def test_what_the_theme_cannot_do_with_the_configuration_is_not_kbsite_s(small: Path) -> None:
    config = f"{PLAIN}theme: {{name: material, icon: {{logo: material/no-such}}}}\n"
    done = build(small, config, {})
    assert done.exit_code == 2
    assert done.output.startswith("error: the theme cannot make a page (TemplateNotFound: ")
    assert "theme/partials/logo.html:" in done.output
    assert "look at what mkdocs.yml says of it" in done.output


def test_an_error_in_another_plugin_names_it(small: Path) -> None:
    plugins = "plugins: [kbsite, minify: {minify_js: true, js_files: no-such.js}]"
    done = build(small, PLAIN.replace("plugins: [kbsite]", plugins), {})
    assert done.exit_code == 3
    assert done.output.startswith("error: the plugin 'minify' failed (FileNotFoundError: ")
    assert "at mkdocs_minify_plugin/plugin.py:" in done.output
    assert "remove it from 'plugins' in mkdocs.yml" in done.output


def test_an_error_in_an_extension_of_markdown_is_not_kbsite_s(small: Path) -> None:
    snippets = "{pymdownx.snippets: {check_paths: true}}"
    config = f"{PLAIN}markdown_extensions: [{snippets}]\n"
    done = build(small, config, {"content/one.md": '# One\n\n--8<-- "no-such.md"\n'})
    assert done.exit_code == 3
    assert done.output.startswith("error: MkDocs failed, or an extension that mkdocs.yml names (")
    assert "pymdownx/snippets.py:" in done.output


def test_an_error_of_kbsite_s_own_is_a_bug(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: Path, at: str) -> str:
        return at.no_such_thing  # type: ignore[attr-defined, no-any-return]

    monkeypatch.setattr("kbsite.plugin.composer.page_head", fails)
    done = build(small, PLAIN, {})
    assert done.exit_code == 3
    assert "error: kbsite itself failed (TypeError: " in done.output
    assert "at composer.py:" in done.output


def test_mkdocs_says_so_too(small: Path) -> None:
    (small / "mkdocs.yml").write_text(f"{PLAIN}hooks: [shout.py]\n")
    (small / "shout.py").write_text(dedent(HOOK))
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    done = subprocess.run(command, cwd=small, capture_output=True, text=True, check=False)
    assert "kbsite: shout.py:2: TypeError: str.upper() takes no arguments" in done.stderr
