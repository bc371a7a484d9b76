"""Components take what they name, escape what people wrote, and tell in words what they show in colour."""

import re
from datetime import date

import pytest
import segno
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from mitstadt.ui import marks
from mitstadt.ui.parts import AreaMap, Bar, Change, Comment, Dot, Shape, State, Step, Stretch, Table, Words


@pytest.fixture
def draw(look):
    def draw(source, **context):
        request = RequestFactory().get("/liste/", {"wort": "Bänke & Bäume", "seite": "2"})
        return Template("{% load ui %}" + source).render(Context({"request": request, **context}))

    return draw


@pytest.mark.parametrize(
    "source",
    [
        '{% button "Senden" knd="primary" %}',
        '{% banner ton="info" %}x{% endbanner %}',
        "{% thread steps labl='x' %}",
        "{% receipt ref url %}",
    ],
)
def test_a_misspelt_or_missing_argument_stops_the_page_from_being_built(draw, source):
    with pytest.raises(TemplateSyntaxError):
        draw(source)


def test_what_people_wrote_is_never_markup(draw):
    hostile = "<script>x()</script>"
    comment = Comment(ref="A", author=hostile, at=date(2027, 5, 4), text=hostile, href="/", answer=hostile)
    html = draw(
        "{% comment_item comment %}{% word_diff words %}{% thread steps %}{% statistic said bars label=said %}"
        "{% banner title=said %}{{ said }}{% endbanner %}{% qr said label=said %}{% data_table table %}",
        comment=comment,
        words=[Words(text=hostile, change=Change.INSERTED)],
        steps=[Step(title=hostile, state=State.DONE, quote=hostile)],
        bars=[Bar(label=hostile, value=hostile, share=1)],
        table=Table(caption=hostile, columns=(hostile,), rows=((hostile,),)),
        said=hostile,
    )

    assert "<script" not in html


def test_a_wording_is_told_in_words_too(draw):
    words = [Words(text="alt", change=Change.DELETED), Words(text="neu", change=Change.INSERTED)]
    html = draw("{% word_diff words %}", words=words)
    told = re.sub(r"<[^>]+>", "", html)

    assert " ".join(told.split()) == "gestrichen: alt Ende der Streichung.neu: neu Ende des Neuen."


@pytest.mark.parametrize(
    ("state", "word"), [(State.NOW, "jetzt"), (State.NEXT, "steht noch aus"), (State.MISSED, "nicht eingehalten")]
)
def test_every_knot_has_its_word(draw, state, word):
    assert word in draw("{% thread steps %}", steps=[Step(title="Antworten", state=state)])


@pytest.mark.parametrize(("elapsed", "percent"), [(0.0, 6), (0.5, 50), (1.0, 94), (7.0, 94)])
def test_today_never_hides_behind_the_knots_of_its_phase(elapsed, percent):
    assert Stretch(title="Sammeln", state=State.NOW, when="Mai", elapsed=elapsed).today_percent == percent


def test_pages_of_a_list_keep_the_other_words_of_the_address(draw):
    page = Paginator(range(200), 10).page(2)
    html = draw("{% pagination page %}", page=page)

    assert "11 bis 20 von 200" in html
    assert 'href="?wort=B%C3%A4nke+%26+B%C3%A4ume&amp;seite=3" rel="next"' in html
    assert html.count('aria-current="page"') == 1


def test_a_list_of_one_page_offers_no_pages(draw):
    html = draw("{% pagination page %}", page=Paginator(range(3), 10).page(1))

    assert html.strip() == ""


def test_the_code_to_scan_is_the_one_that_the_library_made():
    text = "https://mitstadt.example/7K3Q-M9XD"
    html = marks.qr(text, label="Führt zum Eintrag")
    size = int(re.search(r'viewBox="0 0 (\d+)', html).group(1))
    drawn = [[0] * size for _ in range(size)]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", html):
        for column in range(int(x), int(x) + int(width)):
            drawn[int(y)][column] = 1
    expected = [[int(module) for module in row] for row in segno.make(text, error="m", micro=False).matrix]

    assert [row[4:-4] for row in drawn[4:-4]] == expected
    assert "style" not in html


def test_a_map_is_drawn_with_points_in_every_language(draw, look):
    look.LANGUAGE_CODE = "de"
    drawing = AreaMap(
        title="Karte",
        description="Ein Bezirk.",
        width=850.5,
        height=545.25,
        shapes=[Shape(path="M0 0h1v1z", label="Mitte: 4 offen", href="/mitte/")],
        dots=[Dot(x=1.5, y=2.5, label="Park", number=1)],
    )
    html = draw("{% area_map drawing %}", drawing=drawing)

    assert 'viewBox="0 0 850.5 545.25"' in html
    assert "translate(1.5 2.5)" in html
    assert '<a href="/mitte/" aria-label="Mitte: 4 offen">' in html


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="zip"):
        marks.cells(("Im Netz",), Table(caption="Wege", columns=("Weg", "Zahl"), rows=()))
