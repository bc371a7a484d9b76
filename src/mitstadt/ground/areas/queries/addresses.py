"""Addresses to areas, where an address table is loaded: forgiving in spelling, and honest where it is ambiguous."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from mitstadt.ground.areas.models import Address, Area, Street
from mitstadt.ground.areas.spelling import likeness, street_key

_POSTCODE = re.compile(r"\b(\d{5})\b")
_NUMBER = re.compile(r"(?<![\d.])(\d{1,4})\s?([a-z])?(?:\s?[-/–+]\s?\d{1,4}\s?[a-z]?)?(?![\w.])\s*$", re.IGNORECASE)
_LONGEST = 200
_MOST_PLACES = 400
_ENOUGH = 0.4


@dataclass(frozen=True)
class AddressPlace:
    """One address that fits what was typed."""

    label: str
    area: Area


@dataclass(frozen=True)
class AddressAnswer:
    """``area`` when the answer is certain; else ``places`` to choose from, or ``suggestions`` of street names."""

    area: Area | None = None
    places: tuple[AddressPlace, ...] = ()
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True)
class TypedAddress:
    """What a person typed, taken apart."""

    street_key: str
    number: str
    postcode: str
    town: str


def typed_address(text: str) -> TypedAddress:
    """Street, number, postcode and town from one line such as “Karl-Marx-Str. 66 a, 12043 Berlin”.

    >>> typed_address("Karl-Marx-Str. 66 a, 12043 Berlin")
    TypedAddress(street_key='karlmarxstr', number='66A', postcode='12043', town='Berlin')
    """
    line = " ".join(text[:_LONGEST].split())
    found = _POSTCODE.search(line)
    postcode = found.group(1) if found else ""
    before, after = (line[: found.start()], line[found.end() :]) if found else (line, "")
    street, _, town = before.strip(" ,").partition(",")
    if found and not street:
        street, _, after = after.strip(" ,").partition(",")
    number = _NUMBER.search(street)
    if number and number.start():
        street = street[: number.start()]
    letters = "".join(part or "" for part in number.groups()).upper() if number else ""
    return TypedAddress(street_key(street), letters, postcode, (town or after).strip(" ,"))


def area_for_address(text: str) -> AddressAnswer:
    """The area of an address as people write it; at most three queries.

    A number that the table lacks is answered by its neighbours on the same street: “12B” by “12”. Where what was
    typed fits addresses in several areas (the same street in two districts, no number given), all of them are
    offered; an unknown street gets names that are spelt alike.
    """
    typed = typed_address(text)
    if not typed.street_key:
        return AddressAnswer()
    rows = list(
        Address.objects.filter(_number_fits(typed.number), street__key=typed.street_key)
        .select_related("street", "area")
        .order_by("postcode", "number")[:_MOST_PLACES]
    )
    if not rows and typed.number:
        rows = list(
            Address.objects.filter(street__key=typed.street_key)
            .select_related("street", "area")
            .order_by("postcode", "number")[:_MOST_PLACES]
        )
        return _offer(_in_postcode(rows, typed), sure=False) if rows else _suggest(typed.street_key)
    if not rows:
        return _suggest(typed.street_key)
    fitting = _in_postcode(rows, typed)
    exact = [row for row in fitting if row.number == typed.number]
    return _offer(exact or fitting, sure=True)


def _number_fits(number: str) -> Q:
    if not number:
        return Q()
    bare = number.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return Q(number=number) | Q(number=bare) | Q(number__regex=rf"^{bare}[A-Z]$")


def _in_postcode(rows: list[Address], typed: TypedAddress) -> list[Address]:
    """Rows of the postcode or locality that was typed; all of them when it fits none."""
    by_postcode = [row for row in rows if row.postcode == typed.postcode]
    by_town = [row for row in rows if row.locality and street_key(row.locality) in street_key(typed.town)]
    return by_postcode or by_town or rows


def _offer(rows: list[Address], *, sure: bool) -> AddressAnswer:
    by_area = {row.area_id: row for row in reversed(rows)}
    if len(by_area) == 1 and sure:
        return AddressAnswer(area=rows[0].area)
    return AddressAnswer(places=tuple(_place(row) for row in sorted(by_area.values(), key=_order)))


def _order(row: Address) -> tuple[str, str, str]:
    return row.postcode, row.locality, row.number.rjust(20)


def _place(row: Address) -> AddressPlace:
    street = f"{row.street.name} {row.number}".strip()
    return AddressPlace(f"{street}, {row.postcode} {row.locality}".rstrip(" ,"), row.area)


def _suggest(key: str) -> AddressAnswer:
    similar = Street.objects.filter(key__startswith=key[:1]).values_list("key", "name")
    best = sorted(_scored(key, similar), reverse=True)[:5]
    return AddressAnswer(suggestions=tuple(name for _, name in best))


def _scored(key: str, streets: Iterable[tuple[str, str]]) -> list[tuple[float, str]]:
    scored = [(likeness(key, other), name) for other, name in streets]
    return [pair for pair in scored if pair[0] >= _ENOUGH]
