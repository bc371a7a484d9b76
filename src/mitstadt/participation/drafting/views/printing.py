"""The printed edition for everyone, and copies with participation codes for the host."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from mitstadt.ground import clock
from mitstadt.participation.drafting.models import CoText
from mitstadt.participation.drafting.paper.edition import Print, printed
from mitstadt.participation.drafting.paper.forms import CopiesForm
from mitstadt.participation.drafting.queries.reading import reading, text_by_ref
from mitstadt.spine.actions.codes import issue_codes
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Channel
from mitstadt.spine.permits import permit
from mitstadt.ui.languages import language_wanted
from mitstadt.ui.requests import actor_of, asked_number


def paper(request: HttpRequest, ref: str) -> HttpResponse:
    """The printed edition: `groesse=gross` for large print, `sprache` for a language, `fassung` for an earlier one."""
    found = text_by_ref(ref, actor=actor_of(request))
    shown = reading(found, edition_number=asked_number(request, "fassung"), language=language_wanted(request))
    made = printed(shown, wanted=Print(large=request.GET.get("groesse") == "gross"), address=settings.PUBLIC_URL)
    return _as_file(made, f"druckausgabe-{ref}.pdf")


@never_cache
def paper_with_codes(request: HttpRequest, ref: str) -> HttpResponse:
    """Copies with a fresh code each. The codes are in this one file and nowhere else: we keep their digests only."""
    found = text_by_ref(ref, actor=actor_of(request))
    allowed = permit(actor_of(request), Deed.ISSUE_CODES, found, now=clock.now())
    if not allowed:
        return render(request, "ui/refused.html", {"sentence": allowed.sentence, "permit": allowed}, status=403)
    form = CopiesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _as_file(_copies(request, found, form), f"druckausgabe-mit-codes-{ref}.pdf")
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
    context = {"section": "open", "process": found.home, "text": found, "form": form}
    return render(request, "drafting/paper_with_codes.html", context, status=422 if form.errors else 200)


def _copies(request: HttpRequest, found: CoText, form: CopiesForm) -> bytes:
    codes = issue_codes(
        found.home,
        actor=actor_of(request),
        count=form.cleaned_data["count"],
        channel=Channel.PAPER,
        now=clock.now(),
    )
    wanted = Print(large=form.cleaned_data["large"], codes=tuple(codes), with_text=form.cleaned_data["with_text"])
    return printed(reading(found), wanted=wanted, address=settings.PUBLIC_URL)


def _as_file(made: bytes, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
