"""The lines of the queue in which very much at once waits, each with its two buttons."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.pages.moderation.forms import BurstForm
from mitstadt.spine.actions.bursts import judge_burst
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Record
from mitstadt.spine.queries.bursts import BurstLine, bursts_of, waiting_bursts
from mitstadt.ui.requests import actor_of, number_in, sent_text


@dataclass(frozen=True)
class Asked:
    """One line with its form."""

    line: BurstLine
    form: BurstForm


def asked(request: HttpRequest, *, room: Record | None) -> list[Asked]:
    """The lines that wait; what was typed at one of them, and what is wrong with it, stands there."""
    bursts = bursts_of(actor_of(request))
    if room is not None:
        bursts = bursts.filter(room=room.pk)
    return [Asked(line=line, form=_form(request, line.burst.pk)) for line in waiting_bursts(bursts)]


def _form(request: HttpRequest, key: int) -> BurstForm:
    names = f"id_{key}_%s"
    if sent_text(request, "burst") != str(key):
        return BurstForm(auto_id=names)
    form = BurstForm(request.POST, auto_id=names)
    if form.is_valid() and not form.cleaned_data["reason"].strip():
        form.add_error("reason", str(Refused("reason_missing").sentence))
    return form


def judge(request: HttpRequest) -> str:
    """Do what was asked for one line; why not, where it was refused, else nothing."""
    key = number_in(sent_text(request, "burst"), most_digits=18)
    burst = bursts_of(actor_of(request)).filter(pk=key).first() if key is not None else None
    if burst is None:
        raise Http404
    counts = sent_text(request, "counts") == "ja"
    try:
        judge_burst(burst, actor=actor_of(request), counts=counts, reason=sent_text(request, "reason"), now=clock.now())
    except Refused as refusal:
        return str(refusal.sentence)
    messages.success(request, _said(is_person=bool(burst.person_id), counts=counts), extra_tags="received")
    return ""


def _said(*, is_person: bool, counts: bool) -> str:
    if is_person:
        return _("Gesehen.")
    if counts:
        return _("Sie zählen jetzt. Was die Gäste schrieben, ist zu lesen.")
    return _("Sie zählen nicht. Ihre Begründung steht im Werdegang.")
