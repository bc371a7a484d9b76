"""Prove again who is there by a code in a mail: for people without a password."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import BaseReauthenticateView
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from mitstadt.ground.people.sessions import seconds_now
from mitstadt.pages.people.safety_forms import MailCodeForm

_SENT = "proof_by_mail"
_SECONDS, _TRIES = 600, 3


@method_decorator(login_required, name="dispatch")
class ProveByMailView(BaseReauthenticateView):  # type: ignore[misc]  # the library ships no types
    """First a button that sends the code, then a field for it."""

    form_class = MailCodeForm
    template_name = "account/prove_by_mail.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the code, or take it."""
        if request.POST.get("do") == "send" or not self._sent():
            return self._send(request)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Go on to where the person wanted to be; a code that does not fit may be tried three times."""
        sent = self._sent()
        if not sent or not compare_user_code(actual=form.cleaned_data["code"], expected=sent["code"]):
            return self._refuse(form)
        del self.request.session[_SENT]
        record_authentication(self.request, self.request.user, method="code", reauthenticated=True)
        answer: HttpResponse = super().form_valid(form)
        return answer

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """The page again, with what was typed."""
        answer: HttpResponse = super().form_invalid(form)
        answer.status_code = 422
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page, with the address where that code went."""
        return {**super().get_context_data(**kwargs), "sent": bool(self._sent()), "address": self.request.user.email}

    def _sent(self) -> dict[str, Any]:
        sent: dict[str, Any] = self.request.session.get(_SENT, {})
        return sent if sent.get("until", 0) > seconds_now() else {}

    def _send(self, request: HttpRequest) -> HttpResponse:
        person = self.request.user
        if ratelimit.consume(request, action="request_login_code", key=person.email):
            code = get_adapter().generate_login_code()
            request.session[_SENT] = {"code": code, "until": seconds_now() + _SECONDS, "tries": _TRIES}
            get_adapter().send_mail("account/email/proof_code", person.email, {"code": code})
        else:
            messages.error(request, str(get_adapter().error_messages["rate_limited"]))
        return redirect(self.passthrough_next_url(reverse("prove_by_mail")))

    def _refuse(self, form: forms.Form) -> HttpResponse:
        sent = self._sent()
        left = sent.get("tries", 0) - 1
        if left > 0:
            self.request.session[_SENT] = {**sent, "tries": left}
            form.add_error("code", str(get_adapter().error_messages["incorrect_code"]))
        else:
            self.request.session.pop(_SENT, None)
            messages.error(self.request, _("Der Code gilt nicht mehr. Lassen Sie sich einen neuen schicken."))
        return self.form_invalid(form)


prove_by_mail = ProveByMailView.as_view()
