"""Names to ids, ids to URLs."""

from __future__ import annotations

import time
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsite import slugs


@pytest.mark.parametrize("length", [1, 76, 77, 78, 79, 80])
def test_an_id_with_a_number_is_one_still(length: int) -> None:
    ids = list(islice(slugs.numbered(f"{'a' * (length - 1)}b"), 12))
    assert all(map(slugs.is_id, ids))
    assert len(set(ids)) == 12
    assert list(islice(slugs.numbered(f"{'a' * 77}-b"), 2))[1] == f"{'a' * 77}-2"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Example", "ada-example"),
        ("Зоя Пример", "zoya-primer"),
        ("李小龙", "lixiaolong"),
        ("Zoë  Kern", "zoe-kern"),
        ("\uff21\uff24\uff21", "ada"),
        ("O'Neill & Sons, Ltd.", "o-neill-sons-ltd"),
        ("!?", ""),
        ("", ""),
        ("a" * 100, "a" * 80),
        ("word " * 30, "-".join(["word"] * 16)),
        ("a" * 79 + " b", "a" * 79),
        ("a" * 80 + " b", "a" * 80),
        ("Søren Łukasz Ñuñez", "soren-lukasz-nunez"),
        ("東京", "dongjing"),
        ("Ada \u200b Kern", "ada-kern"),
        ("../../etc/passwd", "etc-passwd"),
        ("½ ²", "1-2-2"),
    ],
)
def test_a_name_in_any_script_gives_an_id(name: str, expected: str) -> None:
    assert slugs.slug(name) == expected


@given(st.text())
def test_a_slug_is_an_id_or_nothing_and_its_own_slug(name: str) -> None:
    slug = slugs.slug(name)
    assert slug == "" or slugs.is_id(slug)
    assert slugs.slug(slug) == slug


def test_an_emoji_gives_the_words_that_it_stands_for() -> None:
    assert slugs.is_id(slugs.slug("Rockets \U0001f680"))
    assert slugs.slug("Rockets \U0001f680").startswith("rockets-")


@given(st.text())
def test_folding_twice_changes_nothing_more(name: str) -> None:
    assert slugs.fold(slugs.fold(name)) == slugs.fold(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë Kern", "ZOE\u00a0 KERN"),
        ("Straße", "STRASSE"),
        ("\uff2b\uff45\uff52\uff4e", "kern"),
        (" a\tb ", "A B"),
        ("e\u0301", "é"),
    ],
)
def test_spellings_of_one_name_fold_to_one(one: str, other: str) -> None:
    assert slugs.fold(one) == slugs.fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张伟", "章薇"),
        ("C", "C++"),
        ("C", "C#"),
        ("C++", "C#"),
        (".NET", "Net"),
        ("Channel", "Channel+"),
        ("かとう", "がとう"),
        ("صالح", "سالح"),
    ],
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert slugs.name_key(one) != slugs.name_key(other)


@given(st.text())
def test_names_of_one_key_have_one_slug(name: str) -> None:
    assert slugs.slug(slugs.name_key(name)) == slugs.slug(name)


def test_every_character_has_a_key_of_its_slug() -> None:
    characters = map(chr, (*range(0xD800), *range(0xE000, 0x20000)))
    assert [
        c for c in characters if slugs.slug(slugs.name_key(f"x{c}x")) != slugs.slug(f"x{c}x")
    ] == []


def test_names_without_letters_are_told_apart() -> None:
    assert slugs.name_key("???") != slugs.name_key("!!!")


@pytest.mark.parametrize("text", ["", "-a", "a-", "a--b", "A", "a b", "../a", "a\n", "é", "a" * 81])
def test_what_could_lead_elsewhere_is_no_id(text: str) -> None:
    assert not slugs.is_id(text)
    assert not slugs.is_session_id(f"conf/{text}")
    assert not slugs.is_session_id(f"{text}/talk")


def test_the_id_of_a_session_is_a_folder_and_a_name() -> None:
    assert slugs.is_session_id("example-conf/talk-1")
    assert not slugs.is_session_id("talk")
    assert not slugs.is_session_id("a/b/c")


def test_the_nearest_words_come_best_first() -> None:
    known = ["governance", "observability", "opentelemetry", "agentic-infrastructure"]
    assert slugs.nearest("observabilty", known) == ["observability"]
    assert slugs.nearest("agentic-infra", known) == ["agentic-infrastructure"]
    assert slugs.nearest("OpenTelemetry", known)[0] == "opentelemetry"
    assert slugs.nearest("zzzzz", known) == []
    assert slugs.nearest("", known) == []
    assert slugs.nearest("anything", []) == []


def test_guesses_among_thousands_are_as_good_and_quick() -> None:
    known = [f"example-conf-2031/{a}-{b}-{n}" for n in range(20) for a in _WORDS for b in _WORDS]
    vocabulary = slugs.Vocabulary(known)
    begin = time.thread_time()
    for _ in range(20):
        assert vocabulary.nearest("example-conf-2031/kernle-storage-7", count=1) == [
            "example-conf-2031/kernel-storage-7"
        ]
    assert time.thread_time() - begin < 2


_WORDS = [
    "kernel", "storage", "network", "agents", "tracing", "metrics", "platform", "security",
    "supply", "gateway", "inference", "routing", "profiling", "cluster", "policy", "registry",
]  # fmt: skip
