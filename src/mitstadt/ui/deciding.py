"""Who decides about what people say, in a sentence for every page with results; once decided, what was decided."""

from __future__ import annotations

from datetime import date

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.ground.organisations.models import Article
from mitstadt.ground.organisations.naming import named_at, named_first
from mitstadt.spine.models import Commitment, Decision, Room
from mitstadt.spine.queries.decisions import outcome_of
from mitstadt.spine.queries.promises import promised_in


def recommended_to(commitment: Commitment) -> str:
    """That participation recommends and a body decides, and when; words of an older promise follow."""
    return " ".join(filter(None, (_recommended(commitment), commitment.who_decides)))


def decided(decision: Decision) -> str:
    """Who decided and when, without what."""
    words = {"body": named_first(decision.decided_by), "day": _day(decision.decided_on)}
    return _("%(body)s hat am %(day)s entschieden.") % words


def who_decides(room: Room) -> str:
    """For a page with results: the outcome where there is one, else to whom all this is recommended."""
    if outcome := outcome_of(room):
        return f"{decided(outcome)} {outcome.body}"
    promise = promised_in(room)
    return recommended_to(promise) if promise else ""


def _recommended(commitment: Commitment) -> str:
    body = commitment.decided_by
    if body is None:
        return ""
    to_whom = _("Empfehlung an %(body)s.") % {"body": named_at(body)}
    return f"{to_whom} {_decides(Article(body.article), commitment.decides_on)}"


def _decides(article: Article, on: date | None) -> str:
    if on is None:
        return {
            Article.DER: _("Er entscheidet."),
            Article.DIE: _("Sie entscheidet."),
            Article.DAS: _("Es entscheidet."),
        }.get(article, _("Dort wird entschieden."))
    if on < timezone.localdate(clock.now()):
        # Nobody said yet what was decided, or whether anything was.
        return _("Die Entscheidung war für den %(day)s geplant.") % {"day": _day(on)}
    sentence = {
        Article.DER: _("Er entscheidet am %(day)s."),
        Article.DIE: _("Sie entscheidet am %(day)s."),
        Article.DAS: _("Es entscheidet am %(day)s."),
    }.get(article, _("Dort wird am %(day)s entschieden."))
    return sentence % {"day": _day(on)}


def _day(day: date) -> str:
    return str(formats.date_format(day, "DATE_FORMAT"))
