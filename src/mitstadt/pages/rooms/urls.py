"""Addresses of rooms of any kind, and of the answer to a record in one."""

from django.urls import path

from mitstadt.pages.rooms import codes, leading, views

urlpatterns = [
    path("raeume/<ref:ref>/", views.room, name="room"),
    path("raeume/<ref:ref>/aufgaben/", leading.roles, name="room_roles"),
    path("raeume/<ref:ref>/codes/", codes.codes, name="room_codes"),
    path("raeume/<ref:ref>/codes/einzeln/", codes.revoke, name="room_code_revoke"),
    path("raeume/<ref:ref>/codes/<int:number>/", codes.batch, name="room_code_batch"),
    path("eintraege/<ref:ref>/beantworten/", views.answer_record, name="answer_record"),
]
