"""Read the mails of the demo."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from mitstadt.ground.mail.mailbox import kept_mails, read_mail

PER_PAGE = 30


def mailbox(request: HttpRequest) -> HttpResponse:
    """All mails, newest first."""
    folder = _folder()
    page = Paginator(kept_mails(folder), PER_PAGE).get_page(request.GET.get("seite"))
    mails = [mail for name in page if (mail := read_mail(folder, name))]
    return render(request, "pages/mailbox/mails.html", {"page": page, "mails": mails})


def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail; its words are shown as text, its links can be followed."""
    found = read_mail(_folder(), name)
    if found is None:
        raise Http404
    return render(request, "pages/mailbox/mail.html", {"mail": found})


def _folder() -> Path:
    """Where the demo keeps its mails; there is no such page anywhere else, since mails carry sign-in links."""
    if not settings.DEMO:
        raise Http404
    return Path(settings.MAILBOX)
