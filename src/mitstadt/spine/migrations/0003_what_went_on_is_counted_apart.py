"""Counts tell what went on in another record, and what is a piece of one, from what stands for itself."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def count_anew(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Where something was merged or split, the counts are made anew; elsewhere they stay true as they are."""
    if apps.get_model("spine", "Succession").objects.exists():
        # Only the slices know what else their records are counted by.
        from mitstadt.spine.actions.tallies import recount_all

        recount_all()


class Migration(migrations.Migration):
    """Adds both columns to the tallies."""

    dependencies = [("spine", "0002_records_can_be_searched")]
    operations = [
        migrations.RemoveConstraint(model_name="tally", name="tally_once"),
        migrations.AddField(model_name="tally", name="is_piece", field=models.BooleanField(default=False)),
        migrations.AddField(
            model_name="tally",
            name="moved_on",
            field=models.CharField(blank=True, default="", max_length=8),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                fields=("place", "kind", "facet", "state", "answer_state", "channel", "moved_on", "is_piece"),
                name="tally_once",
            ),
        ),
        migrations.RunPython(count_anew, migrations.RunPython.noop),
    ]
