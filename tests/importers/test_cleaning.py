"""Names, lines, links and texts in the form in which a record may hold them."""

from __future__ import annotations

import pytest

from kbsite.importers import cleaning
from kbsite.importers.schedule import Person, SourceLink, Text


def test_a_line_loses_what_cannot_be_seen() -> None:
    assert (
        cleaning.line("\ufeff A\u200b\u00a0 \x00title\r\nof\ttwo\u202e \ud800") == "A title of two"
    )
    assert cleaning.line("zero\u200dwidth joiners of 👩\u200d🚀 stay") == (
        "zero\u200dwidth joiners of 👩\u200d🚀 stay"
    )


def test_a_line_that_is_too_long_is_none_at_all() -> None:
    assert cleaning.short("x" * 500) == "x" * 500
    assert cleaning.short("x" * 501) is None
    assert cleaning.short(" \x00 ") is None


def test_somebody_who_is_named_twice_comes_once_with_all_that_is_known() -> None:
    people = cleaning.people(
        [
            Person(name=" Łucja  Nowak", org="Example Works"),
            Person(name="Ada Example"),
            Person(name="Lucja Nowak", org="Other", role="Host", moderator=True),
            Person(name="\x00"),
        ]
    )
    assert people == (
        Person(name="Łucja Nowak", org="Example Works", role="Host", moderator=True),
        Person(name="Ada Example"),
    )


def test_who_cannot_be_named_is_told() -> None:
    named = [Person(name="--"), Person(name=""), Person(name="Ada"), Person(name="--")]
    assert cleaning.unnameable(named) == ["the name '--' cannot be a person's"]


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["Jan Novak", "Jan Novák"], "Jan Novák"),
        (["Jan Novak", "Jan Novák", "Jan Novak"], "Jan Novak"),
        (["J. Novak", "Jan Novak"], "J. Novak"),
        (["Jon Exampel", "Jon Example", "Jon Example"], "Jon Example"),
    ],
)
def test_one_id_has_one_spelling(names: list[str], chosen: str) -> None:
    best = cleaning.spellings(("7", name) for name in names)
    assert {best["7", name] for name in names} == {chosen}


def test_people_who_share_an_id_by_mistake_keep_their_names() -> None:
    names = ["Ada Example", "Bo Sample", "Bo Sample"]
    best = cleaning.spellings(("0", name) for name in names)
    assert [best["0", name] for name in names] == names


def test_an_id_of_many_people_stands_for_none() -> None:
    names = [f"Kim {family}" for family in ("Abe", "Beck", "Cole", "Dorn", "Ende")]
    best = cleaning.spellings(("0", name) for name in names)
    assert [best["0", name] for name in names] == names


@pytest.mark.parametrize(
    ("address", "web"),
    [
        ("https://example.org/talk", "https://example.org/talk"),
        (" HTTPS://example.org/ä ", "HTTPS://example.org/ä"),
        ("/talk/7", "https://example.org/talk/7"),
        ("events/7.html", "https://example.org/camp/events/7.html"),
        (
            "/system/event_attachments/a.pdf",
            "https://example.org/camp/system/event_attachments/a.pdf",
        ),
        ("https://example.org/a b.pdf", "https://example.org/a%20b.pdf"),
        ("https://example.org/a[1].pdf", "https://example.org/a%5B1%5D.pdf"),
        ("ftp://example.org/a", None),
        ("mailto:ada@example.org", None),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("http://[", None),
        ("https://exa mple.org/", None),
        ("", None),
    ],
)
def test_an_address_is_completed_or_dropped(address: str, web: str | None) -> None:
    assert cleaning.web(address, "https://example.org/camp/") == web


def test_without_a_base_a_relative_address_is_dropped() -> None:
    assert cleaning.web("/talk/7") is None


