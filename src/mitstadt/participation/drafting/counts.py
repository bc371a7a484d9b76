"""What the tables of drafting count beside their rows."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from mitstadt.participation.drafting.models import Contribution, Passage
from mitstadt.spine.counts import KeptCount
from mitstadt.spine.models import UP
from mitstadt.spine.own_counts import rows_that


def _contributions() -> Mapping[str, Combinable]:
    return {"contribution_count": rows_that(Contribution.objects.filter(state__in=UP), "passage")}


COUNTS = (KeptCount("contributions", _("Beiträge an Stellen"), Passage, _contributions),)
