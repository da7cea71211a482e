"""Where claims come from: a line for the card of each, and the sum of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kbsite.catalog import LEARNING, PERSON, REPORT, Thing
from kbsite.graph.nodes import ClaimNode, FigureNode, QuoteNode
from kbsite.kinds import videos, words
from kbsite.kinds.base import Ref, Views

NAMED = 3  # accounts of a sum that it names


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """Where a claim comes from, as the last line of its card says.

    `basis` is empty where none is given. `words` begin the line: "Reported by" and "Inferred by" go
    on with the `author`, linked to the `report` that is theirs, "Said by" with the speaker `by`;
    `note` ends it. `at` is how the place in the video is written; `ai_assisted` what AI helped to
    do, if it did; `reviewed` is the day, and empty if nobody has checked the record.
    """

    basis: str
    words: str
    report: Ref | None
    author: str
    by: Ref | None
    note: str
    at: str
    at_url: str
    seconds: int
    ai_assisted: str
    reviewed: str


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account claims are taken from."""

    ref: Ref
    author: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sum:
    """What the evidence of many claims comes to.

    "9 learnings from 4 talks" are the `claims`; they `rest` on what is said of some, and the others
    on `accounts`, which are `named` where they are few, and of which some are `concluded` there;
    they are `reviewed` or not.
    """

    claims: str
    rest: tuple[str, ...]
    accounts: str
    named: tuple[Account, ...]
    concluded: str
    reviewed: str


def evidence(views: Views, claim: ClaimNode, by: str | None = None) -> Evidence:
    """Where a claim comes from; `by` is who said it where the card does not say so itself."""
    session = views.graph.sessions[claim.session]
    provenance = session.record.provenance
    basis = claim.grounds.basis or ""
    speaker = by if basis == "said" else None
    report = views.graph.reports[claim.grounds.report] if claim.grounds.report else None
    author = report.record.author if report else ""
    if basis == "inferred" and not report:
        author = provenance.contributed_by or "the contributor"
    place = videos.place(session, claim.at)
    return Evidence(
        basis=basis,
        words="Said by" if speaker else words.BASES[basis],
        report=views.ref(REPORT, report.id) if report else None,
        author=author,
        by=views.ref(PERSON, speaker) if speaker else None,
        note=words.NOTES.get(basis, ""),
        at=place.written,
        at_url=place.url,
        seconds=claim.at or 0,
        ai_assisted=_help(claim) if provenance.ai_assisted else "",
        reviewed=words.plain_day(provenance.reviewed) if provenance.reviewed else "",
    )


def _help(claim: ClaimNode) -> str:
    """What AI helped to do, which finds no words for what was said or counted by others."""
    return "recorded with AI" if isinstance(claim, FigureNode | QuoteNode) else "worded with AI"


def accounts(views: Views, claims: Iterable[ClaimNode]) -> tuple[Account, ...]:
    """The accounts that some claims are taken from, each once."""
    ids = dict.fromkeys(claim.grounds.report for claim in claims if claim.grounds.report)
    return tuple(
        Account(views.ref(REPORT, id), views.graph.reports[id].record.author) for id in ids
    )


def summed(views: Views, claims: Iterable[ClaimNode], thing: Thing = LEARNING) -> Sum | None:
    """The sum of the evidence of some claims of one kind; None where there are none."""
    held = tuple(claims)
    if not held:
        return None
    sessions = {claim.session: views.graph.sessions[claim.session].record for claim in held}
    own: Counter[str] = Counter(
        claim.grounds.basis or "" for claim in held if claim.grounds.report is None
    )
    told = [claim.grounds for claim in held if claim.grounds.report is not None]
    named = accounts(views, held)
    mixed = len(own) + bool(told) > 1
    rest = ((own[basis], text) for basis, text in words.ADDED.items() if own[basis])
    counted = words.count(len(named), "account") if named else ""
    inferred = sum(each.basis == "inferred" for each in told)
    by = "its author" if len(named) == 1 else "their authors"
    return Sum(
        claims=f"{words.count(len(held), thing.noun)} from {words.count(len(sessions), 'talk')}",
        rest=tuple(f"{number:,} {text}" if mixed else text for number, text in rest),
        accounts=f"{len(told):,} from {counted}" if mixed and told else counted,
        named=named if len(named) <= NAMED else (),
        concluded=f"{'' if inferred == len(held) else f'{inferred:,} '}inferred by {by}"
        if inferred
        else "",
        reviewed=_reviewed(
            sum(bool(sessions[claim.session].provenance.reviewed) for claim in held), len(held)
        ),
    )


def _reviewed(checked: int, number: int) -> str:
    if number == 1:
        return "reviewed" if checked else "not reviewed"
    if checked in (0, number):
        return f"{'all' if checked else 'none'} reviewed"
    return f"{checked:,} reviewed"
