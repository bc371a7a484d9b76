"""The editing desk: every contribution gets its answer, alone or with others; wordings go into the next edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.participation.drafting.actions.takings import note_for_edition, put_back, take_over
from mitstadt.participation.drafting.models import Contribution, ContributionForm, CoText, Taking
from mitstadt.participation.drafting.presenting import Talk
from mitstadt.participation.drafting.queries.contributions import desk_list, desk_rows
from mitstadt.participation.drafting.queries.reading import text_by_ref
from mitstadt.participation.drafting.queries.takings import Opposed, opposed_to
from mitstadt.participation.drafting.queries.working import current_edition
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Part
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.answering import Answered
from mitstadt.ui.answering import Answering, answering_page
from mitstadt.ui.requests import actor_of, sent_text

# The buttons at a wording; each is sent with its ref.
_BUTTONS = ("take_over", "note", "put_back")


def desk(request: HttpRequest, ref: str) -> HttpResponse:
    """All contributions, narrowed as asked; what is done here is done to the ticked ones."""
    return answering_page(request, text_by_ref(ref, actor=actor_of(request)), _how(request))


def _how(request: HttpRequest) -> Answering:
    def shown(rows: Sequence[Answered[Contribution]]) -> list[Talk]:
        return _talks(request, rows)

    return Answering(
        template="drafting/desk.html",
        rows=desk_rows,
        listed=desk_list,
        shown=shown,
        own_filters=("absatz", "art"),
        own_deed=_at_a_wording,
        more=_more,
    )


def _talks(request: HttpRequest, rows: Sequence[Answered[Contribution]]) -> list[Talk]:
    wordings = [row.record.pk for row in rows if row.record.wording]
    takings = {one.contribution_id: one for one in Taking.objects.filter(contribution__in=wordings)}
    return [Talk(row, taking=takings.get(row.record.pk), reason_typed=_reason(request, row.record.ref)) for row in rows]


def _reason(request: HttpRequest, ref: str) -> str:
    return sent_text(request, f"reason-{ref}").strip()


def _at_a_wording(request: HttpRequest, part: Part) -> str:
    """Do what the button at a proposed wording says; nothing where none was pressed."""
    for button in _BUTTONS:
        if ref := sent_text(request, button):
            return _pressed(request, part, button, ref)
    return ""


def _pressed(request: HttpRequest, part: Part, button: str, ref: str) -> str:
    actor, now = actor_of(request), clock.now()
    found = desk_rows(part).filter(ref=ref).first()
    if found is None:
        raise Refused("nothing_to_answer")
    if button == "put_back":
        put_back(found, actor=actor, now=now)
        return _("%(ref)s ist nicht mehr für die nächste Fassung vorgemerkt.") % {"ref": ref}
    if button == "note":
        note_for_edition(found, actor=actor, reason=_reason(request, ref), now=now)
        return _("%(ref)s ist vorgemerkt. Der Entwurf bleibt, wie er ist: Schreiben Sie die Stelle selbst.") % {
            "ref": ref
        }
    take_over(found, actor=actor, reason=_reason(request, ref), now=now)
    return _("%(ref)s steht jetzt im Entwurf. Die Antwort wird mit der nächsten Fassung öffentlich.") % {"ref": ref}


def _more(request: HttpRequest, part: Part) -> Mapping[str, object]:
    return {
        "text": part,
        "forms": ContributionForm.choices,
        "passage_number": request.GET.get("absatz", "").strip(),
        "form_wanted": request.GET.get("art", ""),
        "may_edit": permit(actor_of(request), Deed.EDIT_PART, part, now=clock.now()),
        "opposed": _opposed(request, part),
        "opposed_reason": _reason(request, sent_text(request, "take_over")),
    }


def _opposed(request: HttpRequest, part: Part) -> Opposed | None:
    """Where a wording was not put into the draft: both, beside each other."""
    wanted = sent_text(request, "take_over")
    text = CoText.objects.filter(pk=part.pk).first() if wanted else None
    edition = current_edition(text) if text else None
    said = desk_rows(part).filter(ref=wanted).exclude(wording="").first() if edition else None
    return opposed_to(said, text, edition) if said and text and edition else None
