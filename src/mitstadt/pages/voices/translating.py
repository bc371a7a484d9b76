"""A public record in the language of the pages, made by the machine of this city, beside the original."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mitstadt.ground import clock
from mitstadt.ground.languages import written_language
from mitstadt.ground.translating.service import is_configured
from mitstadt.pages.voices.records import record_by_ref
from mitstadt.spine.actions.machine_words import translate_by_machine
from mitstadt.spine.actors import GUEST
from mitstadt.spine.errors import Refused
from mitstadt.spine.kinds import address_of, kind_of
from mitstadt.spine.models import Record
from mitstadt.spine.queries.machine_words import is_for_all, machine_words, words_to_translate
from mitstadt.ui.languages import is_foreign
from mitstadt.ui.participants import connection_address


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def translation(request: HttpRequest, ref: str) -> HttpResponse:
    """What the machine said, or the button that asks it; only what everyone may read is ever sent."""
    # Whoever asks, it is looked up as a guest would: nobody sends words that are theirs alone.
    record = record_by_ref(ref, actor=GUEST)
    if not (is_configured() and is_for_all(record) and is_foreign(record.language)):
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            translate_by_machine(
                record, written_language(), connection_address=connection_address(request), now=clock.now()
            )
        except Refused as refused:
            refusal = str(refused.sentence)
        else:
            return redirect("translation", ref=ref)
    return _page(request, record, refusal)


def _page(request: HttpRequest, record: Record, refusal: str) -> HttpResponse:
    made = machine_words(record, written_language())
    context = {
        "section": "open",
        "record": record,
        "kind": kind_of(record).label,
        "made": made,
        "language": written_language(),
        "said": list(made.words.values()) if made else [],
        "original": list(words_to_translate(record).values()),
        "refusal": refusal,
        "back_href": address_of(record),
    }
    return render(request, "pages/translation.html", context, status=422 if refusal else 200)
