"""The kinds of drafting: the text, its passages, and what people contribute to them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitstadt.participation.drafting.actions.contributions import (
    check_wording,
    contributions_saying,
    count_contribution,
    erase_contribution,
    kept_words_of_contribution,
    kept_words_of_text,
    piece_of_contribution,
    tell_of_contribution,
    words_of_contribution,
)
from mitstadt.participation.drafting.actions.standing import link_what_stands, overstated
from mitstadt.participation.drafting.models import Contribution, ContributionForm, CoText, Passage, Shape
from mitstadt.participation.drafting.presenting import Talk
from mitstadt.participation.drafting.queries.contributions import contributions_listed
from mitstadt.participation.drafting.queries.open_data import facts_of_contributions, facts_of_passages
from mitstadt.participation.drafting.queries.reading import is_of_the_newest_edition
from mitstadt.spine import kinds
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Record

_BEGINNINGS = {
    ContributionForm.WORDING.value: gettext_lazy("%(who)s hat einen Wortlaut für Stelle %(passage)s vorgeschlagen."),
    ContributionForm.QUESTION.value: gettext_lazy("%(who)s hat etwas zu Stelle %(passage)s gefragt."),
    ContributionForm.COMMENT.value: gettext_lazy("%(who)s hat einen Kommentar geschrieben."),
}


def _page_of_text(record: Record) -> str:
    return reverse("text", args=[record.ref])


def _page_of_passage(record: Record) -> str:
    return reverse("passage", args=[record.own_part.ref, record.ref])


def _page_of_contribution(record: Record) -> str:
    return reverse("contribution", args=[record.ref])


def _of_form(form: str) -> QuerySet[Record]:
    return Record.objects.filter(kind=Contribution.KIND, variant=form)


def _form_of(record: Record) -> str:
    return record.form if isinstance(record, Contribution) else ""


def _at_the_same_passage(record: Record) -> QuerySet[Record]:
    passage = Contribution.objects.filter(pk=record.pk).values("passage_id")
    return Record.objects.filter(pk__in=Contribution.objects.filter(passage_id__in=passage).values("pk"))


def _around_contribution(record: Record) -> kinds.Surroundings:
    said = Contribution.objects.select_related("passage__part").get(pk=record.pk)
    return kinds.Surroundings(
        title=_("Zu Stelle %(number)s") % {"number": said.passage.number},
        words=said.passage.body,
        href=_page_of_passage(said.passage),
        judged="drafting/parts/judged_wording.html" if said.wording else "",
        facts={"wording": said.wording},
    )


def _read_on(record: Record) -> list[tuple[str, str]]:
    """On in the text, and back to the passage."""
    passage = Contribution.objects.select_related("passage__edition").get(pk=record.pk).passage
    back = (_("Zurück zu Stelle %(number)s") % {"number": passage.number}, _page_of_passage(passage))
    following = passage.edition.passages.filter(position__gt=passage.position).order_by("position")
    text = reverse("text", args=[record.own_part.ref])
    return [
        *((_("Weiterlesen bei %(number)s") % {"number": on.number}, f"{text}#p{on.number}") for on in following[:1]),
        back,
    ]


def _begun(who: str, details: Mapping[str, object]) -> str:
    # No line breaks the number of a passage apart.
    number = str(details.get("passage", "")).replace("-", "\N{NON-BREAKING HYPHEN}")
    sentence = _BEGINNINGS.get(str(details.get("form")), _BEGINNINGS[ContributionForm.COMMENT.value])
    return str(sentence) % {"who": who, "passage": number}


TEXT = kinds.Kind(
    key=CoText.KIND,
    label=gettext_lazy("Text"),
    labels=gettext_lazy("Texte"),
    accepts=kinds.JUDGED | {Deed.FOLLOW},
    holds_others=True,
    address=_page_of_text,
    keeps_words=kept_words_of_text,
    keeps=("source_name",),
)
PASSAGE = kinds.Kind(
    key=Passage.KIND,
    label=gettext_lazy("Stelle"),
    labels=gettext_lazy("Stellen"),
    accepts=kinds.JUDGED | {Deed.FOLLOW, Deed.CONTRIBUTE},
    holds_others=True,
    address=_page_of_passage,
    variants=Shape.choices,
    quiet=frozenset({Shape.TITLE.value, Shape.HEADING.value}),
    is_found=is_of_the_newest_edition,
    facts=facts_of_passages,
    keeps=("number", "level", "shape"),
    told_in="passages",
)
CONTRIBUTION = kinds.Kind(
    key=Contribution.KIND,
    label=gettext_lazy("Beitrag"),
    labels=gettext_lazy("Beiträge"),
    accepts=kinds.OWN_WORDS
    | kinds.SHARED
    | kinds.MERGED_AND_SPLIT
    | {Deed.SUPPORT, Deed.COMMENT, Deed.FOLLOW, Deed.ANSWER},
    address=_page_of_contribution,
    near=_at_the_same_passage,
    surroundings=_around_contribution,
    goes_on=_read_on,
    filters=(
        kinds.SearchFilter("form", gettext_lazy("Was zum Text gesagt wurde"), ContributionForm.choices, _of_form),
    ),
    variants=ContributionForm.choices,
    variant=_form_of,
    listing=kinds.Listing("drafting/parts/listed.html", contributions_listed, Talk),
    spoken=True,
    arrived=gettext_lazy("Ihr Beitrag ist angekommen."),
    answerable=True,
    begun=_begun,
    tells=tell_of_contribution,
    count=count_contribution,
    erase=erase_contribution,
    keeps_words=kept_words_of_contribution,
    says_beside=contributions_saying,
    corrects={"wording": gettext_lazy("Neuer Wortlaut")},
    checks=check_wording,
    words=words_of_contribution,
    piece=piece_of_contribution,
    facts=facts_of_contributions,
    keeps=("form", "wording", "anchor"),
    overstated=overstated,
    answered=link_what_stands,
)

KINDS = (TEXT, PASSAGE, CONTRIBUTION)
