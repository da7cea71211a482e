"""The chores of those who keep a base: each is done in all files at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kbsite.cli.exits import DONE, exits
from kbsite.cli.groups import Group
from kbsite.cli.options import completing, quiet_option, root_option

if TYPE_CHECKING:
    from kbsite.chores.desk import Desk


def _existing(argument: str, thing: str, **how: Any) -> Callable[[Any], Any]:
    """An argument that is something which is there, as shells may complete it by its files."""
    return click.argument(argument, shell_complete=completing(thing), **how)


def chore_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What every chore takes: the base, quiet, and to see what it would do first."""
    dry_run = click.option(
        "--dry-run",
        is_flag=True,
        help="Show every change of every file, and make none.",
    )
    return root_option(quiet_option(dry_run(command)))


def _do(root: Path | None, chore: Callable[[Desk], str], **how: Any) -> int:
    from kbsite.commands import chores

    chores.run(root, chore, **how)
    return DONE


@click.group(cls=Group, elsewhere={"speaker": "a speaker is a person"})
def rename() -> None:
    """Give something another name or id, in all files.

    Whatever names it follows, its former address leads on to the new one, and the next import knows
    it again.
    """


@rename.command("session")
@_existing("old", "session")
@click.argument("new")
@chore_options
@exits
def rename_session(root: Path | None, *, old: str, new: str, **how: Any) -> int:
    """Give the session OLD the id NEW.

    A session's id is EVENT/STEM, the folder and the name of its file. Both may be a STEM alone:
    OLD where no other session has it, NEW to stay in the event. OLD may be a file or address too.
    """
    from kbsite.chores import renaming

    return _do(root, lambda desk: renaming.rename_session(desk, old, new), **how)


@rename.command("event")
@_existing("old", "event")
@click.argument("new")
@chore_options
@exits
def rename_event(root: Path | None, *, old: str, new: str, **how: Any) -> int:
    """Give the event OLD, and all its sessions, the id NEW.

    An event's id is the name of its folder.
    """
    from kbsite.chores import renaming

    return _do(root, lambda desk: renaming.rename_event(desk, old, new), **how)


def _named(root: Path | None, thing: str, *, old: str, new: str, id: str, **how: Any) -> int:
    from kbsite import catalog
    from kbsite.chores import naming

    row = catalog.named(thing)
    return _do(root, lambda desk: naming.rename_named(desk, row, old, new, id), **how)


_id_option = click.option(
    "--id",
    metavar="ID",
    default="",
    help="The id that its address ends in, where that which the name gives will not do.",
)


@rename.command("person")
@_existing("old", "person")
@click.argument("new")
@_id_option
@chore_options
@exits
def rename_person(root: Path | None, **given: Any) -> int:
    """Let who goes by the name OLD go by the name NEW.

    Each record that names the person is changed, and OLD becomes an alias on the person's page in
    content/speakers/, which is written if there is none: so whoever brings OLD again, as an import
    may, means the same person.
    """
    return _named(root, "person", **given)


@rename.command("organisation")
@_existing("old", "organisation")
@click.argument("new")
@_id_option
@chore_options
@exits
def rename_organisation(root: Path | None, **given: Any) -> int:
    """Let the organisation OLD go by the name NEW.

    OLD is its name or its id; the name becomes an alias on its page, which is written if there is
    none.
    """
    return _named(root, "organisation", **given)


@rename.command("project")
@_existing("old", "project")
@click.argument("new")
@_id_option
@chore_options
@exits
def rename_project(root: Path | None, **given: Any) -> int:
    """Let the project OLD go by the name NEW.

    OLD is its name or its id; the name becomes an alias on its page, which is written if there is
    none.
    """
    return _named(root, "project", **given)


@rename.command("theme")
@_existing("old", "theme")
@click.argument("new")
@_id_option
@chore_options
@exits
def rename_theme(root: Path | None, **given: Any) -> int:
    """Let the theme OLD go by NEW.

    OLD is its id or its name, and becomes an alias. NEW is an id, in lower case with hyphens:
    then the theme keeps its name. Or it is a name, which gives the id too, unless --id says
    another.
    """
    return _named(root, "theme", **given)


@click.group(cls=Group, elsewhere={"speaker": "a speaker is a person"})
def merge() -> None:
    """Make one of two, in all files.

    All that ONE says goes to INTO, which keeps its name. The address of ONE leads on to that of
    INTO. Where both say something else, nothing is done until --keep says whose is right.
    """


_keep_option = click.option(
    "--keep",
    metavar="[FIELD=]ONE|INTO",
    multiple=True,
    help="Whose value to keep where both differ, in all fields or in one: --keep INTO, or --keep "
    "room=ONE.",
)


def _merge(
    root: Path | None, thing: str, *, one: str, into: str, keep: tuple[str, ...], **how: Any
) -> int:
    from kbsite import catalog
    from kbsite.chores import merging

    row = catalog.named(thing)
    return _do(root, lambda desk: merging.merge_named(desk, row, one, into, keep), **how)


