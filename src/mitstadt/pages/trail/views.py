"""The trail page, the short address on paper slips, and looking up a ref."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mitstadt.ground import clock
from mitstadt.ground.codes import looks_like_code
from mitstadt.ground.refs import Misread, Reason, near_refs, parse_ref, spoken
from mitstadt.pages.codes import to_its_field
from mitstadt.pages.trail.sentences import steps_of
from mitstadt.pages.trail.wordings import Wordings
from mitstadt.spine.authorship import is_author
from mitstadt.spine.deeds import Deed
from mitstadt.spine.kinds import address_of, stands_at
from mitstadt.spine.models import Act, Record, Run
from mitstadt.spine.permits import permit_on, permit_opening
from mitstadt.spine.permits.authors import are_own_words
from mitstadt.spine.queries.trails import corrections_in, trail_of
from mitstadt.spine.queries.visibility import may_read_words, traceable_by
from mitstadt.ui.comments import shown_author
from mitstadt.ui.requests import actor_of

# What leads to the page on which an entry is tended.
_TENDING = (Deed.CORRECT_ENTRY, Deed.BLACK_OUT, Deed.ERASE_FOR_OTHERS)


def trail(request: HttpRequest, ref: str) -> HttpResponse:
    """What became of a record."""
    actor = actor_of(request)
    records = Record.objects.select_related("author", "organisation", "room__host", "room__commitment")
    record = traceable_by(actor, records).filter(ref=ref).first()
    if record is None:
        is_run = Run.objects.filter(ref=ref).exists()
        return redirect("run", ref=ref) if is_run else _not_found(request, ref)
    readable, now, happened = may_read_words(actor, record), clock.now(), trail_of(record)
    corrections = corrections_in(happened) if readable else []
    return render(
        request,
        "pages/trail.html",
        {
            "section": "lookup",
            "record": record,
            "page_href": _page_of(record),
            "room_href": address_of(record.room) if record.room else "",
            "readable": readable,
            "only_you": readable and not record.is_up and is_author(actor, record),
            "is_own": are_own_words(actor, record),
            "author": shown_author(record) if readable else "",
            "steps": steps_of(happened, wordings=Wordings(record, corrections) if readable else None, now=now),
            "corrections": corrections,
            "may_tend": any(permit_on(actor, deed, record, now=now) for deed in _TENDING) if actor.grants else False,
            "spoken": spoken(record.ref, language=request.LANGUAGE_CODE),
            "may_look": permit_opening(actor, record),
            "acts": Act.objects.filter(ref=record.ref).count(),
        },
    )


def _page_of(record: Record) -> str:
    """Where the record is read and answered; nowhere, where it is read no more or only on its trail."""
    href = address_of(stands_at(record)) if record.is_up else ""
    return "" if href == reverse("trail", args=[record.ref]) else href


def short_ref(request: HttpRequest, typed: str) -> HttpResponse:
    """The short address: any spelling of a ref leads to its trail."""
    read = parse_ref(typed)
    return redirect("trail", ref=read) if isinstance(read, str) else _not_found(request, typed)


def lookup(request: HttpRequest) -> HttpResponse:
    """One field that takes the ref from a paper slip."""
    typed = request.GET.get("kennzeichen", "").strip()
    if not typed:
        return render(request, "pages/lookup.html", {"section": "lookup"})
    if looks_like_code(typed):
        return to_its_field(request)
    read = parse_ref(typed)
    if isinstance(read, str):
        return redirect(reverse("trail", args=[read]))
    return _not_found(request, typed)


def _not_found(request: HttpRequest, typed: str) -> HttpResponse:
    """Nothing has this ref: offer those that exist and differ by one sign."""
    records = Record.objects.filter(ref__in=near_refs(typed)).select_related("room")
    meant = [record for record in traceable_by(actor_of(request), records)[:5] if record.ref != typed]
    read = parse_ref(typed)
    has_foreign_signs = isinstance(read, Misread) and read.reason is Reason.UNKNOWN_SYMBOL
    context = {"section": "lookup", "typed": typed[:60], "meant": meant, "has_foreign_signs": has_foreign_signs}
    return render(request, "pages/lookup.html", context, status=404)
