"""The city behind nginx with our own example file: everyone is who they are, and nobody stops it from outside."""

import shutil
import threading
import time
from pathlib import Path

import pytest
from benchmarks.served_city import free_port, served_city

from behind_nginx import HOST, behind_nginx
from mitstadt.spine.actions.bursts import GUESTS_THAT_COUNT
from prepared import empty_city

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()),
        reason="needs nginx: apt-get install nginx-light",
    ),
]
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
PAGES = ("/", "/code/", "/beteiligungen/")
_WAITING = """
import django; django.setup()
from mitstadt.spine.models import Counting, ParticipationCode
print(ParticipationCode.objects.filter(counting=Counting.HELD).count())
"""


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "MITSTADT_PUBLIC_URL": f"https://{HOST}",
            "MITSTADT_HOSTS": f"{HOST},127.0.0.1",
            "MITSTADT_TRUSTED_PROXIES": "1",
        }.items():
            patch.setenv(name, value)
        with (
            served_city(clients=1, workers=1, prepared=empty_city(tmp_path_factory)) as city,
            behind_nginx(city, folder) as door,
        ):
            yield door


def assert_all_pages_answer(door, *, within_s=10):
    for path in PAGES:
        began = time.monotonic()
        status, page = door.ask("GET", path, within_s=within_s)
        assert (status, "<h1" in page) == (200, True), path
        assert time.monotonic() - began < within_s


def waiting_guests(door):
    """How many guests wait for a moderator, since too many came through one connection."""
    return int(door.city.run("-c", _WAITING))


def test_sixty_two_guests_with_sixty_two_addresses_are_all_taken_in_and_count_at_once(door):
    before = waiting_guests(door)

    assert [door.contribute(f"127.0.1.{number}") for number in range(1, 63)] == [302] * 62
    assert waiting_guests(door) == before


def test_one_connection_has_its_measure_and_no_header_from_outside_lies_it_away(door):
    before = waiting_guests(door)
    assert [door.contribute("127.0.2.1") for _ in range(GUESTS_THAT_COUNT)] == [302] * GUESTS_THAT_COUNT
    assert waiting_guests(door) == before

    for number in range(3):
        lie = f"198.51.100.{number}"
        lies = {"X-Forwarded-For": lie, "X-Real-IP": lie, "Forwarded": f"for={lie}"}
        assert door.contribute("127.0.2.1", **lies) == 302
    assert waiting_guests(door) == before + 3

    assert door.contribute("127.0.2.2") == 302
    assert waiting_guests(door) == before + 3


def test_without_tls_one_is_sent_to_it_and_no_further(door):
    import http.client

    plain = http.client.HTTPConnection("127.0.0.1", door.plain_port, timeout=20)
    plain.request("GET", "/code/", headers={"Host": HOST})
    answer = plain.getresponse()
    plain.close()

    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/code/")
    assert door.ask("GET", "/code/", headers={"X-Forwarded-Proto": "http"})[0] == 200


def test_twelve_bodies_that_trickle_in_stop_no_page_and_no_form(door):
    slow = [door.connected(f"127.0.3.{number}") for number in range(1, 13)]
    try:
        for one in slow:
            one.sendall(f"POST /code/ HTTP/1.1\r\nHost: {HOST}\r\n{FORM}Content-Length: 100000\r\n\r\nab".encode())
        time.sleep(0.5)
        assert_all_pages_answer(door)
        assert door.contribute("127.0.3.99") == 302
    finally:
        for one in slow:
            one.close()


def test_what_no_page_takes_is_refused_with_a_sentence_before_it_is_sent(door):
    one = door.connected("127.0.4.1")
    one.sendall(
        f"POST /code/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        f"Content-Length: {300_000_000}\r\n\r\n--x\r\n".encode()
    )
    answer = b""
    while b"</p>" not in answer and (more := one.recv(65_536)):
        answer += more
    one.close()

    assert answer.startswith(b"HTTP/1.1 413")
    assert "höchstens 45 MB".encode() in answer


def test_an_unknown_host_is_not_answered_as_ours(door):
    status, page = door.ask("GET", "/", headers={"Host": "boese.example"})

    assert status == 400
    assert f"https://{HOST}" in page


@pytest.mark.thorough
def test_sixteen_who_fetch_files_at_once_stop_no_page(door):
    address = f"/texte/{door.city.text}/synopse.pdf"
    statuses = []
    fetching = [
        threading.Thread(target=lambda: statuses.append(door.ask("GET", address, within_s=120)[0])) for _ in range(16)
    ]
    for thread in fetching:
        thread.start()
    assert_all_pages_answer(door, within_s=20)
    for thread in fetching:
        thread.join()

    assert set(statuses) <= {200, 503}
    assert 200 in statuses


def test_the_page_of_an_absent_city_says_when_to_come_back(door, tmp_path):
    city = type(door.city)(tmp_path, free_port(), 1)
    with behind_nginx(city, tmp_path) as alone:
        status, page = alone.ask("GET", "/")

    assert status == 503
    assert "nichts verloren" in page
