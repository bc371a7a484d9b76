"""What the spine adds to the command line: numbers counted anew, and keys for houses that share one connection."""

from __future__ import annotations

from dataclasses import asdict

from mitstadt.ground.commands import Command, Told, Typed, argument, whole_number
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.shared.errors import MethodError

_HERE = "mitstadt.spine.commands"
_NAME = argument("name", metavar=_("NAME"), help=_("etwa: Stadtbibliothek Mitte"))
_MOST_DAYS = 3_650

COMMANDS = (
    Command(
        "recount",
        _("zählen, was neben den Einträgen als Zahl steht, und berichtigen, was nicht stimmt"),
        f"{_HERE}:count_anew",
        has_json=True,
        needs_city=True,
    ),
    Command(
        "house",
        _("Häuser mit eigener Kennung zeigen: dort nehmen viele an einem Anschluss teil"),
        f"{_HERE}:show",
        commands=(
            Command(
                "issue",
                _("einem Haus eine Kennung geben"),
                f"{_HERE}:issue",
                (
                    _NAME,
                    argument(
                        "--days",
                        type=whole_number,
                        default=400,
                        metavar=_("TAGE"),
                        help=_("wie lange sie gilt (%(default)s)"),
                    ),
                ),
                has_json=True,
                needs_city=True,
            ),
            Command("end", _("die Kennung eines Hauses beenden"), f"{_HERE}:end", (_NAME,), needs_city=True),
        ),
        description=_(
            "Eine Bibliothek oder Schule hat einen Anschluss für viele Menschen. Wer dort ihre Kennung unter /haus/ "
            "eingibt, hebt die Grenzen dieses Anschlusses für dreißig Tage auf das Zehnfache."
        ),
        has_json=True,
        needs_city=True,
    ),
)


def count_anew(options: Typed) -> Told:
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


def show(_options: Typed) -> Told:
    """All houses whose key holds."""
    from mitstadt.ground import clock
    from mitstadt.spine.actions.houses import houses

    found = houses(now=clock.now())
    words = [f"{one.name}: until {one.ends_at:%Y-%m-%d}, shown at {one.connections} connections" for one in found]
    listed = [
        {
            "name": one.name,
            "issued_at": one.issued_at.isoformat(),
            "ends_at": one.ends_at.isoformat(),
            "connections": one.connections,
        }
        for one in found
    ]
    return Told(words or ["No house has a key."], listed)


def issue(options: Typed) -> Told:
    """A new key, shown once."""
    from django.conf import settings

    from mitstadt.ground import clock
    from mitstadt.spine.actions.houses import LONGEST_NAME, issue_house
    from mitstadt.spine.errors import Refused

    if not 1 <= options.days <= _MOST_DAYS:
        raise MethodError("house_days", f"A key holds for 1 to {_MOST_DAYS} days.")
    try:
        key = issue_house(options.name, days=options.days, now=clock.now())
    except Refused as refusal:
        taken = refusal.reason == "house_name_taken"
        sentence = (
            "A house of this name has a key. End it first: ./mitstadt house end NAME"
            if taken
            else f"Give the house a name of 1 to {LONGEST_NAME} characters."
        )
        raise MethodError(refusal.reason, sentence) from refusal
    words = [
        f"The key of {options.name}: {key}",
        f"Give it to the house; it is shown only now. They type it once at {settings.PUBLIC_URL}/haus/",
    ]
    return Told(words, {"name": options.name, "key": key, "days": options.days})


def end(options: Typed) -> Told:
    """The key holds no longer."""
    from mitstadt.spine.actions.houses import end_house

    if end_house(options.name):
        return Told(f"The key of {options.name} holds no longer.")
    return Told("No house has this name. ./mitstadt house shows them.", code=1)
