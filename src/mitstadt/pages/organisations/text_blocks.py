"""The text blocks of an organisation: words that it uses again and again in its answers, for those who answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mitstadt.ground import clock
from mitstadt.pages.organisations.queries import organisation_by_slug
from mitstadt.spine.actions.sharing import (
    MOST_IN_A_BLOCK,
    MOST_IN_A_TITLE,
    drop_text_block,
    keep_text_block,
)
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import TextBlock
from mitstadt.spine.permits import permit_text_blocks
from mitstadt.spine.queries.sharing import blocks_of
from mitstadt.ui.forms import LongText
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, asked_number


class TextBlockForm(forms.Form):
    """A name by which one finds it, and the words."""

    title = forms.CharField(
        label=_("Name"),
        help_text=_("Woran Sie ihn wiederfinden, etwa „Zuständig ist der Bund“."),
        max_length=MOST_IN_A_TITLE,
        error_messages={"required": _("Der Name fehlt.")},
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=MOST_IN_A_BLOCK,
        widget=LongText(rows=4),
        error_messages={"required": _("Der Text fehlt.")},
    )


def text_blocks(request: HttpRequest, slug: str) -> HttpResponse:
    """All of them, and one form: for a new one, or for the one that the address names."""
    found, actor = organisation_by_slug(slug), actor_of(request)
    require_page(permit_text_blocks(actor, found.pk))
    blocks = blocks_of(found.pk)
    chosen = _chosen(request, blocks)
    form = TextBlockForm(request.POST or None, initial=_known(chosen))
    if request.method == "POST" and chosen is not None and request.POST.get("do") == "drop":
        drop_text_block(chosen, actor=actor)
        messages.success(request, _now("Der Textbaustein ist gelöscht. Gegebene Antworten bleiben, wie sie sind."))
        return redirect("text_blocks", slug=slug)
    if request.method == "POST" and form.is_valid():
        try:
            keep_text_block(found, actor=actor, now=clock.now(), instead=chosen, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _now("Der Textbaustein ist gespeichert."))
            return redirect("text_blocks", slug=slug)
    context = {"organisation": found, "blocks": blocks, "chosen": chosen, "form": form}
    return render(request, "pages/organisations/text_blocks.html", context, status=422 if form.errors else 200)


def _chosen(request: HttpRequest, blocks: list[TextBlock]) -> TextBlock | None:
    if "baustein" not in request.GET:
        return None
    key = asked_number(request, "baustein")
    block = next((one for one in blocks if one.pk == key), None)
    if block is None:
        raise Http404
    return block


def _known(block: TextBlock | None) -> dict[str, Any]:
    return {"title": block.title, "text": block.text} if block else {}
