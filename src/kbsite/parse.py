"""The text of a file to a record. Needs no disk."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TypeVar

from frontmatter.default_handlers import YAMLHandler
from pydantic import BaseModel

from kbsite import conflicts, cures, fronts, models, records, slugs, yamlfile, yamlmend, yamlwrite
from kbsite.errors import Cure, NewFile, Problem
from kbsite.sources import Mended, Source
from kbsite.validate import Checked, check, objections
from kbsite.yamledit import Edit
from kbsite.yamlmend import suspicious

M = TypeVar("M", bound=BaseModel)

_SHAPES = ("KB101", "KB102", "KB103")  # which may come of YAML that says what nobody meant


def parse_record(model: type[M], path: str, text: str) -> Checked[M]:
    """A YAML file's text to a record."""
    source = record_source(path, text)
    if problem := conflicts.problem(source, lambda text: _reads(record_source(path, text))):
        return Checked(record=None, source=source, problems=(problem,))
    return _parse(model, source)


def parse_page(model: type[M], path: str, text: str) -> Checked[M]:
    """A Markdown file's front matter to a record; the prose stays in the source's body."""
    source = page_source(path, text)
    if problem := conflicts.problem(source, lambda text: _reads(page_source(path, text))):
        return Checked(record=None, source=source, problems=(problem,))
    if text.strip() and not source.front_start:
        problem = fronts.problem(source, model)
        return Checked(record=None, source=source, problems=(problem,) if problem else ())
    return _parse_front(model, source)


def parse_plain_page(path: str, text: str) -> Checked[records.PlainPage]:
    """The front matter, if it has any, of a page that is no record."""
    source = page_source(path, text)
    problem = conflicts.problem(source, lambda text: _reads(page_source(path, text)))
    if problem is None and source.front_start:
        return _parse_front(records.PlainPage, source)
    problem = problem or fronts.problem(source)
    return Checked(
        record=records.PlainPage(), source=source, problems=(problem,) if problem else ()
    )


def _parse_front(model: type[M], source: Source) -> Checked[M]:
    checked = _parse(model, source)
    if more := fronts.second(source, model):
        return replace(checked, problems=(*checked.problems, more))
    return checked


def _parse(model: type[M], source: Source) -> Checked[M]:
    try:
        data = yamlfile.read(source.front)
    except yamlfile.YamlError:
        return _mended(model, source)
    checked = _checked(model, source, data)
    if suspicious(source.front) or any(each.code in _SHAPES for each in checked.problems):
        return _mended(model, source, checked)
    return checked


def _checked(model: type[M], source: Source, data: yamlfile.Data) -> Checked[M]:
    if data is None and source.front_start:
        data = {}
    if data is None:
        problem = source.file_problem("KB014", "the file is empty", *_begun(model, source))
        return Checked(record=None, source=source, problems=(problem,))
    if source.front_start and isinstance(data, dict):
        source = replace(source, data=data)
    return check(model, data, source)


def _begun(model: type[M], source: Source) -> tuple[str, cures.Cures]:
    """What to write into an empty file, and a cure where its name says all that a record needs."""
    required = models.required(model)
    named = {required[0]: source.called} if required else {}
    lines = [*yamlwrite.lines(named), *(models.example(model, key) for key in required[1:])]
    if source.path.endswith(".md"):
        lines = [fronts.LINE, *lines, fronts.LINE]
    text = "\n".join(lines)
    made = cures.replacing(source, 0, len(source.text), f"{text}\n", "begin it")
    return f"write the record, or delete the file:\n{text}", made if len(required) == 1 else ()


def _mended(model: type[M], source: Source, checked: Checked[M] | None = None) -> Checked[M]:
    """What a text says once its mistakes are mended, with the problems of both.

    `checked` is what it says as it is, if it can be read.
    """
    mended = yamlmend.mended(source.front, partial(objections, model))
    if checked is not None and not mended.slips:
        return checked
    problems: list[Problem] = []
    for done, slip in mended.slips:
        before = _after(source, mended.steps[:done], source.front)
        if slip.code == "KB013" and not slip.mends and not source.front_start and not done:
            problems.append(_two_records(source, slip))
            continue
        problems.append(
            before.problem_in_front(
                slip.code, slip.start, slip.end, slip.message, slip.hint, _cures(before, slip)
            )
        )
    source = _after(source, mended.steps, mended.text)
    if mended.data is None:
        return Checked(record=None, source=source, problems=tuple(problems))
    checked = _checked(model, source, mended.data)
    return replace(checked, problems=(*problems, *checked.problems))


def _two_records(source: Source, slip: yamlmend.Slip) -> Problem:
    """KB013, with a file for what follows, if that says how it is called."""
    begin = source.text.rfind("\n", 0, slip.start) + 1
    text = source.text[slip.start :].partition("\n")[2].strip("\n") + "\n"
    hint, found = slip.hint, tuple[Cure, ...]()
    with suppress(yamlfile.YamlError):
        data = yamlfile.read(text)
        title = data.get("title") if isinstance(data, dict) else None
        if isinstance(title, str) and (name := slugs.slug(title)):
            name = f"{name}.yaml"
            new = NewFile(file=f"{source.path.rpartition('/')[0]}/{name}", text=text)
            edit = source.edit(begin, len(source.text), "")
            found = (Cure(title=f"move what follows to {name}", changes=(edit, new)),)
            hint = f"move what follows the line of hyphens to {name}, which says then:\n{text}"
    place = (slip.code, slip.start, slip.end, slip.message)
    return source.problem_in_front(*place, hint.rstrip("\n"), found)


def _cures(source: Source, slip: yamlmend.Slip) -> list[Cure]:
    begin = source.front_start
    return [
        cure
        for mend in slip.mends
        for cure in cures.replacing_all(
            source,
            [(begin + start, begin + end, new) for start, end, new in mend.edits],
            mend.title,
            certain=mend.certain,
        )
    ]


def _after(source: Source, steps: Sequence[Sequence[Edit]], front: str) -> Source:
    """The source of a text that was mended in steps, in the end to `front`."""
    begin, end = source.front_start, source.front_start + len(source.front)
    moved = [[(begin + start, begin + end, new) for start, end, new in step] for step in steps]
    return replace(
        source,
        text=source.text[:begin] + front + source.text[end:],
        front=front,
        body_start=source.body_start + len(front) - len(source.front),
        mended=Mended(text=source.text, steps=moved) if steps else None,
    )


def _reads(source: Source) -> bool:
    try:
        yamlfile.read(source.front)
    except yamlfile.YamlError:
        return False
    return True


def record_source(path: str, text: str) -> Source:
    """A record's source, which is YAML from one end to the other."""
    return Source(path=path, text=text, front=text, body_start=len(text))


def page_source(path: str, text: str) -> Source:
    """A page's source, split where its front matter ends."""
    handler = YAMLHandler()
    if not handler.detect(text):
        return Source(path=path, text=text)
    try:
        front, body = handler.split(text)
    except ValueError:  # no closing line
        return Source(path=path, text=text)
    return Source(
        path=path,
        text=text,
        front=front,
        front_start=text.index(front, text.index("---") + 3),
        body_start=len(text) - len(body),
    )
