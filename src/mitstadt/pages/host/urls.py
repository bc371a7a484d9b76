"""Addresses of those who lead a process."""

from django.urls import path

from mitstadt.pages.host.views import (
    announcing,
    changing,
    closing,
    dropping,
    hosts,
    leading,
    parts,
    preparing,
    workplace,
)
from mitstadt.pages.rooms import codes as room_codes
from mitstadt.pages.rooms import leading as room_leading

urlpatterns = [
    path("arbeitsplatz/", workplace.workplace, name="workplace"),
    path("beteiligungen/neu/", preparing.begin, name="process_new"),
    path("beteiligungen/<ref:ref>/leitung/", leading.host, name="host"),
    path("beteiligungen/<ref:ref>/leitung/vorbereiten/<slug:step>/", preparing.step, name="host_step"),
    path("beteiligungen/<ref:ref>/leitung/pruefen/", preparing.check, name="host_check"),
    path("beteiligungen/<ref:ref>/leitung/aufgaben/", room_leading.roles, name="host_roles"),
    path("beteiligungen/<ref:ref>/leitung/stellen/", hosts.hosts, name="host_hosts"),
    path("beteiligungen/<ref:ref>/leitung/codes/", room_codes.codes, name="host_codes"),
    path("beteiligungen/<ref:ref>/leitung/codes/einzeln/", room_codes.revoke, name="host_code_revoke"),
    path("beteiligungen/<ref:ref>/leitung/codes/<int:number>/", room_codes.batch, name="host_code_batch"),
    path("beteiligungen/<ref:ref>/leitung/zusage/", leading.commitment_parts, name="host_commitment"),
    path("beteiligungen/<ref:ref>/leitung/zusage/<slug:part>/", leading.commitment_part, name="host_commitment_part"),
    path("beteiligungen/<ref:ref>/leitung/aendern/", changing.changes, name="host_changes"),
    path("beteiligungen/<ref:ref>/leitung/aendern/<slug:way>/", changing.change, name="host_change"),
    path("beteiligungen/<ref:ref>/vorschlaege/<int:key>/", changing.proposal, name="proposal"),
    path("beteiligungen/<ref:ref>/leitung/verwerfen/", dropping.draft, name="host_discard"),
    path("beteiligungen/<ref:ref>/leitung/zurueckholen/", dropping.restore, name="host_restore"),
    path("beteiligungen/<ref:ref>/leitung/teile/neu/", parts.plan, name="host_part_new"),
    path("teile/<ref:ref>/leitung/", parts.part, name="host_part"),
    path("teile/<ref:ref>/leitung/angaben/", parts.facts, name="host_part_facts"),
    path("teile/<ref:ref>/leitung/phasen/neu/", parts.phase_new, name="host_phase_new"),
    path("teile/<ref:ref>/leitung/phasen/<int:place>/", parts.phase, name="host_phase"),
    path("teile/<ref:ref>/leitung/phasen/<int:place>/streichen/", dropping.phase, name="host_phase_drop"),
    path("teile/<ref:ref>/leitung/streichen/", dropping.part, name="host_part_drop"),
    path("teile/<ref:ref>/leitung/aendern/", parts.care, name="host_part_change"),
    path("teile/<ref:ref>/leitung/oeffnen/", parts.open_it, name="host_part_open"),
    path("beteiligungen/<ref:ref>/leitung/gehalten/", leading.kept, name="host_kept"),
    path("beteiligungen/<ref:ref>/leitung/abschliessen/", closing.close, name="host_close"),
    path("beteiligungen/<ref:ref>/leitung/neues/", announcing.announcement, name="host_announcement"),
    path("beteiligungen/<ref:ref>/leitung/ergebnis/", closing.outcome, name="host_outcome"),
]
