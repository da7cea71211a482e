"""Changes to the text of a record, and what they leave alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from kbsite import yamledit, yamlfile, yamlwrite
from kbsite.yamledit import CannotEdit, remove

ORDER = ("title", "start", "room", "tracks", "level", "speakers", "summary", "abstract", "links")
RECORDS = sorted((Path(__file__).parent.parent / "sessions").glob("*/*.yaml"))[::60]


def set_value(text: str, key: str, value: Any) -> str:
    return yamledit.set_value(text, key, value, ORDER)


def test_a_word_is_changed_where_it_stands() -> None:
    text = "# head\ntitle:  'Old'   # sic\n\nroom: A # old\n"
    assert set_value(text, "title", "New: it") == (
        "# head\ntitle:  'New: it'   # sic\n\nroom: A # old\n"
    )
    assert set_value(text, "room", True) == "# head\ntitle:  'Old'   # sic\n\nroom: true # old\n"


def test_a_comment_in_empty_brackets_is_a_comment() -> None:
    text = "room: A\ntracks: [ # none\n]\n"
    assert set_value(text, "tracks", ["B"]) == "room: A\n# none\ntracks:\n  - B\n"
    assert set_value(text, "room", "B") == text.replace("A", "B")


def test_the_same_value_changes_nothing() -> None:
    text = 'title: >-\n  one\n  two\nroom: "A"\ntracks: [ a,b ]\nrank: 0x1F'
    for key, value in yamlfile.read(text).items():
        assert set_value(text, key, value) == text


def test_a_number_is_the_text_it_was_written_as() -> None:
    text = "title: 2026\nroom: 007\n"
    assert set_value(text, "title", "2026") == text
    assert set_value(text, "room", "007") == text
    assert set_value(text, "room", "7") == "title: 2026\nroom: '7'\n"
    assert set_value(text, "room", 7) == text
    assert set_value("room: 1\n", "room", True) == "room: true\n"
    assert set_value("room: 1\n", "room", 1.0) == "room: 1.0\n"


def test_only_the_part_of_a_value_that_differs_is_changed() -> None:
    text = (
        "speakers: # by mail\n"
        "  - name: 'Ada' # she\n"
        "    org: >-\n"
        "      Old\n"
        "      Labs\n"
        "  # the second\n"
        '  - name: "Bob"\n'
        "    org: Y # until March\n"
    )
    speakers = [{"name": "Ada", "org": "Old Labs"}, {"name": "Bob", "org": "Z"}]
    assert set_value(text, "speakers", speakers) == text.replace("org: Y", "org: Z")
    speakers = [{"name": "Ada", "org": "New"}, {"name": "Bob", "org": "Y"}]
    assert set_value(text, "speakers", speakers) == (
        "speakers: # by mail\n"
        "  - name: 'Ada' # she\n"
        "    org: New\n"
        "  # the second\n"
        '  - name: "Bob"\n'
        "    org: Y # until March\n"
    )


def test_a_key_is_added_to_one_item_of_a_list_and_taken_out_of_another() -> None:
    text = (
        "speakers:\n"
        "- name: 'Ada' # she\n"
        "  org: X\n"
        "  # or none\n"
        "- name: 'Bob' # he\n"
        "  org: Y # his\n"
        "  role: z\n"
    )
    speakers = [
        {"name": "Ada", "org": "X", "role": "r", "moderator": True},
        {"name": "Bob", "role": "z"},
    ]
    assert set_value(text, "speakers", speakers) == (
        "speakers:\n"
        "- name: 'Ada' # she\n"
        "  org: X\n"
        "  role: r\n"
        "  moderator: true\n"
        "  # or none\n"
        "- name: 'Bob' # he\n"
        "  # his\n"
        "  role: z\n"
    )
    without_names = [{"id": "ada", "org": "X"}, {"org": "Y", "role": "z"}]
    assert set_value(text, "speakers", without_names) == (
        "speakers:\n# she\n# or none\n- id: ada\n  org: X\n# he\n# his\n- org: 'Y'\n  role: z\n"
    )


def test_items_come_and_go_and_the_others_stay_as_they_are() -> None:
    text = (
        "tracks:\n"
        "  # the first\n"
        "  - 'A' # about A\n"
        '  - "B"   # about B\n'
        "\n"
        "  - >-\n"
        "    C\n"
        "  # no more\n"
        "level: any\n"
    )
    assert set_value(text, "tracks", ["A", "B", "C", "D"]) == text.replace(
        "    C\n", "    C\n  - D\n"
    )
    assert set_value(text, "tracks", ["O", "A", "B", "C"]) == text.replace(
        "  - 'A'", "  - O\n  - 'A'"
    )
    assert set_value(text, "tracks", ["A", "M", "C"]) == text.replace('"B"', "M")
    assert set_value(text, "tracks", ["A", "M", "O", "C"]) == text.replace(
        '- "B"   #', "- M\n  - O\n  #"
    )
    assert set_value(text, "tracks", ["A", "C"]) == text.replace('- "B"   #', "#")
    assert set_value(text, "tracks", ["A", "B"]) == text.replace("  - >-\n    C\n", "")
    assert set_value(text, "tracks", ["C", "D"]) == (
        "tracks:\n"
        "  # the first\n"
        "  # about A\n"
        "  # about B\n"
        "\n"
        "  - >-\n"
        "    C\n"
        "  - D\n"
        "  # no more\n"
        "level: any\n"
    )


def test_an_item_that_changed_is_found_by_what_it_begins_with() -> None:
    text = "links:\n  - kind: video # main\n    url: a\n  - kind: slides\n    url: 'b'\n"
    links = [{"kind": "slides", "url": "c"}]
    assert set_value(text, "links", links) == "links:\n  # main\n  - kind: slides\n    url: c\n"


def test_lists_in_lists_are_changed_inside() -> None:
    text = "tracks:\n- - a # 1\n  - b\n- - 'c' # 2\n"
    assert set_value(text, "tracks", [["a", "b", "x"], ["c"]]) == (
        "tracks:\n- - a # 1\n  - b\n  - x\n- - 'c' # 2\n"
    )
    assert set_value(text, "tracks", [["b"], ["c"], []]) == (
        "tracks:\n# 1\n- - b\n- - 'c' # 2\n- []\n"
    )


def test_a_value_of_another_kind_has_the_comments_of_the_old_one_above_it() -> None:
    text = (
        "title: T\n"
        "tracks: # as announced\n"
        "- A # about A\n"
        "# between\n"
        "- B\n"
        "  # below\n"
        "\n"
        "# about the level\n"
        "level: any # sure?\n"
    )
    above = "title: T\n# as announced\n# about A\n# between\n# below\n"
    below = "\n# about the level\nlevel: any # sure?\n"
    assert set_value(text, "tracks", "C") == above + "tracks: C\n" + below
    assert set_value(text, "tracks", []) == above + "tracks: []\n" + below
    assert set_value(text, "tracks", {"a": ["b"]}) == above + "tracks:\n  a:\n    - b\n" + below
    assert remove(text, "tracks") == above + below
    assert set_value(text, "level", ["x"]) == text.replace(
        "level: any # sure?\n", "# sure?\nlevel:\n  - x\n"
    )
    assert remove(text, "level") == text.replace("level: any # sure?", "# sure?")
    assert remove(text, "title") == text.removeprefix("title: T\n")


def test_a_comment_beside_a_value_does_not_become_part_of_a_block() -> None:
    text = "title: old # sic\nroom: >- # folded\n  some\n  words\n\nlevel: any\n"
    assert set_value(text, "title", "two\nlines\n\nmore\n") == (
        "title: | # sic\n  two\n  lines\n\n  more\n"
        "room: >- # folded\n  some\n  words\n\nlevel: any\n"
    )
    assert set_value(text, "room", "one") == "title: old # sic\nroom: one # folded\n\nlevel: any\n"
    assert set_value(text, "room", "1\n2") == (
        "title: old # sic\nroom: |- # folded\n  1\n  2\n\nlevel: any\n"
    )


def test_a_comment_below_a_value_does_not_become_part_of_a_block() -> None:
    text = "title: old\n    # sic\nroom: A\n"
    assert set_value(text, "title", "new") == "title: new\n    # sic\nroom: A\n"
    assert set_value(text, "title", "1\n2") == "# sic\ntitle: |-\n  1\n  2\nroom: A\n"
    text = "abstract: |\n  text\nlevel: x\n    # sure?\n"
    assert remove(text, "level") == "abstract: |\n  text\n# sure?\n"


def test_a_sign_that_begins_no_comment_is_not_taken_for_one() -> None:
    text = (
        "'#a': 'it''s # 1'\n"
        "title: a#b \\# 2\n"
        'abstract: "x # 3\n'
        '  # 4"\n'
        "summary: |\n"
        "  # 5\n"
        "   # 6\n"
        "room: C#\n"
    ).replace(" \\#", "")
    assert remove(text, "'#a'") == text
    assert remove(text, "#a") == text.split("\n", 1)[1]
    assert remove(text, "summary") == text.replace("summary: |\n  # 5\n   # 6\n", "")
    assert remove(text, "abstract") == text.replace('abstract: "x # 3\n  # 4"\n', "")
    assert set_value(text, "room", "F#") == text.replace("C#", "F#")


def test_a_new_key_goes_where_the_order_has_it() -> None:
    text = "# head\ntitle: T # t\n# about the tracks\ntracks:\n- A\n  # end\nown: 1\nlinks: []\n"
    assert set_value(text, "room", "R") == text.replace("# t\n", "# t\nroom: R\n")
    assert set_value(text, "speakers", [{"name": "Ada"}]) == text.replace(
        "# end\n", "# end\nspeakers:\n  - name: Ada\n"
    )
    assert set_value(text, "unknown", "x") == text + "unknown: x\n"
    assert set_value(text.replace("title: T # t\n", ""), "title", "two\nlines") == (
        "# head\n# about the tracks\ntitle: |-\n  two\n  lines\n"
        "tracks:\n- A\n  # end\nown: 1\nlinks: []\n"
    )


def test_a_new_key_goes_below_a_text_and_above_the_blank_lines_that_follow() -> None:
    text = "title: |\n  T\n\n\nroom: R\n"
    assert set_value(text, "start", "2031-04-01") == (
        "title: |\n  T\nstart: 2031-04-01\n\n\nroom: R\n"
    )
    kept = "title: |+\n  T\n\n\nroom: R\n"
    assert set_value(kept, "start", "2031-04-01") == (
        "title: |+\n  T\n\n\nstart: 2031-04-01\nroom: R\n"
    )


def test_a_file_keeps_its_line_ends_and_its_byte_order_mark() -> None:
    text = "\ufefftitle: T # t\r\ntracks:\r\n  - A\r\nsummary: >\r\n  x\r\n  y\r\n"
    text = set_value(text, "tracks", ["A", "B"])
    text = set_value(text, "abstract", "1\n2\n")
    text = set_value(text, "speakers", [{"name": "Ada", "org": "X"}])
    text = remove(text, "title")
    assert text == (
        "\ufeff# t\r\ntracks:\r\n  - A\r\n  - B\r\nspeakers:\r\n  - name: Ada\r\n    org: X\r\n"
        "summary: >\r\n  x\r\n  y\r\nabstract: |\r\n  1\r\n  2\r\n"
    )


def test_a_file_may_end_without_a_newline() -> None:
    assert set_value("title: T\nroom: A # a", "room", "B") == "title: T\nroom: B # a"
    assert set_value("title: T\nroom: A", "links", ["x"]) == "title: T\nroom: A\nlinks:\n  - x\n"
    assert set_value("title: T\nroom: A # a", "room", "1\n2\n") == (
        "title: T\nroom: | # a\n  1\n  2\n"
    )
    assert set_value("tracks:\n- A", "tracks", ["A", "B"]) == "tracks:\n- A\n- B\n"
    assert set_value("tracks:\n- A # a", "tracks", "1\n2\n") == "# a\ntracks: |\n  1\n  2\n"
    assert remove("title: T\nroom: A", "room") == "title: T\n"
    assert remove("title: T\nroom: A # a", "room") == "title: T\n# a"


def test_a_text_that_ends_with_the_file_does_not_gain_a_newline() -> None:
    text = "title: T\nsummary: |\n  one\n  two"
    assert set_value(text, "title", "U") == text.replace("T", "U")
    assert set_value(text, "summary", "one") == "title: T\nsummary: one"
    assert set_value(text, "links", ["x"]) == "title: T\nlinks:\n  - x\nsummary: |\n  one\n  two"
    assert set_value(text.replace("|", ">-"), "links", ["x"]) == (
        "title: T\nsummary: >-\n  one\n  two\nlinks:\n  - x\n"
    )
    assert set_value("tracks:\n- >\n  A", "tracks", ["A", "B"]) == "tracks:\n  - A\n  - B\n"
    assert remove(text, "summary") == "title: T\n"


def test_an_empty_value_is_filled() -> None:
    text = "title:\nroom:   # unknown\n  # yet\ntracks:\n- # what?\n- ~\n"
    assert set_value(text, "title", "T") == text.replace("title:", "title: T")
    assert set_value(text, "room", "R") == text.replace("room:", "room: R")
    assert set_value(text, "tracks", ["A", "B"]) == text.replace("-", "- A", 1).replace("~", "B")
    assert set_value(text, "room", ["R"]) == text.replace(
        "room:   # unknown\n  # yet\n", "# unknown\n# yet\nroom:\n  - R\n"
    )
    assert set_value("room: A\n", "room", None) == "room: null\n"


def test_a_list_in_brackets_stays_one() -> None:
    text = "tracks: [ 'a', \"b\" ]  # two\nspeakers: [{name: Ada, org: 'X'}, {name: Bob}]\n"
    assert set_value(text, "tracks", ["a", "c, d"]) == text.replace('"b"', "'c, d'")
    assert set_value(text, "tracks", ["a", "b", "c, d"]) == text.replace('"b" ]', "\"b\", 'c, d' ]")
    assert set_value(text, "tracks", ["b"]) == text.replace("'a', ", "")
    assert set_value(text, "tracks", ["a"]) == text.replace(', "b"', "")
    assert set_value("tracks: ['a', b, 'c', d,]\n", "tracks", ["b", "d"]) == "tracks: [b, d,]\n"
    assert set_value(text, "tracks", []) == text.replace("[ 'a', \"b\" ]", "[]")
    assert set_value(text, "speakers", [{"name": "Ada", "org": "Y"}, {"name": "Bob"}]) == (
        text.replace("'X'", "'Y'")
    )
    assert set_value(text, "speakers", [{"name": "Ada", "org": "X"}, {"id": "bob"}]) == (
        text.replace("{name: Bob}", "{id: bob}")
    )
    assert set_value(text, "tracks", "a") == "# two\ntracks: a\n" + text.split("\n", 1)[1]
    assert set_value("tracks: []\n", "tracks", ["a"]) == "tracks:\n  - a\n"


def test_comments_in_brackets_stay_or_go_above() -> None:
    text = "tracks: [\n  a, # one\n  b  # two\n]\n"
    assert set_value(text, "tracks", ["x", "b"]) == text.replace("a,", "x,")
    assert set_value(text, "tracks", ["a"]) == "# one\n# two\ntracks:\n  - a\n"
    text = "speakers:\n  - name: Ada\n    tags: [a, # one\n      b]\n  - name: 'Bob' # he\n"
    assert set_value(text, "speakers", [{"name": "Ada", "tags": ["c"]}, {"name": "Bob"}]) == (
        "speakers:\n  - name: Ada\n    # one\n    tags:\n      - c\n  - name: 'Bob' # he\n"
    )


def test_quoted_and_indented_keys_are_keys() -> None:
    text = "  'title' : T # t\n  \"room\": A\n"
    assert set_value(text, "title", "U") == text.replace("T #", "U #")
    assert set_value(text, "title", ["U"]) == ("  # t\n  'title' :\n    - U\n  \"room\": A\n")
    assert set_value(text, "start", "x") == text.replace("# t\n", "# t\n  start: x\n")
    assert remove(text, "title") == '  # t\n  "room": A\n'


def test_marks_of_the_document_stay_around_it() -> None:
    text = "%YAML 1.2\n--- # one\ntitle: T\n...\n# end\n"
    assert set_value(text, "room", "R") == text.replace("T\n", "T\nroom: R\n")
    assert set_value(text, "title", "a\nb") == text.replace("T\n", "|-\n  a\n  b\n")


def test_what_is_not_there_is_not_removed() -> None:
    assert remove("title: T\n", "room") == "title: T\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: [", "the file cannot be read: "),
        ("title: &x 1", "the file cannot be read: the anchor '&x' is not allowed"),
        ("- a", "the file holds no keys"),
        ("", "the file holds no keys"),
        ("? title\n: T\n", "'title' cannot be changed without harm to the rest of the file"),
        ("{title: T # t\n}\n", "'title' cannot be changed without harm"),
        ("title: T\n", "'title' cannot be changed without harm"),
    ],
)
def test_what_cannot_be_changed_without_harm_is_refused(text: str, message: str) -> None:
    with pytest.raises(CannotEdit, match=re.escape(message)):
        set_value(remove(text, "title"), "title", ["a"])


def test_a_text_that_no_file_can_hold_is_refused() -> None:
    with pytest.raises(CannotEdit):
        set_value("title: T\n", "title", "\ud800")


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_the_records_of_the_repo_are_changed_line_by_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    data = yamlfile.read(text)
    speakers = [*data.get("speakers", []), {"name": "Ada Example", "org": "Example Labs"}]
    links = [*data.get("links", []), {"kind": "video", "url": "https://example.org/v"}]
    new: dict[str, Any] = {"room": "New: 1", "start": "2031-04-01T10:00", "end": "2031-04-01T11:00"}
    new |= {"links": links, "speakers": speakers}
    edited = text
    for key, value in new.items():
        edited = set_value(edited, key, value)
    edited = remove(edited, "level")
    assert yamlfile.read(edited) == {k: v for k, v in {**data, **new}.items() if k != "level"}
    theirs = re.compile(r"(?:room|start|end|level|links|speakers):.*\n")
    added = yamlwrite.lines([speakers[-1], links[-1]])
    rest, before = (
        [line for line in theirs.sub("", each).splitlines() if line[2:] not in added]
        for each in (edited, text)
    )
    assert rest == before


_WORDS = ["a", "x: y", "# no", "c #d", "it's", '"d"', "- z", "", "true", "12:30", "é😀", "[y]"]
_LINES = ["l1\nl2", "l1\n\nl2\n", "# h\n# i\n", "\n x", "|", "\u2028b", "long text of many words"]
_SCALAR = st.sampled_from([*_WORDS, *_LINES]) | st.booleans() | st.integers(0, 3)
_VALUE: st.SearchStrategy[Any] = st.recursive(
    _SCALAR,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["name", "org", "a b", "#"]), inner, max_size=4)
    ),
    max_leaves=8,
)
_RECORD = st.dictionaries(st.sampled_from(ORDER), _VALUE, min_size=1)


@st.composite
def _commented(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A record's text with comments wherever they change nothing, and the comments."""
    data = draw(_RECORD)
    lines = yamlwrite.lines(data)
    comments: list[str] = []
    for _ in range(draw(st.integers(0, 6))):
        comment = f"# ~{len(comments)}~{draw(st.sampled_from(['', ' # x', ': é😀']))}"
        at = draw(st.integers(0, len(lines) - 1))
        if draw(st.booleans()):
            new = [*lines[:at], f"{lines[at]} {comment}", *lines[at + 1 :]]
        else:
            new = [*lines[:at], " " * draw(st.integers(0, 6)) + comment, *lines[at:]]
        if "# ~" not in new[at].removesuffix(comment) and _reads("\n".join(new)) == data:
            lines = new
            comments.append(comment)
    eol = draw(st.sampled_from(["\n", "\r\n"]))
    return draw(st.sampled_from(["", "\ufeff"])) + eol.join([*lines, ""]), comments


