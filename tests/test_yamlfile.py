"""YAML text to plain data and places."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kbsite import yamlfile
from kbsite.yamlfile import Place, YamlError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("y", "y"),
        ("Off", "Off"),
        ("1:02:30", "1:02:30"),
        ("2031-04-01T10:00", "2031-04-01T10:00"),
        ("017", 17),
        ("0o17", 15),
        ("0o18", "0o18"),
        ("0X1F", "0X1F"),
        ("+12", 12),
        ("-0", 0),
        ("1.", 1.0),
        ("+.5", 0.5),
        (".inf", float("inf")),
        ("+.Inf", float("inf")),
        ("12e03", 12000.0),
        ("1e", "1e"),
        ("1.5.2", "1.5.2"),
        ("--1", "--1"),
        ("1,000", "1,000"),
        ("30%", "30%"),
        (".", "."),
        ("Null", None),
        ("NULL", None),
        ("TRUE", True),
        ("False", False),
        ("tRUE", "tRUE"),
        ("nil", "nil"),
        ('"~"', "~"),
        ("'null'", "null"),
        (">-\n  true", "true"),
        ("yes", "yes"),
        ("off", "off"),
        ("12:30", "12:30"),
        ("2031-04-01", "2031-04-01"),
        ("2031-04-01T10:00:00Z", "2031-04-01T10:00:00Z"),
        ("1_000", "1_000"),
        ("010", 10),
        ("0o10", 8),
        ("0x1F", 31),
        ("0b1", "0b1"),
        ("-17", -17),
        ("1.10", 1.1),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("-.INF", float("-inf")),
        ("~", None),
        ("", None),
        ("null", None),
        ("nULL", "nULL"),
        ("True", True),
        ("false", False),
        ("'true'", "true"),
        ('"17"', "17"),
        ("|-\n  17", "17"),
        ("<<", "<<"),
        ("=", "="),
    ],
)
def test_only_what_yaml_1_2_calls_special_is_special(text: str, expected: object) -> None:
    value = yamlfile.read(f"key: {text}\n")["key"]
    assert value == expected
    assert isinstance(value, type(expected))


@pytest.mark.parametrize("text", ["007", "1.10", "0x1F", "-.inf", ".NaN", "1e400", "9" * 100])
def test_numbers_remember_how_they_were_written(text: str) -> None:
    assert yamlfile.read(text).text == text


def test_a_number_too_long_to_be_one_is_text() -> None:
    assert yamlfile.read("9" * 5000) == "9" * 5000


def test_places_count_characters_whatever_they_are() -> None:
    text = "😀: é\nlist:\n  - ünal\n  - {k: [a, b]}\n"
    found = yamlfile.places(text)
    assert _at(text, found.keys[("😀",)]) == "😀"
    assert _at(text, found.values[("😀",)]) == "é"
    assert _at(text, found.values[("list", 0)]) == "ünal"
    assert _at(text, found.keys[("list", 1, "k")]) == "k"
    assert _at(text, found.values[("list", 1, "k", 1)]) == "b"
    assert _at(text, found.values[("list", 1)]) == "{k: [a, b]}"


def test_places_of_long_texts_and_of_quotes_are_what_the_author_wrote() -> None:
    text = (
        "a: |\n  one\n  two\nb: >-\n  three\n\n  four\nc: \"fi\\\nve\"\n'd e': 'si''x'\n"
        "f: [😀 g, {h: i}, [j]]\nk:\n- l:\n  - m\n"
    )
    found = yamlfile.places(text)
    assert _at(text, found.values[("a",)]).strip() == "|\n  one\n  two"
    assert _at(text, found.values[("b",)]).strip() == ">-\n  three\n\n  four"
    assert _at(text, found.values[("c",)]) == '"fi\\\nve"'
    assert _at(text, found.keys[("d e",)]) == "'d e'"
    assert _at(text, found.values[("d e",)]) == "'si''x'"
    assert _at(text, found.values[("f", 0)]) == "😀 g"
    assert _at(text, found.keys[("f", 1, "h")]) == "h"
    assert _at(text, found.values[("f", 2, 0)]) == "j"
    assert _at(text, found.values[("k", 0, "l", 0)]) == "m"


def test_an_empty_value_stands_after_its_key() -> None:
    text = "a:\nb: {c: }\n"
    found = yamlfile.places(text)
    assert found.values[("a",)] == Place(2, 2)
    assert _at(text, found.values[("b", "c")]) == ""


def test_nesting_is_allowed_to_a_depth_and_no_further() -> None:
    deepest = "[" * yamlfile.MAX_DEPTH + "]" * yamlfile.MAX_DEPTH
    assert str(yamlfile.read(deepest)) == deepest
    with pytest.raises(YamlError, match="nested more than"):
        yamlfile.read(f"[{deepest}]")


def test_places_of_a_text_that_is_refused_reach_to_where_it_is() -> None:
    found = yamlfile.places("a: 1\nb: &x 2\n")
    assert list(found.keys) == [("a",), ("b",)]


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("a: b: c", "KB010", ":"),
        ("a: [1", "KB010", "["),
        ("a: &x 1", "KB012", "&x 1"),
        ("a: *x", "KB012", "*x"),
        ("a: 1\na: 2", "KB011", "a"),
        ("a: !x 1", "KB015", "!x 1"),
        ("a: 1\n---\nb: 2", "KB013", "---"),
        ("a: 1\n... \nb: 2", "KB013", "b"),
        ("? [a]\n: b", "KB016", "["),
        ("? {a: 1}\n: b", "KB016", "{"),
        ("a:\n  b: 1\n  c: {d: 1, d: 2}", "KB011", "d"),
        ("- a: 1\n  'a': 2", "KB011", "'a'"),
        ("a: !!str 1", "KB015", "!!str 1"),
        ("a: !!python/object/apply:os.system [x]", "KB015", "!!python/object/apply:os.system ["),
        ("!!map {a: 1}", "KB015", "!!map {"),
        ("!!binary x: 1", "KB015", "!!binary x"),
        ("a: &x [1]", "KB012", "&x ["),
        ("&x a: 1", "KB012", "&x a"),
        ("a: {<<: *x}", "KB012", "*x"),
        ("a: 1\n--- # again\n", "KB013", "---"),
        ("---\na: 1\n---\n", "KB013", "---"),
        ("a:\n\tb: 1", "KB010", "\t"),
        ("a: \x07", "KB010", "\x07"),
        ("a: \ufffe", "KB010", "\ufffe"),
        ("a: @b", "KB010", "@"),
        ("a: `b`", "KB010", "`"),
        ("[" * 100, "KB017", "["),
        ("a: \x00", "KB010", "\x00"),
        ("😀: \ud800", "KB010", "\ud800"),
        ('a: "\\ud800"', "KB010", "d"),
        ("a: b\u2028c: {d\n", "KB010", "{"),
    ],
)
def test_what_is_refused_is_refused_where_it_stands(text: str, code: str, at: str) -> None:
    with pytest.raises(YamlError) as refused:
        yamlfile.read(text)
    assert refused.value.code == code
    assert _at(text, refused.value.place) == at


@given(st.text(alphabet=st.characters(exclude_categories=())))
@example("\ufeff\ufeffa: 1")
@example("a: b\u2028c: d\ne: [")
@example("%YAML 1.1\n--- !!map\n? ")
def test_any_text_gives_data_or_a_problem_within_it(text: str) -> None:
    _check_refusal(text)


@given(st.text(alphabet="ab:-{}[]\"'&*!|>%@`#,? \n\t\r~\\"))
def test_any_pile_of_signs_gives_data_or_a_problem_within_it(text: str) -> None:
    _check_refusal(text)


def _check_refusal(text: str) -> None:
    error = _refusal(text)
    if error is not None:
        assert 0 <= error.place.start <= error.place.end <= len(text)
        assert error.message
        assert error.hint
        assert error.code.startswith("KB01")


def _refusal(text: str) -> YamlError | None:
    try:
        yamlfile.read(text)
    except YamlError as error:
        return error
    return None


_PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc -", max_size=5), inner),
    max_leaves=20,
)


class _TextInQuotes(yaml.SafeDumper):
    """PyYAML leaves out quotes by the rules of YAML 1.1, where 0E0 is a word."""


_TextInQuotes.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


@given(_PLAIN)
def test_what_yaml_writes_is_read_back(data: object) -> None:
    text = yaml.dump(data, Dumper=_TextInQuotes, allow_unicode=True, default_flow_style=None)
    error = _refusal(text)
    if error is None:
        assert yamlfile.read(text) == data
    else:  # PyYAML writes an anchor for an object that occurs twice
        assert error.code == "KB012"


def test_a_date_that_yaml_writes_is_read_as_text() -> None:
    assert yamlfile.read(yaml.safe_dump({"a": date(2031, 4, 1)})) == {"a": "2031-04-01"}


def test_anchors_cannot_make_a_small_file_large() -> None:
    laughs = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(YamlError, match="anchor"):
        yamlfile.read(laughs)


def _at(text: str, place: Place) -> str:
    return text[place.start : place.end]
