"""What a session claims: by what id each claim is linked to, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kbsite import slugs
from kbsite.catalog import CLAIMS, Thing
from kbsite.records import Announcement, Basis, Figure, Learning, Quote, Session

ACCOUNTED: tuple[Basis, ...] = ("reported", "inferred")  # what may come from an account
FIRST = 6  # words of a claim that make its id, where it gives none

Claim: TypeAlias = Learning | Quote | Figure | Announcement


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a claim rests on.

    `report` is what its record calls the account that reports it, or whose author concludes it.
    """

    basis: Basis | None
    report: str | None


def claims(session: Session) -> Iterator[tuple[Thing, int, Claim]]:
    """All that a session claims, each with its place in its list."""
    for thing in CLAIMS:
        held: tuple[Claim, ...] = getattr(session, thing.plural)
        for at, claim in enumerate(held):
            yield thing, at, claim


def grounds(session: Session, claim: Claim) -> Grounds:
    """What a claim rests on, by its own words or else by those of its session for all.

    One that says itself that it is inferred is inferred by whom it names, or by the contributor;
    the account that a session names for what is reported there has not concluded it too.

    >>> told = Session.model_validate(
    ...     {"title": "A", "basis": "reported", "from": "essay", "quotes": [{"text": "Slow."}]}
    ... )
    >>> grounds(told, told.quotes[0])
    Grounds(basis='reported', report='essay')
    """
    basis = claim.basis or session.basis
    if basis not in ACCOUNTED:
        return Grounds(basis, None)
    alone = claim.basis == "inferred"
    return Grounds(basis, claim.report if alone else claim.report or session.report)


def ids(claims: Sequence[Claim]) -> tuple[str, ...]:
    """The ids of the claims of one list: those that they give, or else their own first words.

    >>> ids((Quote(text="Slow is smooth."), Quote(id="fast", text="So."), Quote(text="Fast!")))
    ('slow-is-smooth', 'fast', 'fast-2')
    """
    taken = {claim.id for claim in claims}
    out = []
    for claim in claims:
        own = claim.id
        if own is None:
            words = slugs.slug(" ".join(_said(claim).split()[:FIRST])) or "untitled"
            own = next(id for id in slugs.numbered(words) if id not in taken)
            taken.add(own)
        out.append(own)
    return tuple(out)


def _said(claim: Claim) -> str:
    if isinstance(claim, Figure):
        return claim.label
    return claim.title if isinstance(claim, Announcement) else claim.text
