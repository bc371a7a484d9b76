"""What the city does by the clock to know that it can be believed, and that it could be restored."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from django.conf import settings

from mitstadt.ground import clock
from mitstadt.site.backup import secrets
from mitstadt.site.backup.findings import Findings, findings
from mitstadt.site.backup.proving import Proof, prove
from mitstadt.site.backup.view import one_view
from mitstadt.spine.actions.log import publish_head
from mitstadt.spine.models import CityCheck

logger = logging.getLogger(__name__)


def checked_city() -> Findings:
    """Everything in the database against its log, in one view of it while people go on writing."""
    head = publish_head(now=clock.now()).text
    with one_view():
        return findings(secrets.log_key(), head=head)


def check_by_the_clock(*, now: datetime) -> CityCheck:
    """Check the city, and keep what came of it for those who run it."""
    found = checked_city()
    for sentence in found.faults:
        logger.error("The city does not fit its log. %s", sentence)
    return CityCheck.objects.create(
        what=CityCheck.CITY, at=now, faults_total=found.faults_total, told=found.faults[: CityCheck.TOLD]
    )


def prove_newest_backup(*, now: datetime) -> CityCheck | None:
    """Restore the newest backup of the folder on trial, and keep what came of it; None where there is none."""
    file = newest_backup()
    if file is None:
        return None
    return keep_proof(file, prove(file), now=now)


def keep_proof(file: Path, proof: Proof, *, now: datetime) -> CityCheck:
    """Keep what came of restoring this backup on trial, for those who run the city."""
    for line in proof.lines:
        logger.error("The backup %s could not be restored on trial. %s", file.name, line.strip())
    return CityCheck.objects.create(
        what=CityCheck.BACKUP,
        at=now,
        subject=file.name[:200],
        faults_total=len(proof.lines),
        told=[line.strip() for line in proof.lines[: CityCheck.TOLD]],
    )


def newest_backup() -> Path | None:
    """The newest backup of the folder where they lie."""
    files = sorted(Path(settings.BACKUPS).glob("*.zip"), key=lambda file: file.stat().st_mtime)
    return files[-1] if files else None
