"""`kbsite diff`: what a change does to the site, in tiny repositories."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kbsite.cli import main
from kbsite.difference import Difference
from kbsite.difference.forms import COMMENT_LIMIT, as_markdown
from kbsite.difference.parts import ClaimChange, PageChange, Vanished
from kbsite.difference.told import differing_words
from tests.test_ci import git

EVENT = "sessions/example-conf-2031"
NEWS = f"{EVENT}/kernel-news.yaml"
SILENT = f"{EVENT}/silent.yaml"


@pytest.fixture
def repo(small: Path) -> Path:
    """The small knowledge base on a branch of its own."""
    git(small, "init", "-qb", "main")
    git(small, "add", "-A")
    git(small, "commit", "-qm", "Begin")
    git(small, "checkout", "-qb", "branch")
    return small


def diff(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", "--root", str(root), *arguments])


def told(root: Path, *arguments: str) -> Any:
    done = diff(root, "--format", "json", *arguments)
    assert done.exit_code in (0, 1), done.output
    return json.loads(done.stdout)


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_a_claim_says_now_is_told_with_the_words_that_differ(repo: Path) -> None:
    change(repo, NEWS, "not from faster code", "not at all from faster code")
    change(repo, NEWS, "at: 12:30", "at: 13:00")
    change(repo, NEWS, "  - text: Nobody reads the second page.\n", "")
    change(repo, NEWS, "figures:\n", "figures:\n  - value: 7\n    label: days\n")
    done = diff(repo)
    assert done.exit_code == 0, done.output
    assert (
        "Learnings (1)\n"
        "  ~ Most of the gain came from copying **less**, not at all from faster code.\n"
        f"      in Kernel news & gossip in <ten> minutes ({NEWS})\n"
        "      text: … from copying **less**, not {+at all+} from faster code.\n"
        "      at: 12:30 became 13:00\n"
    ) in done.output
    assert "Quotes (1)\n  - Nobody reads the second page.\n      in " in done.output
    assert "Figures (1)\n  + 7 days\n      in " in done.output
    assert re.search(
        r"^1 file changed since main \([0-9a-f]{10}\): 1 learning changed; 1 quote removed; "
        r"1 figure added; 2 pages added, \d+ changed, 2 removed$",
        done.output,
        re.MULTILINE,
    )


def test_a_new_learning_is_told_with_what_it_rests_on_and_the_page_that_has_it_first(
    repo: Path,
) -> None:
    new = "  - id: more\n    text: More.\n    by: Ada Example\n    at: 1:10\n    basis: said\n"
    change(repo, NEWS, "learnings:\n", f"learnings:\n{new}")
    change(repo, "themes/kernel.md", "aliases: [", "aliases: [Kernels at large, ")
    said = diff(repo, "--all").output
    assert (
        f"  + More.\n      in Kernel news & gossip in <ten> minutes ({NEWS})\n"
        "      by ada-example, at 1:10, basis said\n"
    ) in said
    pages = [line.split()[:3] for line in said.partition("Pages (")[2].splitlines()[1:]]
    kinds = [kind for _, kind, _ in filter(None, pages[: pages.index([])])]
    first = kinds.index("redirect")
    assert kinds[first:] == ["redirect"] * len(kinds[first:]), "what leads on comes last"
    own = [path for sign, _, path in pages[: pages.index([])] if sign == "~"]
    assert {own[0], own[1]} >= {"/sessions/example-conf-2031/kernel-news/"}
    assert f", because of {NEWS}" in said


def test_a_claim_whose_id_is_made_of_its_words_is_still_that_one(repo: Path) -> None:
    change(repo, NEWS, "Nobody reads the second page.", "Nobody reads a second page.")
    (claim,) = told(repo)["claims"]
    assert (claim["how"], claim["fields"]) == ("changed", ["text"])


def test_themes_that_sessions_gain_and_lose(repo: Path) -> None:
    change(repo, NEWS, "themes: [kernel, Observability]", "themes: [kernel]")
    (session,) = told(repo)["sessions"]
    assert (session["fields"], session["gained"], session["lost"]) == (["themes"], [], ["seeing"])
    said = diff(repo).output
    assert "Themes of sessions (1)\n  - seeing in 1 session: Kernel news" in said


def test_whom_a_new_name_resembles(repo: Path) -> None:
    change(repo, NEWS, "name: Bo Example", "name: Ada B. Example")
    change(repo, NEWS, "id: bo-example-of-oslo", "org: Example-Worcs Ltd")
    change(repo, NEWS, "    org: University of Examples\n", "")
    change(repo, NEWS, "by: bo-example-of-oslo", "by: Ada B. Example")
    named = {each["id"]: each for each in told(repo)["named"]}
    assert named["ada-b-example"]["resembles"] == [["ada-example", "Ada Example"]]
    assert named["ada-b-example"]["file"] == NEWS
    assert named["example-worcs-ltd"]["resembles"] == [["example-works", "Example Works"]]
    said = diff(repo).output
    assert "\n      resembles Ada Example (ada-example)\n" in said
    assert "+ person /people/ada-b-example/ Ada B. Example\n" in said, "there is one cause alone"


def test_an_address_that_vanishes_fails_unless_it_leads_on(repo: Path) -> None:
    (repo / SILENT).rename(repo / EVENT / "quiet.yaml")
    done = diff(repo)
    assert done.exit_code == 1
    path = "sessions/example-conf-2031/silent/"
    assert done.output.startswith(
        "Addresses that vanish without a redirect (1)\n"
        f"  ! /{path}, A quiet hour – Ada Example – ExConf 31\n"
        "      if it is example-conf-2031/quiet by now, write 'example-conf-2031/silent' under "
        f"aliases in {EVENT}/quiet.yaml\n"
    )
    assert diff(repo, "--allow-vanished").exit_code == 0
    assert diff(repo, "-q").exit_code == 1
    with (repo / EVENT / "quiet.yaml").open("a") as file:
        file.write("aliases:\n  - example-conf-2031/silent\n")
    difference = told(repo)
    assert difference["vanished"] == []
    (session,) = difference["sessions"]
    assert (session["how"], session["former"]) == ("moved", "example-conf-2031/silent")
    (page,) = (page for page in difference["pages"] if page["how"] == "moved")
    assert (page["path"], page["to"]) == (path, "sessions/example-conf-2031/quiet/")
    assert diff(repo, "-q").output == ""


def test_an_alias_that_is_taken_away_takes_its_address_with_it(repo: Path) -> None:
    change(repo, NEWS, "aliases: [example-conf-2031/news-from-the-kernel]\n", "")
    (gone,) = told(repo)["vanished"]
    assert gone["path"] == "sessions/example-conf-2031/news-from-the-kernel/"
    assert gone["hint"] == "keep the alias that made it lead on"


def test_a_person_who_is_called_otherwise_keeps_the_address_by_an_alias(repo: Path) -> None:
    page = "content/speakers/ada-example.md"
    (repo / page).rename(repo / "content/speakers/ada-other.md")
    change(repo, "content/speakers/ada-other.md", "name: Ada Example", "name: Ada Other")
    text = (repo / "content/speakers/ada-other.md").read_text(encoding="utf-8")
    if "Ada Example" not in text.partition("\n---")[0]:
        change(repo, "content/speakers/ada-other.md", "aliases:", "aliases: [Ada Example] #")
    moved = [each for each in told(repo)["named"] if each["how"] == "moved"]
    assert [(each["former"], each["id"]) for each in moved] == [("ada-example", "ada-other")]


def test_pages_that_change_say_because_of_which_record(repo: Path) -> None:
    change(repo, SILENT, "title: A quiet hour", "title: A silent hour")
    change(repo, "content/about.md", "#", "#")
    pages = {page["path"]: page for page in told(repo)["pages"]}
    assert pages["sessions/example-conf-2031/silent/"]["because"] == [SILENT]
    assert pages["people/ada-example/"]["because"] == [SILENT]
    assert {page["how"] for page in pages.values()} == {"changed"}
    assert "about/" not in pages
    assert all(page["because"] for page in pages.values())


def test_pages_and_files_by_hand(repo: Path) -> None:
    (repo / "content/new.md").write_text("# New\n")
    (repo / "content/new.png").write_bytes(b"PNG")
    (repo / "content/about.md").unlink()
    difference = told(repo)
    assert {(page["how"], page["path"]) for page in difference["pages"]} >= {
        ("added", "new/"),
        ("removed", "about/"),
    }
    assert {"how": "added", "path": "new.png"} in difference["files"]
    assert [gone["path"] for gone in difference["vanished"]] == ["about/"]


def test_what_is_committed_and_what_is_not_count_alike(repo: Path) -> None:
    (repo / EVENT / "new.yaml").write_text("title: New\nsources:\n  - system: sched\n")
    (repo / "notes.txt").write_text("not of the site")
    before = told(repo)
    assert before["changed"] == [f"{EVENT}/new.yaml"], "files that git does not know yet count"
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "Add")
    assert told(repo) == before
    since = told(repo, "HEAD")
    assert (since["changed"], since["pages"]) == ([], [])
    assert told(repo, "HEAD~1")["sessions"] == before["sessions"]
    git(repo, "checkout", "-q", "main")
    assert diff(repo).output.startswith("no record and no page changed since main (")


def test_what_stops_it_is_said_with_a_way_out(repo: Path, tmp_path: Path) -> None:
    done = diff(repo, "nowhere")
    assert done.exit_code == 2
    assert "git knows no commit 'nowhere' here; in CI, fetch it first" in done.stderr
    change(repo, SILENT, "title:", "tittle:")
    done = diff(repo)
    assert done.exit_code == 1
    assert "KB10" in done.stderr
    git(repo, "commit", "-qam", "Break")
    change(repo, SILENT, "tittle:", "title:")
    done = diff(repo, "HEAD")
    assert done.exit_code == 2
    assert re.search(r"no site to compare with: \w{10} has \d+ errors?, the first in", done.stderr)
    (tmp_path / "shallow").mkdir()
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repo}", "shallow/base")
    done = diff(tmp_path / "shallow/base", "main")
    assert (done.exit_code, "git knows no commit 'main'" in done.stderr) == (2, True)


def test_without_git_it_says_so(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(small.parent))
    done = diff(small)
    assert done.exit_code == 2
    assert "this needs git, and" in done.stderr


def test_a_changed_configuration_is_told_and_not_compared(repo: Path) -> None:
    change(repo, "mkdocs.yml", "site_name: Example", "site_name: Other")
    done = diff(repo)
    assert "note: mkdocs.yml changed too" in done.stderr
    assert done.stdout.startswith("no record and no page changed")


HOSTILE = "@everyone <img src=x> [x](http://x) `` ` #1 https://x.example |\n\n# h\n```"


def hostile(number: int) -> Difference:
    claim = ClaimChange(
        how="changed", kind="learning", session="a/b", title=HOSTILE, id="x", file=HOSTILE,
        before={"text": HOSTILE}, after={"text": f"{HOSTILE} more " + "word " * 500},
    )  # fmt: skip
    page = PageChange(how="added", path="x`y/", kind="session", title=HOSTILE, because=(HOSTILE,))
    gone = Vanished(path="x`y/", title=HOSTILE, hint="keep it")
    return Difference(
        changed=(HOSTILE,), claims=(claim,) * number, pages=(page,) * number,
        vanished=(gone,) * number,
    )  # fmt: skip


def test_in_markdown_nothing_of_a_record_is_more_than_code() -> None:
    said = as_markdown(hostile(1), "main`x")
    outside = "".join(re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", line) for line in said.split("\n"))
    assert not re.search(r"[@\[`|]|https?:|img|#1|(?<!^)<(?!!--)", outside)


def test_a_comment_is_never_longer_than_github_takes() -> None:
    said = as_markdown(hostile(500), "main")
    assert len(said) < COMMENT_LIMIT
    assert "- and 490 more\n" in said
    short = as_markdown(hostile(500), "main", limit=3_000)
    assert len(short) <= 3_000
    assert "`kbsite diff` tells it" in short


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a b c", "a x c", "a [-b-]{+x+} c"),
        ("a", "", "[-a-]"),
        ("a b c d e f g h", "a b c d e f g x", "… d e f g [-h-]{+x+}"),
    ],
)
def test_the_words_that_differ_are_marked(old: str, new: str, expected: str) -> None:
    assert differing_words(old, new) == expected
