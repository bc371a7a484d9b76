"""A case from the report to the appeal, where two decide: each step is clicked, once with scripts and once without."""

import pytest

from journey_steps import TEXT, contributes_by_clicking, opens_a_process, passages, press
from visitors_over_http import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
REASON = "Das beleidigt die Menschen im Haus gegenüber."


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_two_hide_the_author_appeals_and_a_third_brings_it_back(served, opened, script):
    def page_of(who):
        return opened(who, java_script_enabled=script)

    malik, guest, jörg, ayşe = page_of("malik"), page_of("guest"), page_of("joerg"), page_of("ayse")
    _process, text = opens_a_process(malik, served, TEXT)
    said = contributes_by_clicking(jörg, served, text, passages(Visitor(served.address), text)[0])

    _reports(guest, served, said)
    _hides(ayşe, served, said)
    for_now = guest.goto(f"{served.address}/beitraege/{said}/")
    assert for_now.status == 410
    assert "Das ist vorläufig ausgeblendet" in guest.inner_text("main")
    assert REASON in guest.inner_text("main")

    malik.goto(f"{served.address}/moderation/{said}/")
    press(malik, "main button:has-text('Ich stimme zu')")
    guest.goto(f"{served.address}/beitraege/{said}/")
    assert "Das ist ausgeblendet" in guest.inner_text("main"), malik.inner_text("main")[:1500]

    jörg.goto(f"{served.address}/widerspruch/{said}/")
    assert REASON in jörg.inner_text("main")
    jörg.locator("[name=text]").fill("Ich habe den Satz nur zitiert.")
    press(jörg, "main form [type=submit] >> nth=-1")

    for took_part in (ayşe, malik):
        took_part.goto(f"{served.address}/moderation/{said}/")
        assert "mitentschieden" in took_part.inner_text("main")
    third = page_of("platform")
    third.goto(f"{served.address}/moderation/{said}/")
    third.locator("[name=upheld][value=ja]").check()
    third.locator("[name=reason]").fill("Es war wirklich ein Zitat.")
    press(third, "main form [type=submit] >> nth=-1")

    assert guest.goto(f"{served.address}/beitraege/{said}/").status == 200
    guest.goto(f"{served.address}/werdegang/{said}/")
    for words in (REASON, "beleidigt oder bedroht Menschen", "Es war wirklich ein Zitat.", "vorläufig ausgeblendet"):
        assert words in guest.inner_text("main")


def _reports(page, served, said: str) -> None:
    page.goto(f"{served.address}/melden/{said}/")
    page.locator("[name=reason][value=insult]").check()
    press(page, "main form [type=submit] >> nth=-1")
    assert "Danke." in page.inner_text("main")


def _hides(page, served, said: str) -> None:
    page.goto(f"{served.address}/moderation/{said}/")
    page.locator("[name=verdict][value=hide]").check()
    page.locator("[name=rule]").select_option("insult")
    page.locator("[name=reason]").fill(REASON)
    press(page, "main form [type=submit] >> nth=-1")
    assert "vorläufig ausgeblendet" in page.inner_text("body")
