"""Where somebody is on the way through a sheet: what they typed so far, and the forms made of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.ground.sheets import begun
from mitstadt.ground.sheets.checking import is_asked
from mitstadt.ground.sheets.questions import File, Place, Question, Section, Sheet
from mitstadt.ground.sheets.stored import sheet_hash
from mitstadt.spine.actions.limits import GUESTS_PER_HOUR, count_one
from mitstadt.spine.errors import Refused
from mitstadt.ui.participants import connection_address
from mitstadt.ui.sheets.forms import PREFIX, SheetForm
from mitstadt.ui.uploads.keeping import Uploads, uploads_of

_SESSION_KEY = "sheets"
# The buttons of a place: what they did is kept, that they were pressed is not.
_PRESSED = ("-do", "-choose", "-suggest")


class Walk:
    """What one browser filled in of a sheet at one place, and the page forms that come of it."""

    def __init__(self, request: HttpRequest, sheet: Sheet, about: str) -> None:
        self.request, self.sheet, self.about = request, sheet, about
        self.now: datetime = clock.now()
        self._hash = sheet_hash(self.sheet)
        self.code = str(request.session.get(_SESSION_KEY, {}).get(about, ""))
        self.kept = begun.found(self.code, about, self._hash, now=self.now) if self.code else None
        self.pages: list[tuple[Section, ...]] = (
            [self.sheet.sections] if self.sheet.one_page else [(section,) for section in self.sheet.sections]
        )

    def lies_under(self, code: str) -> bool:
        """Whether something of this very sheet lies under a code that was typed."""
        return begun.found(code, self.about, self._hash, now=self.now) is not None

    def keep(self, step: int, data: Any) -> str:
        """Keep what was typed on this page beside the others; a sentence where that could not be done."""
        typed = dict(self.kept.typed) if self.kept else {}
        own = tuple(f"{PREFIX}-{question.key}" for question in self.questions(step))
        typed = {name: values for name, values in typed.items() if not _belongs(name, own)}
        typed |= {name: data.getlist(name) for name in data if _belongs(name, own) and not self._was_pressed(name)}
        try:
            if self.kept is None:
                count_one("sheet", connection_address(self.request), most=GUESTS_PER_HOUR, now=self.now)
                self.remember(begun.begin(self.about, self._hash, now=self.now))
            begun.keep(self.code, self.about, typed, now=self.now)
        except Refused as refusal:
            return str(refusal.sentence)
        except begun.TooMuchError:
            return _("Das ist mehr, als wir aufheben können. Kürzen Sie Ihre Texte.")
        self.kept = begun.found(self.code, self.about, self._hash, now=self.now)
        return ""

    def remember(self, code: str) -> None:
        self.code = code
        """From here on this browser fills in what lies under this code; with none, nothing any more."""
        codes = dict(self.request.session.get(_SESSION_KEY, {}))
        codes.pop(self.about, None)
        self.request.session[_SESSION_KEY] = {**codes, self.about: code} if code else codes

    def judged(self) -> tuple[dict[str, Any], tuple[int, SheetForm] | None]:
        """All sound answers; or the first page on which something is missing, with its form."""
        answers: dict[str, Any] = {}
        for step in range(1, len(self.pages) + 1):
            form = self.form(step, judged=True, before=answers)
            if not form.is_valid():
                return answers, (step, form)
            answers |= form.answers
        return answers, None

    @property
    def language(self) -> str:
        """The language of the screen."""
        return get_language() or "de"

    def questions(self, step: int) -> list[Question]:
        """The questions of a page."""
        return [question for section in self.pages[step - 1] for question in section.questions]

    def form(self, step: int, *, judged: bool, before: dict[str, Any] | None = None) -> SheetForm:
        """The form of this page with what is kept; not judged, it shows no fault before somebody sent it."""
        data = QueryDict(mutable=True)
        for name, values in (self.kept.typed if self.kept else {}).items():
            data.setlist(name, values)
        form = self.bound(step, data, before=before)
        if not judged:
            form.show_unjudged()
        return form

    def bound(self, step: int, data: Any, *, before: dict[str, Any] | None = None) -> SheetForm:
        """The form of this page with what was sent; what is not asked after the earlier answers is not on it."""
        if before is None:
            before = self._answers_before(step)
        asked = [one for one in self.questions(step) if self._may_be_asked(one, step, before)]
        return SheetForm(
            self.sheet,
            asked,
            language=self.language,
            before=before,
            data=data,
            files=self.request.FILES,
            now=self.now,
            uploads=self._uploads(),
        )

    def _may_be_asked(self, question: Question, step: int, before: dict[str, Any]) -> bool:
        """Whether it stands on the page: what depends on an earlier page is decided, on this page it is not."""
        own = {one.key for one in self.questions(step)}
        if any(condition.question in own for condition in question.only_if):
            return True
        return is_asked(question, before)

    def _answers_before(self, step: int) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for earlier in range(1, step):
            form = self.form(earlier, judged=True, before=dict(answers))
            form.is_valid()
            answers |= form.answers
        return answers

    def _was_pressed(self, name: str) -> bool:
        places = [f"{PREFIX}-{one.key}" for one in self.sheet.questions if isinstance(one, Place)]
        return any(name.startswith((*(f"{place}{part}" for part in _PRESSED), f"{place}-map")) for place in places)

    def _uploads(self) -> Uploads | None:
        takes_files = any(isinstance(question, File) for question in self.sheet.questions)
        return uploads_of(self.request, now=self.now) if takes_files else None


def _belongs(name: str, fields: tuple[str, ...]) -> bool:
    return any(name == one or name.startswith(f"{one}-") for one in fields)
