"""A browser without a window: keeps cookies, follows redirects, sends the forms that it reads on a page."""

from __future__ import annotations

from http.cookiejar import Cookie, CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

from forms_on_page import form_with


class Visitor:
    """One person in front of a served city."""

    def __init__(self, address: str, *, session: str = "") -> None:
        self.address = self.url = address
        # A server of this very test is asked, never an address that somebody chose.
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(jar := CookieJar()))
        if session:
            jar.set_cookie(_session_cookie(session, urlsplit(address).hostname or ""))

    def get(self, path: str) -> str:
        """The page at this address."""
        return self.fetch(path).decode("utf-8", errors="replace")

    def fetch(self, path: str) -> bytes:
        """What this address sends, as it is."""
        return self._open(Request(urljoin(self.url, path)))  # noqa: S310  # the test's own server

    def send(self, path: str, field_name: str, **values: object) -> str:
        """Read the page, fill in the form that has this field, and send it; returns the page that follows."""
        form = form_with(self.get(path), field_name)
        data = urlencode(form.filled(**values), doseq=True).encode()
        sent = Request(urljoin(self.url, form.action), data)  # noqa: S310  # the test's own server
        return self._open(sent).decode("utf-8", errors="replace")

    def _open(self, request: Request) -> bytes:
        try:
            with self._opener.open(request, timeout=60) as answer:
                self.url = answer.url
                return bytes(answer.read())
        except HTTPError as error:
            with error:
                raise AssertionError(f"{error.code} at {request.full_url}: {error.read().decode()[:4000]}") from error


def _session_cookie(value: str, host: str) -> Cookie:
    return Cookie(
        version=0,
        name="mitstadt_session",
        value=value,
        port=None,
        port_specified=False,
        domain=host,
        domain_specified=False,
        domain_initial_dot=False,
        path="/",
        path_specified=True,
        secure=False,
        expires=None,
        discard=True,
        comment=None,
        comment_url=None,
        rest={},
    )
