"""People out of the titles of a calendar that has no other place for them.

"Title - A Name, Org & B Name, Org; C Name, D Name & E Name, Org": where the title ends, which part
is a person, a company or a role, is decided for the whole line at once, by what each part looks
like (`likeness`), by what the rest of the export says about it (`evidence`), and by where it
stands. Each way to read a line has a score; a line is only trusted when the second-best way to read
it, with other people in it, is clearly worse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple

from kbsite import slugs
from kbsite.importers.reading import likeness
from kbsite.importers.reading.evidence import Evidence
from kbsite.importers.reading.items import Item, Label, names, people
from kbsite.importers.reading.tokens import Cutter, Token, opened, segments
from kbsite.importers.schedule import Person

BEAM = 48  # ways to read a line that are followed at the same time
AMPERSANDS = ("&", "and", "+")
MARGIN = 1.0  # by how much the best way must beat the next with other people
LONGEST = 2000  # characters of a title that is read; no record takes a quarter of it
ALONE = 2.9  # the least that a name alone after a dash scores: a subtitle looks the same
SUPPORTED = 0.5  # the least that a company scores where names alone are listed as well
POSSIBLE = -1.5  # below this a tail is no list of people at all

# A dash with a space on either side; with one on one side only before what may be a name.
_SEPARATOR = re.compile(r"\s+[-–—]\s+|\s+[-–—](?=[^\W\d_a-z])|(?<=\S)[-–—]\s+(?=[^\W\d_a-z])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One title, read.

    `people` are those that are certain, taken out of `title`; or `guess` is what may be meant, and
    stands in the title still, behind `head`.
    """

    title: str
    people: tuple[Person, ...] = ()
    guess: tuple[Person, ...] = ()
    head: str = ""


class _Way(NamedTuple):
    """One way to read a line so far."""

    score: float
    items: tuple[Item, ...]
    comma_list: bool = False  # the last name was joined to the one before it by a comma


def read_titles(titles: Sequence[str], evidence: Evidence) -> list[Reading]:
    """Each of `titles`, which are free of states, with the people that it ends with.

    `evidence` says what is known beforehand; it learns from all the titles before one is read.
    """
    reader = SpeakerReader(titles, evidence)
    return [reader.read(title) for title in titles]


