"""A run: the result of a computation, with all that anyone needs to compute it again."""

from __future__ import annotations

import zlib

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mitstadt.spine.models.records import Record


class RunState(models.TextChoices):
    """Where a run stands."""

    WAITING = "waiting", _("wartet")
    RUNNING = "running", _("wird gerechnet")
    DONE = "done", _("fertig")
    FAILED = "failed", _("nicht gelungen")


class RunInput(models.Model):
    """The input of runs, named by its SHA-256, exactly as it was computed from and is published."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    packed = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256

    @property
    def data(self) -> bytes:
        """The bytes themselves."""
        return zlib.decompress(bytes(self.packed))


class Run(models.Model):
    """One computation about a part or another record. The same one is not made twice; `key` holds that."""

    # Its address, printed and read out like that of a record.
    ref = models.CharField(max_length=12, unique=True)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="runs")
    # The key of a declared method (spine.runs) and the version of it that computed.
    method = models.CharField(max_length=64)
    version = models.CharField(max_length=24)
    settings = models.JSONField(default=dict, blank=True)
    seed = models.BigIntegerField(default=0)
    input = models.ForeignKey(RunInput, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64, unique=True)
    # As the method gave it when the run was asked for: a later version may be called otherwise.
    command = models.TextField()
    input_name = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=RunState, default=RunState.WAITING)
    # The result as canonical JSON, to the byte.
    output = models.TextField(blank=True)
    output_sha256 = models.CharField(max_length=64, blank=True)
    # What the method said where it failed, in one English sentence.
    problem = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="run_state_known"),
            models.CheckConstraint(condition=Q(state=RunState.DONE) | Q(output=""), name="run_output_when_done"),
            models.CheckConstraint(
                condition=~Q(state=RunState.FAILED) | ~Q(problem=""), name="run_failed_with_a_sentence"
            ),
        ]
        indexes = [models.Index(fields=["record", "-asked_at"], name="run_of_record")]

    def __str__(self) -> str:
        return f"{self.ref} {self.method} {self.version}"
