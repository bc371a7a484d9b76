"""The search index beside the records: stemmed words, the same on SQLite and PostgreSQL."""

from django.db import models

from mitstadt.spine.models.records import Record


class SearchEntry(models.Model):
    """The stems of one public record, as the database's own full-text index reads them."""

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.CASCADE, related_name="search_entry")
    title_stems = models.TextField(blank=True)
    body_stems = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"search entry of {self.record_id}"


class SearchWord(models.Model):
    """A stem that occurs somewhere, so that a mistyped word finds its neighbours."""

    stem = models.CharField(max_length=64, unique=True)
    # The same from its end, so that what a compound ends with finds it.
    backwards = models.CharField(max_length=64, db_index=True, default="")
    length = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["length", "stem"], name="search_word_by_length")]

    def __str__(self) -> str:
        return self.stem
