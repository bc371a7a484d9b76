"""The pool: the people who said yes, with their features and households."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.quotas import Quotas
from mitstadt.methods.sortition.tables import Row, Table, read_table

MAX_PEOPLE = 200_000


@dataclass(frozen=True)
class Pool:
    """People who may be drawn.

    Parameters
    ----------
    ids : tuple of str, length n
        Distinct names or numbers of the people.
    categories : tuple of str, length c
        What is known of each.
    features : tuple of n tuples of length c
        The feature of each person in each category.
    households : tuple of str, length n, or None
        At most one person of a household is drawn; a blank household stands for one's own. None: no such rule.
    extra_categories, extras
        Columns without quotas, kept to report representation on them.
    """

    ids: tuple[str, ...]
    categories: tuple[str, ...]
    features: tuple[tuple[str, ...], ...]
    households: tuple[str, ...] | None = None
    extra_categories: tuple[str, ...] = ()
    extras: tuple[tuple[str, ...], ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if not self.ids:
            raise MethodError("pool_empty", "The pool is empty: there is nobody to draw.")
        if len(set(self.ids)) != len(self.ids):
            raise MethodError("person_twice", "Two people in the pool have the same id.")

    def __len__(self) -> int:
        return len(self.ids)

    def without(self, ids: Iterable[str]) -> "Pool":
        """The pool without these people."""
        gone = set(ids)
        keep = [i for i, person in enumerate(self.ids) if person not in gone]
        return Pool(
            tuple(self.ids[i] for i in keep),
            self.categories,
            tuple(self.features[i] for i in keep),
            None if self.households is None else tuple(self.households[i] for i in keep),
            self.extra_categories,
            tuple(self.extras[i] for i in keep) if self.extras else (),
        )

    def without_households(self) -> "Pool":
        """The same people without the rule of one per household."""
        return Pool(self.ids, self.categories, self.features, None, self.extra_categories, self.extras)


@dataclass(frozen=True)
class _Columns:
    person: int
    household: int | None
    categories: tuple[int, ...]
    extras: tuple[int, ...]


def read_pool(
    lines: Iterable[str], quotas: Quotas, *, name: str = "respondents.csv", household: Sequence[str] = ("household",)
) -> Pool:
    """Read the pool from CSV with an id column and one column per category of `quotas`.

    Parameters
    ----------
    household : sequence of str
        Columns that together name a household, for example ``("street", "zip")``; where none of them is in the
        file the household rule does not apply.

    Raises
    ------
    MethodError
        Naming the line and the value: ``feature_unknown``, ``feature_blank``, ``person_twice``, ``person_unnamed``,
        ``category_missing``, ``pool_too_large``.
    """
    table = read_table(lines, name=name)
    columns = _columns(table, quotas, household)
    known = [{feature: feature for feature in quotas.features[category]} for category in quotas.categories]
    line_of: dict[str, int] = {}
    features, households, extras = [], [], []
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in table.rows:
        person = _person(row, columns.person, line_of, name=name)
        line_of[person] = row.line
        vector = tuple(row.cells[column] for column in columns.categories)
        if vector not in shared:
            _check_features(vector, known, quotas, place=f"{name}, line {row.line}", line=row.line)
            shared[vector] = vector
        features.append(shared[vector])
        if columns.household is not None:
            households.append(_household(row, columns.household, table, household) or f"\0{person}")
        extras.append(tuple(row.cells[column] for column in columns.extras))
    if not line_of:
        raise MethodError("pool_empty", f"{name} has a header but no people.", name=name)
    return Pool(
        tuple(line_of),
        quotas.categories,
        tuple(features),
        tuple(households) if columns.household is not None else None,
        tuple(table.header[column] for column in columns.extras),
        tuple(extras) if columns.extras else (),
    )


def _columns(table: Table, quotas: Quotas, household: Sequence[str]) -> _Columns:
    categories = []
    for category in quotas.categories:
        column = table.column(category.casefold())
        if column is None:
            sentence = (
                f"{table.name} has no column “{category}”, for which there are quotas.{_near(category, table.header)}"
            )
            raise MethodError("category_missing", sentence, name=table.name, category=category)
        categories.append(column)
    person = table.column("id", "nationbuilder_id", "person", "respondent", "respondent_id")
    if person is None or person in categories:
        sentence = f"{table.name} has no column “id” that names each person."
        raise MethodError("id_missing", sentence, name=table.name)
    parts = [column for column in (table.column(part.casefold()) for part in household) if column is not None]
    if parts and len(parts) < len(household):
        sentence = f"{table.name} lacks one of the household columns {', '.join(household)}."
        raise MethodError("household_missing", sentence, name=table.name)
    used = {person, *categories, *parts}
    extras = tuple(c for c, head in enumerate(table.header) if c not in used and head)
    return _Columns(person, parts[0] if parts else None, tuple(categories), extras)


def _household(row: Row, first: int, table: Table, household: Sequence[str]) -> str:
    if len(household) == 1:
        return row.cells[first]
    cells = [row.cells[table.header.index(head)] for head in table.header if head.casefold() in household]
    return "|".join(cells) if any(cells) else ""


def _person(row: Row, column: int, line_of: dict[str, int], *, name: str) -> str:
    person = row.cells[column]
    place = f"{name}, line {row.line}"
    if not person:
        raise MethodError("person_unnamed", f"{place}: the id is blank.", line=row.line)
    if person in line_of:
        sentence = f"{place}: the id “{person}” was already given in line {line_of[person]}."
        raise MethodError("person_twice", sentence, line=row.line, first=line_of[person], id=person)
    if len(line_of) >= MAX_PEOPLE:
        sentence = (
            f"{name} holds more than {MAX_PEOPLE:,} people. A pool lists those who answered the invitation; "
            "draw whom to invite from a register first."
        )
        raise MethodError("pool_too_large", sentence, name=name, limit=MAX_PEOPLE)
    return person


def _check_features(
    vector: Sequence[str], known: Sequence[dict[str, str]], quotas: Quotas, *, place: str, line: int
) -> None:
    for category, feature, features in zip(quotas.categories, vector, known, strict=True):
        if feature in features:
            continue
        if not feature:
            sentence = f"{place}: {category} is blank. Ask the person, or leave the row out."
            raise MethodError("feature_blank", sentence, line=line, category=category)
        sentence = f"{place}: “{feature}” is no feature of {category} in the quotas.{_near(feature, features)}"
        raise MethodError("feature_unknown", sentence, line=line, category=category, value=feature)


def _near(word: str, words: Iterable[str]) -> str:
    folded = {other.casefold(): other for other in words}
    near = difflib.get_close_matches(word.casefold(), folded, n=1)
    return f" Did you mean “{folded[near[0]]}”?" if near else ""
