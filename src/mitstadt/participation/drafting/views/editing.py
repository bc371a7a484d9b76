"""The editing desk: every contribution gets its answer, one by one or many at once; wordings go into the text."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitstadt.ground import clock
from mitstadt.participation.drafting.actions.sorting import set_theme
from mitstadt.participation.drafting.actions.working_copy import take_over
from mitstadt.participation.drafting.editing_forms import AnswerForm, filter_of
from mitstadt.participation.drafting.models import Contribution, ContributionForm, CoText
from mitstadt.participation.drafting.presenting import Talk
from mitstadt.participation.drafting.queries.contributions import (
    chosen_in,
    desk_counts,
    desk_rows,
    themes_of,
)
from mitstadt.participation.drafting.queries.reading import text_by_ref
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import AnswerDecision, Commitment
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.promises import promise_of
from mitstadt.spine.queries.waiting import recent_reasons
from mitstadt.ui.parts import Link
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, page_number, sent_text, sent_texts


def desk(request: HttpRequest, ref: str) -> HttpResponse:
    """All contributions, narrowed as asked; what is done here is done to the ticked ones."""
    actor = actor_of(request)
    text = text_by_ref(ref, actor=actor)
    require_page(permit(actor, Deed.ANSWER, text, now=clock.now()))
    form = AnswerForm(request.POST or None)
    if request.method != "POST":
        return _page(request, text, form)
    chosen = chosen_in(text, sent_texts(request, "ref"))
    if (reused := request.POST.get("reuse", "")).isdecimal():
        return _page(request, text, _with_reason(request, text, int(reused)))
    try:
        said = _carry_out(request, text, chosen, form)
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
    else:
        if said:
            messages.success(request, said, extra_tags="received")
            return redirect(request.get_full_path())
    return _page(request, text, form, status=422)


def _carry_out(request: HttpRequest, text: CoText, chosen: list[Contribution], form: AnswerForm) -> str:
    """Do what the pressed button says; an empty sentence when the form has errors."""
    now, actor = clock.now(), actor_of(request)
    if wanted := sent_text(request, "take_over"):
        [*found] = chosen_in(text, [wanted])
        if not found:
            raise Refused("nothing_to_answer")
        reason = sent_text(request, "reason").strip() or _("Wir haben Ihren Wortlaut übernommen.")
        take_over(found[0], actor=actor, reason=reason, now=now)
        return _("%(ref)s steht jetzt im Entwurf der nächsten Fassung und ist beantwortet.") % {"ref": wanted}
    if request.POST.get("do") == "theme":
        set_theme(text, chosen, actor=actor, theme=sent_text(request, "theme_to_set"), now=now)
        return _sorted(len(chosen))
    if not form.is_valid():
        return ""
    answer(
        chosen,
        room=text.home,
        actor=actor,
        decision=AnswerDecision(form.cleaned_data["decision"]),
        reason=form.cleaned_data["reason"],
        now=now,
    )
    return _answered(len(chosen))


def _answered(count: int) -> str:
    sentence = ngettext("%(n)s Beitrag ist beantwortet.", "%(n)s Beiträge sind beantwortet.", count)
    return sentence % {"n": count}


def _sorted(count: int) -> str:
    sentence = ngettext("%(n)s Beitrag hat jetzt dieses Thema.", "%(n)s Beiträge haben jetzt dieses Thema.", count)
    return sentence % {"n": count}


def _with_reason(request: HttpRequest, text: CoText, place: int) -> AnswerForm:
    """The form again, with an earlier reason in it to be sent or changed."""
    reasons = recent_reasons(text.pk)
    sent = request.POST.copy()
    if place < len(reasons):
        sent["reason"] = reasons[place]
    return AnswerForm(initial={"reason": sent.get("reason", ""), "decision": sent.get("decision", "")})


def _page(request: HttpRequest, text: CoText, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    wanted = filter_of(request.GET)
    page, rows = desk_rows(text, wanted, page=page_number(request))
    counts = desk_counts(text)
    commitment = Commitment.objects.select_related("process").filter(process=text.room_id).first()
    context = {
        "process": text.home,
        "text": text,
        "form": form,
        "page": page,
        "talks": [Talk(row) for row in rows],
        "ticked": set(sent_texts(request, "ref")),
        "wanted": wanted,
        "states": _states(request.GET, counts),
        "forms": ContributionForm.choices,
        "themes": themes_of(text),
        "reasons": recent_reasons(text.pk),
        "theme_typed": sent_text(request, "theme_to_set"),
        "unanswered": counts.get("", 0),
        "promise": promise_of(commitment, now=clock.now(), unanswered_count=counts.get("", 0)) if commitment else None,
        "may_edit": permit(actor_of(request), Deed.EDIT_PART, text, now=clock.now()),
    }
    return render(request, "drafting/desk.html", context, status=status)


def _states(query: QueryDict, counts: dict[str, int]) -> list[Link]:
    """The states as views side by side; the other filters stay."""
    kept = {key: query[key] for key in ("absatz", "thema", "art", "wort") if query.get(key)}
    current = query.get("stand", "")
    views = [("", _("Alle"), sum(counts.values())), ("offen", _("Ohne Antwort"), counts.get("", 0))]
    views += [(state.value, str(state.label), counts.get(state.value, 0)) for state in AnswerDecision]
    return [
        Link(
            label=label,
            href=f"?{urlencode({**kept, **({'stand': key} if key else {})})}",
            current=current == key,
            count=count,
        )
        for key, label, count in views
    ]
