"""The steps of a trail as sentences about people: moving to read, exact in their facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mitstadt.spine import kinds
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import AnswerDecision, Channel
from mitstadt.spine.queries.promises import promise_state
from mitstadt.spine.queries.trails import Trail, TrailStep
from mitstadt.spine.queries.visibility import may_read_words
from mitstadt.ui.comments import shown_author
from mitstadt.ui.parts import State, Step


def steps_of(trail: Trail, *, actor: Actor, now: datetime) -> list[Step]:
    """All steps that a reader needs, oldest first, with what is still to come at the end."""
    told = [_SENTENCES[step.event](trail, step, actor) for step in trail.steps if step.event in _SENTENCES]
    return [*told, *_voices(trail), *_outlook(trail, now=now)]


_BEGINNINGS = {
    "wording": _("%(who)s hat einen Wortlaut für Stelle %(passage)s vorgeschlagen."),
    "question": _("%(who)s hat etwas zu Stelle %(passage)s gefragt."),
    "comment": _("%(who)s hat einen Kommentar geschrieben."),
    "answer": _("%(who)s hat geantwortet."),
}


def _begun(trail: Trail, step: TrailStep, actor: Actor) -> Step:
    record = trail.record
    key = str(step.details.get("form", record.kind))
    sentence = _BEGINNINGS.get(key, _("%(who)s hat das eingetragen."))
    readable = may_read_words(actor, record)
    who = shown_author(record) if readable else gettext("Jemand")
    title = sentence % {"who": who, "passage": _unbroken(step.details.get("passage", ""))}
    channel = Channel(record.channel)
    entered = gettext("Erfasst hat es der Schalter.") if record.entered_by_id else ""
    text = "" if channel == Channel.WEB else gettext("Es kam %(channel)s.") % {"channel": channel.label}
    quote = kinds.words(record) if readable else ""
    return Step(
        title=capfirst(title),
        state=State.DONE,
        at=step.at,
        text=f"{text} {entered}".strip(),
        quote=quote,
        reason=record.body if readable and quote != record.body else "",
    )


def _unbroken(number: object) -> str:
    """A passage number that no line breaks apart."""
    return str(number).replace("-", "\N{NON-BREAKING HYPHEN}")


def _plain(title: Promise, text: Promise | str = "") -> Callable[[Trail, TrailStep, Actor], Step]:
    def tell(_trail: Trail, step: TrailStep, _actor: Actor) -> Step:
        return Step(title=str(title), state=State.DONE, at=step.at, text=str(text))

    return tell


def _answered(_trail: Trail, step: TrailStep, _actor: Actor) -> Step:
    if step.answer is None or step.other is None:
        return Step(title=gettext("Es gab eine Antwort."), state=State.DONE, at=step.at)
    title = gettext("%(who)s hat geantwortet: %(decision)s.") % {
        "who": shown_author(step.other),
        "decision": AnswerDecision(step.answer.decision).label,
    }
    return Step(title=title, state=State.DONE, at=step.at, quote=step.answer.body)


def _taken_up(_trail: Trail, step: TrailStep, _actor: Actor) -> Step:
    return _joined(step, gettext("Es steht jetzt in der neuen Fassung."), gettext("Zur neuen Stelle"))


def _joined(step: TrailStep, title: str, label: str) -> Step:
    href = reverse("trail", args=[step.other.ref]) if step.other else ""
    return Step(title=title, state=State.DONE, at=step.at, href=href, link_label=label)


def _link(title: Promise, label: Promise) -> Callable[[Trail, TrailStep, Actor], Step]:
    def tell(_trail: Trail, step: TrailStep, _actor: Actor) -> Step:
        return _joined(step, str(title), str(label))

    return tell


def _changed_commitment(_trail: Trail, step: TrailStep, _actor: Actor) -> Step:
    reason = str(step.details.get("reason", ""))
    return Step(title=gettext("Die Zusage wurde öffentlich geändert."), state=State.DONE, at=step.at, quote=reason)


_SENTENCES: dict[str, Callable[[Trail, TrailStep, Actor], Step]] = {
    "contributed": _begun,
    "commented": _begun,
    "answered": _begun,
    "prepared": _plain(_("Die Beteiligung wurde vorbereitet.")),
    "planned_phase": _plain(_("Eine Phase wurde geplant.")),
    "moved_phase": _plain(_("Die Zeiten einer Phase wurden geändert.")),
    "opened": _plain(_("Die Beteiligung wurde geöffnet."), _("Seitdem steht die Zusage fest.")),
    "changed_commitment": _changed_commitment,
    "kept_promise": _plain(_("Alle haben eine Antwort bekommen.")),
    "closed": _plain(_("Die Beteiligung wurde abgeschlossen.")),
    "imported_text": _plain(_("Der Text wurde geladen.")),
    "published_text": _plain(_("Die erste Fassung wurde veröffentlicht.")),
    "translated_text": _plain(_("Der Text steht jetzt auch in einer anderen Sprache da.")),
    "published_edition": _plain(_("Eine neue Fassung wurde veröffentlicht.")),
    "reported": _plain(_("Jemand hat es gemeldet."), _("Die Moderation prüft es.")),
    "hidden": _plain(_("Die Moderation hat es ausgeblendet.")),
    "kept": _plain(_("Die Moderation hat es geprüft."), _("Es bleibt stehen.")),
    "appealed": _plain(_("Dagegen gibt es einen Widerspruch.")),
    "appeal_upheld": _plain(_("Der Widerspruch hatte Erfolg."), _("Es ist wieder zu lesen.")),
    "appeal_refused": _plain(_("Der Widerspruch wurde abgelehnt.")),
    "withdrew": _plain(_("Die Person hat es zurückgezogen.")),
    "undid_entry": _plain(_("Beim Erfassen war ein Irrtum passiert. Der Eintrag wurde zurückgenommen.")),
    "erased": _plain(_("Die Person hat es gelöscht."), _("Das ist ihr Recht. Kennzeichen und Weg bleiben.")),
    "answers_in": _answered,
    "taken_up_in": _taken_up,
    "taken_up_in_in": _link(_("Ein Vorschlag wurde hier aufgenommen."), _("Zum Vorschlag")),
    "merged_into": _link(_("Es wurde mit anderem zusammengeführt."), _("Dorthin")),
    "merged_into_in": _link(_("Hierin ging eine frühere Stelle auf."), _("Zur früheren Stelle")),
    "split_into": _link(_("Es wurde aufgeteilt."), _("Zum Teil in der neuen Fassung")),
    "split_into_in": _link(_("Das ist ein Teil einer früheren Stelle."), _("Zur früheren Stelle")),
    "changed_to": _link(_("Die nächste Fassung hat es geändert."), _("Zur neuen Stelle")),
    "changed_to_in": _link(_("Es ist aus einer früheren Stelle entstanden."), _("Zur früheren Stelle")),
    "kept_as": _link(_("Die nächste Fassung hat es behalten."), _("Zur neuen Stelle")),
    "kept_as_in": _link(_("Es stand schon so in der früheren Fassung."), _("Zur früheren Stelle")),
    "handed_over_to": _link(_("Es wurde weitergegeben."), _("Dorthin")),
    "answers": _link(_("Diese Antwort gilt einem Beitrag."), _("Zum Beitrag")),
}


def _voices(trail: Trail) -> list[Step]:
    if not trail.support_count:
        return []
    title = ngettext(
        "%(count)s Mensch unterstützt das.", "%(count)s Menschen unterstützen das.", trail.support_count
    ) % {"count": trail.support_count}
    return [Step(title=title, state=State.DONE)]


def _outlook(trail: Trail, *, now: datetime) -> list[Step]:
    """What is still owed: an answer, by when, and whether that day has passed."""
    process = trail.record.room
    if process is None or trail.record.kind != "contribution" or not trail.record.is_public or trail.record.is_answered:
        return []
    commitment = process.commitment
    if commitment.answer_by is None:
        return []
    overdue = promise_state(commitment, today=timezone.localdate(now)).value == "overdue"
    title = gettext("Die Antwort ist überfällig.") if overdue else gettext("Die Antwort steht noch aus.")
    text = gettext("%(host)s hat sie zugesagt.") % {"host": process.host.name}
    return [
        Step(title=title, state=State.MISSED if overdue else State.NEXT, at=commitment.answer_by, text=text),
    ]
