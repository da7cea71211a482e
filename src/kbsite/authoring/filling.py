"""A form filled in: by what is given, then by who is asked; each answer is looked at where it is
given.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from kbsite import records, slugs, yamlwrite
from kbsite.authoring.asks import Ask, Form
from kbsite.authoring.glance import Glance
from kbsite.authoring.values import Answers, field_of
from kbsite.catalog import EVENT, LEARNING, REPORT, THEME
from kbsite.errors import UsageError
from kbsite.parse import parse_record
from kbsite.wording import all_of, any_of, did_you_mean

MOST_LISTED = 12  # things that a message lists
MUST_EXIST = (EVENT, THEME, REPORT, LEARNING)  # a record may name only those that are there


class Asker(Protocol):
    """Somebody who can be asked."""

    def answer(self, ask: Ask, offers: Callable[[], Sequence[str]], default: str) -> str:
        """What is said, or nothing; `offers` gives what can be chosen from."""
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
                answers[general.key] = self._given(ask or general, said)
            elif ask is None:
                continue
            elif self.asker and ask.spoken:
                if answer := self._asked(self.asker, ask):
                    answers[ask.key] = answer
            elif (default := self.defaults.get(ask.key)) and (ask.needed or ask.spoken):
                answers[ask.key] = [default] if ask.many else default
            elif ask.needed:
                missing.append(ask)
        if missing:
            raise UsageError(_lacking(self.form, missing))
        return answers

    def _given(self, ask: Ask, said: str | Sequence[str]) -> str | list[str]:
        values = [said] if isinstance(said, str) else [*said]
        for value in values:
            if wrong := self.objection(ask, value):
                raise UsageError(f"--{ask.option}: {wrong}")
        return values if ask.many else values[0]

    def _asked(self, asker: Asker, ask: Ask) -> str | list[str]:
        """What somebody answers; of what takes several, one after the other until nothing."""
        several: list[str] = []
        while True:
            default = "" if several else self.defaults.get(ask.key, "")
            answer = asker.answer(ask, lambda: self._offered(ask), default).strip() or default
            if not answer:
                if not ask.needed or several:
                    return several if ask.many else ""
                asker.tell("this is needed")
            elif wrong := self.objection(ask, answer):
                asker.tell(wrong)
            elif not ask.many:
                return answer
            elif answer not in several:
                several.append(answer)

    def _offered(self, ask: Ask) -> Sequence[str]:
        if ask.choices:
            return ask.choices
        return self.glance.offered(ask.thing) if ask.thing else ()

    def objection(self, ask: Ask, value: str) -> str:
        """What is wrong with an answer by itself, and the way out; nothing if it may be so."""
        if ask.thing in MUST_EXIST:
            return self._unknown(ask, value)
        place = field_of(self.form, ask.key, value)
        if wrong := _refused(*place) if place else "":
            return wrong
        known = [slugs.name_key(each) for each in ask.choices]
        if known and slugs.name_key(value) not in known:
            return f"here it is {any_of(ask.choices)}, not '{value}'"
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
        return f"there is no {thing.noun} '{value}'; {did_you_mean(near, told)}"


def _refused(model: type[records.Record], key: str, value: Any) -> str:
    """Why a record may not say this, in the words of `kbsite check`."""
    for problem in parse_record(model, "", yamlwrite.dump({key: value})).problems:
        if problem.severity == "error" and re.match(rf"{key}\b", problem.field):
            hint = " ".join(problem.hint.split())
            return f"{problem.message}; {hint}" if hint else problem.message
    return ""


def _lacking(form: Form, missing: Sequence[Ask]) -> str:
    """What a record cannot be without, and what to add to the command."""
    said = all_of([ask.title.lower() for ask in missing])
    # Of some words an author has to choose: an example would be taken for advice.
    examples = " ".join(
        f"--{ask.option} {'|'.join(ask.choices) or shlex.quote(ask.example)}" for ask in missing
    )
    verb = "are" if len(missing) > 1 or missing[0].many else "is"
    return f"the {form.thing.noun}'s {said} {verb} missing; add for example: {examples}"
