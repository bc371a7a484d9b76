"""The kinds of the spine itself: process, comment, answer, decision, announcement."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mitstadt.spine import kinds
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.comments import count_comment, tell_of_comment
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Announcement, Answer, Comment, Decision, Process, Record
from mitstadt.spine.queries.decisions import facts_of_decisions
from mitstadt.spine.queries.open_data import facts_of_answers, facts_of_comments
from mitstadt.spine.verbs import Verb


def _page_of_process(record: Record) -> str:
    return reverse("process", args=[record.ref])


def _target(record: Record) -> Record:
    return record.as_comment.target


def _around_comment(record: Record) -> kinds.Surroundings:
    comment = Comment.objects.select_related("target", "reply_to").get(pk=record.pk)
    above = comment.reply_to or comment.target
    return kinds.Surroundings(_("Antwortet auf"), above.body, reverse("trail", args=[above.ref]))


def _comment_begun(who: str, _details: Mapping[str, object]) -> str:
    return _("%(who)s hat einen Kommentar geschrieben.") % {"who": who}


def _answer_begun(who: str, _details: Mapping[str, object]) -> str:
    return _("%(who)s hat geantwortet.") % {"who": who}


def _decision_begun(_who: str, _details: Mapping[str, object]) -> str:
    return _("Das ist das Ergebnis.")


def _page_of_room(record: Record) -> str:
    return _page_of_process(record.home)


def _announcement_begun(who: str, _details: Mapping[str, object]) -> str:
    return _("%(who)s hat eine Neuigkeit veröffentlicht.") % {"who": who}


def _tell_of_announcement(record: Record) -> tuple[list[Record], Verb]:
    return [record.home], verbs.ANNOUNCED


PROCESS = kinds.Kind(
    key=Process.KIND,
    label=gettext_lazy("Beteiligung"),
    labels=pgettext_lazy("kind", "Beteiligungen"),
    accepts=kinds.JUDGED | {Deed.FOLLOW, Deed.REMIND},
    holds_others=True,
    address=_page_of_process,
    weight=1.5,
)
COMMENT = kinds.Kind(
    key=Comment.KIND,
    label=gettext_lazy("Kommentar"),
    labels=gettext_lazy("Kommentare"),
    # A comment takes no comments: what answers it is a reply, at the same record.
    accepts=kinds.OWN_WORDS | {Deed.SUPPORT, Deed.FOLLOW},
    came_by=Deed.COMMENT,
    stands_at=_target,
    surroundings=_around_comment,
    spoken=True,
    begun=_comment_begun,
    arrived=gettext_lazy("Ihr Kommentar ist angekommen."),
    afterwards=gettext_lazy("Andere lesen ihn beim Beitrag und können darauf antworten."),
    tells=tell_of_comment,
    count=count_comment,
    facts=facts_of_comments,
    keeps=("stance",),
)
ANSWER = kinds.Kind(
    key=Answer.KIND,
    label=gettext_lazy("Antwort"),
    labels=gettext_lazy("Antworten"),
    accepts=kinds.JUDGED | {Deed.FOLLOW},
    spoken=True,
    begun=_answer_begun,
    facts=facts_of_answers,
    keeps=("decision",),
)

DECISION = kinds.Kind(
    key=Decision.KIND,
    label=gettext_lazy("Ergebnis"),
    labels=gettext_lazy("Ergebnisse"),
    address=_page_of_room,
    begun=_decision_begun,
    facts=facts_of_decisions,
    keeps=("decided_by_id", "decided_on", "link"),
    weight=1.5,
)
ANNOUNCEMENT = kinds.Kind(
    key=Announcement.KIND,
    label=gettext_lazy("Neuigkeit"),
    labels=gettext_lazy("Neuigkeiten"),
    accepts=kinds.JUDGED | {Deed.WITHDRAW},
    address=_page_of_room,
    begun=_announcement_begun,
    tells=_tell_of_announcement,
)

KINDS = (PROCESS, COMMENT, ANSWER, DECISION, ANNOUNCEMENT)
