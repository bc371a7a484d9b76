"""Rows of the slice in the words and shapes of the components."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitstadt.ground.languages import own_name, read_language
from mitstadt.participation.drafting import computations
from mitstadt.participation.drafting.models import Contribution, ContributionForm, Shape, Taking
from mitstadt.participation.drafting.queries.reading import Reading, ReadPassage
from mitstadt.participation.drafting.queries.takings import Taken
from mitstadt.spine.models import Answer
from mitstadt.spine.queries.answering import Answered
from mitstadt.spine.queries.sharing import Work
from mitstadt.ui.comments import channel_note, shown_author
from mitstadt.ui.given_answers import GivenAnswer, given_answers
from mitstadt.ui.languages import LANGUAGE, choosing
from mitstadt.ui.parts import Change, Link, SupportControl, Words
from mitstadt.ui.records import DECISION_TONES, decision_of, where_it_went
from mitstadt.ui.support import NOT_OFFERED, Supporting

_CHANGES = {"equal": Change.SAME, "removed": Change.DELETED, "added": Change.INSERTED}


def difference(old: str, new: str) -> list[Words]:
    """A changed wording as runs of words for the manuscript component."""
    return [Words(text=text, change=_CHANGES[kind]) for kind, text in computations.word_differences(old, new)]


def how_much_stands(taken: Taken) -> str:
    """How much of a wording the draft has, in a sentence; one more where its author changed it meanwhile."""
    changed = _("Die Person hat ihren Wortlaut seit dem Vormerken geändert.") if taken.was_reworded else ""
    return " ".join(filter(None, (_standing(taken), changed)))


def _standing(taken: Taken) -> str:
    if taken.verdict == "whole":
        return _("Der Wortlaut steht ganz im Entwurf.")
    if not taken.rows:
        return _("Die Stelle steht nicht mehr im Entwurf.")
    if taken.verdict == "not":
        return _("Vom Wortlaut steht nichts im Entwurf.")
    return _("Ein Teil des Wortlauts steht im Entwurf. %(numbers)s") % {"numbers": changes_made(taken.adoption)}


def changes_made(adoption: computations.Adoption) -> str:
    """How many of the changes that a wording proposes were made, counted in words."""
    return ngettext(
        "Vom Vorschlag umgesetzt: %(standing)s von %(n)s geänderten Wort.",
        "Vom Vorschlag umgesetzt: %(standing)s von %(n)s geänderten Wörtern.",
        adoption.changes,
    ) % {"n": adoption.changes, "standing": adoption.standing}


@dataclass(frozen=True)
class Talk:
    """A contribution as a page shows it."""

    row: Answered[Contribution]
    supporting: Supporting = NOT_OFFERED
    # What the list tells of its answer.
    given: GivenAnswer | None = None
    # Where it is meant for the next edition; only the editors' desk says so.
    taking: Taking | None = None
    # The reason for it, as it was just typed.
    reason_typed: str = ""

    @property
    def support(self) -> SupportControl:
        """How many support it, and the button."""
        return self.supporting.of(self.contribution)

    @property
    def ref(self) -> str:
        """Its ref."""
        return self.row.record.ref

    @property
    def work(self) -> Work:
        """What colleagues keep beside it; only the editors' desk fills it."""
        return self.row.work

    @property
    def went_on(self) -> str:
        """Where it went on, in words; empty where it stands for itself."""
        return where_it_went(self.row.record.moved_on, [target.ref for target in self.row.went_to])

    @property
    def contribution(self) -> Contribution:
        """The contribution itself."""
        return self.row.record

    @property
    def answer(self) -> Answer | None:
        """The answer that holds now."""
        return self.row.answer

    @cached_property
    def words(self) -> list[Words]:
        """For a wording: the difference from the passage."""
        said = self.row.record
        return difference(said.passage.body, said.wording) if said.wording else []

    @property
    def form_label(self) -> str:
        """Comment, question or proposed wording."""
        return str(ContributionForm(self.row.record.form).label)

    @property
    def author(self) -> str:
        """Who said it."""
        return shown_author(self.row.record)

    @property
    def channel(self) -> str:
        """On which way it came, where that is not the web."""
        return channel_note(self.row.record)

    @property
    def decision(self) -> str:
        """What the host did with it, in a word."""
        return decision_of(self.row.record)

    @property
    def tone(self) -> str:
        """The tone of that word."""
        return DECISION_TONES.get(self.row.record.answer_state, "neutral")

    @property
    def quoted(self) -> str:
        """The words of the passage that it speaks about."""
        return str(self.row.record.anchor.get("exact", ""))


@dataclass(frozen=True)
class Run:
    """Passages that follow each other: the items of one list, or none of them an item."""

    is_list: bool
    rows: tuple[ReadPassage, ...]


def runs_of(passages: Iterable[ReadPassage]) -> list[Run]:
    """The text as lists and what stands between them; its title stands above."""
    rows = (row for row in passages if row.passage.shape != Shape.TITLE)
    runs = groupby(rows, key=lambda row: row.passage.shape == Shape.LIST_ITEM)
    return [Run(is_list, tuple(members)) for is_list, members in runs]


def talks_of(rows: Sequence[Answered[Contribution]], supporting: Supporting = NOT_OFFERED) -> list[Talk]:
    """The contributions of one list."""
    answers = given_answers(rows)
    return [Talk(row, supporting, answers.get(row.record.pk)) for row in rows]


def outline_links(reading: Reading) -> list[Link]:
    """The headings as links to their places on the page."""
    return [
        Link(label=row.heading[:120], href=f"#p{row.passage.number}")
        for row in reading.passages
        if row.passage.shape == "heading"
    ]


def edition_links(reading: Reading) -> list[Link]:
    """All editions as views side by side."""
    address = reverse("text", args=[reading.text.ref])
    return [
        Link(
            label=_("Fassung %(number)s") % {"number": edition.number},
            href=f"{address}?fassung={edition.number}",
            current=edition.number == reading.edition.number,
        )
        for edition in reading.editions
    ]


def language_links(reading: Reading) -> list[Link]:
    """The languages in which this edition can be read; none where there is only one.

    A language that the city speaks is chosen for its pages too. Any other, and the original, is only that of the text.
    """
    if not reading.languages:
        return []
    here = f"{reverse('text', args=[reading.text.ref])}?fassung={reading.edition.number}"
    city = dict(settings.LANGUAGES)
    return [
        Link(
            label=own_name(language),
            href=choosing(here, language) if language in city else f"{here}&{LANGUAGE}={language}",
            lang=language,
            current=language == reading.language,
        )
        for language in (reading.text.language, *reading.languages)
    ]


def language_notes(reading: Reading) -> list[str]:
    """What a reader must know of the language: that theirs is missing, or that some passages are not in it."""
    original = own_name(reading.text.language)
    if not reading.is_translated:
        is_there = read_language() in {reading.text.language, *reading.languages}
        missing = _("Diesen Text gibt es noch nicht in Ihrer Sprache. Original: %(original)s.")
        return [] if is_there else [missing % {"original": original}]
    if not reading.missing:
        return []
    counts = {"language": own_name(reading.language), "n": reading.missing, "all": len(reading.passages)}
    told = ngettext(
        "%(language)s: %(n)s von %(all)s Stellen ist noch nicht übersetzt und steht hier im Original.",
        "%(language)s: %(n)s von %(all)s Stellen sind noch nicht übersetzt und stehen hier im Original.",
        reading.missing,
    )
    return [told % counts]
