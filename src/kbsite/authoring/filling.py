"""A form filled in: by what is given, then by who is asked; each answer is looked at where it is
given.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from kbsite import models, slugs, yamlwrite
from kbsite.authoring.asks import Ask, Form
from kbsite.authoring.glance import Glance
from kbsite.authoring.values import Answers, field_of, values
from kbsite.catalog import EVENT, LEARNING, REPORT, THEME
from kbsite.errors import Severity, UsageError
from kbsite.lsp import offers
from kbsite.meant import times
from kbsite.parse import parse_record
from kbsite.wording import all_of, any_of, did_you_mean

MOST_LISTED = 12  # things that a message lists
SAID_AGAIN = ("room", "series", "city", "venue")  # in one record as in others
MUST_EXIST = (EVENT, THEME, REPORT, LEARNING)  # a record may name only those that are there

_HOUR = re.compile(r"[0-9:.]+")


class Asker(Protocol):
    """Somebody who can be asked."""

    def answer(
        self, ask: Ask, offers: Callable[[], Sequence[str]], default: str, *, more: bool
    ) -> str:
        """What is said, or nothing; `offers` gives what can be chosen from, `more` says whether
        something was answered already.
        """
        ...

    def tell(self, message: str) -> None:
        """Say what is wrong with an answer, before it is asked for again."""
        ...


@dataclass(frozen=True, kw_only=True)
class Filling:
    """How one form is filled in.

    `defaults` are answers that are taken where nobody says another, by key. `fitted` gives a
    question as it is after the answers so far, or None where it has no point any more.
    """

    form: Form
    glance: Glance
    asker: Asker | None = None
    defaults: Mapping[str, str] = field(default_factory=dict)
    fitted: Callable[[Ask, Answers], Ask | None] = lambda ask, _answers: ask

    def fill(self, given: Mapping[str, Any]) -> Answers:
        """All answers. Raises UsageError for what is wrong or, where nobody can be asked, missing;
        it names the options.
        """
        answers: Answers = {}
        missing: list[Ask] = []
        for general in self.form.asks:
            ask = self.fitted(general, answers)
            if said := given.get(general.key):
                answers[general.key] = self._given(ask or general, said, answers)
            elif ask is None:
                continue
            elif self.asker and ask.spoken:
                if answer := self._asked(self.asker, ask, answers):
                    answers[ask.key] = answer
            elif (default := self.defaults.get(ask.key)) and (ask.needed or ask.spoken):
                answers[ask.key] = [default] if ask.many else default
            elif ask.needed:
                missing.append(ask)
        if missing:
            raise UsageError(_lacking(self.form, missing))
        return answers

    def _given(self, ask: Ask, said: str | Sequence[str], answers: Answers) -> str | list[str]:
        given = [_whole(ask, said, answers)] if isinstance(said, str) else [*said]
        for value in given:
            if wrong := self._objection(ask, value, answers):
                raise UsageError(f"--{ask.option}: {wrong}")
        return given if ask.many else given[0]

    def _asked(self, asker: Asker, ask: Ask, answers: Answers) -> str | list[str]:
        """What somebody answers; of what takes several, one after the other until nothing.

        What `kbsite check` will only warn of is taken when it is said again.
        """
        several: list[str] = []
        warned = ""
        while True:
            default = "" if several else self.defaults.get(ask.key, "")
            said = asker.answer(
                ask, lambda: self._offered(ask, answers), default, more=bool(several)
            )
            answer = _whole(ask, said.strip(), answers) or default
            if not answer:
                if not ask.needed or several:
                    return several if ask.many else ""
                asker.tell("this is needed")
            elif wrong := self._objection(ask, answer, answers):
                asker.tell(wrong)
            elif answer != warned and (odd := self._told(ask, answer, answers, "warning")):
                asker.tell(f"{odd}\nsay it again to leave it so")
                warned = answer
            elif not ask.many:
                return answer
            elif answer not in several:
                several.append(answer)

    def _offered(self, ask: Ask, answers: Answers) -> Sequence[str]:
        if ask.choices:
            return ask.choices
        if ask.thing:
            return self.glance.offered(ask.thing)
        if ask.key in SAID_AGAIN:
            return self.glance.said(self.form.thing, ask.key, str(answers.get(EVENT.name, "")))
        is_field = ask.key in models.keys(self.form.model)
        return [word for word, _ in offers.words(self.form.model, ask.key)] if is_field else ()

    def _objection(self, ask: Ask, value: str, answers: Answers) -> str:
        """What is wrong with an answer after others, and the way out; nothing if it may be so."""
        if ask.thing in MUST_EXIST:
            return self._unknown(ask, value)
        if wrong := self._told(ask, value, answers, "error"):
            return wrong
        known = [slugs.name_key(each) for each in ask.choices]
        if known and slugs.name_key(value) not in known:
            return f"here it is {any_of(ask.choices)}, not '{value}'"
        return ""

    def _told(self, ask: Ask, value: str, answers: Answers, severity: Severity) -> str:
        """What `kbsite check` would say of an answer after others, all of which are alright."""
        place = field_of(self.form, ask.key, value)
        if place is None:
            return ""
        model, key, said = place
        before = values(self.form, answers) if model is self.form.model else {}
        needed = {each.key: each.example for each in self.form.asks if each.needed}
        needed = {name: needed[name] for name in needed.keys() & models.keys(model).keys()}
        text = yamlwrite.dump({**needed, **before, key: said})
        for problem in parse_record(model, "", text).problems:
            if problem.severity == severity and re.match(rf"{key}\b", problem.field):
                return f"{problem.message}; {problem.hint}" if problem.hint else problem.message
        return ""

    def _unknown(self, ask: Ask, value: str) -> str:
        """Why there is nothing of this name, if there is not."""
        thing = ask.thing
        assert thing is not None  # noqa: S101  # who calls has seen to it
        every = self.glance.offered(thing)
        known = self.glance.names(thing) if thing is THEME else {id: id for id in every}
        if (slugs.name_key(value) if thing is THEME else value) in known:
            return ""
        near = list(dict.fromkeys(known[each] for each in slugs.nearest(value, known)))
        listed = ", ".join(every[:MOST_LISTED])
        more = f" and {len(every) - MOST_LISTED} more" if len(every) > MOST_LISTED else ""
        told = f"{thing.nouns}: {listed}{more}" if every else f"there are no {thing.nouns} yet"
        return f"there is no {thing.noun} '{value}'; {did_you_mean(near) or told}"


def _whole(ask: Ask, said: str, answers: Answers) -> str:
    """An answer with what it leaves out since an earlier one said it: an end has the day and the
    offset of its start.

    >>> end = Ask(key="end", option="end", title="End", words="")
    >>> _whole(end, "11:45", {"start": "2026-03-24T11:15+01:00"}), _whole(end, "11:45", {})
    ('2026-03-24T11:45+01:00', '11:45')
    """
    day, hour, rest = str(answers.get("start", "")).partition("T")
    clock = times.clock(said) if ask.key == "end" and hour else None
    return f"{day}T{clock}{_HOUR.sub('', rest, count=1)}" if clock else said


def _lacking(form: Form, missing: Sequence[Ask]) -> str:
    """What a record cannot be without, and what to add to the command."""
    said = all_of([ask.title.lower() for ask in missing])
    # Of some words an author has to choose: an example would be taken for advice.
    examples = " ".join(
        f"--{ask.option} {'|'.join(ask.choices) or shlex.quote(ask.example)}" for ask in missing
    )
    verb = "are" if len(missing) > 1 or missing[0].many else "is"
    return f"the {form.thing.noun}'s {said} {verb} missing; add for example: {examples}"
