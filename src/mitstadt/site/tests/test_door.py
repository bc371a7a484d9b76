"""What holds for every request before a page is asked: its host, its connection, its way in."""

import pytest
from django.core import mail
from django.core.cache.backends.db import DatabaseCache
from django.core.exceptions import ImproperlyConfigured

from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.commandline.serve import require_answers
from mitstadt.site.settings import environment

pytestmark = pytest.mark.django_db


@pytest.fixture
def https(settings):
    settings.SERVED_SECURELY, settings.TRUSTED_PROXIES = True, 1
    settings.PUBLIC_URL = "https://stadt.example"
    return settings


@pytest.mark.parametrize("path", ["/", "/code/", "/gibt-es-nicht/", "/beteiligungen"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_host_gets_a_sentence_and_no_trace_in_the_log(client, caplog, path, method):
    answer = getattr(client, method)(path, headers={"host": "boese.example"})

    assert answer.status_code == 400
    assert "http://127.0.0.1:8000" in answer.content.decode()
    assert "boese" not in caplog.text
    assert not [record for record in caplog.records if record.exc_info]


def test_every_answer_says_what_a_page_may_not_use(client):
    assert "camera=()" in client.get("/code/").headers["Permissions-Policy"]


def test_a_city_with_an_https_address_is_not_served_before_somebody_said_what_stands_in_front(https):
    require_answers()
    https.TRUSTED_PROXIES = 0
    require_answers()
    https.TRUSTED_PROXIES = None
    with pytest.raises(MethodError, match="MITSTADT_TRUSTED_PROXIES=1"):
        require_answers()


def test_a_city_without_tls_needs_no_answer(settings):
    settings.TRUSTED_PROXIES = None
    require_answers()


@pytest.mark.parametrize("typed", ["ja", "-1", "1.5", "9" * 5_000])
def test_proxies_are_a_number(monkeypatch, typed):
    monkeypatch.setenv("MITSTADT_TRUSTED_PROXIES", typed)
    with pytest.raises(ImproperlyConfigured, match="Write a number"):
        environment.number_if_said("MITSTADT_TRUSTED_PROXIES")


def test_whoever_comes_without_tls_is_sent_to_the_same_page_with_it(https, client):
    answer = client.get("/code/?code=2", headers={"x-forwarded-proto": "http"})

    assert (answer.status_code, answer.headers["Location"]) == (301, "https://stadt.example/code/?code=2")


def test_a_browser_that_follows_is_answered_although_the_proxy_still_says_http(https, client):
    client.get("/code/", headers={"x-forwarded-proto": "http"})

    assert client.get("/code/", headers={"x-forwarded-proto": "http"}).status_code == 200


@pytest.mark.parametrize("said", ["", "https", "http, https"])
def test_nobody_is_sent_round_in_circles(https, client, said):
    headers = {"x-forwarded-proto": said} if said else {}
    answer = client.get("/code/", headers=headers)

    assert answer.status_code == 200
    assert "Strict-Transport-Security" in answer.headers or not https.SECURE_HSTS_SECONDS


def test_who_ends_tls_without_a_header_is_believed_nothing(https, client):
    https.TRUSTED_PROXIES = 0

    assert client.get("/code/", headers={"x-forwarded-proto": "http"}).status_code == 200


def test_a_form_is_accepted_by_tls(https, client):
    https.CSRF_TRUSTED_ORIGINS = []
    strict = type(client)(enforce_csrf_checks=True, unique_titles=False)
    page = strict.get("/code/", headers={"x-forwarded-proto": "https"})
    key = page.context["csrf_token"]

    answer = strict.post(
        "/code/",
        {"code": "2222-2222-2222-2222", "csrfmiddlewaretoken": str(key)},
        headers={"host": "testserver", "x-forwarded-proto": "https", "origin": "https://testserver"},
    )

    assert answer.status_code == 422


def _failed_sign_ins(client, addresses):
    return [
        client.post(
            "/konto/login/",
            {"login": f"x{number}@example.org", "password": "falsch-und-lang"},
            headers={"x-forwarded-for": address},
            REMOTE_ADDR="10.0.0.1",
        ).content.decode()
        for number, address in enumerate(addresses)
    ]


def test_the_limits_of_the_sign_in_count_the_same_connections_as_ours(client, settings):
    settings.TRUSTED_PROXIES = 1

    one = _failed_sign_ins(client, ["6.6.6.6, 198.51.100.1", *[f"{n}.6.6.6, 198.51.100.1" for n in range(1, 12)]])
    assert "viele Versuche" in one[-1]
    many = _failed_sign_ins(client, [f"198.51.100.{n}" for n in range(2, 14)])
    assert not [page for page in many if "viele Versuche" in page]


def test_links_in_mails_know_one_address_only(client, settings):
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://stadt.example", ["boese.example"]
    for path in ("/konto/password/reset/", "/konto/login/code/", "/konto/signup/"):
        client.post(path, {"email": "ida@example.org", "display_name": "Ida"}, headers={"host": "boese.example:6666"})

    assert mail.outbox
    for sent in mail.outbox:
        assert "boese" not in f"{sent.body}{sent.subject}"
        assert "https://stadt.example" in sent.body


def test_the_shared_cache_keeps_what_a_limit_counts_without_the_address(monkeypatch, settings):
    monkeypatch.delenv("REDIS_URL", raising=False)
    chosen = environment.cache()
    settings.CACHES = {"default": chosen, "drawings": settings.CACHES["drawings"]}
    from django.core.cache import caches
    from django.db import connection

    shared = caches["default"]
    assert isinstance(shared, DatabaseCache)
    shared.set("allauth:rl:ip:192.0.2.7", [1.0], 60)
    assert shared.get("allauth:rl:ip:192.0.2.7") == [1.0]
    assert not shared.add("allauth:rl:ip:192.0.2.7", [2.0], 60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM spine_cacheentry")
        assert "192.0.2.7" not in str(cursor.fetchall())
