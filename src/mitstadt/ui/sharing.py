"""What stands behind a shared link, and the ways to take it along: no third party is asked or told."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator

from mitstadt.spine.following import Target
from mitstadt.ui.parts import Sharing

_DESCRIPTION = 200
# Of these there are dates: processes, and what they belong to.
_WITH_DATES = ("gebiet", "organisation")


def sharing(target: Target, *, text: str = "") -> Sharing | None:
    """How the page of the target is shared; not at all, where it is not for everyone."""
    record = target.record
    if record is not None and not record.is_public:
        return None
    asked = urlencode({"was": target.words})
    has_dates = target.kind in _WITH_DATES or (record is not None and record.room_id is None)
    path = f"/{record.ref}" if record is not None else target.href
    address = f"{settings.PUBLIC_URL}{path}"
    return Sharing(
        title=target.name,
        description=Truncator(" ".join(text.split())).chars(_DESCRIPTION),
        address=address,
        mail=f"mailto:?subject={quote(target.name)}&body={quote(address)}",
        image=f"{settings.PUBLIC_URL}{reverse('share_card', args=[target.kind])}?{asked}",
        feed=f"{reverse('feed', args=[target.kind])}?{asked}",
        dates=f"{reverse('dates', args=[target.kind])}?{asked}" if has_dates else "",
    )
