"""What a text tells its host: where most waits for an answer, in counts that lead to work."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import formats as local_formats
from django.utils import timezone
from django.utils.translation import gettext as _

from mitstadt.participation.drafting.models import Contribution
from mitstadt.spine.formats import Due, DueList
from mitstadt.spine.models import UP, Part

_MOST = 10


def where_most_waits(part: Part, _now: datetime) -> list[DueList]:
    """The passages where most waits, the longest wait first among equals; one query."""
    rows = (
        Contribution.objects.filter(part=part.pk, state__in=UP, answer_state="")
        .values_list("passage__number")
        .annotate(count=Count("pk"), oldest=Min("created_at"))
        .order_by("-count", "oldest", "passage__number")[:_MOST]
    )
    due = [Due(count, _place(number, oldest), _address(part, number)) for number, count, oldest in rows]
    return [DueList(_("Wo am meisten wartet"), due)] if due else []


def _place(number: str, oldest: datetime) -> str:
    day = local_formats.date_format(timezone.localtime(oldest), "MONTH_DAY_FORMAT")
    return _("zu Stelle %(number)s, der älteste vom %(day)s") % {"number": number, "day": day}


def _address(part: Part, number: str) -> str:
    return f"{reverse('editing_desk', args=[part.ref])}?{urlencode({'absatz': number, 'stand': 'offen'})}"
