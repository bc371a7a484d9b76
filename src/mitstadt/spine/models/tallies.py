"""Tallies: how many records of a kind are where, kept in the transaction of each change, so that nothing is counted."""

from django.db import models

from mitstadt.spine.models.records import Record

# The facet of what has a theme, before its name.
THEME = "theme:"
# The facet of what is a variant of its kind.
VARIANT = "form:"


class Tally(models.Model):
    """How many records of one kind belong to a place and are alike: same state, way, answer, and facet.

    The place is a room, a part, or the record that they speak about; each record of a tallied kind counts in all three.
    The facet "" counts every record; any other one counts those that have it (a variant, a theme), in part and record.
    What went on in another record waits there and no longer here; a piece of what was split is nobody's new voice.
    """

    place = models.ForeignKey(Record, on_delete=models.CASCADE, db_index=False, related_name="+")
    kind = models.CharField(max_length=24)
    state = models.CharField(max_length=12)
    facet = models.CharField(max_length=80, blank=True)
    answer_state = models.CharField(max_length=12, blank=True)
    channel = models.CharField(max_length=12)
    moved_on = models.CharField(max_length=8, blank=True, default="")
    is_piece = models.BooleanField(default=False)
    # May be below nought for a moment: who takes away is not always behind who adds.
    count = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "kind", "facet", "state", "answer_state", "channel", "moved_on", "is_piece"],
                name="tally_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} {self.kind} at {self.place_id}"
