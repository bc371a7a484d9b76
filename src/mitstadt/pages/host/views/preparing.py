"""The guided way from a question to an open process: one question a page, saved at every step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.ground.areas.queries.names import find_areas
from mitstadt.ground.areas.queries.tree import area_by_slug
from mitstadt.ground.organisations.models import Organisation
from mitstadt.pages.host.forms import (
    AccessForm,
    CareForm,
    HostForm,
    PartForm,
    QuestionForm,
    VisibilityForm,
    days_of,
    end_of,
    moment_of,
    said_in,
    value_form_for,
)
from mitstadt.pages.host.queries import organisations_to_prepare_for
from mitstadt.pages.host.steps import (
    BY_KEY,
    STEPS,
    Step,
    address_after,
    all_clashes,
    clashes,
    missing_steps,
    preparations,
    step_address,
)
from mitstadt.pages.host.summary import answers_of
from mitstadt.pages.host.views.access import process_for
from mitstadt.spine.actions.parts import describe_part, move_phase, plan_part
from mitstadt.spine.actions.preparation import describe_process
from mitstadt.spine.actions.processes import open_process, prepare_process, write_commitment
from mitstadt.spine.actions.rooms import show_to
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Process, RoomStage, Visibility
from mitstadt.spine.permits import Permit, permit
from mitstadt.spine.queries.parts import parts_of
from mitstadt.spine.queries.processes import readers_of
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, sent_text


def begin(request: HttpRequest) -> HttpResponse:
    """For whom, then which question; with the question the process is saved."""
    organisations = organisations_to_prepare_for(actor_of(request))
    require_page(Permit(bool(organisations), "" if organisations else "needs_role"))
    chosen = _chosen(organisations, request.GET.get("fuer", ""))
    if chosen is None:
        return _ask_for_whom(request, organisations)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            process = prepare_process(
                host=chosen,
                actor=actor_of(request),
                title=form.cleaned_data["title"],
                body=form.cleaned_data["body"],
                now=clock.now(),
                submission_key=form.cleaned_data["submission_key"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            return redirect(address_after(process, STEPS[0]))
    back = reverse("process_new") if len(organisations) > 1 else reverse("workplace")
    return _step_page(request, STEPS[0], form, back=back, extra={"organisation": chosen})


def _chosen(organisations: list[Organisation], slug: str) -> Organisation | None:
    if len(organisations) == 1:
        return organisations[0]
    return next((one for one in organisations if one.slug == slug), None)


def _ask_for_whom(request: HttpRequest, organisations: list[Organisation]) -> HttpResponse:
    form = HostForm(organisations, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(f"{reverse('process_new')}?fuer={form.cleaned_data['organisation']}")
    context = {"form": form, "back_href": reverse("workplace")}
    return render(request, "pages/host/for_whom.html", context, status=422 if form.errors else 200)


def step(request: HttpRequest, ref: str, step: str) -> HttpResponse:
    """One question; what was answered before stands in it."""
    process = process_for(request, ref, Deed.PREPARE)
    asked = BY_KEY.get(step)
    if asked is None:
        raise Http404
    if process.stage != RoomStage.PREPARED:
        return redirect("host", ref=ref)
    if asked.key == "inhalt":
        return _ready_step(request, process, asked)
    if asked.key == "gebiet":
        return _area_step(request, process, asked)
    asking = _asking(asked)
    form = asking.form(process, request.POST if request.method == "POST" else None, asking.known(process))
    if request.method == "POST" and form.is_valid():
        try:
            asking.save(request, process, form)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            return redirect(_onwards(request, process, asked))
    return _step_page(request, asked, form, process=process, back=_back(process, asked))


@dataclass(frozen=True)
class _Asking:
    """How one question is asked, filled with what is known, and saved."""

    form: Callable[[Process, QueryDict | None, dict[str, Any]], forms.Form]
    known: Callable[[Process], dict[str, Any]]
    save: Callable[[HttpRequest, Process, forms.Form], None]


def _asking(asked: Step) -> _Asking:
    if asked.field:
        return _commitment_asking(asked.field)
    return {
        "frage": _Asking(_form(QuestionForm), lambda p: {"title": p.title, "body": p.body}, _save_fields),
        "zugang": _Asking(_form(AccessForm), lambda p: _of_first_part(p, "access"), _save_parts),
        "umgang": _Asking(
            _form(CareForm), lambda p: {"four_eyes": p.four_eyes, **_of_first_part(p, "checks_first")}, _save_care
        ),
        "phase": _Asking(_form(PartForm), _known_phase, _save_phase),
        "sichtbarkeit": _Asking(_form(VisibilityForm), _known_readers, _save_readers),
    }[asked.key]


def _form(kind: type[forms.Form]) -> Callable[[Process, QueryDict | None, dict[str, Any]], forms.Form]:
    def make(_process: Process, data: QueryDict | None, initial: dict[str, Any]) -> forms.Form:
        return kind(data=data, initial=initial)

    return make


def _commitment_asking(field: str) -> _Asking:
    def form(process: Process, data: QueryDict | None, initial: dict[str, Any]) -> forms.Form:
        return value_form_for(process, field, data=data, initial=initial)

    def save(request: HttpRequest, process: Process, form: forms.Form) -> None:
        write_commitment(process, actor=actor_of(request), fields={field: said_in(form)}, now=clock.now())

    return _Asking(form, lambda p: {"value": getattr(p.commitment, field)}, save)


def _save_fields(request: HttpRequest, process: Process, form: forms.Form) -> None:
    describe_process(process, actor=actor_of(request), fields=form.cleaned_data, now=clock.now())


def _save_parts(request: HttpRequest, process: Process, form: forms.Form) -> None:
    _describe_parts(request, process, form.cleaned_data)


def _describe_parts(request: HttpRequest, process: Process, data: dict[str, Any]) -> None:
    """The same for every part that is planned; each can be told apart on its own page later."""
    parts = parts_of(process)
    if not parts:
        raise Refused("no_phase_planned")
    for part in parts:
        describe_part(part, actor=actor_of(request), fields=data, now=clock.now())


def _save_care(request: HttpRequest, process: Process, form: forms.Form) -> None:
    data = form.cleaned_data
    _describe_parts(request, process, {"checks_first": data["checks_first"]})
    fields = {"four_eyes": data["four_eyes"]}
    describe_process(process, actor=actor_of(request), fields=fields, now=clock.now())


def _of_first_part(process: Process, field: str) -> dict[str, Any]:
    first = next(iter(parts_of(process)), None)
    return {field: getattr(first, field)} if first else {}


def _known_phase(process: Process) -> dict[str, Any]:
    first = process.phases.select_related("part").order_by("opens_at", "pk").first()
    if first is None:
        return {}
    return {"format": first.part.format, "title": first.title, **days_of(first)}


def _save_phase(request: HttpRequest, process: Process, form: forms.Form) -> None:
    """The first phase; more are added on the dashboard."""
    data = form.cleaned_data
    now, actor = clock.now(), actor_of(request)
    opens_at, closes_at = moment_of(data["first_day"]), end_of(data["last_day"])
    first = process.phases.select_related("part__room").order_by("opens_at", "pk").first()
    if first is None:
        plan_part(
            process,
            actor=actor,
            format_key=data["format"],
            title=data["title"],
            opens_at=opens_at,
            closes_at=closes_at,
            now=now,
        )
        return
    move_phase(first, actor=actor, opens_at=opens_at, closes_at=closes_at, title=data["title"], now=now)


def _known_readers(process: Process) -> dict[str, Any]:
    return {"visibility": process.visibility, "readers": readers_of(process)}


def _save_readers(request: HttpRequest, process: Process, form: forms.Form) -> None:
    data = form.cleaned_data
    show_to(process, Visibility(data["visibility"]), data["readers"], actor=actor_of(request), now=clock.now())


def _area_step(request: HttpRequest, process: Process, asked: Step) -> HttpResponse:
    """Areas by what people type; the whole city is an answer too."""
    sought = request.GET.get("q", "").strip()[:80]
    if request.method == "POST":
        slug = sent_text(request, "gebiet")
        area = area_by_slug(slug) if slug else None
        if not slug or area:
            describe_process(
                process, actor=actor_of(request), fields={"area_id": area.pk if area else None}, now=clock.now()
            )
            return redirect(_onwards(request, process, asked))
    found = find_areas(sought, on=timezone.localdate(clock.now())) if sought else []
    language = get_language() or "de"
    extra = {
        "sought": sought,
        "found": [(one.area.slug, one.label(language)) for one in found],
        "current": (process.area.slug, process.area.name(language)) if process.area else None,
    }
    form = forms.Form(data=request.POST or None)
    back = _back(process, asked)
    return _step_page(request, asked, form, process=process, back=back, extra=extra, template="pages/host/area.html")


def _ready_step(request: HttpRequest, process: Process, asked: Step) -> HttpResponse:
    extra = {"prepared": preparations(process), "planned": bool(parts_of(process))}
    back = _back(process, asked)
    return _step_page(
        request, asked, forms.Form(), process=process, back=back, extra=extra, template="pages/host/ready_step.html"
    )


def _step_page(
    request: HttpRequest,
    asked: Step,
    form: forms.Form,
    *,
    process: Process | None = None,
    back: str,
    extra: dict[str, Any] | None = None,
    template: str = "pages/host/step.html",
) -> HttpResponse:
    context = {
        "form": form,
        "asked": asked,
        "process": process,
        "steps": [str(one.title) for one in STEPS],
        "step": STEPS.index(asked) + 1,
        "back_href": back,
        "clashes": clashes(process, asked, now=clock.now()) if process else [],
        "submit_label": _("Speichern und weiter"),
        **(extra or {}),
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _onwards(request: HttpRequest, process: Process, asked: Step) -> str:
    if request.GET.get("dann") == "pruefen":
        return reverse("host_check", args=[process.ref])
    return address_after(process, asked)


def _back(process: Process, asked: Step) -> str:
    place = STEPS.index(asked)
    return step_address(process, STEPS[place - 1]) if place else reverse("host", args=[process.ref])


def check(request: HttpRequest, ref: str) -> HttpResponse:
    """Every answer once more, what is missing, and the deed: open."""
    process = process_for(request, ref, Deed.PREPARE)
    if process.stage != RoomStage.PREPARED:
        return redirect("host", ref=ref)
    refused = ""
    if request.method == "POST":
        try:
            open_process(process, actor=actor_of(request), now=clock.now())
        except Refused as refusal:
            refused = str(refusal.sentence)
        else:
            messages.success(request, _("Die Beteiligung ist offen. Die Zusage gilt ab jetzt."))
            return redirect("host", ref=ref)
    context = {
        "process": process,
        "rows": answers_of(process),
        "missing": [(one, f"{step_address(process, one)}?dann=pruefen") for one in missing_steps(process)],
        "clashes": all_clashes(process, now=clock.now()),
        "may_open": permit(actor_of(request), Deed.OPEN, process, now=clock.now()),
        "refused": refused,
        "starts_later": all(phase.opens_at > clock.now() for phase in process.phases.all()),
    }
    return render(request, "pages/host/check.html", context, status=422 if refused else 200)
