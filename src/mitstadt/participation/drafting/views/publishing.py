"""Check the next edition once more with the answers that come with it; then everyone reads both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.ground.languages import own_name
from mitstadt.participation.drafting.actions.editions import publish_edition
from mitstadt.participation.drafting.editing_forms import PublishForm, WordingAnswerForm
from mitstadt.participation.drafting.models import CoText, Edition, Shape, WorkingPassage
from mitstadt.participation.drafting.presenting import difference, how_much_stands
from mitstadt.participation.drafting.queries.takings import Taken, draft_mark, takings_of
from mitstadt.participation.drafting.queries.working import (
    all_working,
    draft_summary,
    passages_left_out,
    rewritten,
    words_missing,
)
from mitstadt.participation.drafting.views.next_edition import editable
from mitstadt.spine.authorship import fetch_further_authors
from mitstadt.spine.errors import Refused
from mitstadt.ui.comments import shown_author
from mitstadt.ui.parts import Words
from mitstadt.ui.records import decision_of
from mitstadt.ui.requests import actor_of, sent_text


def publish(request: HttpRequest, ref: str) -> HttpResponse:
    """What changes, once more in one view; then everyone reads it, and those concerned are told."""
    text, edition = editable(request, ref)
    draft = _Draft.of(text, edition)
    if not draft.working and request.method != "POST":
        return redirect("next_edition", ref=ref)
    form = PublishForm(request.POST or None)
    wordings = [_Wording(one, request.POST or None) for one in draft.taken]
    if request.method == "POST" and _is_complete(form, wordings):
        try:
            made = publish_edition(
                text,
                actor=actor_of(request),
                now=clock.now(),
                note=form.cleaned_data["note"],
                replies={one.taken.contribution.ref: one.form.reply for one in wordings if one.form},
                seen=sent_text(request, "seen"),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
            # Somebody may have changed it meanwhile: shown is what stands there now, with what was typed.
            draft = _Draft.of(text, edition)
            wordings = [_Wording(one, request.POST) for one in draft.taken]
        else:
            messages.success(request, _("Fassung %(number)s ist veröffentlicht.") % {"number": made.number})
            return redirect(f"{reverse('editions_compared', args=[ref])}?von={edition.number}&bis={made.number}")
    return _page(request, text, edition, draft, form, wordings)


@dataclass(frozen=True)
class _Draft:
    """The draft as it stands now, with what was taken into it."""

    working: list[WorkingPassage]
    taken: list[Taken]

    @classmethod
    def of(cls, text: CoText, edition: Edition) -> _Draft:
        working = all_working(text)
        taken = takings_of(text, working, edition)
        fetch_further_authors([one.contribution for one in taken])
        return cls(working, taken)

    @property
    def mark(self) -> str:
        return draft_mark([row for row in self.working if row.shape != Shape.FURNITURE], self.taken)


class _Wording:
    """A wording on the page: what it changes, how much of that the draft has, and the form of its answer."""

    def __init__(self, taken: Taken, sent: Any) -> None:
        self.taken = taken
        self.form = WordingAnswerForm(taken, sent) if taken.is_answered_here else None

    @property
    def author(self) -> str:
        return shown_author(self.taken.contribution)

    @cached_property
    def words(self) -> list[Words]:
        said = self.taken.contribution
        return difference(said.passage.body, said.wording)

    @property
    def stands(self) -> str:
        return how_much_stands(self.taken)

    @property
    def answered(self) -> str:
        """What the answer says until now."""
        return decision_of(self.taken.contribution)


def _is_complete(form: PublishForm, wordings: Sequence[_Wording]) -> bool:
    """Whether everything that was asked is there; every form is looked at, so that nothing is told piece by piece."""
    return all([form.is_valid(), *(one.form.is_valid() for one in wordings if one.form)])


def _page(
    request: HttpRequest,
    text: CoText,
    edition: Edition,
    draft: _Draft,
    form: PublishForm,
    wordings: Sequence[_Wording],
) -> HttpResponse:
    left_out = passages_left_out(text, edition) if draft.working else []
    failed = bool(form.errors) or any(one.form.errors for one in wordings if one.form)
    context = {
        "process": text.home,
        "text": text,
        "form": form,
        "wordings": wordings,
        # What is sent next is what is shown now.
        "seen": draft.mark,
        "number": edition.number + 1,
        "missing": [(own_name(code), count) for code, count in words_missing(draft.working).items()],
        "summary": draft_summary(draft.working, len(left_out)),
        "changes": [
            (row, difference(" ".join(old.body for old in row.predecessors.all()), row.words))
            for row in rewritten(draft.working)
        ],
        "left_out": left_out,
        "back_href": reverse("next_edition", args=[text.ref]),
    }
    return render(request, "drafting/publish_edition.html", context, status=422 if failed else 200)
