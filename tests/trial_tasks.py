"""Made-up tasks: some succeed, some fail, all leave a trace in the database."""

from __future__ import annotations

import time
from uuid import uuid4

from mitstadt.ground.organisations.models import Organisation
from mitstadt.ground.tasks.declaring import Hopeless, Policy, background

PERSON = "linh@example.org"
trouble: list[str] = []


@background(Policy("Einen Verein gründen", attempts=3))
def found(name: str) -> None:
    """Found an organisation, then fail where trouble waits."""
    Organisation.objects.create(name=name, slug=name.lower(), kind="administration")
    if trouble:
        raise OSError(5, trouble.pop(0))


@background(Policy("Draußen Bescheid geben", atomic=False, kept=False))
def tell(name: str) -> None:
    """The same, but outside any transaction, and forgotten when done."""
    Organisation.objects.create(name=name, slug=name.lower(), kind="administration")


@background(Policy("Etwas Unmögliches tun"))
def despair() -> None:
    """Fail for good, with the address of a person in the words of the error."""
    raise Hopeless("the mail server refuses the address (550)") from ValueError(PERSON)


@background(Policy("Alles löschen", attempts=1))
def blurt() -> None:
    """Fail with a person's address in the error's own words."""
    raise ValueError(f"{PERSON} does not exist")


@background(Policy("Eine Spur hinterlassen"))
def leave_trace(name: str) -> None:
    """Take a moment, and leave one more row of this name each time."""
    time.sleep(0.05)
    Organisation.objects.create(name=name, slug=f"{name}-{uuid4().hex}", kind="administration")


@background(Policy("Lange rechnen", atomic=False))
def ponder() -> None:
    """Take longer than anybody waits."""
    time.sleep(120)
