"""What the form "Add what you learned" of a repository on GitHub says, all of it a stranger's."""

from __future__ import annotations

import json
import re
from typing import Any

from kbsite.authoring.asks import CONTRIBUTOR
from kbsite.catalog import SESSION
from kbsite.errors import UsageError

LABELS = {  # what the form calls each answer, and what it is an answer to
    "Session": SESSION.name,
    "What you learned": "text",
    "How you know": "basis",
    "Who said it": "by",
    "Minute of the recording": "at",
    "Your name": CONTRIBUTOR,
}
CHOICES = {
    "Said in the session": "said",
    "Shown on a slide": "shown",
    "My own conclusion from the session": "inferred",
}
NOTHING = "_No response_"  # GitHub's words where nothing was typed


def answers(event: str) -> dict[str, str]:
    """The answers in an event of GitHub, which is the JSON that a workflow finds at
    GITHUB_EVENT_PATH: those that were given, by the key of what was asked.

    Who gives no name goes by that on GitHub. Raises UsageError if there is no such form in it.
    """
    body, login = _issue(event)
    said: dict[str, str] = {}
    heading = "|".join(map(re.escape, LABELS))
    # An answer may hold a heading of the form: only the first of each begins one.
    parts = re.split(rf"^### ({heading})[ \t]*$", body.replace("\r\n", "\n"), flags=re.MULTILINE)
    last = ""
    for label, text in zip(parts[1::2], parts[2::2], strict=True):
        if label in said:
            said[last] += f"### {label}{text}"
            continue
        said[label], last = text, label
    given = {LABELS[label]: text.strip() for label, text in said.items()}
    given = {key: text for key, text in given.items() if text and text != NOTHING}
    if not given:
        first = next(iter(LABELS))
        raise UsageError(f"the issue is not of the form: nothing stands below '### {first}'")
    if "basis" in given:
        given["basis"] = CHOICES.get(given["basis"], given["basis"])
    return {CONTRIBUTOR: login, **given} if login else given


def _issue(event: str) -> tuple[str, str]:
    """The text of an issue, and who wrote it."""
    try:
        issue: Any = json.loads(event)["issue"]
        body, login = issue["body"], issue.get("user", {}).get("login", "")
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise UsageError("--from-issue takes the event of an issue on GitHub, as JSON") from error
    if not isinstance(body, str):
        raise UsageError("the issue has no text")
    return body, login if isinstance(login, str) else ""
