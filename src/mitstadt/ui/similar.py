"""A step of a form: before something is sent, what others said already is shown, so that people join them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms


class _SeenField(forms.BooleanField):
    """Whether similar things were shown. The page that shows them sends it along; what was typed stays as it is."""

    widget = forms.HiddenInput
    shown = False

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the hidden field says on the page."""
        return "on" if self.shown else super().bound_data(data, initial)


class SimilarFirst(forms.Form):
    """A form that shows similar records once before it is sent. Say in `typed` which words to compare.

    Ask `shows_similar` when the form is valid, and show its page again where that is so; the template of the page
    includes `ui/parts/similar.html`.
    """

    similar_seen = _SeenField(required=False)

    @property
    def typed(self) -> str:
        """All words that were typed."""
        raise NotImplementedError

    def shows_similar(self, find: Callable[[str], Sequence[Any]]) -> Sequence[Any]:
        """What resembles the words, where it was not shown before; the next sending then goes through."""
        if self.cleaned_data["similar_seen"]:
            return ()
        found = find(self.typed)
        if found:
            field: Mapping[str, Any] = self.fields
            field["similar_seen"].shown = True
        return found
