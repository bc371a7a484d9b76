"""Organisations and memberships; a person acts for an organisation only through a membership with a role."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mitstadt.ground import clock


class OrganisationKind(models.TextChoices):
    """The part of the city that an organisation belongs to."""

    ADMINISTRATION = "administration", _("Verwaltung")
    CIVIL_SOCIETY = "civil_society", _("Zivilgesellschaft")
    SCIENCE = "science", _("Wissenschaft")
    BUSINESS = "business", _("Wirtschaft")
    NEIGHBOURHOOD = "neighbourhood", _("Nachbarschaft")


class Level(models.TextChoices):
    """Where in the city an organisation decides."""

    DISTRICT_ASSEMBLY = "district_assembly", _("Bezirksverordnetenversammlung")
    DISTRICT_OFFICE = "district_office", _("Bezirksamt")
    PARLIAMENT = "parliament", _("Abgeordnetenhaus")
    SENATE = "senate", _("Senat")
    STATE_OFFICE = "state_office", _("Senatsverwaltung oder Landesamt")
    PUBLIC_COMPANY = "public_company", _("Betrieb des Landes")
    FEDERATION = "federation", _("Bund")
    OTHER = "other", _("anderes Gremium")


class Article(models.TextChoices):
    """The German article of a name; most names of clubs and networks bear none in a sentence."""

    NONE = "", _("ohne Artikel")
    DER = "der", "der"
    DIE = "die", "die"
    DAS = "das", "das"


class StepFree(models.TextChoices):
    """Whether one gets in without steps."""

    YES = "yes", _("stufenlos zu erreichen")
    PARTLY = "partly", _("stufenlos mit Hilfe: Rufen Sie vorher an")
    NO = "no", _("nur über Stufen")


class Role(models.TextChoices):
    """What a person does in an organisation or a process."""

    CONTRIBUTOR = "contributor", _("spricht für die Organisation")
    FACILITATOR = "facilitator", _("Prozessbegleitung")
    MODERATOR = "moderator", _("Moderation")
    DESK_CLERK = "desk_clerk", _("Erfassung")
    CASE_OFFICER = "case_officer", _("Sachbearbeitung")
    EDITOR = "editor", _("Redaktion")
    OWNER = "owner", _("Leitung")


class Organisation(models.Model):
    """A group that hosts processes or takes part in them under its own name."""

    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    # Where it decides; empty for the many that decide nothing for the city.
    level = models.CharField(max_length=20, choices=Level, blank=True)
    # With it the name stands in a sentence: „Das Bezirksamt Mitte antwortet“.
    article = models.CharField(max_length=3, choices=Article, blank=True, default=Article.NONE)
    area = models.ForeignKey("areas.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # How people reach it, each by itself (see `contact`); what else helps, in words.
    contact_person = models.CharField(max_length=120, blank=True)
    contact_street = models.CharField(max_length=200, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_mail = models.EmailField(blank=True)
    contact_hours = models.CharField(max_length=200, blank=True)
    step_free = models.CharField(max_length=8, choices=StepFree, blank=True)
    contact = models.CharField(max_length=300, blank=True)
    # Whether a second person signs what it answers.
    answers_take_two = models.BooleanField(default=False)
    # The organisation that runs this platform: its roles hold in every process.
    runs_platform = models.BooleanField(default=False)
    # Since when it asks and decides nothing new any more, and why; everyone reads that.
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, close_reason="")
                | (models.Q(closed_at__isnull=False, runs_platform=False) & ~models.Q(close_reason="")),
                name="organisation_closed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values), name="organisation_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(level="") | models.Q(level__in=Level.values), name="organisation_level_known"
            ),
            models.CheckConstraint(
                condition=models.Q(step_free="") | models.Q(step_free__in=StepFree.values),
                name="organisation_step_free_known",
            ),
            models.CheckConstraint(condition=models.Q(article__in=Article.values), name="organisation_article_known"),
            models.UniqueConstraint(
                fields=["runs_platform"], condition=models.Q(runs_platform=True), name="organisation_one_runs_platform"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person acts for an organisation in a role."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    # From then on the person has time to set up a second factor.
    given_at = models.DateTimeField(default=clock.now)
    # Since when it rests, and why; a role that rests permits nothing.
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person", "role"], name="membership_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=models.Q(paused_at__isnull=True) | ~models.Q(pause_reason=""),
                name="membership_rests_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.organisation_id}"
