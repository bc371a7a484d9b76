"""What stands in the database for all tests of a file: built once, found untouched by each test.

A builder that others may want to find built is made so with `once_a_file`; a file that is marked with
``pytest.mark.stands.with_args(opened)`` finds its work done: there ``opened()`` gives what stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction

P = ParamSpec("P")
Made = TypeVar("Made", bound=models.Model)

_standing: dict[str, models.Model] = {}


def once_a_file(build: Callable[P, Made]) -> Callable[P, Made]:
    """The builder; called without arguments in a file that asks for it, it gives what stands there, read anew."""

    @wraps(build)
    def built(*args: P.args, **kwargs: P.kwargs) -> Made:
        stands = _standing.get(_name(build)) if not args and not kwargs else None
        if stands is None:
            return build(*args, **kwargs)
        found: Made = type(stands)._base_manager.get(pk=stands.pk)  # type: ignore[assignment]
        return found

    return built


@contextmanager
def kept(builders: tuple[Callable[[], Any], ...]) -> Iterator[list[Any]]:
    """What the builders make, in the database until the block ends; each test in it rolls back to this state."""
    with transaction.atomic():
        made = [build() for build in builders]
        _standing.update({_name(build): one for build, one in zip(builders, made, strict=True)})
        try:
            yield made
        finally:
            _standing.clear()
            transaction.set_rollback(True)


def _name(build: Callable[..., Any]) -> str:
    return f"{build.__module__}.{build.__qualname__}"
