"""The things that a knowledge base is about: one row for each, which everything else asks.

>>> PERSON.path("ada-example"), LEARNING.path("conf/talk#measure-first")
('people/ada-example/', 'sessions/conf/talk/#learning-measure-first')
"""

from __future__ import annotations

from dataclasses import dataclass

CONTENT = "content"  # the folder of hand-written pages, in which some things have their records


@dataclass(frozen=True, kw_only=True, slots=True)
class Thing:
    """One kind of thing.

    `name` and `plural` are its words in the code and, unless `words` and `many` say otherwise, in
    what people read. `words` are those of a [[word:...]] link to it, the one that messages use
    first; without any, no link leads to it. One that is `named_freely` is there as soon as a record
    names it; any other has a record of its own.

    Its records are in `folder`, from the root, each in a file that is called by its id and
    `ending`. With a `file`, each is a folder there that holds this file, and the records of the
    other thing with the same folder lie beside it: their ids begin with that of the folder. With
    `paged`, each is a hand-written page too. `address` is where the page of one is, with {0} for
    its id, or {0} and {1} for the two sides of an id with a "#"; `index` is the address of the page
    that lists them all, empty where there is none.
    """

    name: str
    plural: str
    many: str = ""
    words: tuple[str, ...] = ()
    named_freely: bool = False
    folder: str = ""
    ending: str = ""
    file: str = ""
    paged: bool = False
    address: str
    index: str = ""

    def path(self, id: str) -> str:
        """The address of one from the root of the site, with an anchor if it has no page."""
        if "#" in id:
            return self.address.format(*id.split("#"))
        return self.address.replace("{0}", id)

    def key(self, id: str) -> str:
        """What tells one from those of every thing."""
        return f"{self.name}:{id}"

    @property
    def noun(self) -> str:
        """What people call one of them."""
        return self.words[0] if self.words else self.name

    @property
    def nouns(self) -> str:
        """What people call several of them."""
        return self.many or self.plural


EVENT = Thing(
    name="event", plural="events", words=("event",),
    folder="sessions", ending=".yaml", file="event.yaml",
    address="events/{0}/", index="events/",
)  # fmt: skip
SESSION = Thing(
    name="session", plural="sessions", words=("session",),
    folder="sessions", ending=".yaml",
    address="sessions/{0}/", index="sessions/",
)  # fmt: skip
THEME = Thing(
    name="theme", plural="themes", words=("theme",),
    folder="themes", ending=".md",
    address="themes/{0}/", index="themes/",
)  # fmt: skip
PERSON = Thing(
    name="person", plural="people", words=("speaker", "person"), many="speakers",
    named_freely=True,
    folder="content/speakers", ending=".md",
    address="people/{0}/", index="people/",
)  # fmt: skip
ORGANISATION = Thing(
    name="organisation", plural="organisations", words=("organisation", "organization"),
    named_freely=True,
    folder="content/organisations", ending=".md",
    address="organisations/{0}/", index="organisations/",
)  # fmt: skip
PROJECT = Thing(
    name="project", plural="projects", words=("project",), named_freely=True,
    folder="content/projects", ending=".md",
    address="projects/{0}/", index="projects/",
)  # fmt: skip
LEARNING = Thing(
    name="learning", plural="learnings", words=("learning",),
    address="sessions/{0}/#learning-{1}", index="learnings/",
)  # fmt: skip
QUOTE = Thing(
    name="quote", plural="quotes",
    address="sessions/{0}/#quote-{1}",
)  # fmt: skip
FIGURE = Thing(
    name="figure", plural="figures",
    address="sessions/{0}/#figure-{1}",
)  # fmt: skip
ANNOUNCEMENT = Thing(
    name="announcement", plural="announcements",
    address="sessions/{0}/#announcement-{1}",
)  # fmt: skip
ARTICLE = Thing(
    name="article", plural="articles",
    folder="content/articles", ending=".md", paged=True,
    address="articles/{0}/", index="articles/",
)  # fmt: skip
SHIFT = Thing(
    name="shift", plural="shifts",
    folder="content/shifts", ending=".md", paged=True,
    address="shifts/{0}/", index="shifts/",
)  # fmt: skip
REPORT = Thing(
    name="report", plural="reports", words=("report",),
    folder="content/reports", ending=".md", paged=True,
    address="reports/{0}/", index="reports/",
)  # fmt: skip

CLAIMS = (LEARNING, QUOTE, FIGURE, ANNOUNCEMENT)  # what sessions say, each with its evidence
THINGS = (
    EVENT, SESSION, THEME, PERSON, ORGANISATION, PROJECT, *CLAIMS, ARTICLE, SHIFT, REPORT,
)  # fmt: skip


def folders() -> tuple[str, ...]:
    """The folders in the root that hold all of a knowledge base.

    >>> folders()
    ('sessions', 'themes', 'content')
    """
    held = (thing.folder.partition("/")[0] for thing in THINGS if thing.folder)
    return tuple(dict.fromkeys((*held, CONTENT)))


def named(name: str) -> Thing:
    """The row of a thing; raises KeyError where there is none of that name."""
    for thing in THINGS:
        if thing.name == name:
            return thing
    raise KeyError(name)


def linked_as(word: str) -> Thing | None:
    """The thing that the [[word:...]] of a link means.

    >>> linked_as("speaker") is PERSON, linked_as("talk")
    (True, None)
    """
    return next((thing for thing in THINGS if word in thing.words), None)


def link_words() -> tuple[str, ...]:
    """What a link may begin with, as messages list it."""
    return tuple(thing.words[0] for thing in THINGS if thing.words)
