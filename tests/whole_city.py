"""A small city in which every kind of address has something to show, and in which secrets are planted.

An open process of the Bezirksamt Mitte with a text in two editions and contributions in every state; an open one of the
Bezirksamt Pankow; one of Mitte that is still in preparation. Every word that may not be read by a stranger carries a
canary, a made-up word that a search for it finds at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from cast import COMPLETE_COMMITMENT, NOW, ayşe, jörg, krüger, malik, office, person, with_role
from mitstadt.ground.organisations.models import Organisation, Role
from mitstadt.ground.people.models import Person
from mitstadt.participation.drafting import computations
from mitstadt.participation.drafting.actions.contributions import Said, contribute
from mitstadt.participation.drafting.actions.editions import publish_edition
from mitstadt.participation.drafting.actions.working_copy import (
    PassageEdit,
    begin_next_edition,
    import_text,
    revise,
    take_over,
)
from mitstadt.participation.drafting.format import DRAFTING
from mitstadt.participation.drafting.models import Contribution, ContributionForm, CoText, Passage
from mitstadt.spine.actions import answers, codes, comments, moderation, processes, supports, withdrawal
from mitstadt.spine.actions.parts import plan_part
from mitstadt.spine.actions.rooms import show_to
from mitstadt.spine.actors import GUEST, Actor, actor_for
from mitstadt.spine.models import (
    AnswerDecision,
    Channel,
    Comment,
    ModerationVerdict,
    Process,
    Record,
    ReportReason,
    Translation,
    Visibility,
)

WORDS = """Leitbild Leopoldplatz

Aufenthalt

Der Platz lädt alle zum Verweilen ein. Bänke stehen im Schatten der Linden.

Für Kinder gibt es Wasser zum Spielen.

Wege

