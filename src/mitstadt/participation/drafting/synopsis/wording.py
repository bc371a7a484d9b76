"""The words that page, PDF and DOCX of the synopsis share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitstadt.participation.drafting.models import ContributionForm, Shape
from mitstadt.participation.drafting.presenting import changes_made
from mitstadt.participation.drafting.synopsis.rows import (
    COURSE_LABELS,
    Course,
    PassageRow,
    Place,
    Synopsis,
    TakenUp,
    Voice,
)
from mitstadt.spine.models import AnswerDecision, Channel, RecordState
from mitstadt.ui.deciding import who_decides
from mitstadt.ui.records import where_it_went


def day(moment: datetime) -> str:
    """A day as people write it."""
    return formats.date_format(timezone.localtime(moment), "DATE_FORMAT")


def title_of(synopsis: Synopsis) -> str:
    """What the document is called."""
    return _("Synopse: %(title)s") % {"title": synopsis.text.title}


def lead() -> str:
    """What the document is, in two sentences."""
    return _(
        "Stelle für Stelle: der bisherige Text, was dazu gesagt wurde, die Antwort mit ihrem Grund und der neue Text. "
        "Jeder öffentliche Beitrag steht hier und ist unter seinem Kennzeichen nachzulesen."
    )


def facts_of(synopsis: Synopsis) -> list[tuple[str, str]]:
    """What is told at the top, as pairs of term and value."""
    process = synopsis.text.home
    counts = synopsis.counts
    forms = [f"{ContributionForm(form).label}: {count}" for form, count in sorted(counts.by_form.items())]
    decisions = [f"{AnswerDecision(key).label}: {count}" for key, count in sorted(counts.by_decision.items())]
    if counts.unanswered:
        decisions.append(_("noch ohne Antwort: %(count)s") % {"count": counts.unanswered})
    if counts.went_on:
        decisions.append(_("wartet dort, wo es weiterging: %(count)s") % {"count": counts.went_on})
    editions = [
        _("Fassung %(number)s vom %(day)s") % {"number": e.number, "day": day(e.published_at)}
        for e in synopsis.editions
    ]
    return [
        (_("Beteiligung"), process.title),
        (_("Verantwortlich"), process.host.name),
        (_("Entscheidung"), who_decides(process)),
        (_("Fassungen"), ", ".join(editions)),
        (_("Beiträge"), f"{counts.voices} ({', '.join(forms)})" if forms else "0"),
        (_("Antworten"), ", ".join(decisions) or _("keine")),
    ]


def not_shown_note(synopsis: Synopsis) -> str:
    """What exists but may not be quoted; "" where there is nothing."""
    counts = synopsis.counts.not_shown
    if not counts:
        return ""
    total = sum(counts.values())
    states = ", ".join(f"{RecordState(state).label}: {count}" for state, count in sorted(counts.items()))
    return ngettext(
        "%(total)s weiterer Beitrag ist nicht mehr zu lesen (%(states)s). Kennzeichen und Werdegang bleiben.",
        "%(total)s weitere Beiträge sind nicht mehr zu lesen (%(states)s). Kennzeichen und Werdegang bleiben.",
        total,
    ) % {"total": total, "states": states}


def part_title(number: int, synopsis: Synopsis) -> str:
    """The heading over all passages of one edition."""
    if number < synopsis.editions[-1].number:
        return _("Von Fassung %(before)s zu Fassung %(after)s") % {"before": number, "after": number + 1}
    return _("Fassung %(number)s, die neueste") % {"number": number}


def part_of(row: PassageRow) -> int:
    """The edition under whose heading a row stands: a new passage stands under the one before its own."""
    return row.place.edition - 1 if row.is_new else row.place.edition


def heading_of(row: PassageRow) -> str:
    """What a passage is called; a heading that nobody touched is called by its own words."""
    if is_structure(row):
        return f"{row.place.number} {row.place.words}"
    if row.is_new:
        return _("Neue Stelle %(number)s") % {"number": row.place.number}
    return _("Stelle %(number)s") % {"number": row.place.number}


def is_structure(row: PassageRow) -> bool:
    """Whether this is a heading that only gives order: unchanged, and nobody spoke about it."""
    return row.shape == Shape.HEADING and row.course in {Course.KEPT, Course.STANDS} and not row.voice_count


def course_of(row: PassageRow) -> str:
    """What became of it, in a word."""
    return str(COURSE_LABELS[row.course])


def form_of(voice: Voice) -> str:
    """Comment, question or proposed wording."""
    return str(ContributionForm(voice.form).label)


def channel_of(voice: Voice) -> str:
    """The way it came, where that is not the web, and where it went on, where it was merged or split."""
    channel = "" if voice.channel == Channel.WEB else str(Channel(voice.channel).label)
    return ", ".join(filter(None, (channel, where_it_went(voice.moved_on, voice.went_to))))


def decision_of(voice: Voice) -> str:
    """What the host did with it, in a word; "" while there is no answer."""
    return str(AnswerDecision(voice.reply.decision).label) if voice.reply else ""


def place_name(place: Place) -> str:
    """A passage with its edition."""
    return _("Stelle %(number)s in Fassung %(edition)s") % {"number": place.number, "edition": place.edition}


def taken_up_in(voice: Voice) -> str:
    """Where its words stand now."""
    if not voice.results:
        return ""
    places = ", ".join(map(place_name, voice.results))
    if voice.stands_whole or voice.adoption is None:
        return _("Steht jetzt in: %(places)s") % {"places": places}
    return _("Zum Teil in: %(places)s. %(numbers)s") % {"places": places, "numbers": changes_made(voice.adoption)}


def earlier_answers(voice: Voice) -> list[str]:
    """What the answer said before it was changed, each with the day until which it held."""
    return [
        _("Bis %(day)s stand hier: %(decision)s. %(reason)s")
        % {"day": day(one.until), "decision": AnswerDecision(one.decision).label, "reason": one.reason}
        for one in (voice.reply.earlier if voice.reply else ())
    ]


def taken_up_names(taken: Iterable[TakenUp]) -> str:
    """Whose words were taken up here, whole or in part."""
    told = {
        True: _("Aufgenommen von: %(names)s"),
        False: _("Zum Teil aufgenommen von: %(names)s"),
    }
    found: dict[bool, list[str]] = {True: [], False: []}
    for one in taken:
        found[one.whole].append(f"{one.author} ({one.ref})")
    return " · ".join(told[whole] % {"names": ", ".join(names)} for whole, names in found.items() if names)
