"""Wordings taken into a draft are rows of their own, and arrows into editions say only what stands there."""

from collections import defaultdict

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.utils import timezone

from mitstadt.participation.drafting.computations import adopted

_DESCENT = ("kept_as", "changed_to", "split_into", "merged_into")


def keep_takings(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What stood in a draft is compared when its edition comes. Each wording once, however often its row was cut."""
    taking = apps.get_model("drafting", "Taking")
    rows = apps.get_model("drafting", "WorkingPassage").objects.exclude(taken_over=None)
    texts = {said: text for text, said in rows.order_by("pk").values_list("text_id", "taken_over")}
    now = timezone.now()
    taking.objects.bulk_create(
        [taking(text_id=text, contribution_id=said, taken_at=now) for said, text in sorted(texts.items())]
    )


def compare_arrows(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """“Taken up in” was remembered, not compared: where the wording does not stand, the arrow goes or says “partly”."""
    link = apps.get_model("spine", "Link")
    arrows = link.objects.filter(type="taken_up_in")
    targets: dict[int, list[int]] = defaultdict(list)
    for said, passage in arrows.values_list("source_id", "target_id"):
        targets[said].append(passage)
    contributions = apps.get_model("drafting", "Contribution").objects.select_related("passage")
    passages = apps.get_model("drafting", "Passage").objects
    for said in contributions.filter(pk__in=list(targets)).iterator():
        keys = targets[said.pk]
        stands = " ".join(passages.filter(pk__in=keys).order_by("position").values_list("body", flat=True))
        origins = link.objects.filter(target_id__in=keys, type__in=_DESCENT).values("source_id").distinct().count()
        verdict = adopted(said.passage.body, said.wording, stands, joined=origins > 1).verdict
        if verdict == "partly":
            arrows.filter(source_id=said.pk).update(type="partly_in")
        elif verdict == "not":
            arrows.filter(source_id=said.pk).delete()


class Migration(migrations.Migration):
    """Adds the takings, fills them, and drops what they replace."""

    dependencies = [
        ("drafting", "0001_texts_editions_and_contributions"),
        ("spine", "0002_records_can_be_searched"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Taking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(blank=True)),
                ("taken_at", models.DateTimeField()),
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taking",
                        to="drafting.contribution",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="takings",
                        to="drafting.cotext",
                    ),
                ),
            ],
        ),
        migrations.RunPython(keep_takings, migrations.RunPython.noop),
        migrations.RunPython(compare_arrows, migrations.RunPython.noop),
        migrations.RemoveField(model_name="workingpassage", name="taken_over"),
    ]
