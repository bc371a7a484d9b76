"""Addresses of those who lead people: accounts, roles, invitations, pauses."""

from django.urls import path

from mitstadt.pages.colleagues.views import accounts, invitations, pauses, roles

urlpatterns = [
    path("menschen/", accounts.people, name="people"),
    path("menschen/<int:key>/", accounts.account, name="person_account"),
    path("menschen/<int:key>/pausieren/", accounts.pause, name="person_pause"),
    path("menschen/<int:key>/loeschen/", accounts.delete, name="person_deletion"),
    path("organisationen/<slug:slug>/menschen/<int:key>/", roles.membership, name="membership"),
    path("beteiligungen/<ref:ref>/leitung/aufgaben/<int:key>/", roles.room_role, name="host_role"),
    path("raeume/<ref:ref>/aufgaben/<int:key>/", roles.room_role, name="room_role"),
    path("einladungen/<int:key>/zuruecknehmen/", invitations.revoke_it, name="role_invitation_revoke"),
    path("einladung-zur-aufgabe/<str:code>/", invitations.invitation, name="role_invitation"),
    path("eintraege/<ref:ref>/pausieren/", pauses.pause_author_of, name="pause_author"),
    path("pausen/", pauses.pauses, name="pauses"),
    path("pausen/<int:key>/", pauses.pause, name="pause"),
]
