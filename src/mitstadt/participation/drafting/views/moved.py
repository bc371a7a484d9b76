"""Addresses as they were printed when a process held one text: they lead to the text that was planned first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from mitstadt.participation.drafting.models import CoText
from mitstadt.spine.queries.parts import first_part
from mitstadt.ui.requests import actor_of


@require_safe
def moved(request: HttpRequest, ref: str, rest: str = "") -> HttpResponse:
    """The same page under the text's own address, with the query as it was."""
    text = first_part(CoText.objects.all(), ref, actor=actor_of(request))
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return HttpResponsePermanentRedirect(f"{reverse('text', args=[text.ref])}{rest}{query}")
