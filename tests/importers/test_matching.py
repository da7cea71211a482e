from __future__ import annotations

from kbsite.importers.matching import Mark, match


def titled(*titles: str, start: str | None = None) -> Mark:
    return Mark(titles=titles, start=start)


def test_two_that_could_be_one_another_are_told_apart_by_what_only_one_of_them_has() -> None:
    entries = [titled("queues"), titled("keynote-queues", "queues")]
    records = [titled("queues"), titled("queues", "keynote-queues")]
    assert match(entries, records) == {0: 0, 1: 1}
    assert match(entries[::-1], records) == {1: 0, 0: 1}


def test_two_at_one_time_are_told_apart_before_their_order_counts() -> None:
    entries = [titled("queues", start="9"), titled("keynote-queues", "queues", start="9")]
    records = [titled("queues", "keynote-queues", start="9"), titled("queues", start="9")]
    assert match(entries, records) == {0: 1, 1: 0}


def test_of_two_records_that_an_entry_may_be_it_is_the_one_of_its_surest_title() -> None:
    assert match([titled("keynote-queues", "queues")], [titled("queues")]) == {0: 0}
    both = [titled("queues"), titled("keynote-queues")]
    assert match([titled("keynote-queues", "queues")], both) == {0: 1}


def test_a_chain_of_which_each_link_settles_the_next_is_followed_to_its_end() -> None:
    """In a time that grows with its length: this one would take minutes otherwise."""
    length = 20_000
    links = [titled(f"t{at}", f"t{at + 1}") for at in range(length)]
    assert match(links[::-1], links) == {length - 1 - at: at for at in range(length)}
