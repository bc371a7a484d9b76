"""The page on which contributions of a part are answered, one by one or many at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitstadt.ground import clock
from mitstadt.spine.actions.answers import answer, correct_answer
from mitstadt.spine.actions.sorting import set_theme
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import AnswerDecision, Commitment, Part, Record
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.answering import Answered, Narrowed, answer_counts, themes_of, with_answers
from mitstadt.spine.queries.promises import promise_of
from mitstadt.spine.queries.waiting import recent_reasons
from mitstadt.ui.answering.forms import AnswerForm, narrowed_by
from mitstadt.ui.parts import Link
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, number_in, page_number, sent_text, sent_texts

PER_PAGE = 40
_FILTERS = ("thema", "wort")


@dataclass(frozen=True)
class Answering:
    """What a format says of this page: which template, and how its contributions are found and shown.

    ``rows`` are the public contributions of a part that the address asks for, in order; ``shown`` gives them the shape
    of the template; ``listed`` are the same rows for a paginator, where the format finds a page more quickly.
    ``own_filters`` are parameters of the address that only the format knows. ``own_deed`` does what a
    button of the format asks, and gives the sentence for it; an empty one where none was pressed; where it refuses, the
    template shows why (``refused``). ``more`` is what the template needs besides.
    """

    template: str
    rows: Callable[[Part, Narrowed, QueryDict], QuerySet[Any]]
    listed: Callable[[Part, Narrowed, QueryDict], Sequence[Any]] | None = None
    shown: Callable[[Sequence[Answered[Any]]], Sequence[object]] = list
    own_filters: tuple[str, ...] = ()
    own_deed: Callable[[HttpRequest, Part], str] | None = None
    more: Callable[[HttpRequest, Part], Mapping[str, object]] = field(default=lambda _request, _part: {})


def answering_page(request: HttpRequest, part: Part, how: Answering) -> HttpResponse:
    """All contributions, narrowed as asked; what is done here is done to the ticked ones."""
    require_page(permit(actor_of(request), Deed.ANSWER, part, now=clock.now()))
    form = AnswerForm(request.POST or None)
    if request.method != "POST":
        return _page(request, part, how, form)
    if request.POST.get("do") == "tick":
        return _page(request, part, how, _kept(request), all_ticked=True)
    if (reused := number_in(request.POST.get("reuse", ""))) is not None:
        return _page(request, part, how, _with_reason(request, part, reused))
    try:
        said = how.own_deed(request, part) if how.own_deed else ""
    except Refused as refusal:
        return _page(request, part, how, _kept(request), refused=str(refusal.sentence), status=422)
    try:
        said = said or _carry_out(request, part, how, form)
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
    else:
        if said:
            messages.success(request, said, extra_tags="received")
            return redirect(request.get_full_path())
    return _page(request, part, how, form, status=422)


def _carry_out(request: HttpRequest, part: Part, how: Answering, form: AnswerForm) -> str:
    """Do what the pressed button says; an empty sentence when the form has errors."""
    now, actor = clock.now(), actor_of(request)
    chosen = _chosen(request, part, how)
    if request.POST.get("do") == "theme":
        set_theme(part, chosen, actor=actor, theme=sent_text(request, "theme_to_set"), now=now)
        return _sorted(len(chosen))
    if not form.is_valid():
        return ""
    is_change = request.POST.get("do") == "correct"
    (correct_answer if is_change else answer)(
        chosen,
        room=part.home,
        actor=actor,
        decision=AnswerDecision(form.cleaned_data["decision"]),
        reason=form.cleaned_data["reason"],
        now=now,
    )
    return _corrected(len(chosen)) if is_change else _answered(len(chosen))


def _chosen(request: HttpRequest, part: Part, how: Answering) -> list[Record]:
    """The ticked ones; refs of other parts lead nowhere."""
    refs = sent_texts(request, "ref")[:PER_PAGE]
    return list(how.rows(part, Narrowed(), QueryDict()).filter(ref__in=refs).order_by("pk"))


def _answered(count: int) -> str:
    sentence = ngettext("%(n)s Beitrag ist beantwortet.", "%(n)s Beiträge sind beantwortet.", count)
    return sentence % {"n": count}


def _corrected(count: int) -> str:
    sentence = ngettext(
        "Die Antwort auf %(n)s Beitrag ist geändert. Die frühere bleibt lesbar.",
        "Die Antwort auf %(n)s Beiträge ist geändert. Die frühere bleibt lesbar.",
        count,
    )
    return sentence % {"n": count}


def _sorted(count: int) -> str:
    sentence = ngettext("%(n)s Beitrag hat jetzt dieses Thema.", "%(n)s Beiträge haben jetzt dieses Thema.", count)
    return sentence % {"n": count}


def _kept(request: HttpRequest, **changed: str) -> AnswerForm:
    """The form again with what was typed, and without a word about what is missing."""
    typed = {name: sent_text(request, name) for name in ("decision", "reason")}
    return AnswerForm(initial={**typed, **changed})


def _with_reason(request: HttpRequest, part: Part, place: int) -> AnswerForm:
    """The form again, with an earlier reason in it to be sent or changed."""
    reasons = recent_reasons(part.pk)
    return _kept(request, **({"reason": reasons[place]} if place < len(reasons) else {}))


def _page(
    request: HttpRequest,
    part: Part,
    how: Answering,
    form: forms.Form,
    *,
    all_ticked: bool = False,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    wanted = narrowed_by(request.GET)
    page = Paginator((how.listed or how.rows)(part, wanted, request.GET), PER_PAGE).get_page(page_number(request))
    records = list(page.object_list)
    may_correct = permit(actor_of(request), Deed.CORRECT_ANSWER, part, now=clock.now())
    counts = answer_counts(part)
    waiting = counts.get("", 0)
    commitment = Commitment.objects.select_related("process").filter(process=part.room_id).first()
    context = {
        "process": part.home,
        "part": part,
        "form": form,
        "refused": refused,
        "page": page,
        "rows": how.shown(with_answers(records)),
        "ticked": {record.ref for record in records} if all_ticked else set(sent_texts(request, "ref")),
        "wanted": wanted,
        "states": _states(request.GET, counts, (*how.own_filters, *_FILTERS)),
        "themes": themes_of(part),
        "reasons": recent_reasons(part.pk),
        "theme_typed": sent_text(request, "theme_to_set"),
        "unanswered": waiting,
        "offers_change": bool(may_correct) and any(record.is_answered for record in records),
        "promise": promise_of(commitment, now=clock.now(), unanswered_count=waiting) if commitment else None,
        "here": request.path,
        **how.more(request, part),
    }
    return render(request, how.template, context, status=status)


def _states(query: QueryDict, counts: Mapping[str, int], filters: Sequence[str]) -> list[Link]:
    """The states as views side by side; the other filters stay."""
    kept = {key: query[key] for key in filters if query.get(key)}
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
