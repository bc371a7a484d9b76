"""The mail to somebody with a task: everything that was noted for them, in their language, once a day at most."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from mitstadt.ground.languages import of_the_city
from mitstadt.ground.mail.sending import Letter, send
from mitstadt.ground.people.models import Person
from mitstadt.spine.alert_words import told
from mitstadt.spine.models import Alert


def send_alerts(key: int, *, now: datetime, deliver: Callable[[Letter], None] = send) -> int:
    """Mark and send in one transaction, so that nothing is told twice; 1 where there was something to tell."""
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=key)
        waiting = list(Alert.objects.filter(person=person, sent_at=None).order_by("created_at", "pk"))
        if not waiting or not person.is_active or not person.email:
            return 0
        Alert.objects.filter(pk__in=[one.pk for one in waiting]).update(sent_at=now)
        deliver(alert_letter(person, waiting))
    return 1


def alert_letter(person: Person, alerts: list[Alert]) -> Letter:
    """What happened, with the way to each; no word of a person stands in the subject."""
    with override(of_the_city(person.language)):
        context = {
            "site_name": settings.UI_SITE_NAME,
            "public_url": settings.PUBLIC_URL,
            "told": [told(one) for one in alerts],
            "choose_url": f"{settings.PUBLIC_URL}{reverse('my_alerts')}",
        }
        return Letter(
            to=person.email or "",
            subject=gettext("%(site)s: Zu Ihren Aufgaben") % {"site": settings.UI_SITE_NAME},
            text=render_to_string("spine/alerts.txt", context),
            html=render_to_string("spine/alerts.html", context),
        )
