"""Addresses of the public log."""

from django.urls import path

from mitstadt.pages.log import views

urlpatterns = [
    path("protokoll/", views.log, name="log"),
    path("protokoll/protokoll.jsonl", views.log_export, name="log_export"),
    path("protokoll/stand.txt", views.log_head, name="log_head"),
    path("protokoll/beleg-<int:index>.txt", views.log_proof, name="log_proof"),
    path("protokoll/<ref:ref>/", views.log_of, name="log_of"),
]
