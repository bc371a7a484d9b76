"""Forms that one fills in with the server's help: keep a file, search a place, move a map, and go on filling in.

Such a step sends the whole form without judging it. Everything typed and uploaded is there again on the page that
comes, and no error is shown for what was not yet answered. It needs no JavaScript.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from mitstadt.ui.uploads.keeping import Uploads


class AssistedField(forms.Field):
    """A field that takes steps."""

    # An error that must be said at once, though the form is not judged.
    said_at_once = ""

    def prepare(self, *, uploads: Uploads | None, now: datetime | None) -> None:
        """Take from the form what the field's help needs."""
        self.uploads, self.now = uploads, now
        for name, value in (("uploads", uploads), ("now", now)):
            setattr(self.widget, name, value)

    def assist(self, data: Mapping[str, str], files: MultiValueDict[str, Any], name: str) -> dict[str, str]:
        """What the step changes in the data that was sent; empty without one."""
        return {}

    def is_step(self, data: Mapping[str, str], name: str) -> bool:
        """Whether the form was sent for a step of this field, and not to be done."""
        return False


class AssistedForm(forms.Form):
    """A form whose fields take steps. Where `is_valid` is false and there are no errors, show the form again."""

    def __init__(self, *args: Any, uploads: Uploads | None = None, now: datetime | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_step = False
        for field in self.fields.values():
            if isinstance(field, AssistedField):
                field.prepare(uploads=uploads, now=now)

    def is_valid(self) -> bool:
        """Whether everything is answered and nothing is asked of the server."""
        return super().is_valid() and not self.is_step

    def full_clean(self) -> None:
        """Take the steps first; judge the answers only where none was taken."""
        if self.is_bound:
            self._take_steps()
        if not self.is_step:
            super().full_clean()
            return
        self.cleaned_data = {}
        self._errors = ErrorDict(renderer=self.renderer)
        for name, field in self.fields.items():
            if isinstance(field, AssistedField) and field.said_at_once:
                self.add_error(name, field.said_at_once)

    def _take_steps(self) -> None:
        changed = _changeable(self.data)
        for name, field in self.fields.items():
            if isinstance(field, AssistedField):
                prefixed = self.add_prefix(name)
                self.is_step |= field.is_step(changed, prefixed)
                for key, value in field.assist(changed, self.files, prefixed).items():
                    changed[key] = value
        self.data = changed


def _changeable(data: Any) -> QueryDict:
    """A copy of what was sent that may be changed."""
    if isinstance(data, QueryDict):
        return data.copy()
    changed = QueryDict(mutable=True)
    changed.update(data)
    return changed
