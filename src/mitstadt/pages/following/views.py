"""Follow a target or stop: a button for who has an account, and for everyone else the ways to hear of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.spine import following
from mitstadt.spine.actions import follows
from mitstadt.spine.errors import Refused
from mitstadt.spine.following import Target
from mitstadt.ui.following import follow_control_of
from mitstadt.ui.requests import actor_of, asks_for_a_part, form_stood_at, sent_text
from mitstadt.ui.sharing import sharing


def follow_target(request: HttpRequest, kind: str) -> HttpResponse:
    """What following means here, with the button; or the button itself, when it was pressed."""
    if request.method == "POST":
        return _pressed(request, kind)
    target = _found(request, kind, request.GET.get("was", ""))
    actor, now = actor_of(request), clock.now()
    control = follow_control_of(target, actor=actor, now=now)
    if control is None:
        raise Http404
    return render(request, "pages/follow.html", {"target": target, "control": control, "share": sharing(target)})


def _pressed(request: HttpRequest, kind: str) -> HttpResponse:
    words = sent_text(request, "was")
    actor = actor_of(request)
    if request.POST.get("ende"):
        # Also of what they may no longer see: nobody is told more than they want.
        ended = follows.unfollow_target(kind, words, actor=actor)
        target = following.find(kind, words, actor=actor)
        if target is None:
            if not ended:
                raise Http404
            messages.success(request, _ended())
            return redirect("my_follows")
        return _answered(request, target, said=_ended())
    target = _found(request, kind, words)
    try:
        follows.follow_target(target, actor=actor, now=clock.now())
    except Refused as refusal:
        if refusal.reason == "needs_account" and not asks_for_a_part(request):
            return redirect(target.address)
        return _answered(request, target, refusal=str(refusal.sentence))
    return _answered(request, target, said=_("Sie bekommen Bescheid, wenn sich etwas tut."))


def _ended() -> str:
    return _("Sie bekommen dazu keine Nachrichten mehr.")


def _answered(request: HttpRequest, target: Target, *, said: str = "", refusal: str = "") -> HttpResponse:
    """In place where a script asks; otherwise on the page where the button stood."""
    if asks_for_a_part(request):
        control = follow_control_of(target, actor=actor_of(request), now=clock.now(), refusal=refusal)
        context = {"control": control, "said": said}
        return render(request, "pages/parts/follow_answer.html", context, status=422 if refusal else 200)
    if refusal:
        messages.warning(request, refusal)
    else:
        messages.success(request, said)
    return redirect(form_stood_at(request) or target.href)


def _found(request: HttpRequest, kind: str, words: str) -> Target:
    target = following.find(kind, words, actor=actor_of(request))
    if target is None:
        raise Http404
    return target
