"""What is wrong with a city, or with the backup of one: its log, the contents under salt, its records."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps as installed
from django.apps.registry import Apps

from mitstadt.methods.log import Verification
from mitstadt.site.backup import log_check
from mitstadt.spine.queries.record_check import check_records
from mitstadt.spine.queries.record_findings import RecordCheck

_TOLD = 20


@dataclass(frozen=True)
class Findings:
    """What came of holding log, contents and records against each other."""

    log: Verification
    acts: int
    records: RecordCheck
    more: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing at all is wrong."""
        return self.faults_total == 0

    @property
    def faults_total(self) -> int:
        """How many faults there are."""
        return self.log.faults_total + self.records.differences_total + len(self.more)

    @property
    def faults(self) -> list[str]:
        """The first of them, each in a sentence."""
        log, records = self.log.faults, self.records.differences
        return [*self.more, *(fault.sentence for fault in log), *(one.sentence for one in records)]

    @property
    def lines(self) -> list[str]:
        """The list for whoever looks after the city."""
        told = [f"  {sentence}" for sentence in self.faults[:_TOLD]]
        more = self.faults_total - len(told)
        return [*told, *([f"  … and {more} more."] if more > 0 else [])]

    @property
    def notices_lines(self) -> list[str]:
        """What is odd in the log and proves nothing, as a clock that was set back."""
        told = [f"  Odd, and no fault: {notice.sentence}" for notice in self.log.notices[:_TOLD]]
        more = self.log.notices_total - len(told)
        return [*told, *([f"  … and {more} more of the kind."] if more > 0 else [])]

    @property
    def unpromised_lines(self) -> list[str]:
        """Records for which no act vouches any more: an author who wrote them with others ended their account."""
        if not self.records.unpromised_total:
            return []
        refs = ", ".join(self.records.unpromised[:_TOLD])
        more = self.records.unpromised_total - min(_TOLD, len(self.records.unpromised))
        return [f"  No act vouches any more for the words of: {refs}{f' and {more} more' if more else ''}."]


def findings(
    secret_key: bytes, *, head: str, least: int = 0, tables: Apps = installed, records: bool = True
) -> Findings:
    """Check everything in the database against the log, under a head noted elsewhere that covers `least` acts."""
    log, acts = log_check.check(secret_key, head=head, tables=tables)
    short = (f"The log has {acts} acts; its signed head covers {least}.",) if acts < least else ()
    return Findings(log, acts, check_records(tables) if records else RecordCheck(), short)