@merge.command("session")
@_existing("one", "session")
@_existing("into", "session")
@_keep_option
@chore_options
@exits
def merge_session(
    root: Path | None, *, one: str, into: str, keep: tuple[str, ...], **how: Any
) -> int:
    """Make one session of the two records ONE and INTO of a talk.

    Speakers, themes, learnings, links and all else that ONE says go to INTO, and ONE goes. A later
    import knows that the entry of ONE is INTO now.
    """
    from kbsite.chores import sessions

    return _do(root, lambda desk: sessions.merge_sessions(desk, one, into, keep), **how)


@merge.command("person")
@_existing("one", "person")
@_existing("into", "person")
@_keep_option
@chore_options
@exits
def merge_person(root: Path | None, **given: Any) -> int:
    """Let the names ONE and INTO mean one person.

    ONE becomes an alias on the page of INTO in content/speakers/, which is written if there is
    none; records may go on to say either. To change what they say: kbsite rename person.
    """
    return _merge(root, "person", **given)


@merge.command("organisation")
@_existing("one", "organisation")
@_existing("into", "organisation")
@_keep_option
@chore_options
@exits
def merge_organisation(root: Path | None, **given: Any) -> int:
    """Let the names ONE and INTO mean one organisation.

    ONE becomes an alias on the page of INTO, which is written if there is none.
    """
    return _merge(root, "organisation", **given)


@merge.command("project")
@_existing("one", "project")
@_existing("into", "project")
@_keep_option
@chore_options
@exits
def merge_project(root: Path | None, **given: Any) -> int:
    """Let the names ONE and INTO mean one project.

    ONE becomes an alias on the page of INTO, which is written if there is none.
    """
    return _merge(root, "project", **given)


@merge.command("theme")
@_existing("one", "theme")
@_existing("into", "theme")
@_keep_option
@chore_options
@exits
def merge_theme(root: Path | None, **given: Any) -> int:
    """Make one theme of ONE and INTO.

    All records say INTO, and ONE becomes an alias of it. Keywords, tracks, projects and the
    text of ONE go to the file of INTO.
    """
    return _merge(root, "theme", **given)


@click.command()
@_existing("old", "learning", metavar="OLD")
@_existing("new", "learning", metavar="NEW")
@chore_options
@exits
def supersede(root: Path | None, *, old: str, new: str, **how: Any) -> int:
    """Let the learning OLD say that the learning NEW supersedes it.

    Each is its session, # and its own id there, such as
    example-conf/kernel-news#fewer-copies, or its address.
    """
    from kbsite.chores import superseding

    return _do(root, lambda desk: superseding.supersede(desk, old, new), **how)


@click.command("leave-out")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option(
    "--in-texts", is_flag=True, help="Put … in the place of the name in texts too, wherever it is."
)
@click.option(
    "--undo", is_flag=True, help="Take names off the list again, and change nothing else."
)
@chore_options
@exits
def leave_out(
    root: Path | None, *, names: tuple[str, ...], in_texts: bool, undo: bool, **how: Any
) -> int:
    """Take somebody out of all files on request, and keep them out.

    NAME is a person's name, in any spelling, or the id of a session, EVENT/STEM. Name a person by
    all names they go by; those that records join are known. Appearances, quotes, the person's page
    and addresses with the name go, and are shown; what a text says of the person is left for you,
    with its place. content/left-out.txt keeps digests, by which import leaves them out, and by
    which check and build find what still names them.
    """
    from kbsite.chores import leaving

    def chore(desk: Desk) -> str:
        if undo:
            return leaving.take_back(desk, names)
        return leaving.leave_out(desk, names, in_texts=in_texts)

    return _do(root, chore, shown=True, **how)


@click.command()
@click.option(
    "--theme",
    "themes",
    multiple=True,
    metavar="THEME",
    shell_complete=completing("theme"),
    help="Ask of this theme alone, by id, name or alias. May be given several times.",
)
@click.option(
    "--event",
    metavar="EVENT",
    default="",
    shell_complete=completing("event"),
    help="Only sessions of this event, by its folder in sessions/.",
)
@click.option(
    "--all-of",
    "yes",
    multiple=True,
    metavar="THEME",
    shell_complete=completing("theme"),
    help="Accept all suggestions of this theme without asking. May be given several times.",
)
@click.option(
    "--none-of",
    "no",
    multiple=True,
    metavar="THEME",
    shell_complete=completing("theme"),
    help="Reject all suggestions of this theme without asking. May be given several times.",
)
@chore_options
@exits
def confirm(root: Path | None, *, dry_run: bool, quiet: bool, **asked: Any) -> int:
    """Say of suggested themes whether their sessions are about them.

    At a terminal each is shown with its session's title and the words that suggest it, theme by
    theme, and taken by a key. An accepted one becomes a theme of the session, a rejected one stands
    in its record below `not_about`, and no title, track or import suggests it again.
    """
    from kbsite.commands import confirming

    confirming.run(root, confirming.Asked(**asked), dry_run=dry_run, quiet=quiet)
    return DONE
