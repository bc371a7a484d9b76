"""Addresses of a person's own pages and of those about this site."""

from django.urls import path

from mitstadt.pages.people.views import account, codes, known, links, my_page, proving, settings, static

urlpatterns = [
    path("konto/noch-einmal/", proving.prove_by_mail, name="prove_by_mail"),
    path("code/", codes.code, name="code"),
    path("code/abmelden/", codes.leave, name="code_leave"),
    path("anmelden/<str:token>/", links.by_link, name="sign_in_link"),
    path("noch-nicht-gesendet/", static.kept_form, name="kept_form"),
    path("haus/", codes.house, name="house"),
    path("meine-seite/", my_page.my_page, name="my_page"),
    path("meine-seite/unterstuetzt/", my_page.my_supports, name="my_supports"),
    path("meine-seite/folge-ich/", my_page.my_follows, name="my_follows"),
    path("meine-seite/neues/", my_page.my_notices, name="my_notices"),
    path("meine-seite/neues/gelesen/", my_page.seen, name="my_notices_seen"),
    path("meine-seite/einstellungen/", settings.my_settings, name="my_settings"),
    path("meine-seite/anmeldungen/", account.my_sessions, name="my_sessions"),
    path("meine-seite/konto/", account.my_events, name="my_events"),
    path("meine-seite/was-wir-wissen/", known.my_known, name="my_known"),
    path("meine-seite/was-wir-wissen/meldungen/", known.clear_reports, name="my_reports_clear"),
    path("meine-seite/mails-zu-aufgaben/", known.my_alerts, name="my_alerts"),
    path("meine-seite/pausen/", known.my_pauses, name="my_pauses"),
    path("meine-seite/daten/", settings.download, name="my_data"),
    path("meine-seite/loeschen/", settings.delete, name="my_deletion"),
    path("mails-abbestellen/<str:token>/", settings.digest_off, name="digest_off"),
    path("seiten/ueber/", static.about, name="about"),
    path("seiten/datenschutz/", static.privacy, name="privacy"),
    path("seiten/barrierefreiheit/", static.accessibility, name="accessibility"),
    path("seiten/impressum/", static.imprint, name="imprint"),
]
