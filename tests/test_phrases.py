"""Phrases in texts, as whole words."""

from __future__ import annotations

import pytest

from kbsite.phrases import Phrase, Phrases
from tests.growth import is_even


def found(text: str, *phrases: str, as_written: bool = False) -> list[str]:
    made = Phrases(Phrase(each, each, as_written=as_written) for each in phrases)
    return [each.means for each in made.found(text)]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("eBPF", "Tracing with EBPF-based tools"),
        ("cert-manager", "Cert Manager, five years on"),
        ("kv cache", "A KV-cache for everybody"),
        ("CI/CD", "Our CI CD is slow"),
        ("Argo", "Argo’s first decade"),
        ("Réseau", "Le reseau"),
        ("C++", "From C to C++, and back"),
        (".NET", "On .NET, again"),
        ("eBPF", "基于eBPF的可观测性"),
        ("可观测性", "基于eBPF的可观测性"),
    ],
)
def test_a_phrase_is_found_whatever_is_between_its_words_and_around_it(
    phrase: str, text: str
) -> None:
    assert found(text, phrase) == [phrase]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("Flux", "Fluxes and influx"),
        ("C", "C++ and C# compared"),
        ("C++", "C for everybody"),
        ("NET", "On .NET"),
        ("service mesh", "A mesh for every service"),
        ("!", "No! Words!"),
        ("eBPF", ""),
    ],
)
def test_nothing_else_is(phrase: str, text: str) -> None:
    assert found(text, phrase) == []


@pytest.mark.parametrize("text", ["Flux at scale", "FLUX AT SCALE", "From Helm to Flux"])
def test_as_written_is_with_the_capitals_of_its_words(text: str) -> None:
    assert found(text, "Flux", as_written=True) == ["Flux"]


def test_a_word_in_small_letters_is_no_name() -> None:
    assert found("All is in flux", "Flux", as_written=True) == []
    assert found("etcd and Etcd", "etcd", as_written=True) == ["etcd", "etcd"]


def test_every_phrase_is_found_wherever_it_stands() -> None:
    names = ("Open Policy Agent", "Policy Agent", "agent")
    assert found("Open Policy Agent, open agent", *names) == [*names, "agent"]


def test_a_text_costs_as_much_as_it_has_words() -> None:
    phrases = Phrases(Phrase(" ".join(["again"] * n), n) for n in range(1, 20))
    assert is_even(
        lambda text: sum(1 for _ in phrases.found(text)), lambda size: "again " * size, 4000
    )
