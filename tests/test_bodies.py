"""Every word of the text below front matter is on its page, in the search and in the Markdown twin,
or is told to be missing there.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kbsite import export
from kbsite.build import build
from kbsite.kinds.base import Site
from kbsite.pipeline import prepare
from tests import crawl
from tests.bases import CONFIG, EVENT, write
from tests.conftest import REPO
from tests.surroundings import around

FOLDERS = {
    "article": "content/articles", "shift": "content/shifts", "report": "content/reports",
    "theme": "themes", "speaker": "content/speakers",
}  # fmt: skip
PROSE = {"theme", "speaker"}  # is that of records: Markdown without extensions
# Ways to write words, each with those that a reader should find: A, B, ... stand for one each.
PIECES = [
    "A *B* **C** `D` ~~E~~", "# A\n\n## B\n\n###### C", "A\n====\n\nB\n---",
    "- A\n- B\n    - C\n\n1. D", "- [ ] A\n- [x] B", "> A\n>\n> > B", "```python\nA = '<b>'\n```",
    "~~~\nA\n~~~", "    A <b>", "| A | B |\n| --- | --- |\n| C | `D` |",
    "| A | B |\n| --- | --- |\n| C | D | E |", "[A](https://e.org/B \"C\")",
    "[A][n] and [B]\n\n[n]: https://e.org/ \"C\"\n[B]: https://e.org",
    "A\n\n[B]: https://e.org/C 'D'",
    "<https://e.org/A> https://e.org/B <C@e.org>", "![A](https://e.org/a.png \"B\")", "<b>A</b>",
    "<div markdown>\nA *B*\n</div>", "<details><summary>A</summary>B</details>",
    "A <script>B</script> C", "<style>A</style>\n\nB", "<iframe title=\"A\">B</iframe> C",
    "<textarea>A</textarea> <button>B</button>", "<A>B</A> <my-tag>C</my-tag>",
    "vector<A> and map<B, C> a<D b", "<template>A</template> <video>B</video>",
    "<math><mi>A</mi></math>", "<svg><title>A</title><text>B</text></svg>",
    "A[^B]\n\n[^B]: C D", "A\n\n[^n]: B C", "!!! note \"A\"\n    B", "???+ tip \"A\"\n    B",
    "=== \"A\"\n    B\n\n=== \"C\"\n    D", "A\n:   B\n    C", "A\n{: .n }", "## A { #n }",
    "[[theme:kernel|A]] B", "A: B\nC: D", "&lt;A&gt; &amp;B; C&nbsp;D", "\\*A\\* \\<B\\> \\[C]",
    "{{ A }} {% B %} {# C #}", ":A: B", "A\n\n---\n\nB", "A  \nB\\\nC", "<p>A\n\n*B*</p>",
    "A <![CDATA[ B ]]> C", "A <?php B ?> C", "<!DOCTYPE A> B", "--8<-- \"A\"\n\nB", "7. A\n8. B",
    "- A\n\n    ```\n    B\n    ```", "`#!python A`", "{++A++} {--B--} {==C==}",
    "++A++ ==B== H~C~O",
    "<ruby>A<rt>B</rt></ruby>", "<center>A</center><font color=red>B</font>", "*[A]: B\n\nA",
    "<table><caption>A</caption><tr><td>B</td></tr></table>", "<input> <label>A</label>",
]  # fmt: skip
# Attributes of HTML and of Markdown are no words of a text, and what is in a comment is hidden.
ONLY_AN_ATTRIBUTE = {("![A](https://e.org/a.png \"B\")", "B"), ("[A](https://e.org/B \"C\")", "B"),
                     ("[A](https://e.org/B \"C\")", "C"), ("A[^B]\n\n[^B]: C D", "B"),
                     ("[A][n] and [B]\n\n[n]: https://e.org/ \"C\"\n[B]: https://e.org", "C"),
                     }  # fmt: skip


@dataclass(frozen=True)
class Word:
    """A word in a file, between two lines of it, that stands for a letter of a piece."""

    text: str
    file: str
    first: int
    last: int
    piece: str
    letter: str


def body(file: str, pieces: list[str], begin: int, said: Iterator[int]) -> tuple[str, list[Word]]:
    """Pieces one below the other, from a line on, with words of their own."""
    lines: list[str] = []
    words: list[Word] = []
    for piece in pieces:
        first = begin + len(lines)
        own: dict[str, str] = {}
        for letter in re.findall(r"\b[A-E]\b", piece):
            own.setdefault(letter, f"kx{next(said)}z")
        text = re.sub(r"\b[A-E]\b", lambda letter, own=own: own[letter[0]], piece)  # type: ignore[misc]  # a lambda has no types
        lines += [*text.split("\n"), ""]
        last = begin + len(lines) - 1
        words += [Word(word, file, first, last, piece, each) for each, word in own.items()]
        lines += ["Something else.", ""]
    return "\n".join(lines), words


def knowledge_base(root: Path, seed: int) -> list[Word]:
    """All ways in all kinds of files, some in each file; the words that they hold."""
    config = (REPO / "mkdocs.yml").read_text("utf-8")
    extensions = yaml.safe_load(re.findall(r"(?ms)^markdown_extensions:(.*?)^\S", config)[0])
    talk = {"title": "One", "speakers": [{"name": f"Ada {number}"} for number in range(9)]}
    files: dict[str, Any] = {
        "mkdocs.yml": CONFIG | {"markdown_extensions": extensions},
        "content/index.md": ({"title": "Home"}, ""),
        "themes/kernel.md": ({"name": "Kernel"}, ""),
        "sessions/conf/event.yaml": EVENT,
        "sessions/conf/one.yaml": talk,
    }
    chance = random.Random(seed)  # noqa: S311  # nothing is secret
    said = iter(range(100_000))
    words: list[Word] = []
    for kind, folder in FOLDERS.items():
        pieces = chance.sample(PIECES, len(PIECES))
        for number in range(9):
            file = f"{folder}/ada-{number}.md"
            name = f"Ada {number}" if kind == "speaker" else f"{kind} {number}"
            front: dict[str, Any] = {"name" if kind in PROSE else "title": name}
            front |= {"author": "Ada 1"} if kind == "report" else {}
            front |= {"themes": ["kernel", "theme 1"]} if kind == "shift" else {}
            begin = 3 + len(yaml.safe_dump(front).splitlines())
            text, own = body(file, pieces[number::9], begin, said)
            files[file] = (front, text)
            words += own
    write(root, files)
    return words


def test_every_word_is_shown_and_found_or_told_to_be_missing(tmp_path: Path) -> None:
    words = knowledge_base(tmp_path / "base", 2031)
    build(tmp_path / "base", site_dir=tmp_path / "site", search=False)
    prepared = prepare(tmp_path / "base")
    pages = crawl.read_site(tmp_path / "site").values()
    seen = [value for page in pages for tag, name, value in page.attributes if name != "class"]
    shown = " ".join([*(page.content for page in pages), *seen])
    found = " ".join(each.make(around(Site(name="E"))).decode() for each in prepared.documents)
    twins = " ".join(text for _, text in export.files(prepared, Site(name="E")))
    told = [(each.file, each.line or 0) for each in prepared.problems]

    def is_told(word: Word) -> bool:
        return any(word.file == file and word.first <= line <= word.last for file, line in told)

    silent = [word for word in words if not is_told(word)]
    assert len(silent) > len(words) / 2
    texts = [word for word in silent if (word.piece, word.letter) not in ONLY_AN_ATTRIBUTE]
    assert [word for word in silent if word.text not in shown] == []
    assert [word for word in texts if word.text not in found] == []
    assert [word for word in silent if word.text not in twins] == []
