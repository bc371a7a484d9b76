"""Pages of a log of any length: the index is the place, so nothing is counted and nothing is skipped over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from mitstadt.spine.models import Act
from mitstadt.spine.queries.log_export import log_size


class NewestFirst(Sequence[Act]):
    """All acts, the newest first, read by range of their index; give it to a paginator."""

    def __init__(self) -> None:
        self._size = log_size()

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, place: int) -> Act: ...
    @overload
    def __getitem__(self, place: slice) -> list[Act]: ...
    def __getitem__(self, place: int | slice) -> Act | list[Act]:
        """The acts of one page: one query by primary key."""
        if isinstance(place, int):
            return Act.objects.get(index=self._size - 1 - place)
        start, stop, _step = place.indices(self._size)
        wanted = Act.objects.filter(index__gte=self._size - stop, index__lt=self._size - start)
        return list(wanted.order_by("-index"))
