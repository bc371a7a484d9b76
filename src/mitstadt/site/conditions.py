"""Whether the machines of this city stand as they should."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.conditions import Condition, Finding, Verdict, declare
from mitstadt.ground.languages import base_of
from mitstadt.ground.tasks.workers import living
from mitstadt.ground.translating import service
from mitstadt.site.backup.checking import newest_backup
from mitstadt.site.readiness import troubles
from mitstadt.spine.models import Act, CityCheck
from mitstadt.spine.queries.checks import newest_checks

_CLOCKS_AGREE_WITHIN = timedelta(seconds=5)
_BACKUP_AT_MOST = timedelta(days=2)
# Proved every week by the clock; one more week for a machine that stood still.
_PROOF_AT_MOST = timedelta(days=14)
_LEAST_ROOM = 1 << 30
_LITTLE_ROOM = 5 << 30


def _machine(_now: datetime) -> Finding:
    found = troubles()
    if found:
        return Finding(Verdict.BAD, " ".join(found))
    return Finding(Verdict.FINE, _("Datenbank, Zwischenspeicher und Schlüssel sind da."))


def _address(_now: datetime) -> Finding:
    parts = urlsplit(settings.PUBLIC_URL)
    address = {"address": settings.PUBLIC_URL}
    if settings.SERVED_SECURELY and settings.DEMO:
        return Finding(
            Verdict.BAD,
            _("Unter %(address)s läuft eine Vorführung: Jeder kann sich dort als jeder anmelden.") % address,
            _("Nehmen Sie MITSTADT_DEMO aus den Einstellungen."),
        )
    if settings.SERVED_SECURELY:
        return Finding(Verdict.FINE, _("Die Stadt ist unter %(address)s zu erreichen.") % address)
    step = _("Setzen Sie MITSTADT_PUBLIC_URL auf die Adresse mit https, unter der die Stadt zu finden ist.")
    if _is_local(parts.hostname or ""):
        return Finding(
            Verdict.OPEN, _("Die Stadt kennt nur ihre Adresse auf diesem Rechner: %(address)s") % address, step
        )
    return Finding(Verdict.BAD, _("Was Menschen unter %(address)s eingeben, geht offen durchs Netz.") % address, step)


def _name(_now: datetime) -> Finding:
    if settings.IS_NAMED:
        return Finding(Verdict.FINE, _("Die Stadt heißt %(name)s.") % {"name": settings.UI_SITE_NAME})
    return Finding(
        Verdict.OPEN,
        _("Die Stadt hat noch keinen Namen: Auf jeder Seite und in jeder Mail steht nur „Mitstadt“."),
        _("Setzen Sie MITSTADT_SITE_NAME, und starten Sie neu."),
    )


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _clock(now: datetime) -> Finding:
    newest = Act.objects.order_by("-pk").values_list("at", flat=True).first()
    if newest is not None and now < newest - _CLOCKS_AGREE_WITHIN:
        return _wrong_clock()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            [there] = cursor.fetchone()
        if abs(there - now) > _CLOCKS_AGREE_WITHIN:
            return _wrong_clock()
    return Finding(Verdict.FINE, _("Die Uhr geht richtig, soweit die Stadt es sehen kann."))


def _wrong_clock() -> Finding:
    return Finding(
        Verdict.BAD,
        _("Die Uhr dieses Rechners geht anders als die der Datenbank oder des Protokolls: Fristen enden falsch."),
        _("Lassen Sie die Uhr von einem Zeitdienst stellen (systemd-timesyncd, chrony)."),
    )


def _room(_now: datetime) -> Finding:
    free = shutil.disk_usage(settings.VAR).free
    words = {"free": f"{free / (1 << 30):.1f}"}
    if free >= _LITTLE_ROOM:
        return Finding(Verdict.FINE, _("Auf der Platte sind %(free)s GB frei.") % words)
    return Finding(
        Verdict.BAD if free < _LEAST_ROOM else Verdict.OPEN,
        _("Auf der Platte sind nur noch %(free)s GB frei. Ist sie voll, kann niemand mehr etwas beitragen.") % words,
        _("Schaffen Sie Platz; alte Sicherungen gehören auf einen anderen Rechner."),
    )


def _hosts(now: datetime) -> Finding:
    hosts = {worker.host for worker in living(now=now)}
    if len(hosts) > 1 and "redis" not in settings.CACHES["default"]["BACKEND"]:
        return Finding(
            Verdict.BAD,
            _("Mehrere Rechner arbeiten für diese Stadt, und jeder zählt für sich, wer zu oft anklopft."),
            _("Setzen Sie REDIS_URL auf allen; siehe docs/operate/several-hosts.md."),
        )
    return Finding(Verdict.FINE, _("Die Rechner der Stadt wissen voneinander, was sie wissen müssen."))


def _backup(now: datetime) -> Finding:
    file = newest_backup()
    every_day = _(
        "Rufen Sie jeden Tag ./mitstadt backup auf, mit einer Datei in %(folder)s; siehe docs/operate/backup.md."
    )
    step = every_day % {"folder": settings.BACKUPS}
    if file is None:
        return Finding(Verdict.OPEN, _("Es gibt noch keine Sicherung dieser Stadt."), step)
    made = datetime.fromtimestamp(file.stat().st_mtime, tz=now.tzinfo)
    if now - made > _BACKUP_AT_MOST:
        day = date_format(localtime(made), "DATE_FORMAT")
        return Finding(Verdict.BAD, _("Die neueste Sicherung ist vom %(day)s: zu alt.") % {"day": day}, step)
    proof = newest_checks().get(CityCheck.BACKUP)
    try_it = _("Rufen Sie ./mitstadt backup mit --prove auf, und lesen Sie, was es sagt.")
    if proof is None or now - proof.at > _PROOF_AT_MOST:
        return Finding(Verdict.BAD, _("Ob sich die Sicherung zurückspielen lässt, hat niemand geprüft."), try_it)
    if proof.faults_total:
        said = _("Die Sicherung %(file)s ließ sich nicht ohne Fehler zurückspielen.") % {"file": proof.subject}
        return Finding(Verdict.BAD, said, try_it)
    return Finding(Verdict.FINE, _("Es gibt eine frische Sicherung, und das Zurückspielen ist geprüft."))


def _translation(_now: datetime) -> Finding:
    if not service.is_configured():
        return Finding(Verdict.FINE, _("Diese Stadt hat keinen Übersetzungsdienst. Es geht kein Wort an einen."))
    try:
        found = service.languages()
    except service.TranslationError as failure:
        return Finding(
            Verdict.BAD,
            _("Der Übersetzungsdienst antwortet nicht richtig. %(reason)s") % {"reason": failure},
            _("Prüfen Sie MITSTADT_TRANSLATION_URL, den Schlüssel, und ob der Dienst läuft."),
        )
    wanted = {base_of(code) for code, _name in settings.LANGUAGES}
    source = settings.LANGUAGE_CODE
    missing = sorted(wanted - {source} - found.get(source, frozenset()))
    if missing:
        return Finding(
            Verdict.OPEN,
            _("Der Übersetzungsdienst übersetzt nicht nach: %(languages)s.") % {"languages": ", ".join(missing)},
            _("Laden Sie dort die fehlenden Sprachen."),
        )
    return Finding(Verdict.FINE, _("Der Übersetzungsdienst antwortet."))


declare(Condition("machine", _("Datenbank und Schlüssel"), _machine))
declare(Condition("name", _("Name der Stadt"), _name))
declare(Condition("address", _("Adresse"), _address))
declare(Condition("clock", _("Uhr"), _clock))
declare(Condition("disk", _("Platz auf der Platte"), _room))
declare(Condition("backup", _("Sicherung"), _backup))
declare(Condition("translation", _("Übersetzungsdienst"), _translation))
declare(Condition("hosts", _("Mehrere Rechner"), _hosts))