class SpeakerReader:
    """Reads the titles of one export, after all of them have been noted as evidence."""

    def __init__(self, titles: Sequence[str], evidence: Evidence) -> None:
        self._evidence = evidence
        self._cutter = Cutter(evidence.tables)
        self._bare = 0.0
        self._learn(titles)
        # Nothing is learnt from now on, so that what a piece of text looks like stays.
        self._name = cache(partial(likeness.name, evidence=evidence))
        self._company = cache(partial(likeness.company, evidence=evidence))
        self._role = cache(partial(likeness.role, evidence=evidence))
        self._is_called = cache(partial(likeness.has_known_given_name, evidence=evidence))

    def read(self, title: str) -> Reading:
        """The people that `title` ends with, if it ends with people."""
        best: tuple[float, Reading] | None = None
        if len(title) > LONGEST:
            return Reading(title=title)
        cuts = list(_SEPARATOR.finditer(title))
        for cut in reversed(cuts[-4:]):
            head, tail = title[: cut.start()].strip(), title[cut.end() :].strip()
            if not head or not tail:
                continue
            found = self._tail(tail)
            if found is None:
                continue
            trust, named = found
            if trust >= MARGIN:
                return Reading(title=head, people=named)
            if best is None or trust > best[0]:
                best = (trust, Reading(title=title, guess=named, head=head))
        return best[1] if best else Reading(title=title)

    # What all titles together say

    def _learn(self, titles: Sequence[str]) -> None:
        """Note who and what stands where nothing else can stand, then read again with that."""
        evidence = self._evidence
        tails: list[list[Token]] = []
        bare = 0
        heads: set[str] = set()
        for title in titles:
            if len(title) > LONGEST:
                continue
            cuts = list(_SEPARATOR.finditer(title))
            if not cuts:
                heads.add(title)
                continue
            cut = cuts[-1]
            if len(cuts) > 1 and likeness.role(title[cut.end() :], evidence) > 0:
                cut = cuts[-2]  # "A Name - Chair"
            heads.add(title[: cut.start()])
            tokens = self._cutter.tokens(title[cut.end() :])
            if tokens:
                tails.append(tokens)
        for head in heads:
            evidence.note_title(head)
        lists = [segment for tokens in tails for segment in segments(tokens)]
        self._names_companies = self._has_companies(lists)
        for tokens in tails:
            if len(tokens) == 1 and likeness.name(tokens[0].text, evidence) >= 1.0:
                bare += 1
        for segment in lists:
            self._note_sure(segment)
        self._bare = 2.2 * bare / len(tails) if len(tails) > 4 else 0.0

    def _has_companies(self, lists: Sequence[Sequence[Token]]) -> bool:
        """Whether what stands last in lists is a company as a rule.

        It is where it looks like one, or comes behind other names again.
        """
        last = [each[-1].text for each in lists if len(each) > 1 and each[-1].before == ","]
        times = Counter(map(slugs.fold, last))
        sure = sum(
            times[slugs.fold(text)] > 1 or likeness.company(text, self._evidence) >= SUPPORTED
            for text in last
        )
        return 2 * sure >= len(last)

    def _note_sure(self, segment: Sequence[Token]) -> None:
        """Of "A, X" and "A & B, X" the names and the company are certain if they look like it."""
        commas = [at for at, token in enumerate(segment) if token.before == ","]
        if not commas:
            return
        first = commas[0]
        names, rest = segment[:first], segment[first:]
        if all(likeness.name(token.text, self._evidence) > 0 for token in names):
            for token in names:
                self._evidence.note_person(token.text)
        last = rest[-1]
        if likeness.role(last.text, self._evidence) > 0 or not self._is_supported(last.text):
            return
        if len(rest) == 1:
            self._evidence.note_company(last.text)
        elif last.before == "," and not self._ends(last):
            before = rest[-2]
            if before.before in AMPERSANDS and likeness.name(before.text, self._evidence) > 0:
                self._evidence.note_company(last.text)
                self._evidence.note_person(before.text)

    def _is_credible(self, item: Item) -> bool:
        """Whether a part may be what it is taken for: plain words are no name, a place no company.

        Of a single word its place tells more than the word does.
        """
        if item.label == "name":
            return " " not in item.text or self._name(item.text) > -1
        if slugs.fold(item.text) in self._evidence.tables.places:
            return False
        if item.label == "role":
            return self._role(item.text.partition(",")[0]) > -1
        return self._is_supported(item.text)

    def _is_supported(self, company: str) -> bool:
        """Whether it is a company by more than its place, where that may be another person's."""
        if self._names_companies:
            return True
        return likeness.company(company, self._evidence) >= SUPPORTED

    def _ends(self, token: Token) -> bool:
        """Whether this only ends the name of a company, as "Inc." does, or "& Cie SA"."""
        tables = self._evidence.tables
        whole = re.sub(r"[.\s]", "", slugs.fold(token.text))
        last = slugs.fold(token.text.rsplit(maxsplit=1)[-1]).replace(".", "")
        joined = token.before in AMPERSANDS
        return whole in tables.company_endings or (
            joined and (last in tables.company_last or last in tables.company_endings)
        )

    # One line

    def _tail(self, tail: str) -> tuple[float, tuple[Person, ...]] | None:
        """What a tail means and how far that is to be trusted, or None where it is no people."""
        tail, introduced = self._cutter.introduced(tail)
        tokens = self._cutter.tokens(tail)
        if not tokens or len(tokens) > 40:
            return None
        ways = [self._ways(segment) for segment in segments(opened(tokens))]
        trust, worst, least = float("inf"), float("inf"), 0.0
        named: list[Person] = []
        alone = len(tokens) == 1 and not introduced
        for at, found in enumerate(ways):
            top = found[0]
            named += people(top.items)
            rivals = [way for way in found[1:] if names(way.items) != names(top.items)]
            if rivals:
                trust = min(trust, top.score - rivals[0].score)
            scores = [self._name(i.text) for i in top.items if i.label == "name"]
            if at == 0:
                worst = min(worst, scores[0])
            least = min([least, *scores])
        has_company = any(p.role or (p.org and self._company(p.org) > 0) for p in named)
        known = any(self._evidence.companies[slugs.fold(p.org)] > 1 for p in named if p.org)
        support = 1.2 * has_company + 1.2 * known + 0.8 * (len(ways) > 1)
        support += 2.0 * introduced + self._bare
        if alone or not has_company:
            support -= 0.9
        trust = min(trust, MARGIN + worst + support - 0.8, MARGIN + least + 2.6 + support)
        if worst + support < POSSIBLE:
            return None
        items = [item for found in ways for item in found[0].items]
        if not all(map(self._is_credible, items)):
            trust = min(trust, 0.0)
        if alone and worst + self._bare < ALONE:
            if worst + self._bare < ALONE - 1.7:
                return None
            trust = 0.0
        return trust, tuple(named)

    def _ways(self, tokens: Sequence[Token]) -> list[_Way]:
        """The best ways to read one segment, best first."""
        first = Item("name", tokens[0].text, "", tokens[0].moderator)
        ways = [_Way(self._name(first.text), (first,))]
        commas = any(token.before == "," for token in tokens)
        for at, token in enumerate(tokens[1:], start=1):
            following = tokens[at + 1] if at + 1 < len(tokens) else None
            grown = [new for way in ways for new in self._grown(way, token, following)]
            ways = sorted(grown, key=lambda way: -way.score)[:BEAM]
        done = [
            way._replace(score=way.score - self._unfinished(way, commas=commas)) for way in ways
        ]
        return sorted(done, key=lambda way: -way.score)

    def _grown(self, way: _Way, token: Token, following: Token | None) -> Iterator[_Way]:
        last = way.items[-1]
        if token.before != "-":
            name = self._name(token.text)
            yield _with(way, "name", token, name + min(0.0, name + 2.0) + _next_name(last, token))
        divided = token.before in (",", "-")
        if divided and last.label in ("name", "role"):
            cost = -1.2 if way.comma_list else 0.0
            yield _with(way, "company", token, self._company(token.text) + cost)
        if divided and last.label in ("name", "company"):
            cost = -1.5 if last.label == "company" else -0.2
            yield _with(way, "role", token, self._role(token.text) + cost)
        if last.label in ("company", "role"):
            space = "" if token.before == "," else " "
            item = last._replace(text=f"{last.text}{space}{token.before} {token.text}")
            score = self._continued(last, token, item.text, following)
            yield way._replace(score=way.score + score, items=(*way.items[:-1], item))
        if last.label == "company" and token.before in AMPERSANDS and self._is_role(token.text):
            if way.items[-2].label == "role":  # "A Name, CTO, Tidewater & Maintainer, Harbor"
                yield _with(way, "role", token, 1.6)
            else:  # "A Name, CNCF & OSPO Ambassador"
                role = last._replace(label="role", text=item.text)
                yield way._replace(score=way.score + 1.6, items=(*way.items[:-1], role))

    def _is_role(self, text: str) -> bool:
        """Whether it is a role for sure, and not what a company or a faculty may be called too."""
        tables = self._evidence.tables
        last = slugs.fold(text.rsplit(maxsplit=1)[-1])
        return self._role(text) > 1 and last not in tables.company_words

    def _continued(self, last: Item, token: Token, joined: str, following: Token | None) -> float:
        """How likely `token` only goes on with the company or role before it."""
        evidence, text = self._evidence, token.text
        if token.before == ",":
            if last.label == "company":
                if self._ends(token):
                    return 6.0
                if evidence.companies[slugs.fold(joined)]:
                    return 2.0
                if not slugs.fold(last.text).startswith(("universi", "college")):
                    return -1.6
                faculty = slugs.fold(text).startswith(("faculty", "department", "school", "instit"))
                return 3.0 if faculty else 1.5 if len(text.split()) < 4 else -1.6
            return 0.2 if self._role(text) > 0 or following is not None else -1.0
        if slugs.fold(joined) in evidence.tables.ampersand_companies:
            return 6.0
        if last.label == "company":
            if evidence.companies[slugs.fold(joined)]:
                return 4.0
            if self._ends(token):
                return 5.0
        if last.label == "role" and self._role(text) > 0:
            return 2.0 if self._name(text) < 2 else 0.5
        if token.before == "and":
            grown = self._company(joined) - self._company(last.text)
            return 1.0 - max(0.0, self._name(text)) + (grown if last.label == "company" else 0.0)
        company = self._company(text)
        plain = self._name(text) < 0
        goes_on = following is None or following.before != ","
        return (0.8 if plain and goes_on else -0.8) + (0.4 if plain and company > 1 else -0.4)

    def _unfinished(self, way: _Way, *, commas: bool) -> float:
        """What is odd about how this way to read a line ends."""
        cost = 0.0
        named = names(way.items)
        if len(named) > 2 and sum(map(self._is_called, named)) == len(named) - 1:
            cost += 1.5  # of these people one alone has a name that nobody has
        if way.comma_list:
            cost += 1.0
        if way.items[-1].label == "name" and commas:
            cost += 0.7
        group: list[Item] = []
        for item in way.items:
            if item.label == "name":
                group.append(item)
            else:
                cost += _comma_cost(group)
                group = []
        return cost


def _next_name(last: Item, token: Token) -> float:
    """What it costs to begin another person here."""
    if token.before == "+":
        return -2.0
    if last.label == "name":
        return -0.4 if token.before == "," else 0.2
    if token.before == ",":
        return -1.6
    cost = 0.3 if last.label == "company" else 0.0
    if " " not in token.text:  # half of a role or a company more often than a person
        cost -= 1.5 if token.before == "and" else 0.8
    return cost


def _with(way: _Way, label: Label, token: Token, score: float) -> _Way:
    item = Item(label, token.text, token.before, token.moderator)
    listed = label == "name" == way.items[-1].label and token.before == ","
    return _Way(way.score + score, (*way.items, item), listed)


def _comma_cost(group: Sequence[Item]) -> float:
    """ "A, B, Org" without an ampersand is an odd way to list two people."""
    joined = {item.before for item in group[1:]}
    return 1.2 if joined == {","} else 0.0
