"""Which pages ask again who is there, and for how long an answer holds.

Whoever finds a browser open must not take the account over. So these pages ask for a sign-in of the last minutes, or
for one more proof: the password, the second factor, or a code by mail for those who have neither.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from mitstadt.ground.people.models import Person
from mitstadt.ground.people.sessions import seconds_now

ASKING = frozenset(
    {
        "account_email",
        "account_set_password",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_add_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
        "my_deletion",
    }
)
# A page that was opened in time may be sent off a while later: nobody loses what they typed into it.
TO_OPEN, TO_SEND = timedelta(minutes=10), timedelta(minutes=40)


def asked_again(request: HttpRequest) -> HttpResponse | None:
    """The way to a proof where this page asks for one; None where the person may go on."""
    match = request.resolver_match
    person = request.user
    if match is None or match.url_name not in ASKING or not isinstance(person, Person) or not person.has_account:
        return None
    if proved_within(request, TO_SEND if request.method == "POST" else TO_OPEN):
        return None
    ways = get_adapter().get_reauthentication_methods(person)
    return redirect(f"{ways[0]['url']}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}")


def proved_within(request: HttpRequest, time: timedelta) -> bool:
    """Whether this browser signed in or proved again who is there not longer ago than this."""
    # By the clock of the library, which wrote the records.
    earliest = seconds_now() - time.total_seconds()
    return any(record["at"] >= earliest for record in get_authentication_records(request, request.user))
