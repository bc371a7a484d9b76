"""Searches that are followed: the same search is kept once in one spelling, and looked up again by the schedule."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitstadt.ground import clock
from mitstadt.ground.codes import looks_like_code
from mitstadt.ground.refs import parse_ref
from mitstadt.ground.words import clean_words
from mitstadt.pages.search.forms import SearchForm
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actors import Actor
from mitstadt.spine.following import Target, TargetKind
from mitstadt.spine.models import Follow, Notice, Record
from mitstadt.spine.models.follows import LONGEST_SEARCH
from mitstadt.spine.search.results import Filters
from mitstadt.spine.search.results import search as search_records

logger = logging.getLogger(__name__)

# What is written in this moment may not be there for others yet; it is found the next time.
_SETTLED_AFTER = timedelta(minutes=1)


def target_of(form: SearchForm) -> Target | None:
    """A search as something to follow; nothing without a word, for a ref, and for what must stay in no address."""
    words = form.spelling
    typed = str(form.cleaned_data.get("q", "")).strip()
    if not typed or looks_like_code(typed) or isinstance(parse_ref(typed), str) or len(words) > LONGEST_SEARCH:
        return None
    return Target(SEARCH.key, words, words, _name(form, typed), f"{reverse('search')}?{words}")


def look_again(now: datetime) -> int:
    """Tell everyone who follows a search what it finds anew; returns how many notices. Each search stands alone."""
    told = 0
    followed = Follow.objects.exclude(search="").values_list("search", "person__language").distinct()
    for words, language in list(followed.order_by("search", "person__language")):
        try:
            with transaction.atomic():
                told += _look(words, language, now=now)
        except Exception:  # whatever a search of years ago may break
            logger.exception("A search that is followed could not be looked up.")
    return told


def _look(words: str, language: str, *, now: datetime) -> int:
    until = now - _SETTLED_AFTER
    rows = list(
        Follow.objects.select_for_update(of=("self",), no_key=True)
        .filter(search=words, person__language=language, looked_at__lt=until)
        .order_by("pk")
    )
    if not rows:
        return 0
    found = hits_of(words, language, since=min(row.looked_at for row in rows if row.looked_at), until=until)
    notices = [notice for row in rows for notice in _told(row, found, now=now)]
    Notice.objects.bulk_create(notices, batch_size=1000)
    Follow.objects.filter(pk__in=[row.pk for row in rows]).update(looked_at=until)
    return len(notices)


def _told(row: Follow, found: Sequence[Record], *, now: datetime) -> list[Notice]:
    """What is new for this person and not their own: one deed, told by the best of it."""
    fresh = [
        record
        for record in found
        if row.looked_at and record.created_at > row.looked_at and record.author_id != row.person_id
    ]
    told_by = fresh[0] if fresh else None
    event = verbs.FOUND_ANEW.key
    return [Notice(person_id=row.person_id, record=one, said=told_by, event=event, created_at=now) for one in fresh]


def hits_of(words: str, language: str, *, since: datetime, until: datetime) -> list[Record]:
    """What the search finds of what was said in this stretch of time, the best of it."""
    form = _form(words)
    chosen = form.chosen()
    filters = Filters(chosen.kind, chosen.area, chosen.stage, chosen.answer_state, chosen.own, since, until)
    typed = str(form.cleaned_data.get("q", "")).strip()
    results = search_records(typed, language=language or settings.LANGUAGE_CODE, filters=filters)
    return [hit.record for hit in results.hits]


def _form(words: str) -> SearchForm:
    # Words inside a value of an address: the door of pages has not cleaned these.
    form = SearchForm(
        QueryDict(urlencode([(name, clean_words(said)) for name, said in parse_qsl(words)])),
        today=timezone.localdate(clock.now()),
    )
    form.is_valid()
    return form


def _find(words: str, _actor: Actor) -> Target | None:
    return target_of(_form(words)) if len(words) <= LONGEST_SEARCH else None


def _name(form: SearchForm, typed: str) -> str:
    """The words, and what narrows them."""
    narrowed = get_text_list(form.chosen_labels, _("und")) if form.chosen_labels else ""
    return f"„{typed}“ ({narrowed})" if narrowed else f"„{typed}“"


def _of_row(row: Follow) -> Target:
    """Also one that would be read otherwise today, so that it can be ended."""
    found = _find(row.search, Actor())
    name = found.name if found else row.search
    return Target(SEARCH.key, row.search, row.search, name, f"{reverse('search')}?{row.search}")


SEARCH = TargetKind("suche", gettext_lazy("Suchen"), "search", _find, _of_row, "search")
