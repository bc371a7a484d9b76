"""Quotas from the residents of an area: what a panel of a given size should look like to mirror them.

Two shapes of table are understood. *Long*: one row per area, category and feature with a count. *Wide*, as statistics
offices publish it: one row per area, a column of all residents, and columns of parts. Parts that stand side by side
and add up to all residents become a category; a part that stands alone becomes a category of yes and no.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.quotas import Quota, Quotas
from mitstadt.methods.sortition.tables import Row, Table, read_table

_TOTALS = ("inhabitants", "total", "residents", "population", "einwohner", "e_e", "insgesamt")
_COUNTS = ("count", "residents", "inhabitants", "population", "number", "einwohner", "anzahl")
_AREAS = ("area", "id", "area_id", "district", "gebiet", "raumid", "local_district_name", "plz")
_SHARES = ("_percentage", "_share", "_pct", "_percent")


@dataclass(frozen=True)
class FeatureShare:
    """Residents with a feature, their share in the category, and the places that share comes to."""

    category: str
    feature: str
    residents: int
    share: float
    places: float


@dataclass(frozen=True)
class ResidentQuotas:
    """Quotas and what they were computed from."""

    quotas: Quotas
    shares: tuple[FeatureShare, ...]
    areas: tuple[str, ...]


def quotas_from_residents(
    lines: Iterable[str],
    size: int,
    *,
    area: str | None = None,
    slack: int = 1,
    without: Collection[str] = (),
    name: str = "residents.csv",
) -> ResidentQuotas:
    """Quotas that mirror residents: the exact share of places, rounded down less `slack` and up plus `slack`.

    Parameters
    ----------
    size : int
        Places on the panel.
    area : str, optional
        An area's id; where no row has it, all rows whose id begins with it (planning areas of a district). All rows
        where it is left out.
    slack : int
        How far quotas reach beyond the rounded shares; without any, few panels exist.
    without : collection of str
        Features that take no part, for example children.

    Raises
    ------
    MethodError
        ``size_not_positive``, ``slack_negative``, ``area_unknown``, ``residents_header``, ``residents_not_a_number``.
    """
    if size < 1:
        raise MethodError("size_not_positive", f"A panel of {size} is no panel: the size is at least 1.", size=size)
    if slack < 0:
        raise MethodError("slack_negative", "The slack is zero or more.", slack=slack)
    table = read_table(lines, name=name)
    area_column = table.column(*_AREAS)
    rows = list(table.rows)
    chosen = _rows_of(rows, area_column, area, name=name)
    counts = _long(table, chosen) if table.column("category") is not None else _wide(table, chosen, area_column)
    counts = _without(counts, set(without), name=name)
    shares = tuple(_shares(counts, size))
    quotas = Quotas(tuple(_quota(share, size, slack) for share in shares))
    areas = tuple(dict.fromkeys(row.cells[area_column] for row in chosen)) if area_column is not None else ()
    return ResidentQuotas(quotas, shares, areas)


_Counts = dict[str, dict[str, int]]


def _rows_of(rows: Sequence[Row], column: int | None, area: str | None, *, name: str) -> list[Row]:
    if area is None:
        return list(rows)
    if column is None:
        raise MethodError("area_column_missing", f"{name} has no column “area” or “id” to find {area} in.", area=area)
    exact = [row for row in rows if row.cells[column] == area]
    found = exact or [row for row in rows if area.isdecimal() and row.cells[column].startswith(area)]
    if not found:
        raise MethodError("area_unknown", f"{name} has no area “{area}”.", area=area)
    return found


def _number(text: str, row: Row, *, name: str) -> int:
    plain = text.replace("\u00a0", "").replace(" ", "")
    if not plain.isdecimal():
        whole, _, rest = plain.partition(".")
        if not whole.isdecimal() or rest.strip("0"):
            sentence = f"{name}, line {row.line}: “{text}” is not a number of residents."
            raise MethodError("residents_not_a_number", sentence, line=row.line, value=text)
        plain = whole
    return int(plain)


def _long(table: Table, rows: Sequence[Row]) -> _Counts:
    category, feature = table.column("category"), table.column("feature", "name", "value")
    count = table.column(*_COUNTS)
    if category is None or feature is None or count is None:
        sentence = f"{table.name}: the header needs category, feature and count; it has {', '.join(table.header)}."
        raise MethodError("residents_header", sentence, name=table.name)
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        place = counts[row.cells[category]]
        place[row.cells[feature]] += _number(row.cells[count], row, name=table.name)
    return {c: dict(features) for c, features in counts.items()}


def _wide(table: Table, rows: Sequence[Row], area_column: int | None) -> _Counts:
    total_column = table.column(*_TOTALS)
    if total_column is None or total_column == area_column:
        sentence = f"{table.name} has neither the columns category, feature, count nor one of all inhabitants."
        raise MethodError("residents_header", sentence, name=table.name)
    sums = {c: _column_sum(table, rows, c) for c in range(total_column, len(table.header))}
    parts = [c for c in sums if c > total_column and not _is_share(table.header[c], sums[c], len(rows))]
    total = sums[total_column]
    if not total:
        raise MethodError("residents_none", f"{table.name} counts no residents in this area.", name=table.name)
    counts: _Counts = {}
    place = 0
    while place < len(parts):
        run = _run(parts[place:], sums, total or 0)
        heads = [table.header[column] for column in run]
        values = [sums[column] or 0 for column in run]
        place += len(run)
        if len(run) > 1:
            category, features = _named(heads, counts)
            counts[category] = dict(zip(features, values, strict=True))
        elif sums[run[0]] is not None and 0 < values[0] < (total or 0):
            counts[_plain(heads[0])] = {"yes": values[0], "no": (total or 0) - values[0]}
    return counts


def _is_share(head: str, total: int | None, rows: int) -> bool:
    """Whether a column holds percentages or shares; some are called so and hold people."""
    return head.endswith(_SHARES) and (total is None or total <= 100 * rows)


def _column_sum(table: Table, rows: Sequence[Row], column: int) -> int | None:
    """The sum of a column of whole numbers; None where it holds anything else."""
    total = 0
    for row in rows:
        try:
            total += _number(row.cells[column] or "0", row, name=table.name)
        except MethodError:
            return None
    return total


def _run(columns: Sequence[int], sums: dict[int, int | None], total: int) -> Sequence[int]:
    """The shortest run of columns from the first on that adds up to all residents, else the first alone."""
    running = 0
    for length, column in enumerate(columns, 1):
        value = sums[column]
        if value is None:
            break
        running += value
        if running == total and length > 1:
            return columns[:length]
        if running > total:
            break
    return columns[:1]


def _plain(head: str) -> str:
    for total in _TOTALS:
        if head.casefold().startswith(total + "_"):
            return head[len(total) + 1 :]
    return next((head.removesuffix(share) for share in _SHARES if head.endswith(share)), head)


def _named(heads: Sequence[str], taken: Collection[str]) -> tuple[str, list[str]]:
    """A category's name from what its columns' names share: inhabitants_age_15_18 … becomes age: 15_18.

    Where they share nothing, or another category has that name already, the features name it.
    """
    plain = [_plain(head) for head in heads]
    words = [head.split("_") for head in plain]
    shared = 0
    while all(len(word) > shared + 1 and word[shared] == words[0][shared] for word in words):
        shared += 1
    category, features = "_".join(words[0][:shared]), ["_".join(word[shared:]) for word in words]
    if category and category not in taken:
        return category, features
    features = features if category else plain
    return "/".join(features) if len(features) <= 3 else f"{features[0]} … {features[-1]}", features


def _without(counts: _Counts, without: set[str], *, name: str) -> _Counts:
    known = {feature for features in counts.values() for feature in features} | set(counts)
    for feature in sorted(without - known):
        raise MethodError("feature_unknown", f"{name} has no feature “{feature}” to leave out.", value=feature)
    kept = {
        category: {feature: count for feature, count in features.items() if feature not in without}
        for category, features in counts.items()
        if category not in without
    }
    return {category: features for category, features in kept.items() if sum(features.values())}


def _shares(counts: _Counts, size: int) -> Iterable[FeatureShare]:
    for category, features in counts.items():
        total = sum(features.values())
        for feature, count in features.items():
            yield FeatureShare(category, feature, count, count / total, size * count / total)


def _quota(share: FeatureShare, size: int, slack: int) -> Quota:
    # Fractions of whole numbers: rounding guards against 5.000000001.
    places = round(share.places, 9)
    low, high = math.floor(places) - slack, math.ceil(places) + slack
    return Quota(share.category, share.feature, max(0, low), min(size, high) if share.residents else 0)
