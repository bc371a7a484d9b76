"""Areas as a tree with dates, their borders on a row of their own, and addresses that lead to an area."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

PATH_STEP = 4


class Level(models.TextChoices):
    """How large an area is, from the largest down; another city uses those it has."""

    REGION = "region", _("Region")
    CITY = "city", _("Stadt")
    DISTRICT = "district", _("Bezirk")
    FORECAST_AREA = "forecast_area", _("Prognoseraum")
    DISTRICT_REGION = "district_region", _("Bezirksregion")
    PLANNING_AREA = "planning_area", _("Planungsraum")
    LOCALITY = "locality", _("Ortsteil")
    POSTCODE = "postcode", _("Postleitzahl")


class AreaQuerySet(models.QuerySet["Area"]):
    """Selections that every query of areas is made of."""

    def valid_on(self, day: dt.date) -> "AreaQuerySet":
        """Areas that exist on that day; the last day of an area is the one before ``valid_until``."""
        return self.filter(Q(valid_from__lte=day), Q(valid_until__isnull=True) | Q(valid_until__gt=day))

    def inside(self, area: "Area") -> "AreaQuerySet":
        """Everything below an area, the area itself left out."""
        return self.filter(path__startswith=area.path).exclude(path=area.path)

    def around(self, lon: float, lat: float) -> "AreaQuerySet":
        """Areas whose bounding box holds the point."""
        return self.filter(west__lte=lon, east__gte=lon, south__lte=lat, north__gte=lat)


class Area(models.Model):
    """One place in the tree. ``path`` holds the way from the root in steps of four characters, in tree order."""

    official_id = models.CharField(max_length=40)
    scheme = models.SlugField(max_length=60, db_index=False)
    level = models.CharField(max_length=20, choices=Level)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=64, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    official_name = models.CharField(max_length=200)
    language = models.CharField(max_length=20, default="de")
    names = models.JSONField(default=dict, blank=True)
    search_key = models.CharField(max_length=200)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    west = models.FloatField(null=True)
    south = models.FloatField(null=True)
    east = models.FloatField(null=True)
    north = models.FloatField(null=True)
    residents = models.PositiveIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        indexes = [
            models.Index(fields=["level", "west", "east", "south", "north"], name="area_level_box"),
            models.Index(fields=["scheme", "level"], name="area_scheme_level"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "official_id", "valid_from"], name="area_official_id_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")), name="area_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="area_is_not_its_own_parent"
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="area_level_is_known"),
            models.CheckConstraint(
                condition=Q(west__isnull=True, east__isnull=True, south__isnull=True, north__isnull=True)
                | Q(west__lte=F("east"), south__lte=F("north"), west__gte=-180, east__lte=180, south__gte=-90)
                & Q(north__lte=90),
                name="area_box_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.official_name

    def name(self, language: str = "") -> str:
        """The name in that language, else in its base language (de for de-simple), else the official name."""
        names: dict[str, str] = self.names
        return names.get(language) or names.get(language.split("-")[0]) or self.official_name

    @property
    def depth(self) -> int:
        """How many areas lie above this one."""
        return len(self.path) // PATH_STEP - 1

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """West, south, east and north edge in degrees, or None where no border is known."""
        if self.west is None or self.south is None or self.east is None or self.north is None:
            return None
        return self.west, self.south, self.east, self.north


class Exactness(models.TextChoices):
    """How far the border of an area can be trusted."""

    SCHEMATIC = "schematic", _("schematisch")
    EXACT = "exact", _("genau")


class AreaGeometry(models.Model):
    """The border of an area; apart from the area so that lists do not load it."""

    area = models.OneToOneField(Area, primary_key=True, on_delete=models.CASCADE, related_name="geometry")
    geojson = models.JSONField()
    exactness = models.CharField(max_length=20, choices=Exactness)
    source = models.CharField(max_length=300, blank=True)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.area_id} ({self.exactness})"


class Street(models.Model):
    """A street name of a loaded address table; ``key`` is its spelling without accents, case and abbreviations."""

    name = models.CharField(max_length=120, unique=True)
    key = models.CharField(max_length=120, db_index=True)

    def __str__(self) -> str:
        return self.name


class Address(models.Model):
    """A house number and the area it lies in; ``number`` is upper case without blanks, empty for a whole place."""

    street = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="addresses", db_index=False)
    number = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    locality = models.CharField(max_length=80, blank=True)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="addresses")

    class Meta:
        verbose_name_plural = "addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["street", "number", "postcode", "locality", "area"], name="address_stands_once"
            )
        ]
        indexes = [models.Index(fields=["postcode", "area"], name="address_by_postcode")]

    def __str__(self) -> str:
        return f"{self.street} {self.number}, {self.postcode}"
