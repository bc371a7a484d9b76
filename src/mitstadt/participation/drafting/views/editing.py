"""The editing desk: every contribution gets its answer, one by one or many at once; wordings go into the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.participation.drafting.actions.working_copy import take_over
from mitstadt.participation.drafting.models import Contribution, ContributionForm
from mitstadt.participation.drafting.presenting import Talk
from mitstadt.participation.drafting.queries.contributions import desk_list, desk_rows
from mitstadt.participation.drafting.queries.reading import text_by_ref
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Part
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.answering import Answered
from mitstadt.ui.answering import Answering, answering_page
from mitstadt.ui.requests import actor_of, sent_text


def desk(request: HttpRequest, ref: str) -> HttpResponse:
    """All contributions, narrowed as asked; what is done here is done to the ticked ones."""
    return answering_page(request, text_by_ref(ref, actor=actor_of(request)), _HOW)


def _talks(rows: Sequence[Answered[Contribution]]) -> list[Talk]:
    return [Talk(row) for row in rows]


def _take_over(request: HttpRequest, part: Part) -> str:
    """Put a proposed wording into the next edition, where the button at it was pressed."""
    wanted = sent_text(request, "take_over")
    if not wanted:
        return ""
    found = desk_rows(part).filter(ref=wanted).first()
    if found is None:
        raise Refused("nothing_to_answer")
    reason = sent_text(request, "reason").strip() or _("Wir haben Ihren Wortlaut übernommen.")
    take_over(found, actor=actor_of(request), reason=reason, now=clock.now())
    return _("%(ref)s steht jetzt im Entwurf der nächsten Fassung und ist beantwortet.") % {"ref": wanted}


def _more(request: HttpRequest, part: Part) -> Mapping[str, object]:
    return {
        "text": part,
        "forms": ContributionForm.choices,
        "passage_number": request.GET.get("absatz", "").strip(),
        "form_wanted": request.GET.get("art", ""),
        "may_edit": permit(actor_of(request), Deed.EDIT_PART, part, now=clock.now()),
    }


_HOW = Answering(
    template="drafting/desk.html",
    rows=desk_rows,
    listed=desk_list,
    shown=_talks,
    own_filters=("absatz", "art"),
    own_deed=_take_over,
    more=_more,
)
