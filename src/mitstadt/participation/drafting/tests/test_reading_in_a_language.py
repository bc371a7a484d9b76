"""A text is read in the language of the pages; what it does not say in it is said as it was written, and told apart."""

import pytest

from cast import LATER, NOW, malik
from mitstadt.participation.drafting.actions.translations import translate_edition
from mitstadt.participation.drafting.actions.working_copy import PassageEdit, begin_next_edition, revise
from mitstadt.participation.drafting.models import CoText
from mitstadt.participation.drafting.queries.working import all_working, words_missing
from mitstadt.participation.drafting.tests.builders import opened, passage
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]
BENCHES = "For children and old people."


@pytest.fixture
def text(monkeypatch) -> CoText:
    on_day(monkeypatch)
    return opened()


def in_english(text: CoText, beginning: str = "Für Kinder", words: str = BENCHES) -> None:
    where = passage(text, beginning)
    translate_edition(where.edition, actor=malik(), language="en", words={where.number: words}, now=NOW)


def page(text: CoText, prefix: str = "/en", end: str = "", **asked: str) -> str:
    answer = visit().get(f"{prefix}/texte/{text.ref}/{end}", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_whoever_reads_english_pages_reads_the_english_text_without_a_second_choice(text):
    in_english(text)

    assert BENCHES in page(text)
    assert BENCHES not in page(text, prefix="")


def test_what_is_missing_is_counted_marked_and_said_in_its_own_language(text):
    in_english(text)
    total = text.editions.get().passages.count()

    shown = page(text)

    assert f"{total - 1} of {total} passages" in shown
    # The title stands above, as the heading of the page.
    assert shown.count('class="untranslated"') == total - 2
    assert '<h1 dir="auto" lang="de">' in shown
    assert '<div class="passage__text prose" lang="de">' in shown
    assert 'class="manuscript" id="lesen" tabindex="-1" lang="en"' in shown


def test_a_text_that_is_whole_in_a_language_has_no_marks(text):
    words = {row.number: f"English {row.number}" for row in text.editions.get().passages.all()}
    translate_edition(text.editions.get(), actor=malik(), language="en", words=words, now=NOW)

    assert "untranslated" not in page(text)
    assert "in-language" not in page(text)


def test_a_text_that_does_not_exist_in_ones_language_says_so(text):
    assert "This text does not exist in your language yet. Original: Deutsch." in page(text)
    assert 'class="in-language"' in page(text, prefix="/de-simple")
    assert "in-language" not in page(text, prefix="")


def test_the_original_stays_one_link_away(text):
    in_english(text)

    shown = page(text, sprache="de")
    assert BENCHES not in shown
    assert "in-language" not in shown
    assert f'href="/sprache/de/?weiter=%2Fen%2Ftexte%2F{text.ref}%2F%3Ffassung%3D1"' in page(text)


def test_the_page_of_a_passage_says_it_in_both_languages(text):
    in_english(text)

    shown = page(text, end=f"{passage(text, 'Für Kinder').ref}/")

    words = shown.partition('class="passage-page__words')[2]
    assert words.index(BENCHES) < words.index("Für Kinder")
    assert BENCHES not in page(text, prefix="", end=f"{passage(text, 'Für Kinder').ref}/")


def test_before_an_edition_is_published_its_editors_read_what_every_language_loses(text):
    in_english(text)
    in_english(text, "Der Platz", "The square is for all.")
    begin_next_edition(text, actor=malik(), now=NOW)
    total = text.editions.get().passages.count()
    assert words_missing(all_working(text)) == {"en": total - 2}

    row = text.working_passages.get(words__startswith="Der Platz")
    revise(text, actor=malik(), edits=[PassageEdit(row.pk, words="Der Platz ist für alle da.")], now=LATER)

    assert words_missing(all_working(text)) == {"en": total - 1}
    told = visit(malik()).get(f"/texte/{text.ref}/redaktion/naechste-fassung/veroeffentlichen/")
    assert f"English: {total - 1} Stellen" in told.content.decode()
