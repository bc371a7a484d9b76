"""How much came from one connection in one hour; the address itself is never kept, only its keyed digest."""

from django.db import models


class RateCount(models.Model):
    """A counter that is deleted after its hour."""

    key = models.CharField(max_length=64)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "hour"], name="rate_count_once")]

    def __str__(self) -> str:
        return f"{self.hour} {self.count}"
