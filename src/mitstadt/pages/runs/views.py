"""The page of a run, its input and its result as files."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from mitstadt.methods.shared.hashing import canonical_json
from mitstadt.spine.kinds import address_of
from mitstadt.spine.models import RunState
from mitstadt.spine.permits import room_of
from mitstadt.spine.queries.runs import run_by_ref
from mitstadt.spine.runs import name_of
from mitstadt.ui.deciding import who_decides
from mitstadt.ui.requests import actor_of

_SHOWN_CHARACTERS = 4_000


def run(request: HttpRequest, ref: str) -> HttpResponse:
    """State, input, settings, command and result."""
    found = run_by_ref(ref, actor=actor_of(request))
    told = json.dumps(json.loads(found.output), indent=1, ensure_ascii=False) if found.output else ""
    context = {
        "run": found,
        "name": name_of(found),
        "who_decides": who_decides(room) if (room := room_of(found.record)) else "",
        "record_href": address_of(found.record),
        "settings": canonical_json(found.settings).decode() if found.settings else "",
        "input_size": len(found.input.data),
        "shown": told[:_SHOWN_CHARACTERS],
        "is_cut": len(told) > _SHOWN_CHARACTERS,
        "is_done": found.state == RunState.DONE,
        "is_failed": found.state == RunState.FAILED,
    }
    return render(request, "pages/run.html", context)


def run_input(request: HttpRequest, ref: str) -> HttpResponse:
    """The input, to the byte, as it was computed from."""
    found = run_by_ref(ref, actor=actor_of(request))
    return _file(found.input.data, "application/octet-stream", found.input_name)


def run_output(request: HttpRequest, ref: str) -> HttpResponse:
    """The result as canonical JSON; not there before it is computed."""
    found = run_by_ref(ref, actor=actor_of(request))
    if found.state != RunState.DONE:
        raise Http404
    return _file(found.output.encode(), "application/json", f"ergebnis-{ref}.json")


def _file(data: bytes, content_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
