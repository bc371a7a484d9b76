"""A city with so many rows that PostgreSQL's planner chooses what it would choose in production."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from benchmarks.big_city import Size, build
from django.core.management import call_command
from django.db import connection

from mitstadt.participation.drafting.models import Contribution, CoText, Passage
from mitstadt.spine.models import Comment, Process

# Far more in one process than any budget allows to walk.
SIZE = Size(processes=100, people=300, contributions=4_000, in_one=20_000)
# What the tables of addresses name and this city has not: there is no page.
_NOT_HERE = dict.fromkeys(
    ("catalogue", "draft", "held", "old_passage", "run", "unit", "wish", "wish_list"), "2222-2222"
)


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """What the table of addresses needs to know of the city; committed and analysed, and gone afterwards."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite does not tell how many rows a statement reads; CI runs this on PostgreSQL.")
    with django_db_blocker.unblock():
        made = build(SIZE)
        records: dict[str, Any] = {
            "process": Process.objects.select_related("host").get(ref=made.process_ref),
            "text": CoText.objects.get(ref=made.text_ref),
            "passage": Passage.objects.get(ref=made.passage_ref),
            "contribution": Contribution.objects.get(ref=made.contribution_ref),
            "other_contribution": Contribution.objects.get(ref=made.answered_ref),
            "comment": Comment.objects.filter(about__ref=made.contribution_ref)[0],
        }
        refs = {name: record.ref for name, record in records.items()}
        yield SimpleNamespace(**records, refs={**_NOT_HERE, **refs, "host": records["process"].host.slug})
        call_command("flush", interactive=False, verbosity=0)
