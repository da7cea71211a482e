"""The text of a file to a record. Needs no disk."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from frontmatter.default_handlers import YAMLHandler
from pydantic import BaseModel

from kbsite import conflicts, fronts, records, yamlfile
from kbsite.sources import Source
from kbsite.validate import Checked, check

M = TypeVar("M", bound=BaseModel)


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
    return _parse(model, source)


def parse_plain_page(path: str, text: str) -> Checked[records.PlainPage]:
    """The front matter, if it has any, of a page that is no record."""
    source = page_source(path, text)
    problem = conflicts.problem(source, lambda text: _reads(page_source(path, text)))
    if problem is None and source.front_start:
        return _parse(records.PlainPage, source)
    problem = problem or fronts.problem(source)
    return Checked(
        record=records.PlainPage(), source=source, problems=(problem,) if problem else ()
    )


def _parse(model: type[M], source: Source) -> Checked[M]:
    try:
        data = yamlfile.read(source.front)
    except yamlfile.YamlError as error:
        return Checked(record=None, source=source, problems=(source.yaml_problem(error),))
    if data is None and source.front_start:
        data = {}
    if data is None:
        problem = source.file_problem(
            "KB014", "the file is empty", "write the record, or delete the file"
        )
        return Checked(record=None, source=source, problems=(problem,))
    if source.front_start and isinstance(data, dict):
        source = replace(source, data=data)
    return check(model, data, source)


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
