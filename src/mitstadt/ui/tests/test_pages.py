"""The sample pages are sound, in every state that they show."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

import mitstadt.ui

UI = Path(mitstadt.ui.__file__).parent
PAGES = ["", "startseite/", "beteiligung/", "text/", "werdegang/", "formular/", "quittung/"]


@pytest.mark.parametrize("page", PAGES)
def test_every_sample_page_is_sound(client, page):
    assert client.get(f"/muster/{page}").status_code == 200


def test_a_form_with_errors_says_so_in_the_title_and_leads_to_the_field(client):
    response = client.post("/muster/formular/", {"words": ""})
    html = response.content.decode()

    assert response.status_code == 422
    assert "<title>Fehler: " in html
    assert '<a href="#id_words">Ihr Vorschlag fehlt noch. Ein Satz genügt.</a>' in html
    assert 'aria-describedby="id_words_helptext id_words_error"' in html


def test_what_was_typed_is_still_there_after_an_error(client):
    response = client.post("/muster/formular/", {"words": "Ä" * 1001})

    assert "Ä" * 1001 in response.content.decode()


def test_a_received_contribution_shows_its_ref_and_frees_the_kept_text(client):
    html = client.post("/muster/formular/", {"words": "Mehr Bänke"}).content.decode()

    assert 'id="kennzeichen">7K3Q-M9XD<' in html
    assert "data-received" in html


def test_the_navigation_shows_the_places_that_exist_and_where_one_is(client):
    html = client.get("/muster/beteiligung/").content.decode()

    assert '<a class="nav__link" href="/muster/beteiligung/" aria-current="page">Jetzt mitmachen</a>' in html
    assert 'class="nav__link" href="/muster/startseite/"' not in html
    assert ">Zusagen</a>" not in html


def test_every_static_file_that_a_template_names_exists(look):
    named = {
        name
        for template in (UI / "templates").rglob("*.html")
        for name in re.findall(r"{% static '([^']+)' %}", template.read_text(encoding="utf-8"))
    }

    assert len(named) > 10
    assert [name for name in named if finders.find(name) is None] == []


def test_every_class_that_a_template_uses_has_a_rule():
    sheets = "".join(sheet.read_text(encoding="utf-8") for sheet in (UI / "static").rglob("*.css"))
    ruled = set(re.findall(r"\.([a-zA-Z][\w-]*)", sheets))
    hooks = {"post-button__form", "page-home", "page-form", "page-trail", "form-set-item"}
    used = set()
    for template in (UI / "templates").rglob("*.html"):
        text = re.sub(r"{{.*?}}", "", re.sub(r"{%.*?%}", " ", template.read_text(encoding="utf-8")))
        for value in re.findall(r'class="([^"]*)"', text):
            used |= {name for name in value.split() if not name.endswith(("-", "_"))}

    assert " ".join(sorted(used - ruled - hooks)) == ""
