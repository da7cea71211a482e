"""Plain data to YAML text, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kbsite import yamlfile, yamlwrite

RECORDS = sorted((Path(__file__).parent.parent / "sessions").glob("*/*.yaml"))[::60]


def test_a_record_is_written_in_the_style_of_the_house() -> None:
    record = {
        "title": "Istio: It's a Mesh",
        "start": "2031-04-01T11:15",
        "tracks": ["AI + ML"],
        "speakers": [
            {"name": "Zoë Ærø 😀", "org": "Example Labs", "moderator": True},
            {"name": "Bob"},
        ],
        "abstract": "One.\n\n- two\n",
        "links": [],
        "sources": [{"system": "sched", "id": "2CW7Q", "tags": [["a", "b"], {}]}],
        "provenance": {"ai_assisted": False, "rank": 3},
    }
    assert yamlwrite.dump(record) == (
        "title: 'Istio: It''s a Mesh'\n"
        "start: 2031-04-01T11:15\n"
        "tracks:\n"
        "  - AI + ML\n"
        "speakers:\n"
        "  - name: Zoë Ærø 😀\n"
        "    org: Example Labs\n"
        "    moderator: true\n"
        "  - name: Bob\n"
        "abstract: |\n"
        "  One.\n"
        "\n"
        "  - two\n"
        "links: []\n"
        "sources:\n"
        "  - system: sched\n"
        "    id: 2CW7Q\n"
        "    tags:\n"
        "      - - a\n"
        "        - b\n"
        "      - {}\n"
        "provenance:\n"
        "  ai_assisted: false\n"
        "  rank: 3\n"
    )


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_the_records_of_the_repo_survive(path: Path) -> None:
    data = yamlfile.read(path.read_text(encoding="utf-8"))
    assert yamlfile.read(yamlwrite.dump(data)) == data


_UNMISTAKABLE = [
    *("2CW7Q", "2031-04-01", "2031-04-01T11:15", "2031-04-01T11:15+02:00", "1.2.3", "1,000", "9a"),
    *("https://example.org/a?b=c#d", "a:b", "C#", "-x", ":x", "?x", "e5", "0o", "v1.0", ".", "+"),
    *("it's", 'say "hi"', "Nope", "Yes, please", "NO WAY", "nullable", "tRUE", "_", "--"),
    *("one [two] {three}", "5 %", "a & b", "a - b", "a ? b"),
]
_MISTAKABLE = [
    *("NO", "on", "y", "N", "Off", "yes", "true", "FALSE", "null", "~", "", "<<", "=", "2026"),
    *("12:30", "1:02:30", "1_000", "017", "0o17", "0x1f", "0b1", "1e3", "1E5", "-1", "+.5", "1."),
    *(".inf", "-.INF", ".nan", "190:20:30.15", "685_230.15", " a", "a ", "---", "--- a", "..."),
    *("a: b", "a:", "a #b", "#a", "- a", "-", "?", "? a", "[a", "{a", "*a", "&a", "!a", "|", ">"),
    *("%a", "@a", "`a", '"a"', "'a'", ", a"),
]


@pytest.mark.parametrize("text", _UNMISTAKABLE)
def test_text_that_no_reader_mistakes_stands_without_quotes(text: str) -> None:
    assert yamlwrite.dump({"key": text}) == f"key: {text}\n"


@pytest.mark.parametrize("text", _MISTAKABLE)
def test_text_that_a_reader_may_mistake_stands_in_single_quotes(text: str) -> None:
    assert yamlwrite.dump({"key": text}) == "key: '" + text.replace("'", "''") + "'\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\ntwo", "|-\n    one\n    two"),
        ("one\ntwo\n", "|\n    one\n    two"),
        ("one\n", "|\n    one"),
        ("# one\n\n\n  - two: 'x\n", "|\n    # one\n\n\n      - two: 'x"),
        ("  one\ntwo", "|2-\n      one\n    two"),
        ("\none", "|2-\n\n    one"),
        ("a\n\tb\tc", "|-\n    a\n    \tb\tc"),
        ("one\n\n", '"one\\n\\n"'),
        ("\n", '"\\n"'),
        ("one \ntwo", '"one \\ntwo"'),
        ("one\n \ntwo", '"one\\n \\ntwo"'),
        ("\tone\ntwo", '"\\tone\\ntwo"'),
        ("one\r\ntwo", '"one\\r\\ntwo"'),
        ("é\u2028\u0085😀", '"é\\L\\N😀"'),
        ('\ufeff"\\', '"\\U0000FEFF\\"\\\\"'),
        ("a\tb", '"a\\tb"'),
    ],
)
def test_text_of_several_lines_is_a_block_unless_something_in_it_is_invisible(
    text: str, expected: str
) -> None:
    assert yamlwrite.dump({"key": [text]}) == f"key:\n  - {expected}\n"


def test_no_line_is_folded() -> None:
    words = "word " * 200 + "end"
    assert yamlwrite.dump({"a": words, "b": f"{words}: x", "c": f"{words}\u2028"}) == (
        f"a: {words}\nb: '{words}: x'\nc: \"{words}\\L\"\n"
    )


def test_numbers_stay_as_they_were_written() -> None:
    text = "a: 007\nb: 1.10\nc: 0x1F\nd: -.inf\ne: 1e400\n"
    assert yamlwrite.dump(yamlfile.read(text)) == text


def test_other_numbers_and_null_are_read_back() -> None:
    data = {"a": [-5, 0.5, 1e300, float("inf"), float("-inf"), None]}
    assert yamlfile.read(yamlwrite.dump(data)) == data


def test_keys_are_quoted_like_values() -> None:
    data = {"a: b": 1, "on": 2, "": 3, "#": {"'": 4}, "two\nlines": [5], "k" * 200: {"n": [6]}}
    assert yamlwrite.dump({"on": 1, "": 2, "a #b": 3}) == "'on': 1\n'': 2\n'a #b': 3\n"
    assert yamlfile.read(yamlwrite.dump(data)) == data


def test_what_no_record_can_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot hold"):
        yamlwrite.dump({"a": {1, 2}})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a b", "a b"),
        ("a, b", "'a, b'"),
        ("https://example.org", "'https://example.org'"),
        ("no", "'no'"),
        ("two\nlines", '"two\\nlines"'),
        ([], "[]"),
        ([1, [True, {}]], "[1, [true, {}]]"),
        ({"a": ["b", {"c d": "e"}], "f]": ""}, "{a: [b, {c d: e}], 'f]': ''}"),
        (["word " * 50 + "end"] * 3, "[" + ", ".join(["word " * 50 + "end"] * 3) + "]"),
    ],
)
def test_a_value_in_flow_style_is_one_line(value: object, expected: str) -> None:
    assert yamlwrite.dump_flow(value) == expected
    assert yamlfile.read(f"key: [{expected}]") == {"key": [value]}


_SIGNS = ["# ", ": ", "- ", "\n", "\n\n", " ", "'", '"', "x", "é", "\u2028", "\t", "[", "|"]
_TEXT = st.text() | st.lists(st.sampled_from(_SIGNS)).map("".join)
_DATA: st.SearchStrategy[Any] = st.recursive(
    _TEXT | st.booleans() | st.integers(-(10**30), 10**30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=15,
)


class _Yaml11(yaml.SafeLoader):
    """A reader of YAML 1.1, but for its dates."""


_Yaml11.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:timestamp"]
    for sign, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@given(st.dictionaries(_TEXT, _DATA, max_size=5))
@example({"k": ["\n x\n\ty", {"": {"\u0085": "\u2029 \n"}}, "x\n\n", "\ufffe\U0010ffff\x7f"]})
@example({"k" * 130: {"k" * 130: [["a"], {"b": "c\nd"}]}})
def test_what_is_written_is_read_back(data: dict[str, Any]) -> None:
    text = yamlwrite.dump(data)
    assert yamlfile.read(text) == data
    assert yaml.load(text, _Yaml11) == data  # noqa: S506 - a safe loader
    assert yamlfile.read(f"[{yamlwrite.dump_flow(data)}]") == [data]


@given(st.text("0123456789+-._:eExXobBnNyYaAfFtTiIsSuUlL~<=", max_size=8))
def test_words_that_look_like_numbers_are_read_back_by_readers_of_both_versions(word: str) -> None:
    text = yamlwrite.dump({word: word})
    assert yamlfile.read(text) == {word: word}
    assert yaml.load(text, _Yaml11) == {word: word}  # noqa: S506 - a safe loader
