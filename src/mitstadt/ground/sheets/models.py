"""What somebody has filled in so far, until they send it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class Begun(models.Model):
    """A sheet that somebody began: sealed, known by the digest of a code, and gone when its time is over.

    It points to nobody. `about` names where the sheet is asked, `sheet` is the hash of what is asked.
    """

    digest = models.CharField(max_length=64, unique=True)
    about = models.CharField(max_length=80)
    sheet = models.CharField(max_length=64)
    sealed = models.TextField(default="")
    key = models.UUIDField(default=uuid4, editable=False)
    kept_until = models.DateTimeField(db_index=True)
