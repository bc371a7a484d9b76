"""Methods that runs compute with, one declaration each by the slice that owns it, in its `runs.py`.

What is used without a declaration is an error, and what a slice did not tell of stops the start (see `checks`).
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from mitstadt.methods.shared.hashing import Json, canonical_json

if TYPE_CHECKING:
    from mitstadt.spine.models import Record, Run


@dataclass(frozen=True)
class RunMethod:
    """One method in one version.

    ``inputs`` gives what is known about a record as the file that is published, in an order that depends on nothing
    but its content. ``compute`` makes the result from that file, the settings and the seed alone: the same three give
    the same result, whoever computes. ``command`` is what a person types to do so; it names ``{input}``, and
    ``{seed}`` and ``{settings}`` (as JSON) where it needs them.
    """

    key: str
    version: str
    name: str | Promise
    inputs: Callable[[Record], bytes]
    compute: Callable[[bytes, Mapping[str, Json], int], Json]
    command: str
    input_name: str = "eingabe.json"

    def command_for(self, settings: Mapping[str, Json], seed: int) -> str:
        """The command with the settings and the seed of a run, ready for a shell."""
        told = canonical_json(dict(settings)).decode()
        return self.command.format(input=shlex.quote(self.input_name), seed=seed, settings=shlex.quote(told))


_methods: dict[str, RunMethod] = {}


def of_module(module: ModuleType) -> list[RunMethod]:
    """The methods that a module holds as constants."""
    return [one for one in vars(module).values() if isinstance(one, RunMethod)]


def declare(module: ModuleType) -> None:
    """Make all methods of a slice's module known; called once, when the slice is loaded."""
    for one in of_module(module):
        register(one)


def register(declared: RunMethod) -> RunMethod:
    """Make a method known; its key must be new."""
    if _methods.setdefault(declared.key, declared) is not declared:
        raise ValueError(f"There is already a method “{declared.key}”.")
    return declared


def is_declared(method: RunMethod) -> bool:
    """Whether this very method was declared by a slice that is installed."""
    return _methods.get(method.key) is method


def all_methods() -> tuple[RunMethod, ...]:
    """All declared methods, by key."""
    return tuple(_methods[key] for key in sorted(_methods))


def method_of(run: Run) -> RunMethod | None:
    """The method of a run in the version of the run; None where it is no longer installed."""
    found = _methods.get(run.method)
    return found if found and found.version == run.version else None


def name_of(run: Run) -> str:
    """What people call the method of a run; its key where its slice is gone."""
    found = _methods.get(run.method)
    return str(found.name) if found else run.method