def _reads(lines: str) -> Any:
    try:
        return yamlfile.read(f"{lines}\n")
    except yamlfile.YamlError:
        return None


@st.composite
def _near(draw: st.DrawFn, value: Any) -> Any:
    """Something like `value`, as a newer version of a source has it."""
    if not isinstance(value, list | dict) or not value or not draw(st.integers(0, 3)):
        return draw(_VALUE)
    near: Any = value.copy()
    keys = list(near) if isinstance(near, dict) else list(range(len(near)))
    key = draw(st.sampled_from(keys))
    match draw(st.sampled_from(["change", "remove", "add"])):
        case "change":
            near[key] = draw(_near(near[key]))
        case "remove":
            del near[key]
        case _ if isinstance(near, dict):
            near["new"] = draw(_VALUE)
        case _:
            near.insert(draw(st.integers(0, len(near))), draw(_VALUE))
    return near


def _blocks(text: str) -> dict[str, list[str]]:
    """The lines of each top-level key, but for those that hold a comment and nothing else."""
    blocks: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.removeprefix("\ufeff").removesuffix("\n").split("\n"):
        if key := re.match(r"\w+(?=:)", line):
            lines = blocks[key[0]] = []
        if not line.lstrip().startswith("# ~"):
            lines.append(line)
    return blocks


