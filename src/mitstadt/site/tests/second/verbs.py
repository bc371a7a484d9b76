"""What is done in the made-up slice."""

from django.utils.functional import lazystr

from mitstadt.spine.verbs import By, Told, Untold, Verb

WISHED = Verb(
    "wished", By.PEOPLE, lazystr("Wunsch eingegangen"), Untold.BEGINS, lazystr("Jemand hat sich etwas gewünscht.")
)
BEGAN_CATALOGUE = Verb(
    "began_catalogue", By.OFFICE, lazystr("Katalog angelegt"), Told(lazystr("Der Katalog wurde angelegt."))
)
OPENED_CATALOGUE = Verb(
    "opened_catalogue", By.OFFICE, lazystr("Katalog geöffnet"), Told(lazystr("Der Katalog wurde geöffnet."))
)
CLOSED_CATALOGUE = Verb(
    "closed_catalogue", By.OFFICE, lazystr("Katalog geschlossen"), Told(lazystr("Der Katalog wurde geschlossen."))
)
PUBLISHED_UNIT = Verb("published_unit", By.OFFICE, lazystr("Lerneinheit veröffentlicht"), Untold.BEGINS)
ASKED = Verb("asked_for_unit", By.PEOPLE, lazystr("Lernwunsch eingegangen"), Untold.BEGINS)
