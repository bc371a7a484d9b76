"""What the spine adds to the command line."""

from __future__ import annotations

from dataclasses import asdict

from mitstadt.ground.commands import Command, Told, Typed
from mitstadt.ground.commands import gettext_noop as _

COMMANDS = (
    Command(
        "recount",
        _("zählen, was neben den Einträgen als Zahl steht, und berichtigen, was nicht stimmt"),
        "mitstadt.spine.commands:run",
        has_json=True,
        needs_city=True,
    ),
)


def run(options: Typed) -> Told:
    """Every kept count, counted anew; each one that was wrong, with its record, is told."""
    from mitstadt.spine.actions.recounting import recount
    from mitstadt.spine.counts import all_counts

    options.doing(_("Alles nachzählen"))
    mended = recount()
    counted = ", ".join([*(declared.key for declared in all_counts()), "tallies"])
    words = [
        f"Counted anew: {counted}.",
        f"{len(mended)} were wrong and are mended." if mended else "All were right.",
        *(f"  {one.counts}: {one.where} {one.column} by {one.difference:+d}" for one in mended),
    ]
    return Told(words, {"counted": counted.split(", "), "mended": [asdict(one) for one in mended]})
