"""What the made-up format declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse

from mitstadt.site.tests.second.actions import wish
from mitstadt.site.tests.second.models import Wish, WishList
from mitstadt.spine import formats
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import UP, Part, Record
from mitstadt.ui.slips import SlipForm


class WishSlipForm(SlipForm):
    """A slip with a wish."""

    wish = forms.CharField(label="Wunsch", required=False, max_length=2_000)
    spot = forms.CharField(label="Ort", required=False, max_length=80)


class WishSettings(forms.Form):
    """How long a wish may be."""

    longest = forms.IntegerField(label="Längster Wunsch", required=False, min_value=1)


def _say(form: Any, speaker: Actor, clerk: Actor, now: datetime) -> Record | None:
    data = form.cleaned_data
    if not data["wish"]:
        return None
    where = WishList.objects.select_related("room").prefetch_related("phases").get(pk=form.part.pk)
    return wish(
        where,
        actor=speaker,
        body=data["wish"],
        spot=data["spot"],
        now=now,
        entered_by=clerk,
        submission_key=data["submission_key"],
    )


def _lines(keys: Sequence[int]) -> Mapping[int, formats.SlipLine]:
    rows = Wish.objects.filter(pk__in=keys)
    return {row.pk: formats.SlipLine(row.spot, "Wunsch", row.body) for row in rows}


def _board(part: Part, now: datetime) -> Sequence[formats.DueList]:
    nowhere = Wish.objects.filter(part_id=part.pk, state__in=UP, spot="").count()
    rows = [formats.Due(nowhere, "Wünsche ohne Ort", _page("wishes")(part))] if nowhere else []
    return [formats.DueList("Wünsche", rows)] if rows else []


def _page(name: str) -> Callable[[Part], str]:
    def address(part: Part) -> str:
        return reverse(name, args=[part.ref])

    return address


WISHES = formats.Format(
    key="wishes",
    name="Wünsche sammeln",
    summary="Sagen Sie, was Sie sich wünschen.",
    part=WishList,
    opens=frozenset({Deed.CONTRIBUTE, Deed.COMMENT, Deed.SUPPORT}),
    contribution_kinds=frozenset({Wish.KIND}),
    is_ready=lambda part: True,
    on_opening=lambda part, actor, now: None,
    take_part=_page("wishes"),
    paper_form=_page("wishes"),
    results=_page("wishes"),
    work=_page("wishes"),
    work_label="Wünsche beantworten",
    waiting=_page("wishes"),
    desk=formats.Desk(form=WishSlipForm, say=_say, lines=_lines, faults={"nothing_on_the_slip": "wish"}),
    board=_board,
    settings_form=WishSettings,
)
