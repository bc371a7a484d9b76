"""Records say which variant of their kind they are: contributions and passages that were made before get it."""

from django.db import migrations

_FORMS = """
    UPDATE spine_record
    SET variant = (SELECT form FROM drafting_contribution WHERE record_ptr_id = spine_record.id)
    WHERE kind = 'contribution' AND variant = ''
      AND id IN (SELECT record_ptr_id FROM drafting_contribution)
"""
_SHAPES = """
    UPDATE spine_record
    SET variant = (SELECT shape FROM drafting_passage WHERE record_ptr_id = spine_record.id)
    WHERE kind = 'passage' AND variant = '' AND id IN (SELECT record_ptr_id FROM drafting_passage)
"""


class Migration(migrations.Migration):

    dependencies = [
        ("drafting", "0002_takings_wait_for_their_edition"),
        ("spine", "0011_lists_of_what_was_said"),
    ]

    operations = [
        migrations.RunSQL(_FORMS, migrations.RunSQL.noop),
        migrations.RunSQL(_SHAPES, migrations.RunSQL.noop),
    ]
