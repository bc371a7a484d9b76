"""The page of answering as it is shown: the list or one contribution, the form, and what colleagues keep beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import AnswerDecision, AnswerDraft, Commitment, Part
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.answering import answer_counts, themes_of, with_answers
from mitstadt.spine.queries.promises import promise_of
from mitstadt.spine.queries.sharing import NO_WORK, blocks_of, colleagues_in, drafts_waiting, work_beside
from mitstadt.spine.queries.waiting import recent_reasons
from mitstadt.ui.answering.choosing import ONE, PER_PAGE, Choice, asked_for, choice_in, next_waiting, one_in
from mitstadt.ui.answering.declared import Answering
from mitstadt.ui.answering.forms import AnswerForm
from mitstadt.ui.parts import Link
from mitstadt.ui.requests import actor_of, number_in, page_number, sent_text, sent_texts

_FILTERS = ("thema", "wort", "wer", "seit")


def kept_form(request: HttpRequest, *, reason: str | None = None, complaint: str = "") -> AnswerForm:
    """The form again with what was typed, unchecked; with a `complaint` about another deed."""
    typed = {name: sent_text(request, name) for name in ("decision", "reason")}
    form = AnswerForm(initial=typed if reason is None else {**typed, "reason": reason})
    if complaint:
        # Django adds errors to forms that were cleaned; this one is only shown.
        form.cleaned_data = {}
        form.add_error(None, complaint)
    return form


def reused_words(request: HttpRequest, part: Part) -> str | None:
    """The reason with words that were used before: an earlier reason in its place, a text block behind it."""
    if (place := number_in(sent_text(request, "reuse"))) is not None:
        reasons = recent_reasons(part.pk)
        return reasons[place] if place < len(reasons) else sent_text(request, "reason")
    if (key := number_in(sent_text(request, "block"))) is not None:
        words = [one.text for one in blocks_of(part.home.host_id) if one.pk == key]
        return "\n\n".join(filter(None, (sent_text(request, "reason").strip(), *words)))
    return None


def page_of(
    request: HttpRequest,
    part: Part,
    how: Answering,
    form: forms.Form,
    *,
    all_ticked: bool = False,
    everything: Choice | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    """The list as the address narrows it, or the one contribution that it names."""
    wanted, now, actor = asked_for(request), clock.now(), actor_of(request)
    one = one_in(request, part, how.rows)
    found = [one] if one else (how.listed or how.rows)(part, wanted, request.GET)
    page = Paginator(found, PER_PAGE).get_page(page_number(request))
    records = list(page.object_list)
    beside = work_beside(records, part.home, actor=actor, now=now)
    rows = [replace(row, work=beside.get(row.record.pk, NO_WORK)) for row in with_answers(records)]
    counts = answer_counts(part)
    waiting = counts.get("", 0)
    commitment = Commitment.objects.select_related("process").filter(process=part.room_id).first()
    choice = everything or (choice_in(request) if status != 200 else None)
    ticked = {record.ref for record in records} if all_ticked or choice or one else set(sent_texts(request, "ref"))
    context = {
        "process": part.home,
        "part": part,
        "form": form,
        "refused": refused,
        "page": page,
        "rows": how.shown(rows),
        "ticked": ticked,
        "everything": choice,
        "wanted": wanted,
        "is_narrowed": any(request.GET.get(name) for name in (*how.own_filters, *_FILTERS)),
        "states": _states(request.GET, counts, drafts=_drafts_in(part), filters=(*how.own_filters, *_FILTERS)),
        "themes": themes_of(part),
        "reasons": recent_reasons(part.pk),
        "blocks": blocks_of(part.home.host_id),
        "theme_typed": sent_text(request, "theme_to_set"),
        "note_typed": sent_text(request, "work_note") if status != 200 else "",
        "unanswered": waiting,
        "offers_change": bool(permit(actor, Deed.CORRECT_ANSWER, part, now=now))
        and any(record.is_answered for record in records),
        "takes_two": part.home.host.answers_take_two,
        "colleagues": colleagues_in(part.home),
        "drafts": [] if one else drafts_waiting(part.home, actor=actor, now=now),
        "me": actor.person,
        "promise": promise_of(commitment, now=now, unanswered_count=waiting) if commitment else None,
        "here": request.path,
        **_one_by_one(request, part, how, one.ref if one else ""),
        **how.more(request, part),
    }
    return render(request, how.template, context, status=status)


def _one_by_one(request: HttpRequest, part: Part, how: Answering, ref: str) -> Mapping[str, object]:
    """The ways between the list and single contributions; the filters stay."""
    query = request.GET.copy()
    query.pop(ONE, None)
    list_query = query.urlencode()
    lead = f"{list_query}&" if list_query else ""
    onward = next_waiting(request, part, how.rows, after=ref) if ref else ""
    return {
        "one": ref,
        "list_href": f"{request.path}?{list_query}" if list_query else request.path,
        "one_href": f"?{lead}{ONE}=",
        "next_href": f"?{lead}{ONE}={onward}" if onward and onward != ref else "",
    }


def _drafts_in(part: Part) -> int:
    return AnswerDraft.objects.filter(drafted_for__record__part=part.pk).values("drafted_for").count()


def _states(query: QueryDict, counts: Mapping[str, int], *, drafts: int, filters: Sequence[str]) -> list[Link]:
    """The states as views side by side; the other filters stay."""
    kept = {key: query[key] for key in filters if query.get(key)}
    current = query.get("stand", "")
    views = [("", _("Alle"), sum(counts.values())), ("offen", _("Ohne Antwort"), counts.get("", 0))]
    views += [("entwurf", _("Entwurf wartet"), drafts)] if drafts else []
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
