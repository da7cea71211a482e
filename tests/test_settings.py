"""A site's configuration: what cannot work is said first and where; what is written counts."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

from kbsite import build as building
from kbsite.cli import main
from kbsite.errors import UsageError
from kbsite.plugin import defaults, settings
from kbsite.plugin.serving import LastGood
from tests import crawl
from tests.live import eventually, serving

PLAIN = "site_name: X\ndocs_dir: content\ntheme: material\nplugins: [kbsite]\n"

EARLY = "title: Early\nstart: 1999-01-01\nprovenance: {contributed_by: Ada Example}\n"


def configure(root: Path, text: str, name: str = "mkdocs.yml") -> Path:
    (root / "mkdocs.yml").unlink(missing_ok=True)
    (root / name).write_text(text, encoding="utf-8")
    return root


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


# What cannot work


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f"{PLAIN}use_directory_urls: false\n",
            "mkdocs.yml:5: kbsite links between directory URLs; remove 'use_directory_urls: false'",
        ),
        (
            "site_name: X\nplugins: [kbsite]\ndocs_dir: themes\n",
            (
                "mkdocs.yml:3: kbsite reads hand-written pages from the folder 'content' beside "
                "this file; write 'docs_dir: content'"
            ),
        ),
        (
            "site_name: X\ndocs_dir: content\ntheme: readthedocs\nplugins: [kbsite]\n",
            (
                "mkdocs.yml:3: kbsite needs the theme 'material', not 'readthedocs'; "
                "write 'theme: material'"
            ),
        ),
        (
            "site_name: X\ndocs_dir: content\ntheme:\n  name: mkdocs\nplugins: [kbsite]\n",
            (
                "mkdocs.yml:3: kbsite needs the theme 'material', not 'mkdocs'; "
                "write 'theme: material'"
            ),
        ),
        (
            "site_name: X\ndocs_dir: content\ntheme: material\n",
            "mkdocs.yml: the plugin 'kbsite' is not in use; write 'plugins: [kbsite]'",
        ),
        (
            "site_name: X\ndocs_dir: content\nplugins:\n  - kbsite:\n      enabled: false\n",
            "mkdocs.yml:3: the plugin 'kbsite' is not in use; write 'plugins: [kbsite]'",
        ),
        (
            "site_name: X\ndocs_dir: content\nplugins: [kbsite, kbsite]\n",
            "mkdocs.yml:3: the plugin 'kbsite' is listed twice; keep one of the two",
        ),
        (
            "site_name: X\ndocs_dir: content\nplugins: [search, kbsite]\n",
            "mkdocs.yml:3: kbsite brings a search of its own; remove the plugin 'search'",
        ),
        (
            "site_name: X\ndocs_dir: content\ntheme: material\nplugins: [kbsite, offline]\n",
            (
                "mkdocs.yml:4: kbsite links between directory URLs, which the plugin 'offline' "
                "does away with; remove it"
            ),
        ),
        (
            "docs_dir: content\nplugins: [kbsite]\nuse_directory_urls: 3\n",
            "mkdocs.yml: site_name: Required configuration not provided.",
        ),
    ],
)
def test_a_setting_that_cannot_work_is_refused_with_its_place_and_a_way_out(
    small: Path, text: str, said: str
) -> None:
    configure(small, text)
    (next((small / "sessions").iterdir()) / "broken.yaml").write_text("title: [")
    for command in ("build", "check", "serve"):
        done = run(command, "--root", small)
        assert (done.exit_code, done.output) == (2, f"error: {said}\n")
    assert not (small / "site").exists()


def test_everything_that_cannot_work_is_said_at_once(small: Path) -> None:
    configure(small, "site_name: X\ntheme: mkdocs\ndocs_dir: themes\nplugins: []\n")
    assert [line.split(";")[0] for line in run("check", "--root", small).stderr.splitlines()] == [
        "error: mkdocs.yml:4: the plugin 'kbsite' is not in use",
        "mkdocs.yml:3: kbsite reads hand-written pages from the folder 'content' beside this file",
        "mkdocs.yml:2: kbsite needs the theme 'material', not 'mkdocs'",
    ]


def test_mkdocs_itself_is_told_what_cannot_work(small: Path) -> None:
    configure(small, f"{PLAIN}use_directory_urls: false\n")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    done = subprocess.run(command, cwd=small, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "mkdocs.yml:5: kbsite links between directory URLs" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "site_name: X\nplugins: [kbsite\ntheme: material\n",
            "mkdocs.yml:2:10: the list is not closed; add the missing ']' or ','",
        ),
        (
            "site_name: !ENV [NAME, X]\nsite_description: Talks: all of them\n",
            (
                "mkdocs.yml:2:24: a colon followed by a space stands inside a value; put the value "
                'into quotes: site_description: "Talks: all of them"'
            ),
        ),
        (
            "site_name: X\ntheme:\n\tname: material\n",
            "mkdocs.yml:3:1: a tab stands where YAML wants spaces; indent with spaces",
        ),
        (
            "site_name: X\ntheme: !font Inter\n",
            "mkdocs.yml:2:8: could not determine a constructor for the tag '!font'",
        ),
        ("INHERIT: base.yml\n", "mkdocs.yml: Inherited config file 'base.yml' does not exist at"),
        ("- site_name: X\n", "mkdocs.yml: The configuration is invalid. Expected a key-value map"),
        ("42\n", "mkdocs.yml: these are no settings; write each as 'key: value'\n"),
        ("INHERIT: 42\n", "mkdocs.yml: these are no settings; write each as 'key: value'\n"),
        (
            "copyright: 2031-13-01\n",
            ("mkdocs.yml: a value cannot be read (month must be in 1..12); put it into quotes\n"),
        ),
        (
            f"nav: {'[' * 2000}\n",
            (
                "mkdocs.yml: values are nested too deeply; no setting needs that: "
                "a text that begins with '[' or '{' goes into quotes\n"
            ),
        ),
        (f"{PLAIN}hooks: [hook.py]\n", "mkdocs.yml:5: hooks: The path"),
    ],
)
def test_a_slip_in_the_configuration_is_told_with_its_place(
    small: Path, text: str, said: str
) -> None:
    configure(small, text)
    done = run("check", "--root", small)
    assert done.exit_code == 2
    assert done.output.startswith(f"error: {said}")
    assert done.output.count("\n") == 1


def test_a_slip_in_a_file_that_another_one_inherits_from_is_told_where_it_is(small: Path) -> None:
    (small / "shared").mkdir()
    (small / "shared" / "base.yml").write_text("site_name: 'X\n")
    configure(small, "INHERIT: shared/base.yml\nplugins: [kbsite]\n")
    assert run("check", "--root", small).output == (
        "error: shared/base.yml:1:12: the quotes are never closed; close the quotes\n"
    )


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (
            b"site_name: X\nsite_author: Zo\xeb\n",
            (
                "mkdocs.yml:2:16: the byte 0xEB is not UTF-8; save the file again as UTF-8; "
                "it was probably saved as Latin-1 or Windows-1252"
            ),
        ),
        (
            b"site_name: X\r\nsite_author: Z\0\r\n",
            (
                "mkdocs.yml:2:15: a control character stands here; remove the invisible "
                "character; an editor that shows them helps"
            ),
        ),
        (
            "site_name: [X\n".encode("utf-16"),
            "mkdocs.yml: the file is UTF-16, not UTF-8; save the file again as UTF-8",
        ),
    ],
)
def test_a_configuration_that_is_no_text_is_told_as_a_record_is(
    small: Path, raw: bytes, said: str
) -> None:
    (small / "mkdocs.yml").write_bytes(raw)
    done = run("check", "--root", small)
    assert (done.exit_code, done.output) == (2, f"error: {said}\n")


def test_files_that_inherit_from_each_other_are_told_where_the_circle_closes(small: Path) -> None:
    way_out = "in a circle; remove it from one of the files\n"
    configure(small, "INHERIT: mkdocs.yml\n")
    done = run("check", "--root", small)
    assert done.exit_code == 2
    assert done.output == f"error: mkdocs.yml: INHERIT leads back to mkdocs.yml, {way_out}"
    (small / "shared").mkdir()
    (small / "shared" / "base.yml").write_text("INHERIT: ../mkdocs.yml\n")
    configure(small, "INHERIT: shared/base.yml\n")
    done = run("build", "--root", small)
    assert done.exit_code == 2
    assert done.output == f"error: shared/base.yml: INHERIT leads back to mkdocs.yml, {way_out}"


def test_a_hook_that_fails_is_no_fault_of_kbsite(small: Path) -> None:
    (small / "hook.py").write_text("import no_such_module\n")
    configure(small, f"{PLAIN}hooks: [hook.py]\n")
    done = run("build", "--root", small)
    assert done.exit_code == 2
    assert done.stderr == (
        "error: mkdocs.yml: a plugin or hook that it names cannot be loaded (ModuleNotFoundError: "
        "No module named 'no_such_module'); install what it needs, or remove it\n"
    )


def test_serving_shows_what_is_wrong_with_the_configuration_and_recovers(small: Path) -> None:
    config = configure(small, PLAIN) / "mkdocs.yml"
    with serving(small) as address:
        for text, said in (
            ("site_name: X\nplugins: [kbsite\n", "mkdocs.yml:2:10: the list is not closed"),
            (PLAIN.replace("material", "nonsense"), "mkdocs.yml:3: theme: Unrecognised theme name"),
            (f"{PLAIN}use_directory_urls: false\n", "mkdocs.yml:5: kbsite links between"),
            (PLAIN.replace("kbsite", "search"), "mkdocs.yml:4: the plugin &#x27;kbsite&#x27; is"),
        ):
            config.write_text(text)
            eventually(address, holds=said)
        config.write_text(PLAIN)
        eventually(address, lacks="kbsite-problems")


def test_what_is_wrong_with_the_configuration_is_in_the_terminal_too(
    small: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = configure(small, "theme: [") / "mkdocs.yml"
    (small / "site").mkdir()
    server = LiveReloadServer(lambda: None, host="127.0.0.1", port=0, root=str(small / "site"))
    server.server_close()

    def rebuild() -> None:
        load_config(str(config))

    LastGood(server, config, rebuild).build()
    assert "mkdocs.yml:1:9: a value was expected here" in caplog.text


# Where it is


def test_records_are_checked_without_any_configuration(small: Path) -> None:
    (small / "mkdocs.yml").unlink()
    done = run("check", "--root", small)
    assert (done.exit_code, done.output) == (0, "no problems in 4 sessions of 1 event\n")
    done = run("build", "--root", small)
    assert done.exit_code == 2
    assert "holds no mkdocs.yml; write one with at least" in done.output


def test_either_name_that_mkdocs_knows_will_do(small: Path) -> None:
    configure(small, f"{PLAIN}foo: 1\n", "mkdocs.yaml")
    done = run("build", "--root", small)
    assert done.exit_code == 0
    assert "mkdocs.yaml:5:1: warning KB301" in done.output
    with serving(small) as address:
        configure(small, PLAIN.replace("site_name: X", "site_name: Renamed"), "mkdocs.yaml")
        eventually(address, holds="Renamed")
    configure(small, "theme: [", "mkdocs.yaml")
    assert "mkdocs.yaml:1:9: a value was expected" in run("check", "--root", small).output
    configure(small, PLAIN)
    assert run("check", "--root", small).exit_code == 0  # MkDocs takes mkdocs.yml of the two


def test_a_configuration_of_another_name_can_be_given_to_mkdocs(small: Path) -> None:
    configure(small, PLAIN, "staging.yml")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f"]
    subprocess.run([*command, "staging.yml"], cwd=small, check=True)
    assert (small / "site" / "people" / "index.html").is_file()
    configure(small, f"{PLAIN}use_directory_urls: false\n", "staging.yml")
    done = subprocess.run(
        [*command, "staging.yml"], cwd=small, capture_output=True, text=True, check=False
    )
    assert "staging.yml:5: kbsite links" in done.stderr


# Strict


def test_a_strict_configuration_is_as_good_as_the_option(small: Path) -> None:
    configure(small, f"{PLAIN}foo: 1\n")
    (small / "content" / "links.md").write_text("# Links\n\n[gone](nowhere.md)\n")
    event = next((small / "sessions").iterdir())
    (event / "early.yaml").write_text(EARLY)
    asked = run("build", "--root", small, "--strict")
    configure(small, f"{PLAIN}foo: 1\nstrict: true\n")
    done = run("build", "--root", small)
    assert (done.exit_code, done.output) == (asked.exit_code, asked.output)
    assert done.exit_code == 1
    assert "mkdocs.yml:5:1: warning KB301: Config value 'foo'" in done.output
    assert "warning KB110" in done.output
    assert done.output.endswith("3 warnings; nothing was written\n")
    assert not (small / "site").exists()
    (event / "early.yaml").unlink()
    configure(small, f"{PLAIN}strict: true\n")
    done = run("build", "--root", small)
    assert done.exit_code == 1
    assert "content/links.md:3:8: warning KB231" in done.output
    assert not (small / "site").exists()


def test_a_check_is_as_strict_as_the_build(small: Path) -> None:
    configure(small, f"{PLAIN}foo: 1\n")
    done = run("check", "--root", small)
    assert done.exit_code == 0
    assert "mkdocs.yml:5:1: warning KB301: Config value 'foo'" in done.output
    configure(small, f"{PLAIN}foo: 1\nstrict: true\n")
    assert run("check", "--root", small).exit_code == 1
    configure(small, f"{PLAIN}strict: true\n")
    assert run("check", "--root", small).exit_code == 0


def test_warnings_are_logged_where_mkdocs_is_strict(small: Path) -> None:
    configure(small, f"{PLAIN}strict: true\n")
    event = next((small / "sessions").iterdir())
    (event / "early.yaml").write_text(EARLY)
    command = [sys.executable, "-m", "mkdocs", "build"]
    done = subprocess.run(command, cwd=small, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "early.yaml:2:8: warning KB110" in done.stderr
    assert "Aborted with 1 warnings in strict mode!" in done.stdout


def test_a_strict_site_is_served_with_its_warnings(small: Path) -> None:
    configure(small, f"{PLAIN}strict: true\n")
    (small / "content" / "links.md").write_text("# Links\n\n[gone](nowhere.md)\n")
    with serving(small) as address:
        eventually(address, lacks="kbsite-problems")


# What is written counts


@pytest.mark.parametrize(
    ("theme", "key", "value"),
    [
        ("{name: material, features: []}", "features", []),
        ("{name: material, features: [navigation.top]}", "features", ["navigation.top"]),
        (
            "{name: material, font: {text: Roboto, code: Roboto Mono}}",
            "font",
            {"text": "Roboto", "code": "Roboto Mono"},
        ),
        ("{name: material, palette: []}", "palette", []),
        ("{name: material, palette: }", "palette", None),
        ("{name: material, palette: {primary: teal}}", "palette", {"primary": "teal"}),
    ],
)
def test_what_is_written_of_the_theme_counts_even_if_it_is_the_default(
    small: Path, theme: str, key: str, value: object
) -> None:
    configure(small, PLAIN.replace("theme: material", f"theme: {theme}"))
    config, _ = settings.read(small / "mkdocs.yml")
    defaults.apply(config)
    assert config.theme[key] == value
    config, _ = settings.read(configure(small, PLAIN) / "mkdocs.yml")
    defaults.apply(config)
    assert config.theme[key] != value


def test_without_tabs_the_navigation_is_in_the_sidebar(small: Path) -> None:
    configure(small, PLAIN.replace("theme: material", "theme: {name: material, features: []}"))
    site = building.build(small, strict=True).site_dir
    assert crawl.faults(site) == []
    for file in (
        "index.html",
        "about/index.html",
        "people/index.html",
        "people/zoya-primer/index.html",
    ):
        page = (site / file).read_text()
        assert "md-tabs" not in page
        sidebar = re.search(r"<div class=.md-sidebar md-sidebar--primary.[^>]*>", page)
        assert sidebar is not None
        assert "hidden" not in sidebar[0]


def test_what_is_inherited_counts_as_written(small: Path) -> None:
    (small / "base.yml").write_text("theme: {name: material, features: []}\n")
    configure(small, PLAIN.replace("theme: material", "INHERIT: base.yml"))
    config, _ = settings.read(small / "mkdocs.yml")
    defaults.apply(config)
    assert config.theme["features"] == []
    assert config.theme["font"] is False


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{PLAIN}nave: []\n", "mkdocs.yml:5:1 did you mean 'nav'?"),
        (f"{PLAIN}mine: 1\n", "mkdocs.yml:5:1 remove it, or look up how it is called"),
        (
            PLAIN.replace("[kbsite]", "\n  - kbsite:\n      serch: true"),
            "mkdocs.yml:6:7 remove it, or look up how it is called",
        ),
    ],
)
def test_what_mkdocs_does_not_know_is_told_with_its_place_and_what_was_meant(
    small: Path, text: str, said: str
) -> None:
    _, read = settings.read(configure(small, text) / "mkdocs.yml")
    (problem,) = read.problems
    assert f"{problem.file}:{problem.line}:{problem.column} {problem.hint}" == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PLAIN.replace("docs_dir: content\n", ""), "write 'docs_dir: content'"),
        (PLAIN.replace("material", "materal"), "write 'theme: material'"),
        (f"{PLAIN}site_url: example.org\n", "write 'site_url: https://example.org'"),
        (PLAIN.replace("[kbsite]", "[kbsit]"), "did you mean 'kbsite'?"),
    ],
)
def test_a_setting_that_is_refused_comes_with_what_to_write(
    small: Path, text: str, said: str
) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        settings.read(configure(small, text) / "mkdocs.yml")
