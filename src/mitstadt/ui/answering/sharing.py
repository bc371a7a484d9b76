"""What colleagues do beside answering: share the work, note something, sign a draft or put it aside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitstadt.ground import clock
from mitstadt.spine.actions.sharing import add_note, assign, drop_note
from mitstadt.spine.actions.signing import draft_answer, drop_draft, sign_answer
from mitstadt.spine.actors import Actor
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import AnswerDecision, AnswerDraft, Part, Record, Room, WorkNote
from mitstadt.ui.answering.forms import AnswerForm
from mitstadt.ui.requests import actor_of, number_in, sent_text

Chosen = Callable[[], list[Record]]


def shared(request: HttpRequest, part: Part, chosen: Chosen) -> str:
    """Do what a button of these says, and the sentence for it; an empty one where none was pressed."""
    actor, now = actor_of(request), clock.now()
    if (key := number_in(sent_text(request, "sign"))) is not None:
        return _signed(_draft_in(part, key), actor=actor, now=now)
    if (key := number_in(sent_text(request, "drop_draft"))) is not None:
        drop_draft(_draft_in(part, key), actor=actor, now=now)
        return _("Der Entwurf ist verworfen.")
    if (key := number_in(sent_text(request, "drop_note"))) is not None:
        drop_note(_note_in(part, key), actor=actor, now=now)
        return _("Die Notiz ist gelöscht.")
    if request.POST.get("do") == "note":
        return _noted(request, chosen(), actor=actor, now=now)
    if request.POST.get("do") == "assign":
        return _assigned(request, part, chosen(), actor=actor, now=now)
    return ""


def drafted(form: AnswerForm, room: Room, records: list[Record], *, actor: Actor, now: datetime) -> str:
    """Lay what was typed before a second person; a sentence for it."""
    draft_answer(
        records,
        room=room,
        actor=actor,
        decision=AnswerDecision(form.cleaned_data["decision"]),
        reason=form.cleaned_data["reason"],
        now=now,
        corrects=bool(records) and all(record.is_answered for record in records),
    )
    sentence = ngettext(
        "Der Entwurf für %(n)s Beitrag wartet auf eine zweite Person.",
        "Der Entwurf für %(n)s Beiträge wartet auf eine zweite Person.",
        len(records),
    )
    return sentence % {"n": len(records)}


def _draft_in(part: Part, key: int) -> AnswerDraft:
    found = AnswerDraft.objects.filter(pk=key, room=part.room_id).first()
    if found is None:
        raise Refused("draft_gone")
    return found


def _note_in(part: Part, key: int) -> WorkNote:
    found = WorkNote.objects.filter(pk=key, record__room=part.room_id).select_related("record").first()
    if found is None:
        raise Refused("note_gone")
    return found


def _signed(draft: AnswerDraft, *, actor: Actor, now: datetime) -> str:
    sign_answer(draft, actor=actor, now=now)
    return _("Unterschrieben. Die Antwort ist öffentlich.")


def _noted(request: HttpRequest, records: list[Record], *, actor: Actor, now: datetime) -> str:
    if len(records) != 1:
        raise Refused("nothing_to_answer")
    add_note(records[0], actor=actor, text=sent_text(request, "work_note"), now=now)
    return _("Die Notiz steht da. Nur Ihr Amt liest sie.")


def _assigned(request: HttpRequest, part: Part, records: list[Record], *, actor: Actor, now: datetime) -> str:
    to = number_in(sent_text(request, "assign_to"))
    assign(records, room=part.home, actor=actor, to=to, now=now)
    if to is None:
        sentence = ngettext("%(n)s Beitrag ist wieder frei.", "%(n)s Beiträge sind wieder frei.", len(records))
    else:
        sentence = ngettext("%(n)s Beitrag ist zugewiesen.", "%(n)s Beiträge sind zugewiesen.", len(records))
    return sentence % {"n": len(records)}
