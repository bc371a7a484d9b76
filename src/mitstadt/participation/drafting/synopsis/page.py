"""The synopsis as a page: cut to a length that people and browsers bear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from mitstadt.participation.drafting.presenting import difference
from mitstadt.participation.drafting.synopsis import wording
from mitstadt.participation.drafting.synopsis.as_pdf import volume_count
from mitstadt.participation.drafting.synopsis.queries import voices_in
from mitstadt.participation.drafting.synopsis.rows import Course, PassageRow, Place, Synopsis, Voice
from mitstadt.participation.drafting.synopsis.sections import Cut, Slot, cuts_of, slots_of
from mitstadt.ui.parts import Link, Row, Words
from mitstadt.ui.records import DECISION_TONES

PER_PAGE = 60
_TONES = {
    Course.KEPT: "neutral",
    Course.STANDS: "neutral",
    Course.DROPPED: "fixed",
}


@dataclass(frozen=True)
class ShownVoice:
    """A contribution on the page; `told_at` is the first one here that got the very same answer."""

    voice: Voice
    told_at: str = ""

    @property
    def tells_answer(self) -> bool:
        """Whether the answer is told here, in full."""
        return self.told_at == self.voice.ref

    @cached_property
    def words(self) -> list[Words]:
        """For a wording: the difference from the passage."""
        return difference(self.voice.passage_words, self.voice.wording) if self.voice.wording else []

    @property
    def form(self) -> str:
        """Comment, question or proposed wording."""
        return wording.form_of(self.voice)

    @property
    def channel(self) -> str:
        """The way it came, where that is not the web."""
        return wording.channel_of(self.voice)

    @property
    def decision(self) -> str:
        """What the host did with it, in a word."""
        return wording.decision_of(self.voice)

    @property
    def tone(self) -> str:
        """The tone of that word."""
        return DECISION_TONES.get(self.voice.reply.decision, "neutral") if self.voice.reply else "neutral"

    @property
    def earlier(self) -> list[str]:
        """What the answer said before."""
        return wording.earlier_answers(self.voice)

    @property
    def stands_in(self) -> str:
        """Where its words stand now."""
        return wording.taken_up_in(self.voice)


@dataclass(frozen=True)
class ShownResult:
    """One passage of the next edition that a passage became."""

    place: Place
    before: str

    @property
    def is_same(self) -> bool:
        """Whether not a letter changed."""
        return self.place.words == self.before

    @cached_property
    def words(self) -> list[Words]:
        """What changed, word by word."""
        return difference(self.before, self.place.words)

    @property
    def name(self) -> str:
        """The passage with its edition."""
        return wording.place_name(self.place)


@dataclass(frozen=True)
class ShownPassage:
    """A passage on the page, with those of its contributions that stand on this page."""

    cut: Cut
    voices: Sequence[ShownVoice]

    @property
    def row(self) -> PassageRow:
        """The row itself."""
        return self.cut.row

    @property
    def heading(self) -> str:
        """What the passage is called."""
        return wording.heading_of(self.row)

    @property
    def is_structure(self) -> bool:
        """Whether this is a heading that only gives order."""
        return wording.is_structure(self.row)

    @property
    def course(self) -> str:
        """What became of it."""
        return wording.course_of(self.row)

    @property
    def tone(self) -> str:
        """The tone of that word."""
        return _TONES.get(self.row.course, "done")

    @property
    def results(self) -> list[ShownResult]:
        """What it became."""
        return [ShownResult(place, self.row.before) for place in self.row.results]

    @property
    def taken_up(self) -> str:
        """Whose words were taken up."""
        return wording.taken_up_names(self.row.taken_up)


@dataclass(frozen=True)
class Part:
    """All passages of one edition on this page."""

    title: str
    passages: Sequence[ShownPassage]


def page_of(synopsis: Synopsis, *, number: str | None, only_with_voices: bool) -> tuple[Page[Slot], list[Part]]:
    """One page of the synopsis: four queries beside the plan."""
    page = Paginator(slots_of(synopsis, only_with_voices=only_with_voices), PER_PAGE).get_page(number)
    cuts = cuts_of(synopsis, page.object_list)
    found = voices_in(synopsis, cuts)
    parts: dict[int, list[ShownPassage]] = {}
    first: dict[str, str] = {}
    for cut in cuts:
        voices = found.get(cut.row.key, ())
        shown = ShownPassage(cut, [ShownVoice(voice, _told_at(voice, first)) for voice in voices])
        parts.setdefault(wording.part_of(cut.row), []).append(shown)
    return page, [Part(wording.part_title(number, synopsis), rows) for number, rows in parts.items()]


def _told_at(voice: Voice, first: dict[str, str]) -> str:
    """The ref of the first contribution of the page with this answer; one bundled answer is told once."""
    return first.setdefault(voice.reply.ref, voice.ref) if voice.reply else ""


def facts(synopsis: Synopsis) -> list[Row]:
    """What is told at the top."""
    return [Row(term=term, value=value) for term, value in wording.facts_of(synopsis)]


def files(synopsis: Synopsis) -> list[Link]:
    """The files to take away."""
    ref = synopsis.text.ref

    def address(extension: str) -> str:
        return reverse("synopsis_file", args=[ref, extension])

    count = volume_count(synopsis)
    pdfs = [Link(label=_("PDF, barrierefrei"), href=address("pdf"))]
    if count > 1:
        label = _("PDF, Teil %(part)s von %(parts)s")
        pdfs = [
            Link(label=label % {"part": part, "parts": count}, href=f"{address('pdf')}?teil={part}")
            for part in range(1, count + 1)
        ]
    return [
        *pdfs,
        Link(label=_("Word (DOCX)"), href=address("docx")),
        Link(label=_("Tabelle (CSV)"), href=address("csv")),
        Link(label=_("Offene Daten (JSON)"), href=address("json")),
    ]
