"""Answers that need no frame of the site: what was sent is too large, the city has its hands full, a wrong address."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _


def bare_page(
    title: str | Promise, sentence: str | Promise, *, status: int, href: str = "/", seconds: int = 0
) -> HttpResponse:
    """A page of one sentence; with `seconds` the browser asks again by itself."""
    context = {"title": title, "sentence": sentence, "href": href, "seconds": seconds}
    response = HttpResponse(render_to_string("ui/bare_page.html", context), status=status)
    response.headers["Cache-Control"] = "no-store"
    if seconds:
        response.headers["Retry-After"] = str(seconds)
    return response


def too_large(most_bytes: int) -> HttpResponse:
    """What was sent is refused unread."""
    sentence = _(
        "Es ist mehr, als hier angenommen wird: höchstens %(most)s MB auf einmal. Gehen Sie zurück; was Sie "
        "geschrieben haben, steht dort meist noch. Verkleinern Sie die Dateien, oder schicken Sie sie einzeln."
    ) % {"most": most_bytes // 1_000_000}
    return bare_page(_("Das ist zu groß"), sentence, status=413)


def too_slow() -> HttpResponse:
    """What was sent did not arrive in time."""
    sentence = _(
        "Ihre Verbindung war zu langsam, oder sie brach ab. Es wurde nichts gespeichert. Gehen Sie zurück, und "
        "versuchen Sie es noch einmal; was Sie geschrieben haben, steht dort meist noch."
    )
    return bare_page(_("Das kam nicht vollständig an"), sentence, status=408)


def too_busy(seconds: int) -> HttpResponse:
    """Others send at the moment all that we can take in at once."""
    sentence = _(
        "Gerade schicken sehr viele etwas ab. Es wurde nichts gespeichert. Gehen Sie zurück, und versuchen Sie es in "
        "einer halben Minute noch einmal; was Sie geschrieben haben, steht dort meist noch."
    )
    response = bare_page(_("Bitte noch einmal versuchen"), sentence, status=503)
    response.headers["Retry-After"] = str(seconds)
    return response


def in_the_making(seconds: int) -> HttpResponse:
    """A file is being made, for this person or for others before them."""
    sentence = _(
        "Solche Dateien machen Arbeit, und wir machen höchstens zwei zugleich. Diese Seite fragt von selbst wieder "
        "nach; dann beginnt das Herunterladen."
    )
    return bare_page(_("Die Datei wird gleich gemacht"), sentence, status=503, seconds=seconds)


def unknown_host(public_url: str) -> HttpResponse:
    """Somebody asked for another host than this city's."""
    sentence = _("Unter diesem Namen antwortet hier niemand. Diese Stadt finden Sie unter %(address)s.") % {
        "address": public_url
    }
    return bare_page(_("Diese Adresse gibt es hier nicht"), sentence, status=400, href=f"{public_url}/")
