"""A page for those who may not see the page they asked for: why not, in a sentence, and what to do."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from mitstadt.spine.permits import Permit
from mitstadt.spine.texts import LimitSentence, sentence_for
from mitstadt.ui.opened_for import sent_fields
from mitstadt.ui.parts import Link
from mitstadt.ui.requests import page_before


class PageRefused(PermissionDenied):
    """A page that this person may not see now; the site's `handler403` shows the sentence."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


# What a message is marked with on its way to the next page, where it says that a limit is reached.
LIMIT_TAG = "limit"


def warn(request: HttpRequest, sentence: str) -> None:
    """Say on the next page why something was refused; of a limit it also says what goes on at once."""
    messages.warning(request, sentence, extra_tags=LIMIT_TAG if isinstance(sentence, LimitSentence) else "")


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
    return interrupted(
        request,
        title=_("Bitte noch einmal senden"),
        sentence=_(
            "Die Seite war zu lange offen, oder der Browser nimmt keine Cookies an. Gespeichert ist noch nichts."
        ),
        way_on=Link(label=_("Seite neu laden"), href=page_before(request) or request.get_full_path()),
        status=403,
        again=_sent_from_here(request),
    )


def interrupted(
    request: HttpRequest, *, title: str, sentence: str, way_on: Link | None, status: int, again: bool = False
) -> HttpResponse:
    """A page that stops a deed: why, what to do, and the words that were typed, to be sent `again` or to be copied."""
    context = {
        "title": title,
        "sentence": sentence,
        "way_on": way_on,
        "typed": _typed(request),
        "again": request.get_full_path() if again else "",
        "fields": sent_fields(request) if again else [],
    }
    return render(request, "ui/interrupted.html", context, status=status)


def _sent_from_here(request: HttpRequest) -> bool:
    """Whether a page of this city sent the form: what another site wrote is offered to nobody to send."""
    came_from = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(came_from).netloc == request.get_host() and not request.FILES


def _typed(request: HttpRequest) -> list[str]:
    try:
        sent = request.POST.items()
        return [str(value) for name, value in sent if name not in _NOT_TYPED and len(value) > 1]
    except SuspiciousOperation:
        return []


_NOT_TYPED = frozenset(
    {"csrfmiddlewaretoken", "opened_for", "submission_key", "password", "password1", "password2", "oldpassword"}
)
