"""Addresses of what people do to a record."""

from django.urls import path

from mitstadt.pages.voices import receipts, rewording, translating, views

urlpatterns = [
    path("eintraege/<ref:ref>/unterstuetzen/", views.support, name="support"),
    path("eintraege/<ref:ref>/nicht-mehr-unterstuetzen/", views.end_support, name="end_support"),
    path("eintraege/<ref:ref>/kommentieren/", views.comment, name="comment"),
    path("eintraege/<ref:ref>/antworten/", views.reply, name="reply"),
    path("eintraege/<ref:ref>/aendern/", rewording.reword, name="reword"),
    path("eintraege/<ref:ref>/zuruecknehmen/", views.own_record, name="own_record"),
    path("eintraege/<ref:ref>/uebersetzung/", translating.translation, name="translation"),
    path("eintraege/<ref:ref>/unterstuetzt/", receipts.support_receipt, name="support_receipt"),
    path("beleg/<ref:ref>/", receipts.receipt, name="receipt"),
    path("beleg/<ref:ref>/drucken/", receipts.receipt_print, name="receipt_print"),
    path("beleg/<ref:ref>/datei/", receipts.receipt_file, name="receipt_file"),
    path("beleg/<ref:ref>/mail/", receipts.answer_mail, name="answer_mail"),
    path("mail-zur-antwort/<str:token>/", receipts.answer_mail_link, name="answer_mail_link"),
]
