"""Acts: who did what to which record and when, append-only, chained into a Merkle log with signed heads."""

from django.db import models
from django.db.models import Q


class Act(models.Model):
    """One entry of the log. `index` is its place; nothing about it ever changes."""

    index = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    # person, code, guest, host or system; who exactly is in the salted content and can be erased with it.
    actor_kind = models.CharField(max_length=64)
    # The organisation that acted, by its slug; empty for people.
    actor = models.CharField(max_length=64, blank=True)
    verb = models.CharField(max_length=64)
    ref = models.CharField(max_length=12, blank=True)
    details = models.JSONField(default=dict, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    leaf_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(index__gte=0), name="act_index_counts_up")]
        indexes = [models.Index(fields=["ref", "index"], name="act_by_ref")]

    def __str__(self) -> str:
        return f"{self.index} {self.verb} {self.ref}"


class ActContent(models.Model):
    """The salted content of an act; erasing this row erases the words, and the log still verifies."""

    act = models.OneToOneField(Act, primary_key=True, on_delete=models.CASCADE, related_name="content")
    record = models.ForeignKey("spine.Record", null=True, on_delete=models.CASCADE, related_name="+")
    salt = models.CharField(max_length=32)
    content = models.JSONField()

    def __str__(self) -> str:
        return f"content of {self.act_id}"


class ActInPreparation(models.Model):
    """What was done to a draft: it enters the log when the draft opens, and never where it is given up.

    So nobody outside learns from the log that something is in preparation, by whom, and for when.
    """

    record = models.ForeignKey("spine.Record", on_delete=models.CASCADE, related_name="+")
    # The room in whose opening it enters the log; the record itself, where that is a room.
    room = models.ForeignKey("spine.Room", null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=64)
    actor = models.CharField(max_length=64, blank=True)
    verb = models.CharField(max_length=64)
    details = models.JSONField(default=dict, blank=True)
    content = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(verb=""), name="act_in_preparation_has_verb")]

    def __str__(self) -> str:
        return f"{self.verb} {self.record_id}"


class LogState(models.Model):
    """The growing edge of the Merkle tree: one row, locked by whoever appends."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    frontier = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="log_state_single")]

    def __str__(self) -> str:
        return self.frontier


class SignedHead(models.Model):
    """A published head of the log, as the text that was signed with its signature."""

    size = models.BigIntegerField(primary_key=True)
    signed_at = models.DateTimeField()
    text = models.TextField()

    def __str__(self) -> str:
        return f"head at {self.size}"


class LogNode(models.Model):
    """A full node of the Merkle tree, so that a proof needs a handful of rows however long the log is.

    Only nodes from `LOWEST_LEVEL` up are kept: one row for every 32 acts; what lies below is computed from the acts.
    """

    LOWEST_LEVEL = 5

    level = models.PositiveSmallIntegerField()
    position = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "position"], name="log_node_once")]

    def __str__(self) -> str:
        return f"node {self.level}/{self.position}"
