"""Open someone's own file as a process of the demo city, in a format that works on files."""

from __future__ import annotations

from datetime import datetime

from mitstadt.ground.organisations.models import Organisation
from mitstadt.ground.people.models import Person
from mitstadt.site.demo.residents import MAIL_DOMAIN
from mitstadt.spine.actors import actor_for
from mitstadt.spine.formats import all_formats
from mitstadt.spine.stage import Opened

HOST = "mitstadt-buero"
OWNER = f"buero@{MAIL_DOMAIN}"


def open_file(data: bytes, name: str, *, now: datetime) -> Opened:
    """Open the file to the city; the same file a second time leads to what is there.

    Raises a `MethodError` with a sentence where the file cannot be read.
    """
    host = Organisation.objects.get(slug=HOST)
    owner = actor_for(Person.objects.get(email=OWNER))
    for declared in all_formats():
        if declared.scene and declared.scene.open_file:
            return declared.scene.open_file(data, name, host=host, owner=owner, now=now)
    raise LookupError("No format of this city works on files.")
