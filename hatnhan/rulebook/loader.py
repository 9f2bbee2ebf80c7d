"""Reading `data/<topic>.yaml` once, checked against the topic's type."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from hatnhan.rulebook.topics import BY_NAME
from hatnhan.rulebook.types import Rule, Source, Status, Value

#: Reads every value as text, as the topics' types expect; the one in C is ten times as fast and not built everywhere.
_TEXTS = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DATA = Path(__file__).parent / "data"


class RulebookError(Exception):
    """The rulebook's own files are wrong: says in which file and why."""


class _Dated(BaseModel):
    model_config = ConfigDict(extra="forbid")

    start: str
    value: dict[str, object]
    source: Source
    status: Status


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    topic: str
    values: list[_Dated]


@lru_cache(maxsize=1)
def load() -> dict[str, tuple[Rule[Value], ...]]:
    """Return the national values of every topic, oldest first. Raises RulebookError."""
    found = {path.stem: _read(path) for path in sorted(DATA.glob("*.yaml"))}
    if missing := set(BY_NAME) - set(found):
        message = f"no data file for {', '.join(sorted(missing))}"
        raise RulebookError(message)
    return found


def _read(path: Path) -> tuple[Rule[Value], ...]:
    try:
        file = _File.model_validate(yaml.load(path.read_text("utf-8"), Loader=_TEXTS))  # noqa: S506 - makes texts, lists and mappings only
        kind = BY_NAME[file.topic]
        rules = [_rule(kind, dated) for dated in file.values]
    except (yaml.YAMLError, ValidationError, KeyError, ValueError) as error:
        message = f"{path.name}: {error}"
        raise RulebookError(message) from error
    if path.stem != file.topic or any(a.start >= b.start for a, b in pairwise(rules)):
        message = f"{path.name}: the name must be the topic's and the dates must ascend"
        raise RulebookError(message)
    ends = [*(rule.start for rule in rules[1:]), None]
    return tuple(replace(rule, end=end) for rule, end in zip(rules, ends, strict=True))


def _rule(kind: type[Value], dated: _Dated) -> Rule[Value]:
    value = kind.model_validate(dated.value)
    start = date.fromisoformat(dated.start)
    version = f"{kind.topic}@{start.isoformat()}"
    return Rule(kind.topic, kind.title, value, start, None, dated.source, dated.status, version)
