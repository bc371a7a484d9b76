"""Addresses of a person's own pages and of those about this site."""

from django.urls import path

from mitstadt.pages.people.views import codes, links, my_page, settings, static

urlpatterns = [
    path("code/", codes.code, name="code"),
    path("code/abmelden/", codes.leave, name="code_leave"),
    path("anmelden/<str:token>/", links.by_link, name="sign_in_link"),
    path("haus/", codes.house, name="house"),
    path("meine-seite/", my_page.my_page, name="my_page"),
    path("meine-seite/unterstuetzt/", my_page.my_supports, name="my_supports"),
    path("meine-seite/folge-ich/", my_page.my_follows, name="my_follows"),
    path("meine-seite/folge-ich/<ref:ref>/beenden/", my_page.unfollow, name="my_unfollow"),
    path("meine-seite/neues/", my_page.my_notices, name="my_notices"),
    path("meine-seite/neues/gelesen/", my_page.seen, name="my_notices_seen"),
    path("meine-seite/einstellungen/", settings.my_settings, name="my_settings"),
    path("meine-seite/daten/", settings.download, name="my_data"),
    path("meine-seite/loeschen/", settings.delete, name="my_deletion"),
    path("mails-abbestellen/<str:token>/", settings.digest_off, name="digest_off"),
    path("seiten/ueber/", static.about, name="about"),
    path("seiten/datenschutz/", static.privacy, name="privacy"),
    path("seiten/barrierefreiheit/", static.accessibility, name="accessibility"),
    path("seiten/impressum/", static.imprint, name="imprint"),
]
