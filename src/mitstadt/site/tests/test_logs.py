"""Log lines say when and what, and lead to nobody."""

import logging
import sys

import pytest
from django.db import IntegrityError, transaction

from cast import NOW
from mitstadt.site.logs import CalmFormatter, without_traces
from mitstadt.spine.models import RateCount


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Mail to linh.nguyen+x@example.org failed", "Mail to ‹mail› failed"),
        ("from 192.0.2.17 and 2001:db8::17", "from ‹address› and ‹address›"),
        ("Not Found: /suche/?q=Scheidung&seite=2", "Not Found: /suche/?…"),
        ("Not Found: /code/7K3Q-M9XD-PPRT-22AB/", "Not Found: /code/‹code›/"),
        ("Not Found: /mails-abbestellen/17:1uPq3x:Zk9f_aa-12/", "Not Found: /mails-abbestellen/‹key›/"),
        ("DETAIL:  Key (email)=(x) already exists.", "DETAIL: …"),
        ("ERROR\nDETAIL:  Failing row contains (7, Zeile eins\n\nZeile zwei, x).\n", "ERROR\nDETAIL: …"),
        ("new row violates it: Failing row contains (7, Linh\nNguyen)", "new row violates it: Failing row contains …"),
        ('invalid input syntax for type integer: "Linh\nNguyen"', "invalid input syntax for type integer …"),
        ('value "0171 5550199" is out of range', "value … is out of range"),
        ("Not Found: /beteiligungen/7K3Q-M9XD/", "Not Found: /beteiligungen/7K3Q-M9XD/"),
        (
            "Task 98d88aba-0aa5-4daf-a76e-e034314e6263 (x.y) failed",
            "Task 98d88aba-0aa5-4daf-a76e-e034314e6263 (x.y) failed",
        ),
        ("at 12:30:05 in 0:01:02", "at 12:30:05 in 0:01:02"),
    ],
)
def test_what_may_lead_to_a_person_is_taken_out(line, kept):
    assert without_traces(line) == kept


def test_a_line_begins_with_the_time_and_an_error_quotes_nobody():
    try:
        raise ValueError("linh@example.org")
    except ValueError:
        record = logging.LogRecord("city", logging.ERROR, "x.py", 1, "From %s", ("192.0.2.1",), sys.exc_info())
    record.created = 1_780_000_000.5

    written = CalmFormatter().format(record)

    assert written.startswith("2026-05-28T20:26:40.500+00:00 ERROR city From ‹address›")
    assert "test_logs.py" in written
    assert "linh@" not in written.replace('raise ValueError("linh@example.org")', "")


@pytest.mark.django_db
def test_what_a_database_says_of_a_row_leads_to_nobody_and_where_it_happened_stays():
    """On PostgreSQL the words of the error hold the whole row, line by line."""
    words = "Ich heiße Linh.\n\nIch wohne im Hinterhaus."
    try:
        try:
            with transaction.atomic():
                RateCount.objects.create(key=words, hour=NOW, count=1)
                RateCount.objects.create(key=words, hour=NOW, count=1)
        except IntegrityError as error:
            quoted = f'{error}\nDETAIL:  Failing row contains (1, {words}, 1).\nCONTEXT:  COPY x: "{words}"'
            raise ValueError(quoted) from error
    except ValueError:
        record = logging.LogRecord("city", logging.ERROR, "x.py", 1, "Not done", (), sys.exc_info())

    written = CalmFormatter().format(record)

    assert "Hinterhaus" not in written
    assert "heiße" not in written
    assert "The above exception was the direct cause" in written
    assert "IntegrityError" in written
    assert written.count("Traceback (most recent call last)") >= 2
