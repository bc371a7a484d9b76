"""The first day of a town: an empty machine, one command, a link; in the evening a guest speaks in its first process.

Nothing is prepared here: no table, no row, no key. The mails come from the town's own worker.
"""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from benchmarks.served_city import free_port

from journey_steps import TEXT, contributes_by_clicking, opens_a_process, passages, press
from mail_server import mail_server
from served import Served
from several_hosts import COMMAND, Host, until
from visitors_over_http import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TOWN, LEADER, SECOND = "Stadt Kleinstedt", "anna@example.org", "bertha@example.org"
STREET = "Am Markt 1, 12345 Kleinstedt"


@dataclass(frozen=True)
class Town:
    """The machine, what its first command printed, and the mails that left it."""

    machine: Host
    printed: str
    mails: list[EmailMessage]

    @property
    def served(self) -> Served:
        """Where it answers; nobody in it has a session yet."""
        return Served(f"http://127.0.0.1:{self.machine.port}", {}, {}, "")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A town that was founded in an empty folder and is served from there, with its worker."""
    with mail_server() as (mail_port, mails):
        mail = {"MITSTADT_MAIL_HOST": "127.0.0.1", "MITSTADT_MAIL_PORT": str(mail_port), "MITSTADT_SLICES": ""}
        machine = Host(tmp_path / "town", free_port(), workers=1, shared=mail)
        said = ("--organisation", TOWN, "--leader", LEADER, "--leader-name", "Anna", "--areas", "none")
        printed = machine.run(*COMMAND, "manage", "found_city", *said)
        machine.server = machine.launch(*COMMAND, "serve", "--workers", "1", "--port", str(machine.port))
        try:
            until(machine.is_ready, within_s=60)
            yield Town(machine, printed, mails)
        finally:
            machine.stop()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_from_one_command_to_the_words_of_a_guest(town, browser, script):
    def somebody() -> Any:
        return browser.new_context(locale="de-DE", java_script_enabled=script).new_page()

    anna, bertha, guest = somebody(), somebody(), somebody()
    _signs_in_by_the_printed_link(anna, town)
    _sets_up_a_second_factor(anna, town)
    _says_how_the_town_is_reached(anna, guest, town)
    _invites_a_second_leader(anna, bertha, town)

    process, text = opens_a_process(anna, town.served, TEXT)

    guest.goto(town.served.address)
    press(guest, f"main a[href='/beteiligungen/{process}/'] >> nth=0")
    assert TOWN in guest.inner_text("main")
    passage = passages(Visitor(town.served.address), text)[0]
    said = contributes_by_clicking(guest, town.served, text, passage)
    bertha.goto(f"{town.served.address}/beitraege/{said}/")
    assert f"Zu {passage} fehlt mir ein Beispiel aus dem Kiez." in bertha.inner_text("main")
    assert town.machine.log_is_sound()


def _signs_in_by_the_printed_link(page: Any, town: Town) -> None:
    [link] = re.findall(r"http://\S+/anmelden/\S+", town.printed)
    page.goto(link)
    press(page, "main form [type=submit]")
    assert page.url.endswith("/arbeitsplatz/")
    assert "Bevor die Stadt loslegt" in page.inner_text("main")
    again = page.context.browser.new_context().new_page()
    assert again.goto(link).status == 410, "the link opened the town a second time"


def _sets_up_a_second_factor(page: Any, town: Town) -> None:
    assert "Richten Sie eine zweite Sicherung ein" in page.inner_text("main")
    press(page, "main a[href='/konto/2fa/'] >> nth=0")
    press(page, "main a[href*='totp'] >> nth=0")
    page.locator("[name=code]").fill(_shown_by_the_app(page.inner_text(".totp-secret")))
    press(page, "main form [type=submit] >> nth=0")
    page.goto(town.served.url("/arbeitsplatz/"))
    assert "Richten Sie eine zweite Sicherung ein" not in page.inner_text("main")


def _shown_by_the_app(secret: str) -> str:
    """The six digits of RFC 6238, as every telephone shows them at this moment."""
    key = base64.b32decode(secret.replace(" ", ""))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    [number] = struct.unpack_from(">I", digest, digest[-1] & 15)
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


def _says_how_the_town_is_reached(page: Any, guest: Any, town: Town) -> None:
    said = "Im Impressum steht kein Weg"
    assert said in page.inner_text("main")
    for link in ("Dorthin: Impressum", TOWN, "Angaben ändern"):
        press(page, f"main a:has-text('{link}')")
    page.locator("[name=level]").select_option(index=1)
    answers = {
        "person": "Anna Beispiel",
        "phone": "030 9018 0",
        "mail": "post@example.org",
        "street": STREET,
        "hours": "werktags von 9 bis 15 Uhr",
    }
    for name, words in answers.items():
        page.locator(f"[name={name}]").fill(words)
    page.locator("[name=step_free]").select_option(index=1)
    press(page, "main form [type=submit] >> nth=0")
    guest.goto(town.served.url("/seiten/impressum/"))
    assert STREET in guest.inner_text("main")
    page.goto(town.served.url("/arbeitsplatz/"))
    assert said not in page.inner_text("main")


def _invites_a_second_leader(page: Any, invited: Any, town: Town) -> None:
    lacking = "Nur ein Mensch leitet"
    assert lacking in page.inner_text("main"), page.inner_text("main")
    press(page, "main a:has-text('Menschen und Aufgaben')")
    page.locator("[name=email]").fill(SECOND)
    page.locator("[name=role]").select_option("owner")
    press(page, "main form:has([name=email]) [type=submit]")
    invited.goto(_link_in_the_mail_to(SECOND, town))
    invited.locator("[name=display_name]").fill("Bertha")
    press(invited, "main form [type=submit]")
    assert invited.url.endswith("/arbeitsplatz/")
    page.goto(town.served.url("/arbeitsplatz/"))
    assert lacking not in page.inner_text("main")


def _link_in_the_mail_to(address: str, town: Town) -> str:
    until(lambda: any(address in mail["To"] for mail in town.mails), within_s=30)
    [mail] = [mail for mail in town.mails if address in mail["To"]]
    found = re.search(r"http://\S+/einladung-zur-aufgabe/\S+", mail.get_body(("plain",)).get_content())
    assert found, mail.as_string()
    return found[0]
