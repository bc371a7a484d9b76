"""The search page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from mitstadt.ground import clock
from mitstadt.ground.areas.api import area_for_address, areas_of_postcode, find_areas
from mitstadt.ground.codes import looks_like_code
from mitstadt.ground.refs import parse_ref
from mitstadt.pages.codes import to_its_field
from mitstadt.pages.search.following import target_of
from mitstadt.pages.search.forms import SearchForm
from mitstadt.spine.authorship import fetch_further_authors
from mitstadt.spine.kinds import address_of, kind_of
from mitstadt.spine.models import Record
from mitstadt.spine.queries.successions import where_they_went
from mitstadt.spine.search.results import Hit
from mitstadt.spine.search.results import search as search_records
from mitstadt.ui.comments import shown_author
from mitstadt.ui.following import follow_control_of
from mitstadt.ui.records import where_it_went
from mitstadt.ui.requests import actor_of, page_number
from mitstadt.ui.sharing import sharing

MOST_PLACES = 5
_CARD = "pages/parts/hit.html"


@dataclass(frozen=True)
class Row:
    """A hit with its address, and what it is in a word or two."""

    hit: Hit
    href: str
    what: str
    card: str
    went_on: str


def search(request: HttpRequest) -> HttpResponse:
    """Hits for words, places for names and addresses; a ref leads straight to its trail."""
    today = timezone.localdate(clock.now())
    form = SearchForm(request.GET, today=today)
    form.is_valid()
    typed = str(form.cleaned_data.get("q", "")).strip()
    if looks_like_code(typed):
        return to_its_field(request)
    read = parse_ref(typed)
    if isinstance(read, str):
        return redirect("trail", ref=read)
    results = search_records(
        typed,
        language=get_language() or "de",
        filters=form.chosen(),
        page=page_number(request),
    )
    target = target_of(form)
    return render(
        request,
        "pages/search.html",
        {
            "form": form,
            "typed": typed,
            "results": results,
            "rows": _rows(results.hits),
            "places": _places(typed, today=today),
            "share": sharing(target) if target else None,
            "follow": follow_control_of(target, actor=actor_of(request), now=clock.now()) if target else None,
        },
    )


def _rows(hits: Sequence[Hit]) -> list[Row]:
    records = [hit.record for hit in hits]
    fetch_further_authors(records)
    went_to = where_they_went(records)
    return [_row(hit, went_to.get(hit.record.pk, [])) for hit in hits]


def _row(hit: Hit, went_to: Sequence[Record]) -> Row:
    record = hit.record
    went_on = where_it_went(record.moved_on, [target.ref for target in went_to])
    return Row(hit, address_of(record), _what(record), kind_of(record).card or _CARD, went_on)


def _what(record: Record) -> str:
    kind = kind_of(record)
    return f"{kind.label}, {shown_author(record)}" if kind.spoken else str(kind.label)


def _places(typed: str, *, today: date) -> list[tuple[str, str]]:
    """The area of such an address, or areas with such a name, as (slug, words)."""
    if len(typed) < 3:
        return []
    # Whoever types an address means no area whose name is spelt alike.
    named = _at_address(typed) or [
        (found.area.slug, found.label()) for found in find_areas(typed, on=today, limit=MOST_PLACES)
    ]
    in_postcode = areas_of_postcode(typed, on=today, limit=MOST_PLACES)
    return [*named, *((area.slug, f"{typed}: {area.official_name}") for area in in_postcode)][:MOST_PLACES]


def _at_address(typed: str) -> list[tuple[str, str]]:
    """The area of an address with a number, or those in which there is one like it."""
    if not any(sign.isdigit() for sign in typed):
        return []
    found = area_for_address(typed)
    if found.area:
        return [(found.area.slug, f"{typed}: {found.area.official_name}")]
    return [(place.area.slug, f"{place.label}: {place.area.official_name}") for place in found.places]
