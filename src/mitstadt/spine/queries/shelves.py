"""Pages of long lists: the keys of one page are found on narrow columns first, then these rows alone are fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

from django.db.models import Model, QuerySet

AnyModel = TypeVar("AnyModel", bound=Model)
AnyRow = TypeVar("AnyRow")


class Shelf(Sequence[AnyRow], Generic[AnyRow]):
    """A long list for a paginator: the keys of a stretch, and the rows of some keys, in their order.

    Where its length is kept somewhere, give `count`: then nothing is counted, and what lies behind the middle is looked
    for from the end.
    """

    def __init__(
        self,
        ordered: QuerySet[Any, Any],
        rows: Callable[[Sequence[int]], Sequence[AnyRow]],
        *,
        count: int | None = None,
    ) -> None:
        self.in_order, self._rows, self._known = ordered, rows, count

    def __len__(self) -> int:
        return self._count

    @cached_property
    def _count(self) -> int:
        return self.in_order.order_by().count() if self._known is None else self._known

    def __iter__(self) -> Iterator[AnyRow]:
        return iter(self[0 : len(self)])

    @overload
    def __getitem__(self, place: int) -> AnyRow: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[AnyRow]: ...
    def __getitem__(self, place: int | slice) -> AnyRow | Sequence[AnyRow]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _step = place.indices(self._count)
        return self._rows(self._keys(start, stop))

    def _keys(self, start: int, stop: int) -> Sequence[int]:
        keys = self.in_order.values_list("pk", flat=True)
        if start <= self._count - stop:
            return list(keys[start:stop])
        return list(keys.reverse()[self._count - stop : self._count - start])[::-1]


class KeyedShelf(Shelf[AnyRow]):
    """A list whose keys are all there already, since something else was read from them too."""

    def __init__(self, keys: Sequence[int], rows: Callable[[Sequence[int]], Sequence[AnyRow]]) -> None:
        self._all, self._rows, self._known = keys, rows, len(keys)

    def _keys(self, start: int, stop: int) -> Sequence[int]:
        return self._all[start:stop]


def fetched(rows: QuerySet[AnyModel, AnyModel]) -> Callable[[Sequence[int]], list[AnyModel]]:
    """Rows by key, in their order; one that has gone is left out. Of records, give those that are `keyed()`."""

    def fetch(keys: Sequence[int]) -> list[AnyModel]:
        found = {row.pk: row for row in rows.filter(pk__in=keys)} if keys else {}
        return [found[key] for key in keys if key in found]

    return fetch
