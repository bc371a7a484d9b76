"""Addresses to areas, where an address table is loaded: forgiving in spelling, and honest where it is ambiguous."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from mitstadt.ground.areas.models import Address, Area, Street
from mitstadt.ground.areas.spelling import likeness, street_key, street_words

_POSTCODE = re.compile(r"\b(\d{5})\b")
_NUMBER = re.compile(
    r"(?:\b(?:nr|hausnr|hausnummer|nummer)\b\.?\s*)?(?<![\d.])(\d{1,4})\s?([a-z])?(?:\s?[-/–+]\s?\d{1,4}\s?[a-z]?)?(?![\w.])\s*$",
    re.IGNORECASE,
)
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
    street_words: str
    number: str
    postcode: str
    town: str


def typed_address(text: str) -> TypedAddress:
    """Street, number, postcode and town from one line such as “Karl-Marx-Str. 66 a, 12043 Berlin”.

    >>> typed_address("Karl-Marx-Str. 66 a, 12043 Berlin")
    TypedAddress(street_key='karlmarxstr', street_words='karl marx str', number='66A', postcode='12043', town='Berlin')
    """
    line = " ".join(text[:_LONGEST].split())
    found = _POSTCODE.search(line)
    postcode = found.group(1) if found else ""
    parts = [part.strip() for part in _POSTCODE.sub(",", line, count=1).split(",") if part.strip()]
    at = next((place for place, part in enumerate(parts) if _NUMBER.search(part)), 0)
    street, town = (parts[at], " ".join(parts[:at] + parts[at + 1 :])) if parts else ("", "")
    number = _NUMBER.search(street)
    if number and number.start():
        street = street[: number.start()]
    letters = "".join(part or "" for part in number.groups()).upper() if number else ""
    return TypedAddress(street_key(street), street_words(street), letters, postcode, town)


def area_for_address(text: str) -> AddressAnswer:
    """The area of an address as people write it; at most three queries.

    A number that the table lacks is answered by its neighbours on the same street: “12B” by “12”. Where what was
    typed fits addresses in several areas (the same street in two districts, no number given), all of them are
    offered; an unknown street gets names that are spelt alike.
    """
    typed = typed_address(text)
    if not typed.street_key:
        return AddressAnswer()
    rows = _addresses(typed, _number_fits(typed.number))
    if not rows and typed.number:
        elsewhere = _addresses(typed, Q())
        return _offer(_narrowed(elsewhere, typed), sure=False) if elsewhere else _suggest(typed.street_key)
    if not rows:
        return _suggest(typed.street_key)
    fitting = _narrowed(rows, typed)
    exact = [row for row in fitting if row.number == typed.number]
    return _offer(exact or fitting, sure=True)


def areas_of_postcode(text: str, *, on: dt.date, limit: int = 10) -> list[Area]:
    """The areas in which addresses have this postcode, by name; none where no postcode was typed. One query."""
    found = _POSTCODE.search(text[:_LONGEST])
    if not found:
        return []
    there = Address.objects.filter(postcode=found.group(1), area=OuterRef("pk"))
    return list(Area.objects.valid_on(on).filter(Exists(there)).order_by("official_name", "pk")[:limit])


def _addresses(typed: TypedAddress, number: Q) -> list[Address]:
    found = Address.objects.filter(number, street__key=typed.street_key).select_related("street", "area")
    return list(found.order_by("postcode", "number")[:_MOST_PLACES])


def _number_fits(number: str) -> Q:
    if not number:
        return Q()
    bare = number.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return Q(number=number) | Q(number=bare) | Q(number__regex=rf"^{bare}[A-Z]$")


def _narrowed(rows: list[Address], typed: TypedAddress) -> list[Address]:
    """Rows of the exact street name, the postcode or locality typed; each only where it leaves any."""
    rows = [row for row in rows if street_words(row.street.name) == typed.street_words] or rows
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
