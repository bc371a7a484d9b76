"""Feeds, calendars, cards and the sitemap: made without looking at who asks, of what a guest may read."""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mitstadt.ground import clock
from mitstadt.ground.areas.models import Area
from mitstadt.ground.organisations.models import Organisation
from mitstadt.pages.feeds import atom, calendar, cards, entries, sitemap
from mitstadt.pages.search.following import SEARCH
from mitstadt.spine import following
from mitstadt.spine.actors import GUEST
from mitstadt.spine.following import Target
from mitstadt.spine.models import Process, Record
from mitstadt.spine.permits import room_of
from mitstadt.spine.queries.processes import hosted_by, listed, public_processes, shelf_of
from mitstadt.ui.requests import same_for_all

_MOST_PROCESSES = 200
_CARD_KEPT_S = 24 * 3600


@require_safe
@same_for_all
def city_feed(request: HttpRequest) -> HttpResponse:
    """What opened, what hosts told and what came of it."""
    title = _("Was in der Stadt geschieht")
    return _feed(request, entries.of_city(), title=title, page=reverse("home"))


@require_safe
@same_for_all
def feed(request: HttpRequest, kind: str) -> HttpResponse:
    """What happened at a target: the same that is told to who follows it."""
    target = _found(request, kind)
    return _feed(request, entries.of_target(target, now=clock.now()), title=target.name, page=target.href)


def _feed(request: HttpRequest, records: list[Record], *, title: str, page: str) -> HttpResponse:
    words = atom.atom_feed(records, title=title, page=page, address=request.get_full_path())
    response = HttpResponse(words, content_type=atom.TYPE)
    if records:
        response["Last-Modified"] = http_date(max(record.changed_at for record in records).timestamp())
    return response


@require_safe
@same_for_all
def dates(request: HttpRequest, kind: str) -> HttpResponse:
    """The phases and days of a process, or of all processes in an area or of an organisation."""
    target = _found(request, kind)
    rows = _processes_of(target)
    words = calendar.calendar_file(calendar.events_of(rows), name=f"{target.name} – {settings.UI_SITE_NAME}")
    response = HttpResponse(words, content_type=calendar.TYPE)
    response["Content-Disposition"] = 'inline; filename="termine.ics"'
    return response


def _processes_of(target: Target) -> list[Process]:
    if target.kind == "eintrag" and target.record is not None and target.record.kind == Process.KIND:
        return listed([target.record.pk])
    if target.kind == "gebiet":
        area = Area.objects.get(pk=target.value)
        return list(shelf_of(public_processes(area).order_by("-opened_at", "pk"))[:_MOST_PROCESSES])
    if target.kind == "organisation":
        return list(hosted_by(Organisation.objects.get(pk=target.value))[:_MOST_PROCESSES])
    raise Http404


@require_safe
@same_for_all
def card(request: HttpRequest, kind: str) -> HttpResponse:
    """The picture for where the link is shared."""
    target = _found(request, kind)
    # The words of a search are of whoever made the address: nobody lets the city say them under its sign.
    title = str(SEARCH.label) if target.kind == SEARCH.key else target.name
    room = room_of(target.record) if target.record else None
    under = room.host.name if room else ""
    key = f"card {title} {under}"
    return HttpResponse(_kept_card(key, title, under), content_type="image/png")


def _kept_card(key: str, title: str, under: str) -> bytes:
    name = f"card-{sha256(key.encode()).hexdigest()}"
    drawn: bytes | None = caches["drawings"].get(name)
    if drawn is None:
        drawn = cards.drawn_card(title, under)
        caches["drawings"].set(name, drawn, _CARD_KEPT_S)
    return drawn


@require_safe
@same_for_all
def sitemap_index(_request: HttpRequest) -> HttpResponseBase:
    """All files of the sitemap."""
    return HttpResponse("".join(sitemap.index()), content_type=sitemap.TYPE)


@require_safe
@same_for_all
def sitemap_file(_request: HttpRequest, name: str, number: int) -> HttpResponseBase:
    """One of them, sent as it is read."""
    if not sitemap.is_file(name, number):
        raise Http404
    response = StreamingHttpResponse(sitemap.addresses(name, number), content_type=sitemap.TYPE)
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _found(request: HttpRequest, kind: str) -> Target:
    """The target as a guest knows it: nothing here depends on who asks."""
    target = following.find(kind, request.GET.get("was", ""), actor=GUEST)
    if target is None:
        raise Http404
    return target
