"""The facts of a process page: on which ways the contributions came, as a sentence, bars and a table."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitstadt.spine.models import Process
from mitstadt.spine.queries.channels import voices_by_channel
from mitstadt.ui.parts import Bar, Table


def channel_facts(process: Process) -> dict[str, Any]:
    """Finding, bars and table; nothing while nobody has contributed."""
    counts = voices_by_channel(process)
    if not counts:
        return {}
    total = sum(row.count for row in counts)
    finding = ngettext(
        "%(total)s Beitrag ist da, die meisten kamen %(channel)s.",
        "%(total)s Beiträge sind da, die meisten kamen %(channel)s.",
        total,
    ) % {"total": total, "channel": counts[0].channel.label}
    return {
        "finding": finding,
        "bars": [Bar(label=str(row.channel.label), value=str(row.count), share=row.share) for row in counts],
        "table": Table(
            caption=_("Beiträge nach Weg"),
            columns=(_("Weg"), _("Beiträge"), _("Anteil")),
            rows=[(str(row.channel.label), str(row.count), f"{row.share:.0%}") for row in counts],
            numeric=frozenset({1, 2}),
        ),
    }
