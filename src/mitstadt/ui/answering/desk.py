"""What is done on the page on which contributions of a part are answered, one by one or many at once."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from mitstadt.ground import clock
from mitstadt.spine.actions.answers import answer, correct_answer
from mitstadt.spine.actions.sorting import set_theme
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import AnswerDecision, Part
from mitstadt.spine.permits import permit
from mitstadt.ui.answering.choosing import MOST_AT_ONCE, ONE, Choice, all_that_wait, chosen, next_waiting
from mitstadt.ui.answering.declared import Answering
from mitstadt.ui.answering.forms import AnswerForm
from mitstadt.ui.answering.page import kept_form, page_of, reused_words
from mitstadt.ui.answering.sharing import drafted, shared
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, sent_text


def answering_page(request: HttpRequest, part: Part, how: Answering) -> HttpResponse:
    """All contributions, narrowed as asked; what is done here is done to the ticked ones."""
    require_page(permit(actor_of(request), Deed.ANSWER, part, now=clock.now()))
    form = AnswerForm(request.POST or None)
    if request.method != "POST":
        return page_of(request, part, how, form)
    if (only_shown := _only_shown(request, part, how)) is not None:
        return only_shown
    try:
        said = how.own_deed(request, part) if how.own_deed else ""
    except Refused as refusal:
        return page_of(request, part, how, kept_form(request), refused=str(refusal.sentence), status=422)
    onward = next_waiting(request, part, how.rows, after=request.GET[ONE]) if request.GET.get(ONE) else ""
    try:
        beside = said or shared(request, part, partial(chosen, request, part, how.rows))
        said = beside or _carry_out(request, part, how, form)
    except Refused as refusal:
        if _is_answer(request):
            form.add_error(None, str(refusal.sentence))
        else:
            form = kept_form(request, complaint=str(refusal.sentence))
        return page_of(request, part, how, form, status=422)
    if not said:
        return page_of(request, part, how, form, status=422)
    messages.success(request, said, extra_tags="received")
    if beside and sent_text(request, "reason").strip():
        # An answer is being written: it stays in the form.
        return page_of(request, part, how, kept_form(request))
    return redirect(_way_on(request, onward, answered=_is_answer(request) and not beside))


def _only_shown(request: HttpRequest, part: Part, how: Answering) -> HttpResponse | None:
    """The page again where a button only changes what the form shows: ticks, or words that were used before."""
    if request.POST.get("do") == "tick":
        return page_of(request, part, how, kept_form(request), all_ticked=True)
    if request.POST.get("do") == "everything":
        count = all_that_wait(request, part, how.rows)[: MOST_AT_ONCE + 1].count()
        return page_of(request, part, how, kept_form(request), everything=Choice(count, is_sure=False))
    if (words := reused_words(request, part)) is not None:
        return page_of(request, part, how, kept_form(request, reason=words))
    return None


def _is_answer(request: HttpRequest) -> bool:
    return request.POST.get("do") in _ANSWERS


_ANSWERS = ("answer", "correct", "draft")


def _way_on(request: HttpRequest, onward: str, *, answered: bool) -> str:
    """The list, or the next that waits where they are answered one by one."""
    if not (answered and request.GET.get(ONE)):
        return request.get_full_path()
    query = request.GET.copy()
    query.pop(ONE)
    if onward:
        query[ONE] = onward
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _carry_out(request: HttpRequest, part: Part, how: Answering, form: AnswerForm) -> str:
    """Do what the pressed button says; an empty sentence when the form has errors."""
    now, actor, do = clock.now(), actor_of(request), request.POST.get("do")
    if do == "theme":
        records = chosen(request, part, how.rows)
        set_theme(part, records, actor=actor, theme=sent_text(request, "theme_to_set"), now=now)
        return _sorted(len(records))
    if not form.is_valid():
        return ""
    records = chosen(request, part, how.rows)
    if do == "draft":
        return drafted(form, part.home, records, actor=actor, now=now)
    (correct_answer if do == "correct" else answer)(
        records,
        room=part.home,
        actor=actor,
        decision=AnswerDecision(form.cleaned_data["decision"]),
        reason=form.cleaned_data["reason"],
        now=now,
    )
    return _corrected(len(records)) if do == "correct" else _answered(len(records))


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
