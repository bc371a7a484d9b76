"""What the drafting format itself keeps about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mitstadt.participation.drafting.models import Taking
from mitstadt.spine.personal import Kept

KEPT = (
    Kept(
        key="work_takings",
        what=_("Vorgeschlagene Wortlaute, die Sie in einen Text übernahmen"),
        why=_("Damit nachzulesen ist, wer im Amt was entschied."),
        how_long=_("Bis die Fassung erscheint, in die der Wortlaut kommt."),
        can=_("Wer den Text bearbeitet, nimmt ihn zurück. Mit Ihrem Konto verschwindet Ihr Name daran."),
        rows=lambda person: Taking.objects.filter(taken_by=person),
        columns=("text__ref", "contribution__ref", "reason", "taken_at"),
        covers=frozenset({"drafting.Taking.taken_by"}),
    ),
)