Radfahrende und Gehende kommen sich nicht in die Quere. Die Wege sind eben und hell.
"""
PANKOW_WORDS = "Grünplan Pankow\n\nDie Panke bleibt zugänglich. Am Ufer stehen Bäume.\n\nHunde bleiben an der Leine.\n"


def canary(what: str) -> str:
    """A word that stands nowhere else."""
    return f"Kanarienzwitscher{what}"


CANARIES = [
    canary(what)
    for what in (
        "entwurftitel",
        "entwurfkörper",
        "entwurfzusage",
        "entwurfphase",
        "entwurftext",
        "arbeitsfassung",
        "gehalten",
        "ausgeblendet",
        "zurückgezogen",
        "gelöscht",
        "gelöschterwortlaut",
        "übersetzung",
        "kommentarausgeblendet",
        "kommentarzurückgezogen",
        "meldung",
        "moderationsgrund",
        "widerspruch",
        "verfasserin",
        "internfrage",
        "interntext",
        "internbeitrag",
    )
]


@dataclass
class WholeCity:
    """Who lives here, and the refs by which addresses are made."""

    people: dict[str, Person]
    process: Process
    other: Process
    draft: Process
    text: CoText
    draft_text: CoText
    passage: Passage
    old_passage: Passage
    other_passage: Passage
    contribution: Contribution
    other_contribution: Contribution
    comment: Comment
    hidden: Contribution
    held: Contribution
    withdrawn: Contribution
    erased: Contribution
    # A process of Mitte that only the fire brigade reads beside it.
    internal: Process
    internal_text: CoText
    internal_passage: Passage
    internal_contribution: Contribution
    code: str
    unused_code: str
    case_ids: list[int] = field(default_factory=list)

    @property
    def secrets(self) -> list[str]:
        """What no stranger may read: planted words, addresses of people, codes."""
        addresses = [someone.email for someone in self.people.values() if someone.email]
        return [*CANARIES, *addresses, self.code, self.unused_code]


def build() -> WholeCity:
    """The whole city, through the same actions that people use."""
    mitte, pankow = office(), office("Bezirksamt Pankow", "ba-pankow")
    platform = office("Senatskanzlei", "skzl", runs_platform=True)
    owner = malik()
    pankow_owner = with_role(person("Svenja"), Role.OWNER, pankow)
    editor = with_role(person("Bela"), Role.EDITOR, mitte)
    platform_moderator = with_role(person("Noor"), Role.MODERATOR, platform)
    people = {
        "joerg": jörg().person,
        "ayse": ayşe().person,
        "krueger": krüger().person,
        "editor": editor.person,
        "malik": owner.person,
        "pankow": pankow_owner.person,
        "platform": platform_moderator.person,
    }
    fire_brigade = office("Berliner Feuerwehr", "feuerwehr")
    people["reader"] = with_role(person("Elif"), Role.CASE_OFFICER, fire_brigade).person
    text = opened_text(mitte, owner, "Wie soll der Leopoldplatz werden?", WORDS)
    other_text = opened_text(pankow, pankow_owner, "Wie grün soll Pankow werden?", PANKOW_WORDS)
    process, other = (Process.objects.get(pk=one.room_id) for one in (text, other_text))
    draft_text = _draft(mitte, owner)
    internal_text = _internal(mitte, owner, fire_brigade)
    draft, internal = (Process.objects.get(pk=one.room_id) for one in (draft_text, internal_text))
    internal_passage = passage_of(internal_text, "Unter dem Platz")
    by_code, code = codes.participant(GUEST, process, now=NOW)
    by_other_code, _secret = codes.participant(GUEST, other, now=NOW)
    unused_code = codes.issue_codes(process, actor=owner, count=1, channel=Channel.PAPER, now=NOW)[0]
    people |= {"code": by_code.person, "other_code": by_other_code.person}

    seats = passage_of(text, "Der Platz")
    wording = said_at(seats, by_code, "Damit auch Alte ruhen können.", "Der Platz lädt alle ein. Überall stehen Bänke.")
    contribution = said_at(seats, jörg(), "Bitte auch Tische für Schach.")
    remark = comments.comment(contribution, actor=by_code, text="Das fände ich auch schön.", now=NOW)
    comments.comment(contribution, actor=jörg(), text="Danke.", reply_to=remark, now=NOW)
    supports.support(contribution, actor=by_code, now=NOW)
    other_contribution = said_at(passage_of(other_text, "Die Panke"), pankow_owner, "Auch für Rollstühle.")
    answers.answer(
        [contribution], room=process, actor=editor, decision=AnswerDecision.PARTLY, reason="Zwei Tische.", now=NOW
    )
    hidden, held, withdrawn, erased, case_ids = _unread(seats, platform_moderator)
    Translation.objects.create(record=seats, language="de-simple", body="Alle dürfen auf den Platz.")
    take_over(wording, actor=editor, reason="So ist es klarer.", now=NOW)
    publish_edition(text, actor=editor, now=NOW, note="Bänke sind dazugekommen.")
    _working_copy(text, editor)
    return WholeCity(
        people=people,
        process=process,
        other=other,
        draft=draft,
        text=text,
        draft_text=draft_text,
        passage=passage_of(text, "Der Platz"),
        old_passage=seats,
        other_passage=passage_of(other_text, "Die Panke"),
        contribution=contribution,
        other_contribution=other_contribution,
        comment=remark,
        hidden=hidden,
        held=held,
        withdrawn=withdrawn,
        erased=erased,
        internal=internal,
        internal_text=internal_text,
        internal_passage=internal_passage,
        internal_contribution=said_at(internal_passage, owner, f"Wer prüft das? {canary('internbeitrag')}"),
        code=code,
        unused_code=unused_code,
        case_ids=case_ids,
    )


def opened_text(host: Organisation, owner: Actor, title: str, words: str, *, source: str = "text.txt") -> CoText:
    """A text that its host opened to the city."""
    text = _imported(host, owner, title, words, source=source)
    processes.open_process(text.home, actor=owner, now=NOW - timedelta(days=2))
    return CoText.objects.select_related("room").get(pk=text.pk)


def _imported(
    host: Organisation,
    owner: Actor,
    title: str,
    words: str,
    *,
    body: str = "Worum es geht.",
    phase: str = "Gemeinsam schreiben",
    commitment: dict[str, object] = COMPLETE_COMMITMENT,
    source: str = "text.txt",
) -> CoText:
    then = NOW - timedelta(days=10)
    process = processes.prepare_process(host=host, actor=owner, title=title, body=body, now=then)
    processes.write_commitment(process, actor=owner, fields=commitment, now=then)
    planned = plan_part(
        process,
        actor=owner,
        format_key=DRAFTING.key,
        title=phase,
        opens_at=NOW - timedelta(days=1),
        closes_at=NOW + timedelta(days=30),
        now=then,
    )
    text = CoText.objects.get(pk=planned.pk)
    return import_text(text, actor=owner, read=computations.read_pasted(words), source_name=source, now=then)


def _draft(host: Organisation, owner: Actor) -> CoText:
    commitment = {**COMPLETE_COMMITMENT, "what_is_open": canary("entwurfzusage")}
    return _imported(
        host,
        owner,
        f"Frage {canary('entwurftitel')}",
        f"Heimlich\n\nEin Absatz mit {canary('entwurftext')} darin.\n",
        body=canary("entwurfkörper"),
        phase=canary("entwurfphase"),
        commitment=commitment,
        source=canary("entwurftext"),
    )


def _internal(host: Organisation, owner: Actor, reader: Organisation) -> CoText:
    words = f"Rettungswege\n\nUnter dem Platz liegt {canary('interntext')}.\n"
    text = _imported(host, owner, f"Wo fahren Löschwagen? {canary('internfrage')}", words)
    show_to(text.home, Visibility.INTERNAL, [reader], actor=owner, now=NOW - timedelta(days=3))
    process = Process.objects.get(pk=text.room_id)
    processes.open_process(process, actor=owner, now=NOW - timedelta(days=2))
    return CoText.objects.select_related("room").get(pk=text.pk)


def passage_of(text: CoText, beginning: str) -> Passage:
    """The passage of the newest edition that begins like this."""
    return (
        Passage.objects.filter(edition__text=text, body__startswith=beginning)
        .select_related("edition__text", "room__host", "part__room")
        .order_by("-edition__number")[0]
    )


def said_at(where: Passage, actor: Actor, body: str, wording: str = "", theme: str = "") -> Contribution:
    """A comment on a passage, or a proposed wording."""
    form = ContributionForm.WORDING if wording else ContributionForm.COMMENT
    return contribute(where, actor=actor, said=Said(form=form, body=body, wording=wording, theme=theme), now=NOW)


def _unread(
    where: Passage, platform_moderator: Actor
) -> tuple[Contribution, Contribution, Contribution, Contribution, list[int]]:
    author = actor_for(person(canary("verfasserin")))
    hidden = said_at(where, author, canary("ausgeblendet"))
    cases = [_hide(hidden, platform_moderator)]
    moderation.appeal(cases[0], actor=author, text=canary("widerspruch"), now=NOW)
    answers.answer(
        [hidden],
        room=where.home,
        actor=malik(),
        decision=AnswerDecision.NOTED,
        reason="Zur Kenntnis genommen.",
        now=NOW,
    )
    withdrawn = said_at(where, author, canary("zurückgezogen"))
    withdrawal.withdraw(withdrawn, actor=author, now=NOW)
    erased = said_at(where, author, canary("gelöscht"), canary("gelöschterwortlaut"), canary("gelöscht"))
    Translation.objects.create(record=erased, language="en", body=canary("übersetzung"))
    withdrawal.erase(erased, actor=author, now=NOW)
    where.own_part.checks_first = True
    held = said_at(where, author, canary("gehalten"))
    where.own_part.checks_first = False
    beside = said_at(where, jörg(), "Ein Beitrag mit Kommentaren, die niemand liest.")
    remark = comments.comment(beside, actor=author, text=canary("kommentarausgeblendet"), now=NOW)
    cases.append(_hide(remark, platform_moderator))
    taken_back = comments.comment(beside, actor=author, text=canary("kommentarzurückgezogen"), now=NOW)
    comments.comment(beside, actor=malik(), text="Eine Antwort bleibt stehen.", reply_to=taken_back, now=NOW)
    withdrawal.withdraw(taken_back, actor=author, now=NOW)
    waiting = moderation.open_case(held, now=NOW)
    return hidden, held, withdrawn, erased, [waiting.pk, *(case.pk for case in cases)]


def _hide(record: Record, moderator: Actor) -> moderation.ModerationCase:
    moderation.report(record, actor=malik(), reason=ReportReason.INSULT, text=canary("meldung"), now=NOW)
    case = moderation.open_case(record, now=NOW)
    return moderation.decide(
        case,
        actor=moderator,
        verdict=ModerationVerdict.HIDE,
        rule=ReportReason.INSULT,
        reason=canary("moderationsgrund"),
        now=NOW,
    )


def _working_copy(text: CoText, editor: Actor) -> None:
    begin_next_edition(text, actor=editor, now=NOW)
    row = text.working_passages.get(words__startswith="Für Kinder")
    words = f"Für Kinder gibt es {canary('arbeitsfassung')}."
    revise(text, actor=editor, edits=[PassageEdit(passage_id=row.pk, words=words)], now=NOW)
