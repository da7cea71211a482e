"""The memoised shell: right, or not used."""

from __future__ import annotations

from kbsite.shell import Fields, Shells


def page(fields: Fields) -> str:
    """A theme's page as Material makes one."""
    return f"<title>{fields['title']}</title><body>{fields['content']}</body>"


def test_a_class_is_rendered_in_full_once_and_filled_in_afterwards() -> None:
    calls: list[Fields] = []

    def full(fields: Fields) -> str:
        calls.append(fields)
        return page(fields)

    shells = Shells(report=lambda _: None)
    first = {"title": "One", "content": "<h1>One</h1>"}
    assert shells.render("a", first, full, name="a") == page(first)
    made = len(calls)
    for number in range(5):
        fields = {"title": f"Page {number}", "content": "<h1>\\1 {x}</h1>"}
        assert shells.render("a", fields, full, name="a") == page(fields)
    assert len(calls) == made


def test_a_field_that_holds_the_name_of_another_stays_as_it_is() -> None:
    shells = Shells(report=lambda _: None)
    fields = {"title": "kbsitefieldcontentendfield", "content": "kbsitefieldtitleendfield"}
    shells.render("a", {"title": "t", "content": "c"}, page, name="a")
    assert shells.render("a", fields, page, name="a") == page(fields)


def test_a_class_whose_pages_depend_on_more_than_the_fields_is_reported_and_rendered_in_full() -> (
    None
):
    reports: list[str] = []
    shells = Shells(report=reports.append)

    def counts(fields: Fields) -> str:
        return page(fields) + str(len(fields["content"]))

    for content in ("<h1>x</h1>", "<h1>longer</h1>"):
        fields = {"title": "t", "content": content}
        assert shells.render("a", fields, counts, name="counting.html") == counts(fields)
    [said] = reports
    assert said == (
        "pages of the class 'counting.html' are rendered in full, which is slower: the theme or a "
        "plugin makes more of them depend on the page than kbsite knows"
    )


def test_a_template_that_looks_for_a_heading_in_the_content_finds_one_in_the_shell_too() -> None:
    def headed(fields: Fields) -> str:
        heading = "" if "<h1" in fields["content"] else "<h1>missing</h1>"
        return heading + page(fields)

    reports: list[str] = []
    shells = Shells(report=reports.append)
    for title in ("One", "Two"):
        fields = {"title": title, "content": f"<h1>{title}</h1>"}
        assert shells.render("a", fields, headed, name="a") == headed(fields)
    assert reports == []


def test_classes_do_not_share_a_shell() -> None:
    shells = Shells(report=lambda _: None)
    fields = {"title": "t", "content": "<h1>c</h1>"}
    assert shells.render("a", fields, page, name="a") == page(fields)
    assert shells.render("b", fields, lambda f: page(f) + "!", name="b") == page(fields) + "!"
