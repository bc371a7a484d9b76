"""The wishes of a list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mitstadt.site.tests.second.models import Wish, WishList
from mitstadt.spine.kinds import address_of
from mitstadt.spine.queries.parts import part_by_ref
from mitstadt.spine.queries.visibility import visible_to
from mitstadt.ui.requests import actor_of


def wishes(request: HttpRequest, ref: str) -> HttpResponse:
    """All wishes that this person may read."""
    actor = actor_of(request)
    found = part_by_ref(WishList.objects.all(), ref, actor=actor)
    rows = visible_to(actor, Wish.objects.filter(part=found.pk)).order_by("pk")
    context = {"list": found, "wishes": [(one, address_of(one)) for one in rows]}
    return render(request, "second/wishes.html", context)
