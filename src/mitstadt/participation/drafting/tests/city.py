"""What this slice brings into the whole city: texts in two editions, and contributions in every state."""

from __future__ import annotations

from cast import NOW, jörg, malik, person
from mitstadt.participation.drafting.actions.contributions import Said, contribute
from mitstadt.participation.drafting.actions.editions import publish_edition
from mitstadt.participation.drafting.actions.takings import take_over
from mitstadt.participation.drafting.actions.translations import translate_edition
from mitstadt.participation.drafting.actions.working_copy import PassageEdit, begin_next_edition, revise
from mitstadt.participation.drafting.models import Contribution, ContributionForm, CoText, Passage
from mitstadt.participation.drafting.tests.builders import imported, passage
from mitstadt.spine.actions import answers, comments, moderation, supports, withdrawal
from mitstadt.spine.actors import Actor, actor_for
from mitstadt.spine.models import (
    AnswerDecision,
    ModerationCase,
    ModerationVerdict,
    Part,
    Record,
    ReportReason,
    Translation,
)
from whole_city import WholeCity

PANKOW_WORDS = "Grünplan Pankow\n\nDie Panke bleibt zugänglich. Am Ufer stehen Bäume.\n\nHunde bleiben an der Leine.\n"


def plan(city: WholeCity, *, mitte: Actor, pankow: Actor) -> None:
    """A text for each of the four processes; those in preparation and inside offices are secret."""
    city.things["text"] = imported(city.process, owner=mitte)
    city.things["other_text"] = imported(city.other, owner=pankow, words=PANKOW_WORDS)
    secret = city.plant("entwurftext")
    words = f"Heimlich\n\nEin Absatz mit {secret} darin.\n"
    city.things["draft_text"] = imported(
        city.draft, owner=mitte, words=words, title=city.plant("entwurfphase"), source=secret
    )
    inside = f"Rettungswege\n\nUnter dem Platz liegt {city.plant('interntext')}.\n"
    city.things["internal_text"] = imported(city.internal, owner=mitte, words=inside)


def fill(city: WholeCity, *, by_code: Actor) -> None:
    """Contributions with comments, supports and answers, unread ones, and a second edition."""
    editor, platform = actor_for(city.people["editor"]), actor_for(city.people["platform"])
    text = CoText.objects.select_related("room").get(pk=city.text.pk)
    seats = passage(text, "Der Platz")
    wording = said_at(seats, by_code, "Damit auch Alte ruhen können.", "Der Platz lädt alle ein. Überall stehen Bänke.")
    contribution = said_at(seats, jörg(), "Bitte auch Tische für Schach.")
    remark = comments.comment(contribution, actor=by_code, text="Das fände ich auch schön.", now=NOW)
    reply = comments.comment(contribution, actor=jörg(), text="Danke.", reply_to=remark, now=NOW)
    supports.support(contribution, actor=by_code, now=NOW)
    elsewhere = passage(city.other_text, "Die Panke")
    other_contribution = said_at(elsewhere, actor_for(city.people["pankow"]), "Auch für Rollstühle.")
    answers.answer(
        [contribution],
        room=city.process,
        actor=editor,
        decision=AnswerDecision.PARTLY,
        reason="Zwei Tische.",
        now=NOW,
    )
    _unread(city, seats, platform)
    ways = passage(text, "Radfahrende")
    plain = {seats.number: "Alle dürfen auf den Platz.", ways.number: "Die Wege sind für alle da."}
    translate_edition(seats.edition, actor=editor, language="de-simple", words=plain, now=NOW)
    take_over(wording, actor=editor, reason="So ist es klarer.", now=NOW)
    publish_edition(text, actor=editor, now=NOW, note="Bänke sind dazugekommen.")
    _working_copy(city, text, editor)
    below = passage(city.internal_text, "Unter dem Platz")
    city.things |= {
        "internal_passage": below,
        "internal_contribution": said_at(below, malik(), f"Wer prüft das? {city.plant('internbeitrag')}"),
        "text": text,
        "passage": passage(text, "Der Platz"),
        "old_passage": seats,
        "other_passage": elsewhere,
        "contribution": contribution,
        "other_contribution": other_contribution,
        "comment": remark,
        "reply": reply,
    }


