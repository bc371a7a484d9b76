"""Counts tell what went on in another record, and what is a piece of one, from what stands for itself.

What was merged or split before is counted anew by `recount`, which the upgrade runs when all migrations are done.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add both columns to the tallies."""

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
    ]
