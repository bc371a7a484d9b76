"""What was decided at the end of a process: who decided, when, in one sentence; the smallest form of a decision."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from mitstadt.spine.models.managers import RecordManager
from mitstadt.spine.models.records import Record


class Decision(Record):
    """What came of a process; its body is the sentence that everyone reads. Files hang on it as on any record."""

    KIND: ClassVar[str] = "decision"

    record_ptr = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="as_decision"
    )
    # By the name in its address, so that the public log can be read without our tables.
    decided_by = models.ForeignKey(
        "organisations.Organisation", to_field="slug", on_delete=models.PROTECT, related_name="decisions"
    )
    decided_on = models.DateField()
    # Where the resolution itself can be read.
    link = models.URLField(max_length=500, blank=True)

    objects: ClassVar[RecordManager[Self]] = RecordManager()
