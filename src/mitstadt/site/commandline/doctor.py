"""Look whether this city can be run: what hurts people today, what is still to be done, and the step that mends it."""

from __future__ import annotations

from mitstadt.ground.commands import Command, Told, Typed
from mitstadt.ground.commands import gettext_noop as _

COMMAND = Command(
    "doctor",
    _("prüfen, ob in dieser Stadt alles eingerichtet ist"),
    "mitstadt.site.commandline.doctor:look",
    description=_("Ändert nichts. Endet mit 1, wenn etwas den Menschen schon jetzt schadet."),
    has_json=True,
    needs_city=True,
)
_SIGNS = {"bad": "!!", "open": " !", "fine": "ok"}


def look(_options: Typed) -> Told:
    """Each condition in a line, the worst first."""
    from mitstadt.ground import clock
    from mitstadt.ground.conditions import Verdict, answers

    found = answers(now=clock.now(), ask_others=True)
    words = []
    for one in found:
        words.append(f"{_SIGNS[one.finding.verdict]}  {one.condition.name}: {one.finding.sentence}")
        if one.finding.step:
            words.append(f"      {one.finding.step}")
    result = [
        {
            "key": one.condition.key,
            "verdict": one.finding.verdict.value,
            "sentence": str(one.finding.sentence),
            "step": str(one.finding.step),
        }
        for one in found
    ]
    return Told(words, result, code=int(any(one.finding.verdict is Verdict.BAD for one in found)))
