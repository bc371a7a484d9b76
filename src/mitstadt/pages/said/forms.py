"""What narrows the list of contributions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitstadt.spine import formats
from mitstadt.spine.kinds import Kind, all_kinds
from mitstadt.spine.models import AnswerDecision, Part
from mitstadt.spine.queries.ordering import Order
from mitstadt.spine.queries.said import WAITING, Narrowing, themes_said
from mitstadt.ui.orders import LABELS, PARAMETER

# What the tabs choose, beside the fields.
ANSWER = "antwort"
ANSWERS: Sequence[tuple[str, str | Promise]] = [
    ("", _("Alle")),
    (WAITING, _("Ohne Antwort")),
    *AnswerDecision.choices,
]
Choices = list[tuple[str, Any]]


class SaidForm(forms.Form):
    """Part, kind, theme, answer and order. A value that fits nothing narrows nothing."""

    every_field_is_optional = True

    def __init__(self, data: QueryDict, *, parts: Sequence[Part]) -> None:
        super().__init__(data)
        self._parts = {part.ref: part for part in parts}
        self._add("teil", _("Teil"), [("", _("alle Teile")), *((part.ref, part.title) for part in parts)])
        self._add("art", _("Was"), [("", _("alles")), *_kinds(parts)])
        themes = themes_said([part.pk for part in parts])
        self._add("thema", _("Thema"), [("", _("alle Themen")), *((theme, theme) for theme in themes)])
        self._add(PARAMETER, _("Reihenfolge"), [(order.value, LABELS[order]) for order in _ORDERS])
        self.fields[ANSWER] = forms.ChoiceField(required=False, choices=ANSWERS, widget=forms.HiddenInput)
        self.is_valid()

    def _add(self, name: str, label: Any, choices: Choices) -> None:
        if len(choices) > (1 if name == PARAMETER else 2):
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=choices)

    @property
    def parts(self) -> list[Part]:
        """The chosen part, or all."""
        chosen = self._parts.get(self._chosen("teil"))
        return [chosen] if chosen else list(self._parts.values())

    @property
    def order(self) -> Order:
        """The chosen order; the newest first, where none is."""
        return Order(self._chosen(PARAMETER) or Order.NEWEST)

    @property
    def narrowing(self) -> Narrowing:
        """What is chosen, as the list takes it."""
        kind, _dot, variant = self._chosen("art").partition(".")
        return Narrowing(kind=kind, variant=variant, theme=self._chosen("thema"), answer=self._chosen(ANSWER))

    @property
    def kept(self) -> dict[str, str]:
        """What is chosen beside the answer: it stays when another answer is looked for."""
        return {name: value for name in self.fields if name != ANSWER and (value := self._chosen(name))}

    @property
    def has_choices(self) -> bool:
        """Whether any of the fields says something else than at first."""
        return bool(self.kept)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order is chosen."""
        return any(self._chosen(name) for name in self.fields if name != PARAMETER)

    def _chosen(self, name: str) -> str:
        return str(self.cleaned_data.get(name, ""))


_ORDERS = (Order.NEWEST, Order.MOST_SUPPORTED, Order.OLDEST)


def _kinds(parts: Sequence[Part]) -> Iterator[tuple[str, str | Promise]]:
    """What people contribute to these parts: each kind, or each of its variants where it has any."""
    keys = {key for part in parts if (declared := formats.format_of(part)) for key in declared.contribution_kinds}
    for kind in all_kinds():
        if kind.key in keys and kind.answerable:
            yield from _variants(kind)


def _variants(kind: Kind) -> Iterator[tuple[str, str | Promise]]:
    if not kind.variants:
        yield kind.key, kind.labels
    yield from ((f"{kind.key}.{variant}", label) for variant, label in kind.variants)
