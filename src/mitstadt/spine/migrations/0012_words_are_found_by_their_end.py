"""Words of the search are found by their end, too: what a compound ends with finds it."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_AT_ONCE = 1_000


def turn(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write every word that is known from its end."""
    words = apps.get_model("spine", "SearchWord")
    last = 0
    while rows := list(words.objects.filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
        last = rows[-1].pk
        for row in rows:
            row.backwards = row.stem[::-1]
        words.objects.bulk_update(rows, ["backwards"])


class Migration(migrations.Migration):
    """Adds the column and fills it."""

    dependencies = [("spine", "0011_lists_of_what_was_said")]

    operations = [
        migrations.AddField(
            model_name="searchword",
            name="backwards",
            field=models.CharField(db_index=True, default="", max_length=64),
        ),
        migrations.RunPython(turn, migrations.RunPython.noop),
    ]
