"""A sheet on the web: section by section with its answers to check at the end, or all on one page.

One address a sheet; `schritt` says where one is. What was typed is kept with every step, right or not, and found again
by a code, also in another browser. It works without a script.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mitstadt.ground.sheets import begun
from mitstadt.ground.sheets.checking import is_asked
from mitstadt.ground.sheets.questions import Question, Section, Sheet
from mitstadt.ground.sheets.telling import told
from mitstadt.spine.actions.limits import CODES_PER_HOUR, count_one
from mitstadt.spine.errors import Refused
from mitstadt.ui.participants import connection_address
from mitstadt.ui.parts import Row
from mitstadt.ui.requests import number_in, sent_text, show_a_secret
from mitstadt.ui.sheets.forms import PREFIX, SheetForm
from mitstadt.ui.sheets.walk import Walk

CHECK = "pruefen"


@dataclass(frozen=True)
class Filled:
    """A sheet that is sent: its sound answers, and the key that is the same however often it is sent."""

    key: UUID
    answers: dict[str, Any]


@dataclass(frozen=True)
class Filling:
    """A sheet asked at one place: `about` names that place, `send` does with the answers what its Format wants.

    `send` may refuse with a sentence; then nothing is lost.
    """

    sheet: Sheet
    about: str
    send: Callable[[HttpRequest, Filled], HttpResponse]


def filling_page(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Whatever is asked of this sheet. The view is marked with `takes_files` where the sheet asks for files."""
    pages = _Pages(request, filling)
    return pages.posted() if request.method == "POST" else pages.shown()


class _Pages:
    """One request for a page of a sheet."""

    def __init__(self, request: HttpRequest, filling: Filling) -> None:
        self.request, self.filling, self.sheet = request, filling, filling.sheet
        self.walk = Walk(request, filling.sheet, filling.about)

    # Reading ------------------------------------------------------------------------------------------------------

    def shown(self) -> HttpResponse:
        """The page that the address asks for: a section, the check of all answers, or the code to come back with."""
        wanted = self.request.GET.get("schritt", "")
        if wanted == CHECK and self.walk.kept:
            return self._check()
        return self._page(min(max(number_in(wanted) or 1, 1), len(self.walk.pages)))

    def _page(self, step: int, form: SheetForm | None = None, *, refused: str = "") -> HttpResponse:
        form = form or self.walk.form(step, judged=False)
        if refused:
            form.add_error(None, refused)
        last = step == len(self.walk.pages)
        context = {
            "sheet": self._words(),
            "sections": self._sections(step),
            "form": form,
            "step": step,
            "steps": self._steps(),
            "one_page": self.sheet.one_page,
            "submit_label": _("Absenden") if self.sheet.one_page else _("Antworten prüfen") if last else _("Weiter"),
            "has_kept": bool(self.walk.kept and self.walk.kept.typed),
        }
        return render(self.request, "ui/sheets/fill.html", context, status=422 if form.errors else 200)

    def _check(self, *, refused: str = "") -> HttpResponse:
        answers, faulty = self.walk.judged()
        if faulty:
            step, form = faulty
            return self._page(step, form)
        context = {
            "sheet": self._words(),
            "summaries": self._summaries(answers),
            "refused": refused,
            "step": len(self.walk.pages) + 1,
            "steps": self._steps(),
            "back_href": f"?schritt={len(self.walk.pages)}",
        }
        return render(self.request, "ui/sheets/check.html", context, status=422 if refused else 200)

    # Sending ------------------------------------------------------------------------------------------------------

    def posted(self) -> HttpResponse:
        """Keep what was typed, then do what the button says."""
        if "wiederkommen" in self.request.POST:
            return self._come_back()
        step = number_in(sent_text(self.request, "schritt"))
        if step is None or not 1 <= step <= len(self.walk.pages):
            return self._send() if self.walk.kept else redirect(self.request.path)
        form = self.walk.bound(step, self.request.POST)
        sound = form.is_valid()
        if refusal := self.walk.keep(step, form.data):
            return self._page(step, form, refused=refusal)
        if "zurueck" in self.request.POST:
            return HttpResponseRedirect(f"?schritt={max(step - 1, 1)}")
        if "merken" in self.request.POST:
            return self._note_the_code(step)
        if form.is_step or not sound:
            return self._page(step, form)
        if self.sheet.one_page:
            return self._send()
        return HttpResponseRedirect(f"?schritt={step + 1 if step < len(self.walk.pages) else CHECK}")

    def _send(self) -> HttpResponse:
        answers, faulty = self.walk.judged()
        if faulty:
            step, form = faulty
            return self._page(step, form)
        assert self.walk.kept is not None  # noqa: S101  # for the types: answers lie in what is kept
        try:
            response = self.filling.send(self.request, Filled(self.walk.kept.key, answers))
        except Refused as refusal:
            refused = str(refusal.sentence)
            return self._page(1, refused=refused) if self.sheet.one_page else self._check(refused=refused)
        begun.let_go(self.walk.code, self.filling.about, now=self.walk.now)
        self.walk.remember("")
        return response

    def _come_back(self) -> HttpResponse:
        code = sent_text(self.request, "code")
        try:
            count_one("code", connection_address(self.request), most=CODES_PER_HOUR, now=self.walk.now)
        except Refused as refusal:
            return self._page(1, refused=str(refusal.sentence))
        if not self.walk.lies_under(code):
            return self._page(1, refused=_("Unter diesem Code liegt hier nichts (mehr). Prüfen Sie die Zeichen."))
        self.walk.remember(code)
        return redirect(self.request.path)

    def _note_the_code(self, step: int) -> HttpResponse:
        show_a_secret(self.request)
        context = {
            "sheet": self._words(),
            "code": self.walk.code,
            "days": begun.KEPT_FOR.days,
            "go_on": f"?schritt={step}",
            "address": self.request.build_absolute_uri(self.request.path),
        }
        return render(self.request, "ui/sheets/keep.html", context)

    # Words --------------------------------------------------------------------------------------------------------

    def _words(self) -> dict[str, str]:
        return {
            "title": self.sheet.title.spoken_in(self.walk.language),
            "lead": self.sheet.lead.spoken_in(self.walk.language),
        }

    def _sections(self, step: int) -> list[dict[str, Any]]:
        return [
            {
                "key": section.key,
                "title": section.title.spoken_in(self.walk.language),
                "lead": section.lead.spoken_in(self.walk.language),
                "keys": {question.key for question in section.questions},
            }
            for section in self.walk.pages[step - 1]
        ]

    def _steps(self) -> list[str]:
        return [*(section.title.spoken_in(self.walk.language) for section in self.sheet.sections), _("Prüfen")]

    def _summaries(self, answers: dict[str, Any]) -> list[tuple[str, list[Row]]]:
        return [
            (section.title.spoken_in(self.walk.language), self._rows(section, answers, step))
            for step, (section,) in enumerate(self.walk.pages, 1)
        ]

    def _rows(self, section: Section, answers: dict[str, Any], step: int) -> list[Row]:
        return [self._row(one, answers, step) for one in section.questions if is_asked(one, answers)]

    def _row(self, question: Question, answers: dict[str, Any], step: int) -> Row:
        value = told(question, answers.get(question.key), self.walk.language) or _("keine Angabe")
        return Row(
            term=question.asks.spoken_in(self.walk.language),
            value=value,
            change_href=f"?schritt={step}#id_{PREFIX}-{question.key}",
        )
