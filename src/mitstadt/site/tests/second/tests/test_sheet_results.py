"""What came of a sheet: a page that tells it to everyone, files for those who count again."""

import csv
import io
import json
from typing import Any
from uuid import uuid4

import pytest
from pypdf import PdfReader

from html_client import CityClient
from mitstadt.ground.sheets.samples import EVERY_KIND
from mitstadt.ground.sheets.stored import sheet_hash
from mitstadt.site.tests.second import views
from mitstadt.site.tests.second.tests.second_city import opened_list
from mitstadt.ui.sheets.filling import Filled

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened_list)]


@pytest.fixture
def address():
    views.SENT.clear()
    for way, count in (("bike", 60), ("foot", 30), ("bus", 3)):
        views.SENT.extend(Filled(uuid4(), {"way": way, "title": "=1+1"}) for _one in range(count))
    yield f"/wuensche/{opened_list().ref}/bogen"
    views.SENT.clear()


def test_the_page_tells_the_finding_and_keeps_back_what_concerns_few(address):
    page = " ".join(CityClient().get(f"{address}/ergebnis/").content.decode().split())

    assert "Am häufigsten: „mit dem Rad“, 65 Prozent von 93 Antworten." in page
    assert page.count("zu wenige") >= 4
    assert "Zu wenige“ heißt: weniger als 5 Menschen" in page
    assert "93 Menschen haben geantwortet." in page
    assert "32 %" not in page


def _file(address, kind):
    response: Any = CityClient().get(f"{address}/antworten.{kind}")
    return response, b"".join(response.streaming_content).decode()


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing(address):
    response, text = _file(address, "csv")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))

    assert text.startswith("\ufeff")
    assert response["Content-Disposition"] == 'attachment; filename="bogen.csv"'
    assert len(rows) == 93
    assert {row["title"] for row in rows} == {"'=1+1"}


def test_the_other_files_explain_it(address):
    assert json.loads(_file(address, "json")[1])["hash"] == sheet_hash(EVERY_KIND)
    assert "Wie kommen Sie meistens her?" in _file(address, "codebook")[1]


def test_everyone_may_print_the_sheet(address):
    response = CityClient().get(f"{address}.pdf")

    assert "Der Platz vor der Tür" in PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
