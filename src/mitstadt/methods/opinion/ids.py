"""Ids of people and statements in one canonical order: numbers first and by size, then texts."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mitstadt.methods.shared.errors import MethodError

IDS_PER_TABLE_ENTRY = 4  # a look-up table may be this many times longer than the votes before sorting is cheaper


def positions(given: Iterable[Hashable], also: Iterable[Hashable], what: str) -> tuple[NDArray[np.int32], NDArray[Any]]:
    """Row number of each id in the canonical order of all ids, and that order."""
    ids = id_array(given)
    extra = id_array(also)
    if ids.dtype.kind in "iu" and (extra.dtype.kind in "iu" or not len(extra)):
        return _whole_number_positions(ids, extra.astype(ids.dtype))
    return _general_positions(ids, extra, what)


def id_array(given: Iterable[Hashable]) -> NDArray[Any]:
    """The ids as an array that is quick to look up: whole numbers where all are, or else what was given."""
    if isinstance(given, np.ndarray) and given.dtype.kind in "iuU":
        return given
    listed = given.tolist() if isinstance(given, np.ndarray) else list(given)
    if all(type(one) is int for one in listed) and listed:
        try:
            return np.array(listed, dtype=np.int64)
        except OverflowError:
            pass
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array


def _whole_number_positions(ids: NDArray[Any], extra: NDArray[Any]) -> tuple[NDArray[np.int32], NDArray[Any]]:
    if not len(ids) and not len(extra):
        return np.zeros(0, np.int32), np.zeros(0, np.int64)
    low = min(int(part.min()) for part in (ids, extra) if len(part))
    high = max(int(part.max()) for part in (ids, extra) if len(part))
    if high - low > IDS_PER_TABLE_ENTRY * (len(ids) + len(extra)) + 1000:
        order, inverse = np.unique(np.concatenate([ids, extra]), return_inverse=True)
        return inverse[: len(ids)].astype(np.int32), order.astype(np.int64)
    present = np.zeros(high - low + 1, bool)
    present[ids - low if low else ids] = True
    present[extra - low] = True
    if present.all() and low == 0:
        return ids.astype(np.int32, copy=False), np.arange(high + 1, dtype=np.int64)
    place = (np.cumsum(present) - 1).astype(np.int32)
    return place[ids - low], np.flatnonzero(present) + low


def _general_positions(ids: NDArray[Any], extra: NDArray[Any], what: str) -> tuple[NDArray[np.int32], NDArray[Any]]:
    if ids.dtype.kind == "U" and not len(extra):
        order, inverse = np.unique(ids, return_inverse=True)
        return inverse.astype(np.int32), order
    listed = ids.tolist()
    for row, one in enumerate(listed):
        if one is None or (isinstance(one, float) and math.isnan(one)):
            raise MethodError("id_missing", f"The {what} in row {row} has no id.", row=row, what=what)
    order = id_array(sorted_ids(set(listed) | set(extra.tolist()), what))
    place = {one: number for number, one in enumerate(order.tolist())}
    return np.fromiter((place[one] for one in listed), np.int32, len(listed)), order


def sorted_ids(ids: Iterable[Hashable], what: str = "id") -> list[Any]:
    """Ids in canonical order: numbers by size, then texts, then other types by their name."""

    def rank(one: Any) -> tuple[int, str]:
        if isinstance(one, int | float | np.number):
            return 0, ""
        return (1, "") if isinstance(one, str) else (2, type(one).__name__)

    try:
        return sorted(ids, key=lambda one: (rank(one), one))
    except TypeError as error:
        sentence = f"The {what} ids cannot be brought into an order. Use whole numbers or texts."
        raise MethodError("id_unsortable", sentence, what=what) from error


def plain_ids(ids: NDArray[Any]) -> list[Any]:
    """Ids as whole numbers and texts, for JSON."""
    return [one if isinstance(one, int | str) else repr(one) for one in ids.tolist()]


def places(ids: NDArray[Any], among: NDArray[Any]) -> NDArray[np.int32]:
    """Where ids stand in a canonical order that holds them all."""
    if ids is among:
        return np.arange(len(ids), dtype=np.int32)
    if ids.dtype.kind in "iu" and among.dtype.kind in "iu":
        return np.searchsorted(among, ids).astype(np.int32)
    place = {one: number for number, one in enumerate(among.tolist())}
    return np.array([place[one] for one in ids.tolist()], np.int32)


def merged_ids(
    old: NDArray[Any], new: NDArray[Any]
) -> tuple[tuple[NDArray[np.int32], NDArray[np.int32]], NDArray[Any]]:
    """Where the old and the new ids stand among all, and all."""
    if old.dtype.kind in "iu" and new.dtype.kind in "iu":
        merged = np.union1d(old, new)
    else:
        merged = id_array(sorted_ids(set(old.tolist()) | set(new.tolist())))
    if len(merged) == len(old):
        merged = old
    return (places(old, merged), places(new, merged)), merged
