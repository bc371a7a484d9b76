"""The kinds of the made-up slice: wishes are told in full, units lean on what every kind has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from mitstadt.site.tests.second import verbs
from mitstadt.site.tests.second.models import Catalogue, Unit, Wish, WishList
from mitstadt.spine import kinds
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Record
from mitstadt.spine.verbs import Verb


def _page_of_list(record: Record) -> str:
    return reverse("wishes", args=[record.ref])


def _around(record: Record) -> kinds.Surroundings:
    spot = Wish.objects.values_list("spot", flat=True).get(pk=record.pk)
    return kinds.Surroundings("Gewünscht für", spot, kinds.common_page(record))


def _tells(record: Record) -> tuple[Sequence[Record], Verb]:
    return [record.own_part], verbs.WISHED


def _erase(record: Record) -> None:
    Wish.objects.filter(pk=record.pk).update(spot="")


def _facts(keys: Sequence[int]) -> Mapping[int, Mapping[str, object]]:
    return {key: {"spot": spot} for key, spot in Wish.objects.filter(pk__in=keys).values_list("pk", "spot")}


LIST = kinds.Kind(
    key=WishList.KIND,
    label="Wunschliste",
    labels="Wunschlisten",
    accepts=kinds.JUDGED | {Deed.FOLLOW, Deed.CONTRIBUTE},
    address=_page_of_list,
)
WISH = kinds.Kind(
    key=Wish.KIND,
    label="Wunsch",
    labels="Wünsche",
    accepts=kinds.OWN_WORDS | {Deed.SUPPORT, Deed.COMMENT, Deed.FOLLOW, Deed.ANSWER},
    address=kinds.common_page,
    surroundings=_around,
    spoken=True,
    answerable=True,
    begun=lambda who, _details: f"{who} wünscht sich etwas.",
    arrived="Ihr Wunsch ist angekommen.",
    tells=_tells,
    erase=_erase,
    facts=_facts,
    keeps=("spot",),
)
CATALOGUE = kinds.Kind(
    key=Catalogue.KIND,
    label="Probierkatalog",
    labels="Probierkataloge",
    accepts=kinds.JUDGED | {Deed.FOLLOW, Deed.COMMENT, Deed.CONTRIBUTE},
    address=kinds.common_room_page,
)
UNIT = kinds.Kind(
    key=Unit.KIND,
    label="Lerneinheit",
    labels="Lerneinheiten",
    accepts=kinds.OWN_WORDS | {Deed.SUPPORT, Deed.COMMENT, Deed.FOLLOW, Deed.ANSWER},
    address=kinds.common_page,
    spoken=True,
    answerable=True,
)

KINDS = (LIST, WISH, CATALOGUE, UNIT)