@given(_commented(), st.data())
def test_a_change_leaves_all_comments_and_all_other_keys(
    record: tuple[str, list[str]], data: st.DataObject
) -> None:
    text, comments = record
    for _ in range(data.draw(st.integers(1, 3))):
        before, old = _blocks(text), yamlfile.read(text.removeprefix("\ufeff"))
        key = data.draw(st.sampled_from(ORDER))
        if data.draw(st.booleans()):
            value = data.draw(_near(old.get(key)))
            new = set_value(text, key, value)
            wanted = {**old, key: value}
        else:
            assume(list(old) != [key])
            new = remove(text, key)
            wanted = {name: kept for name, kept in old.items() if name != key}
        assert yamlfile.read(new.removeprefix("\ufeff")) == wanted
        assert [new.count(comment.split(" #")[0]) for comment in comments] == [1] * len(comments)
        after = _blocks(new)
        assert after.keys() == wanted.keys()
        assert {name: after[name] for name in before if name != key} == {
            name: lines for name, lines in before.items() if name != key
        }
        assert new.startswith("\ufeff") == text.startswith("\ufeff")
        assert ("\r\n" in text) == ("\r\n" in new)
        assert "\r" not in text or not re.search(r"(?<!\r)\n", new)
        text = new


_PIECES = [
    *("a", "b", "c: ", "a: ", "b:", "- ", "? ", "\n", "\n  ", "\n    ", "\r\n", "\t", " ", "#x"),
    *(" # z", "[", "]", "{", "}", ", ", "'", '"', "|", "|+", ">-", "~", "1", "---\n", "...\n"),
    *("\u2028", "\x85", "\r", "\ufeff", '"a": ', "|\n  t", "|+\n  t\n\n", "[a, b]", "{a: b}"),
    *("- a\n", "- a: 1\n", "  # y\n"),
]


@given(
    st.lists(st.sampled_from(_PIECES)).map("".join),
    st.sampled_from(["a", "b", "new"]),
    st.sampled_from(["x", "x\ny", ["a"], [], {"a": "b", "c": ["d"]}, [{"a": "1"}], True]),
)
@example("a: 1\r---", "a", "x")
@example("{}", "a", "x")
@example("\n? - a\n", "a", "x")
def test_any_text_is_changed_rightly_or_refused(text: str, key: str, value: Any) -> None:
    bare = text.removeprefix("\ufeff")
    try:
        new = set_value(text, key, value)
    except CannotEdit:
        return
    wanted = {**yamlfile.read(bare), key: value}
    assert _as_written(yamlfile.read(new.removeprefix("\ufeff"))) == _as_written(wanted)


def _as_written(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_written(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return list(map(_as_written, value))
    return getattr(value, "text", value)
