"""Where claims come from: a line for the card of each, and the sum of many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kbsite.catalog import LEARNING, ORGANISATION, PERSON, REPORT, Thing
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
    """Whose account claims are taken from; `organisation` is its author, where one is."""

    ref: Ref
    author: str
    organisation: Ref | None


@dataclass(frozen=True, slots=True)
class Ground:
    """What some claims rest on, in words that end with the authors of `accounts`, if it has any."""

    words: str
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Sum:
    """What the evidence of many claims comes to.

    "9 learnings from 4 talks" are the `claims`, "around" them where some were not said there;
    `grounds` are what they rest on, each `counted` if there are several; `reviewed` says how many
    somebody checked.
    """

    claims: str
    grounds: tuple[Ground, ...]
    counted: bool
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
        Account(
            views.ref(REPORT, node.id),
            node.record.author,
            views.ref(ORGANISATION, node.organisation) if node.organisation else None,
        )
        for node in (views.graph.reports[id] for id in ids)
    )


def summed(views: Views, claims: Iterable[ClaimNode], thing: Thing = LEARNING) -> Sum | None:
    """The sum of the evidence of some claims of one kind; None where there are none."""
    held = tuple(claims)
    if not held:
        return None
    sessions = {claim.session: views.graph.sessions[claim.session].record for claim in held}
    of: dict[str, list[ClaimNode]] = {}
    for claim in held:
        of.setdefault(_ground(claim), []).append(claim)
    where = "around" if of.keys() - {"said", "shown", "reported"} else "from"
    talks = words.count(len(sessions), "talk")
    return Sum(
        claims=f"{words.count(len(held), thing.noun)} {where} {talks}",
        grounds=tuple(_grounds(views, of)),
        counted=len(of) > 1,
        reviewed=_reviewed(
            sum(bool(sessions[claim.session].provenance.reviewed) for claim in held), len(held)
        ),
    )


def _ground(claim: ClaimNode) -> str:
    """A claim's basis; what is inferred in an account is apart from what its contributor did."""
    basis = claim.grounds.basis or ""
    return "concluded" if basis == "inferred" and claim.grounds.report else basis


def _grounds(views: Views, of: Mapping[str, Sequence[ClaimNode]]) -> Iterator[Ground]:
    """What claims rest on, which are given by `_ground`."""
    told = {basis: accounts(views, of[basis]) for basis in ("reported", "concluded") if basis in of}
    if len(of) == 1 and "reported" in told:
        yield _by(words.count(len(told["reported"]), "account"), told["reported"])
        return
    texts = {
        basis: f"{len(of[basis]):,} {text}" if len(of) > 1 else text
        for basis, text in words.GROUNDS.items()
        if basis in of
    }
    if len(told) > 1 and set(told["reported"]) == set(told["concluded"]):
        texts["concluded"] = f"{texts.pop('reported')} and {texts['concluded']}"
    for basis, text in texts.items():
        named = told.get(basis, ())
        many = f" in {words.count(len(named), 'account')}" if len(named) > NAMED else ""
        yield _by(text + many, named)


def _by(text: str, named: tuple[Account, ...]) -> Ground:
    """A text, and by whom it is if these are few."""
    return Ground(f"{text} by", named) if 0 < len(named) <= NAMED else Ground(text)


def _reviewed(checked: int, number: int) -> str:
    if number == 1:
        return "reviewed" if checked else "not reviewed"
    if checked in (0, number):
        return f"{'all' if checked else 'none'} reviewed"
    return f"{checked:,} reviewed"