def said_at(where: Passage, actor: Actor, body: str, wording: str = "", theme: str = "") -> Contribution:
    """A comment on a passage, or a proposed wording."""
    form = ContributionForm.WORDING if wording else ContributionForm.COMMENT
    return contribute(where, actor=actor, said=Said(form=form, body=body, wording=wording, theme=theme), now=NOW)


def _unread(city: WholeCity, where: Passage, platform_moderator: Actor) -> None:
    author = actor_for(person(city.plant("verfasserin")))
    hidden = said_at(where, author, city.plant("ausgeblendet"))
    reply = comments.comment(hidden, actor=jörg(), text=f"Er schreibt „{city.plant('zitat')}“.", now=NOW)
    comments.comment(hidden, actor=malik(), text=city.plant("antwortaufzitat"), reply_to=reply, now=NOW)
    case = _hide(city, hidden, platform_moderator)
    moderation.appeal(case, actor=author, text=city.plant("widerspruch"), now=NOW)
    answers.answer(
        [hidden],
        room=where.home,
        actor=malik(),
        decision=AnswerDecision.NOTED,
        reason="Zur Kenntnis genommen.",
        now=NOW,
    )
    withdrawn = said_at(where, author, city.plant("zurückgezogen"))
    withdrawal.withdraw(withdrawn, actor=author, now=NOW)
    gone, gone_wording = city.plant("gelöscht"), city.plant("gelöschterwortlaut")
    erased = said_at(where, author, gone, gone_wording, gone)
    Translation.objects.create(record=erased, language="en", body=city.plant("übersetzung"))
    withdrawal.erase(erased, actor=author, now=NOW)
    # Whoever speaks reads the part anew, under its lock.
    this = Part.objects.filter(pk=where.own_part.pk)
    this.update(checks_first=True)
    held = said_at(where, author, city.plant("gehalten"))
    this.update(checks_first=False)
    moderation.open_case(held, now=NOW)
    _unread_comments(city, where, author, platform_moderator)
    city.things |= {"hidden": hidden, "held": held, "withdrawn": withdrawn, "erased": erased}


def _unread_comments(city: WholeCity, where: Passage, author: Actor, platform_moderator: Actor) -> None:
    beside = said_at(where, jörg(), "Ein Beitrag mit Kommentaren, die niemand liest.")
    remark = comments.comment(beside, actor=author, text=city.plant("kommentarausgeblendet"), now=NOW)
    _hide(city, remark, platform_moderator)
    taken_back = comments.comment(beside, actor=author, text=city.plant("kommentarzurückgezogen"), now=NOW)
    comments.comment(beside, actor=malik(), text="Eine Antwort bleibt stehen.", reply_to=taken_back, now=NOW)
    withdrawal.withdraw(taken_back, actor=author, now=NOW)


def _hide(city: WholeCity, record: Record, moderator: Actor) -> ModerationCase:
    moderation.report(record, actor=malik(), reason=ReportReason.INSULT, text=city.plant("meldung"), now=NOW)
    case = moderation.open_case(record, now=NOW)
    return moderation.decide(
        case,
        actor=moderator,
        verdict=ModerationVerdict.HIDE,
        rule=ReportReason.INSULT,
        reason="Das beleidigt einen Menschen.",
        now=NOW,
    )


def _working_copy(city: WholeCity, text: CoText, editor: Actor) -> None:
    begin_next_edition(text, actor=editor, now=NOW)
    row = text.working_passages.get(words__startswith="Für Kinder")
    words = f"Für Kinder gibt es {city.plant('arbeitsfassung')}."
    revise(text, actor=editor, edits=[PassageEdit(passage_id=row.pk, words=words)], now=NOW)
