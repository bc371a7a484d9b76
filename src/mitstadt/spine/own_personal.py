"""What the spine itself keeps about a person."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.organisations.models import Membership
from mitstadt.ground.people.models import Person
from mitstadt.spine.authorship import authored_by, written_by
from mitstadt.spine.models import (
    AccountErasure,
    Act,
    ActContent,
    Alert,
    AlertOff,
    AnswerMail,
    Appeal,
    Attachment,
    Authorship,
    Burst,
    Carried,
    Correction,
    Follow,
    MachineTranslation,
    ModerationCase,
    Notice,
    ParticipationCode,
    Pause,
    Place,
    Record,
    Reminder,
    Report,
    RoleInvitation,
    RoomRole,
    Translation,
    Turn,
)
from mitstadt.spine.personal import Kept

_UNTIL_ERASED = _("Bis Sie es löschen. Was Sie sagten, ist öffentlich und soll es bleiben.")
_WITH_ACCOUNT = _("So lange wie Ihr Konto oder Ihr Code.")
_PROOF = _("Auf Dauer, damit sich eine Entscheidung der Stadt später prüfen lässt; ohne Konto bleibt nur die Zeile.")
_CAN_ERASE = _("Auf „Meine Seite“ ziehen Sie jeden Eintrag zurück oder löschen ihn, mit allem, was daran hängt.")
_CAN_END = _("Es verschwindet, wenn Sie Ihr Konto löschen.")
_CAN_ASK = _("Wer die Aufgabe gab, kann sie beenden. Mit Ihrem Konto verschwindet Ihr Name daran.")
_WORDS = _("Damit alle lesen, was gesagt wurde, und die Stadt darauf antwortet.")
_OFFICE = _("Damit nachzulesen ist, wer im Amt was entschied.")


def _records(person: Person) -> QuerySet[Record]:
    return Record.objects.filter(written_by(person))


def _log_contents(person: Person) -> QuerySet[Any]:
    """Only what names the person themselves: what others promised about the same record is theirs."""
    own = Q(content__author=person.pk) | Q(content__person=person.pk)
    return ActContent.objects.filter(own, record__in=_records(person).values("pk")).order_by("act_id")


def _public_log(person: Person) -> QuerySet[Any]:
    return Act.objects.filter(ref__in=_records(person).values("ref")).order_by("index")


def _invitations(person: Person) -> QuerySet[Any]:
    return RoleInvitation.objects.filter(Q(accepted_by=person) | Q(email__iexact=person.email or "-"))


KEPT = (
    Kept(
        key="records",
        what=_("Ihre Beiträge und Kommentare"),
        why=_WORDS,
        how_long=_UNTIL_ERASED,
        can=_CAN_ERASE,
        rows=_records,
        columns=(
            "ref",
            "kind",
            "state",
            "title",
            "body",
            "language",
            "room__ref",
            "area__official_name",
            "organisation__name",
            "channel",
            "created_at",
            "changed_at",
            "answer_state",
            "theme",
            "support_count",
            "guest_support_count",
            "held_support_count",
            "comment_count",
        ),
        covers=frozenset({"spine.Record.author"}),
        page="my_page",
    ),
    Kept(
        key="translations",
        what=_("Übersetzungen Ihrer Beiträge"),
        why=_("Damit andere Sie in ihrer Sprache lesen."),
        how_long=_UNTIL_ERASED,
        can=_CAN_ERASE,
        rows=lambda person: Translation.objects.filter(authored_by(person, "record__")),
        columns=("record__ref", "language", "title", "body"),
    ),
    Kept(
        key="machine_translations",
        what=_("Übersetzungen Ihrer Beiträge durch eine Maschine"),
        why=_("Damit andere Sie in ihrer Sprache lesen, ohne dass die Maschine noch einmal gefragt wird."),
        how_long=_UNTIL_ERASED,
        can=_CAN_ERASE,
        rows=lambda person: MachineTranslation.objects.filter(authored_by(person, "record__")),
        columns=("record__ref", "language", "words", "made_at"),
    ),
    Kept(
        key="written_with_others",
        what=_("Was Sie mit anderen geschrieben haben"),
        why=_("Damit dort steht, wer es schrieb."),
        how_long=_UNTIL_ERASED,
        can=_("Auf der Seite des Eintrags ziehen Sie Ihren Namen zurück; der Text bleibt bei den anderen."),
        rows=lambda person: Authorship.objects.filter(person=person),
        columns=("record__ref", "organisation__name", "origin__ref", "invited_at", "confirmed_at"),
        covers=frozenset({"spine.Authorship.person"}),
    ),
    Kept(
        key="places",
        what=_("Orte, die Sie angegeben haben"),
        why=_("Damit zu sehen ist, worum es wo geht. Genauer, als Sie wollten, haben wir sie nie gespeichert."),
        how_long=_UNTIL_ERASED,
        can=_CAN_ERASE,
        rows=lambda person: Place.objects.filter(authored_by(person, "record__")),
        columns=("record__ref", "longitude", "latitude", "precision", "words"),
    ),
    Kept(
        key="files",
        what=_("Ihre Bilder und Dokumente"),
        why=_WORDS,
        how_long=_UNTIL_ERASED,
        can=_CAN_ERASE,
        rows=lambda person: Attachment.objects.filter(authored_by(person, "record__")),
        columns=("record__ref", "position", "file__key", "file__kind", "file__sha256", "description", "caption"),
    ),
    Kept(
        key="corrections",
        what=_(
            "Was der Schalter in Ihren Einträgen berichtigt hat oder Sie selbst geändert haben, mit den Worten davor"
        ),
        why=_("Damit niemand unbemerkt ändert, was dastand und was andere unterstützt haben."),
        how_long=_UNTIL_ERASED,
        can=_CAN_ERASE,
        rows=lambda person: Correction.objects.filter(authored_by(person, "record__")),
        columns=("record__ref", "at", "reason", "before", "support_count", "guest_support_count"),
    ),
    Kept(
        key="turns",
        what=_("Was Sie unterstützt haben, und wo Sie an der Reihe waren"),
        why=_(
            "Damit jeder Mensch einmal zählt. Was Sie geheim abgaben, steht hier nicht und ist Ihnen nicht zuzuordnen."
        ),
        how_long=_("Auf Dauer: Unterstützungen zählen weiter, nach dem Ende Ihres Kontos ohne Verbindung zu Ihnen."),
        can=_("Solange es offen ist, nehmen Sie eine Unterstützung beim Beitrag zurück."),
        rows=lambda person: Turn.objects.filter(person=person),
        columns=("record__ref", "deed", "standing", "channel", "day", "at"),
        covers=frozenset({"spine.Turn.person"}),
        page="my_supports",
    ),
    Kept(
        key="went_on",
        what=_("Unterstützungen, die mit einem Beitrag weitergingen"),
        why=_("Damit Sie beim Zusammenführen einmal zählen und es sich zurücknehmen lässt."),
        how_long=_("So lange wie die Unterstützung."),
        can=_("Beenden Sie die Unterstützung, dann endet auch dies."),
        rows=lambda person: Carried.objects.filter(person=person),
        columns=("what", "succession__source__ref", "succession__target__ref"),
        covers=frozenset({"spine.Carried.person"}),
    ),
    Kept(
        key="follows",
        what=_("Wem Sie folgen"),
        why=_("Damit wir Ihnen sagen, was daraus wird."),
        how_long=_WITH_ACCOUNT,
        can=_("Sie beenden es jederzeit."),
        rows=lambda person: Follow.objects.filter(person=person),
        columns=(
            "record__ref",
            "area__slug",
            "organisation__slug",
            "theme",
            "search",
            "created_at",
            "looked_at",
        ),
        covers=frozenset({"spine.Follow.person"}),
        page="my_follows",
    ),
    Kept(
        key="answer_mails",
        what=_("Um welche eine Mail Sie ohne Konto baten, und Ihre Adresse dafür, verschlüsselt"),
        why=_("Damit Sie erfahren, wenn die Antwort da ist."),
        how_long=_("Bis die Mail fort ist. Ohne Bestätigung zwei Tage, ohne Antwort zwei Jahre."),
        can=_("Mit dem Link aus der ersten Mail löschen Sie die Adresse."),
        rows=lambda person: AnswerMail.objects.filter(person=person),
        columns=("record__ref", "language", "asked_at", "confirmed_at"),
        covers=frozenset({"spine.AnswerMail.person"}),
    ),
    Kept(
        key="reminders",
        what=_("Woran Sie erinnert haben"),
        why=_("Damit jede Person in einer Woche einmal zählt."),
        how_long=_WITH_ACCOUNT,
        can=_CAN_END,
        rows=lambda person: Reminder.objects.filter(person=person),
        columns=("room__ref", "week", "at"),
        covers=frozenset({"spine.Reminder.person"}),
    ),
    Kept(
        key="notices",
        what=_("Ihre Nachrichten"),
        why=_("Damit Sie lesen, was sich getan hat, und nichts doppelt in Ihrer Mail steht."),
        how_long=_WITH_ACCOUNT,
        can=_CAN_END,
        rows=lambda person: Notice.objects.filter(person=person),
        columns=("record__ref", "said__ref", "event", "created_at", "sent_at", "seen_at"),
        covers=frozenset({"spine.Notice.person"}),
        page="my_notices",
    ),
    Kept(
        key="participation_codes",
        what=_("Ihr Teilnahmecode, nicht lesbar"),
        why=_("Damit Sie mit ihm wiederkommen können."),
        how_long=_WITH_ACCOUNT,
        can=_CAN_END,
        rows=lambda person: ParticipationCode.objects.filter(person=person),
        columns=("room__ref", "channel", "origin", "issued_at", "first_used_at", "revoked_at"),
        covers=frozenset({"spine.ParticipationCode.person"}),
    ),
    Kept(
        key="memberships",
        what=_("Ihre Aufgaben in Organisationen"),
        why=_("Damit Sie für sie handeln können."),
        how_long=_("Bis die Aufgabe endet."),
        can=_CAN_ASK,
        rows=lambda person: Membership.objects.filter(person=person),
        columns=("organisation__name", "role", "paused_at", "pause_reason"),
        covers=frozenset({"organisations.Membership.person"}),
    ),
    Kept(
        key="room_roles",
        what=_("Ihre Aufgaben in einzelnen Beteiligungen"),
        why=_("Damit Sie dort arbeiten können."),
        how_long=_("Bis die Aufgabe endet."),
        can=_CAN_ASK,
        rows=lambda person: RoomRole.objects.filter(person=person),
        columns=("room__ref", "role", "paused_at", "pause_reason"),
        covers=frozenset({"spine.RoomRole.person"}),
    ),
    Kept(
        key="role_invitations",
        what=_("Einladungen zu einer Aufgabe an Ihre Adresse"),
        why=_("Damit der Link in der Mail Sie hierher führt."),
        how_long=_("Höchstens 90 Tage nach ihrem Ende."),
        can=_CAN_END,
        rows=_invitations,
        columns=("email", "role", "organisation__name", "room__ref", "invited_at", "expires_at", "accepted_at"),
        covers=frozenset({"spine.RoleInvitation.accepted_by"}),
    ),
    Kept(
        key="alerts",
        what=_("Mails zu Ihren Aufgaben"),
        why=_("Damit Sie nichts verpassen und nichts zweimal hören."),
        how_long=_("Ein halbes Jahr, nachdem die Mail verschickt ist."),
        can=_("Sie wählen, was Sie hören möchten."),
        rows=lambda person: Alert.objects.filter(person=person),
        columns=("kind", "facts", "created_at", "sent_at"),
        covers=frozenset({"spine.Alert.person"}),
        page="my_alerts",
    ),
    Kept(
        key="alerts_off",
        what=_("Mails, die Sie nicht möchten"),
        why=_("Damit Sie sie nicht bekommen."),
        how_long=_WITH_ACCOUNT,
        can=_("Sie ändern es jederzeit."),
        rows=lambda person: AlertOff.objects.filter(person=person),
        columns=("kind",),
        covers=frozenset({"spine.AlertOff.person"}),
        page="my_alerts",
    ),
    Kept(
        key="pauses",
        what=_("Pausen: wo Sie eine Zeit lang nicht schreiben konnten"),
        why=_("Damit Sie die Begründung lesen und widersprechen können."),
        how_long=_PROOF,
        can=_("Sie widersprechen einmal. Ihr Widerspruch verschwindet mit Ihrem Konto."),
        rows=lambda person: Pause.objects.filter(person=person),
        columns=(
            "organisation__name",
            "record__ref",
            "reason",
            "begun_at",
            "objection",
            "objected_at",
            "ended_at",
            "end_reason",
        ),
        covers=frozenset({"spine.Pause.person"}),
        page="my_pauses",
    ),
    Kept(
        key="account_ends",
        what=_("Ob Ihr Konto auf Ihren Wunsch gelöscht werden soll"),
        why=_OFFICE,
        how_long=_PROOF,
        can=_("Sagen Sie der Stelle, der Sie schrieben, wenn es bleiben soll."),
        rows=lambda person: AccountErasure.objects.filter(person=person),
        columns=("reason", "with_words", "proposed_at", "decided_at", "confirmed"),
        covers=frozenset({"spine.AccountErasure.person"}),
    ),
    Kept(
        key="reports",
        what=_("Ihre Meldungen an die Moderation"),
        why=_("Damit die Moderation weiß, worum es geht. Die Person, die Sie meldeten, erfährt nicht, von wem."),
        how_long=_("So lange wie der Fall."),
        can=_("Den Text Ihrer Meldungen löschen Sie hier auf dieser Seite."),
        rows=lambda person: Report.objects.filter(reporter=person),
        columns=("case__record__ref", "reason", "text", "created_at"),
        covers=frozenset({"spine.Report.reporter"}),
    ),
    Kept(
        key="moderation",
        what=_("Was die Moderation über Ihre Beiträge entschied"),
        why=_OFFICE,
        how_long=_PROOF,
        can=_("Sie widersprechen. Steht in der Begründung etwas über Sie, bitten Sie, es zu schwärzen."),
        rows=lambda person: ModerationCase.objects.filter(authored_by(person, "record__")),
        columns=("record__ref", "opened_at", "verdict", "rule", "reason", "decided_at"),
        page="my_page",
    ),
    Kept(
        key="moderation_of_merged",
        what=_("Beiträge, die die Moderation ausblendete, während Ihrer mit ihnen zusammengeführt war"),
        why=_("Damit Sie über diesen Fall nicht selbst urteilen, auch nachdem die Zusammenführung endete."),
        how_long=_("So lange wie der Fall."),
        can=_CAN_END,
        rows=lambda person: ModerationCase.objects.filter(merged_people=person),
        columns=("record__ref", "hidden_at"),
        covers=frozenset({"spine.ModerationCase.merged_people", "spine.ModerationCase_merged_people.person"}),
    ),
    Kept(
        key="bursts",
        what=_("Wo so viel von Ihnen kam, dass die Moderation davon weiß"),
        why=_("Damit ein Mensch nachsieht, ob alles stimmt. Gezählt wird trotzdem alles."),
        how_long=_("Auf Dauer; ohne Konto bleibt nur die Zeile."),
        can=_CAN_END,
        rows=lambda person: Burst.objects.filter(person=person),
        columns=("room__ref", "began_at", "decided_at", "counts", "reason"),
        covers=frozenset({"spine.Burst.person"}),
    ),
    Kept(
        key="appeals",
        what=_("Ihre Widersprüche"),
        why=_("Damit eine andere Person noch einmal entscheidet."),
        how_long=_UNTIL_ERASED,
        can=_CAN_ERASE,
        rows=lambda person: Appeal.objects.filter(authored_by(person, "case__record__")),
        columns=("case__record__ref", "text", "created_at", "upheld", "reason", "decided_at"),
    ),
    Kept(
        key="public_log",
        what=_("Im öffentlichen Protokoll: dass es Ihre Beiträge gibt, ohne Namen"),
        why=_("Damit niemand unbemerkt etwas ändert."),
        how_long=_("Auf Dauer. Es sagt nicht, wer Sie sind."),
        can=_("Das lässt sich nicht löschen: Sonst wäre jede Fälschung möglich."),
        rows=_public_log,
        columns=("index", "at", "verb", "ref"),
    ),
    Kept(
        key="log_contents",
        what=_("Hinter dem Protokoll: Ihre Worte mit einem Zufallswert, nicht öffentlich"),
        why=_("Damit Sie und die Stadt beweisen können, was Sie gesagt haben."),
        how_long=_("Bis Sie den Beitrag löschen."),
        can=_CAN_ERASE,
        rows=_log_contents,
        columns=("act__index", "act__content_hash", "record__ref", "salt", "content"),
    ),
)
