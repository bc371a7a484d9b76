"""Declare a task: what it is called on the operator's page, how often it is tried, what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import ParamSpec, TypeVar

from django.utils.functional import Promise
from django_tasks import task
from django_tasks.base import Task

P = ParamSpec("P")
T = TypeVar("T")

# Its own lane in every worker: a mail with a sign-in link never waits behind a long computation.
MAIL = "mail"
DEFAULT = "default"

# Seconds until the next attempt; the last one repeats.
PAUSES = (5, 30, 120, 600, 3600, 6 * 3600)


class Hopeless(Exception):  # noqa: N818  # it says what is so, not that something broke
    """Another attempt would not help; the task goes to the operator at once."""


@dataclass(frozen=True)
class Policy:
    """How a task is run.

    `atomic`: the function and the mark that it is done are one transaction, so that its writes happen exactly once.
    Where it speaks to the outside (a mail server) or takes longer than a moment (SQLite has one writer at a time) it is
    not, and may be run again after a crash.
    `kept`: its row stays after success, and with it the key under which it never runs again.
    """

    says: str | Promise
    attempts: int = 6
    atomic: bool = True
    kept: bool = True


_POLICIES: dict[str, Policy] = {}


def background(policy: Policy, *, queue: str = DEFAULT, priority: int = 0) -> Callable[[Callable[P, T]], Task[P, T]]:
    """Make a function a task. Its arguments are kept as JSON: refs and keys, no secrets and no words of people."""

    def declared(function: Callable[P, T]) -> Task[P, T]:
        made = task(queue_name=queue, priority=priority)(function)
        _POLICIES[made.module_path] = policy
        return made

    return declared


def policy_of(path: str) -> Policy:
    """The policy of the task with this path; a `LookupError` where none is declared."""
    if path not in _POLICIES:
        try:
            import_module(path.rpartition(".")[0])
        except ImportError as error:
            raise LookupError(path) from error
    return _POLICIES[path]


def pause_after(attempts: int, *, spread: float) -> float:
    """Seconds until the next attempt, up to a fifth longer by `spread` (0 to 1): tasks that failed as one part ways."""
    base = PAUSES[min(attempts, len(PAUSES)) - 1]
    return base * (1 + spread / 5)
