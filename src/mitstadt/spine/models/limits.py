"""How much came from one connection in one hour, and the houses that may send more.

The address of a connection itself is never kept, only its keyed digest.
"""

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


class House(models.Model):
    """A library, a school, a town hall: many people behind one connection. Its key is kept as a digest alone."""

    name = models.CharField(max_length=120, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class HouseConnection(models.Model):
    """A connection at which a house showed its key: more may come from there for a while."""

    key = models.CharField(max_length=64, unique=True)
    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="connections")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.house} {self.until}"


class CacheEntry(models.Model):
    """The table of Django's cache where no Redis is named; only the cache itself reads and writes it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.expires}"
