"""A participation code that was typed into a search: a secret, which the answer repeats in no page and no address."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _


def to_its_field(request: HttpRequest) -> HttpResponse:
    """Lead to the page that takes codes, by POST; scripts lead there before anything is sent (`codes.js`)."""
    messages.info(request, _("Das sieht aus wie ein Teilnahmecode. Geben Sie ihn hier ein, nicht in die Suche."))
    return redirect("code")
