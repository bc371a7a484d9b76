"""A page for those who may not see the page they asked for: why not, in a sentence, and what to do."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from mitstadt.spine.permits import Permit
from mitstadt.spine.texts import sentence_for
from mitstadt.ui.requests import page_before


class PageRefused(PermissionDenied):
    """A page that this person may not see now; the site's `handler403` shows the sentence."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def require_page(permit: Permit) -> None:
    """Go on only with a permit; otherwise the page says why not (403)."""
    if not permit:
        raise PageRefused(permit.sentence)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Why not, and the next step: sign in, or go back to where one may be."""
    sentence = getattr(exception, "sentence", "") or _("Dazu gehört eine Aufgabe, die Ihr Konto nicht hat.")
    return render(request, "ui/refused.html", {"sentence": sentence, "before": page_before(request)}, status=403)


def too_many(request: HttpRequest) -> HttpResponse:
    """The sign-in had too many tries: for how long, and what goes on at once."""
    sentence = sentence_for("too_many_tries")
    return render(request, "ui/refused.html", {"sentence": sentence, "before": page_before(request)}, status=429)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came without its key, most often after a long pause; what was typed is shown again."""
    try:
        typed = [value for name, value in request.POST.items() if name not in _NOT_TYPED and len(value) > 1]
    except SuspiciousOperation:
        typed = []
    return render(
        request, "ui/csrf_failed.html", {"typed": typed, "reason": reason, "before": page_before(request)}, status=403
    )


_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "submission_key", "password", "password1", "password2", "oldpassword"})