@pytest.mark.parametrize(
    ("url", "label", "kind"),
    [
        ("https://www.youtube.com/watch?v=abc", "", "video"),
        ("https://youtu.be/abc", "", "video"),
        ("https://www.youtube.com/@example", "", "other"),
        ("https://media.ccc.de/v/example", "", "video"),
        ("https://video.fosdem.org/2030/room/talk.webm", "", "video"),
        ("https://tube.example/w/kPn5wTDWtGVuYmyjKUHz3E", "", "video"),
        ("https://example.org/x", "Video recording (WebM)", "video"),
        ("https://example.org/x", "Aufzeichnung", "video"),
        ("https://example.org/x", "Video codecs explained", "video"),
        ("https://example.org/x", "A library that plays video files everywhere", "other"),
        ("https://github.com/example/tool", "", "code"),
        ("https://github.com/example", "", "other"),
        ("https://github.com/orgs/example/people", "", "other"),
        ("https://github.com/example/tool/issues/7", "", "other"),
        ("https://gitlab.example/group/tool/-/tree/main", "", "code"),
        ("https://gitlab.example/group/tool/-/issues/7", "", "other"),
        ("https://github.com/example/tool/blob/main/paper.pdf", "", "other"),
        ("https://codeberg.org/example/tool", "", "code"),
        ("https://example.org/deck", "Slides", "slides"),
        ("https://example.org/deck", "Slides from my previous talk", "other"),
        ("https://example.org/deck.pdf", "A paper", "other"),
    ],
)
def test_a_link_is_of_the_kind_that_its_address_or_label_says(
    url: str, label: str, kind: str
) -> None:
    link = cleaning.link(url, label)
    assert link is not None
    assert link.kind == kind


@pytest.mark.parametrize(
    ("url", "label", "type", "kind"),
    [
        ("https://example.org/a.pdf?17", "", "", "slides"),
        ("https://example.org/a.odp", "A talk", "", "slides"),
        ("https://example.org/a", "Presentation", "", "slides"),
        ("https://example.org/a", "", "slides", "slides"),
        ("https://example.org/a", "", "application/pdf", "slides"),
        ("https://example.org/a.png", "Logo", "slides", "other"),
        ("https://example.org/a.mp4", "Demo", "slides", "other"),
        ("https://example.org/a.txt", "Notes", "", "other"),
    ],
)
def test_a_file_is_slides_where_anything_says_so(
    url: str, label: str, type: str, kind: str
) -> None:
    attachment = cleaning.attachment(url, label, type)
    assert attachment is not None
    assert attachment.kind == kind


@pytest.mark.parametrize(
    ("label", "kept"),
    [
        ("The  project\n", "The project"),
        ("https://www.example.org/a/", None),
        ("example.org/a", None),
        ("", None),
        ("x" * 501, None),
    ],
)
def test_a_label_says_more_than_the_address(label: str, kept: str | None) -> None:
    assert cleaning.link("https://www.example.org/a", label) == SourceLink(
        url="https://www.example.org/a", label=kept
    )


def test_a_link_comes_once_and_none_leads_back() -> None:
    found = [
        cleaning.link("https://example.org/a"),
        cleaning.link("http://example.org/a/", "again"),
        cleaning.link("https://example.org/feedback/"),
        None,
    ]
    but = ("https://example.org/feedback/", None)
    assert list(cleaning.links(found, but=but)) == [SourceLink(url="https://example.org/a")]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (["", " \r\n "], None),
        (["One.", "Two."], Text(text="One.\n\nTwo.", format="markdown")),
        (["One. Two.", "One."], Text(text="One. Two.", format="markdown")),
        (["One.", "One.\r\nTwo."], Text(text="One.\nTwo.", format="markdown")),
        (["<p>One</p>", "Two"], Text(text="<p>One</p>\n\nTwo", format="html")),
        (
            ["See <a href='https://example.org'>us</a>"],
            Text(text="See <a href='https://example.org'>us</a>", format="markdown"),
        ),
        (["Write `<br>` twice"], Text(text="Write `<br>` twice", format="markdown")),
        (["2 <3 and a<b"], Text(text="2 <3 and a<b", format="markdown")),
    ],
)
def test_the_parts_of_a_text_are_one_text_of_one_format(
    parts: list[str], text: Text | None
) -> None:
    assert cleaning.joined(parts, "markdown") == text


def test_plain_text_with_any_markup_is_html() -> None:
    assert cleaning.joined(["It is <em>fine</em>."], "plain") == Text(
        text="It is <em>fine</em>.", format="html"
    )


def test_no_link_of_a_record_holds_a_user_or_a_password() -> None:
    assert cleaning.web("https://ada:pass@example.org/a?b=c@d") == "https://example.org/a?b=c@d"
    assert cleaning.web("https://ada@example.org") == "https://example.org"
