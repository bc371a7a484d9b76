"""Quotas: how many members of a panel have each feature, at least and at most."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.tables import Row, Table, read_table

MAX_QUOTAS = 2_000


@dataclass(frozen=True, order=True)
class Quota:
    """Between `minimum` and `maximum` members of the panel have `feature` in `category`."""

    category: str
    feature: str
    minimum: int
    maximum: int

    @property
    def key(self) -> tuple[str, str]:
        """Category and feature, which name the quota."""
        return self.category, self.feature


@dataclass(frozen=True)
class Quotas:
    """All quotas of a draw, in the order in which they were given.

    >>> quotas = Quotas((Quota("age", "young", 1, 2), Quota("age", "old", 1, 2)))
    >>> quotas.categories
    ('age',)
    """

    quotas: tuple[Quota, ...]

    def __post_init__(self) -> None:
        if not self.quotas:
            raise MethodError("quotas_none", "There is no quota: give at least one category with its features.")
        if len(self.quotas) > MAX_QUOTAS:
            raise MethodError("quotas_many", f"{len(self.quotas)} quotas are too many: at most {MAX_QUOTAS}.")
        seen: set[tuple[str, str]] = set()
        for quota in self.quotas:
            if quota.key in seen:
                sentence = f"The quota for {quota.category} “{quota.feature}” is given twice."
                raise MethodError("quota_twice", sentence, category=quota.category, feature=quota.feature)
            seen.add(quota.key)
            _check_bounds(quota, place="")

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The categories in the order of their first quota."""
        return tuple(dict.fromkeys(quota.category for quota in self.quotas))

    @cached_property
    def features(self) -> Mapping[str, tuple[str, ...]]:
        """The features of each category."""
        return {
            category: tuple(quota.feature for quota in self.quotas if quota.category == category)
            for category in self.categories
        }

    def with_bounds(self, changes: Mapping[tuple[str, str], tuple[int, int]]) -> "Quotas":
        """The same quotas with other bounds for the features named in `changes`."""
        return Quotas(
            tuple(Quota(q.category, q.feature, *changes.get(q.key, (q.minimum, q.maximum))) for q in self.quotas)
        )

    def to_csv(self) -> str:
        """The quotas in the field's usual format: category, feature, min, max."""
        rows = [("category", "feature", "min", "max")]
        rows += [(q.category, q.feature, str(q.minimum), str(q.maximum)) for q in self.quotas]
        return "".join(",".join(map(_quoted, row)) + "\n" for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in ',;"\n\r\t') else cell


def _check_bounds(quota: Quota, *, place: str) -> None:
    about = f"{place}{quota.category} “{quota.feature}”"
    parameters = {"category": quota.category, "feature": quota.feature}
    if quota.minimum < 0:
        raise MethodError("quota_negative", f"{about}: the minimum {quota.minimum} is below zero.", **parameters)
    if quota.minimum > quota.maximum:
        sentence = f"{about}: the minimum {quota.minimum} is larger than the maximum {quota.maximum}."
        raise MethodError("quota_crossed", sentence, **parameters)


def read_quotas(lines: Iterable[str], *, name: str = "categories.csv") -> Quotas:
    """Read quotas from CSV with the columns category, feature, min, max.

    The older header pairs ``category,name`` and ``feature,value`` are understood too.

    Raises
    ------
    MethodError
        Naming the line and the value, for example ``quota_not_a_number``.
    """
    table = read_table(lines, name=name)
    columns = _quota_columns(table)
    found: list[Quota] = []
    line_of: dict[tuple[str, str], int] = {}
    for row in table.rows:
        quota = _quota(row, columns, name=name)
        if quota.key in line_of:
            sentence = (
                f"{name}, line {row.line}: {quota.category} “{quota.feature}” "
                f"was already given in line {line_of[quota.key]}."
            )
            raise MethodError("quota_twice", sentence, line=row.line, first=line_of[quota.key])
        line_of[quota.key] = row.line
        found.append(quota)
        if len(found) > MAX_QUOTAS:
            raise MethodError("quotas_many", f"{name}: more than {MAX_QUOTAS} quotas.", name=name)
    return Quotas(tuple(found))


def _quota_columns(table: Table) -> tuple[int, int, int, int]:
    minimum, maximum = table.column("min", "minimum"), table.column("max", "maximum")
    category, feature = table.column("category"), table.column("feature", "name", "value")
    if category is None and table.column("feature") is not None:
        category, feature = table.column("feature"), table.column("value")
    if category is None or feature is None or minimum is None or maximum is None:
        header = ", ".join(table.header)
        sentence = f"{table.name}: the header needs category, feature, min and max; it has {header}."
        raise MethodError("quota_header", sentence, name=table.name, header=header)
    return category, feature, minimum, maximum


def _quota(row: Row, columns: Sequence[int], *, name: str) -> Quota:
    category, feature, minimum, maximum = (row.cells[column] for column in columns)
    place = f"{name}, line {row.line}: "
    if not category or not feature:
        raise MethodError("quota_unnamed", f"{place}category or feature is blank.", line=row.line)
    low, high = (_whole_number(text, place=place, line=row.line) for text in (minimum, maximum))
    quota = Quota(category, feature, low, high)
    _check_bounds(quota, place=place)
    return quota


def _whole_number(text: str, *, place: str, line: int) -> int:
    if not text.removeprefix("-").isdecimal() or len(text) > 9:
        raise MethodError("quota_not_a_number", f"{place}“{text}” is not a whole number.", line=line, value=text)
    return int(text)
