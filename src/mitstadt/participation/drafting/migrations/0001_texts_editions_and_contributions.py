
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('spine', '0002_records_can_be_searched'),
    ]

    operations = [
        migrations.CreateModel(
            name='CoText',
            fields=[
                ('part_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='as_text', serialize=False, to='spine.part')),
                ('source_name', models.CharField(blank=True, max_length=200)),
            ],
            bases=('spine.part',),
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('published_at', models.DateTimeField()),
                ('note', models.TextField(blank=True)),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='drafting.cotext')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('text', 'number'), name='edition_number_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='edition_counts_from_one')],
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('record_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='as_passage', serialize=False, to='spine.record')),
                ('position', models.PositiveIntegerField()),
                ('number', models.CharField(max_length=24)),
                ('level', models.PositiveSmallIntegerField()),
                ('shape', models.CharField(choices=[('title', 'Titel'), ('heading', 'Überschrift'), ('paragraph', 'Absatz'), ('list_item', 'Listenpunkt'), ('quote', 'Zitat'), ('table_row', 'Tabellenzeile'), ('furniture', 'Seitenbeiwerk')], max_length=12)),
                ('contribution_count', models.PositiveIntegerField(default=0)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='drafting.edition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'position'), name='passage_position_once'), models.UniqueConstraint(fields=('edition', 'number'), name='passage_number_once'), models.CheckConstraint(condition=models.Q(('shape__in', ['title', 'heading', 'paragraph', 'list_item', 'quote', 'table_row', 'furniture']), models.Q(('shape', 'furniture'), _negated=True)), name='passage_shape_known')],
            },
            bases=('spine.record',),
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('record_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='as_contribution', serialize=False, to='spine.record')),
                ('form', models.CharField(choices=[('comment', 'Kommentar'), ('question', 'Frage'), ('wording', 'Wortlaut')], max_length=12)),
                ('wording', models.TextField(blank=True)),
                ('anchor', models.JSONField(blank=True, default=dict)),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='drafting.passage')),
            ],
            options={
                'indexes': [models.Index(fields=['passage', 'form'], name='contribution_at_passage')],
                'constraints': [models.CheckConstraint(condition=models.Q(('form__in', ['comment', 'question', 'wording'])), name='contribution_form_known')],
            },
            bases=('spine.record',),
        ),
        migrations.CreateModel(
            name='WorkingPassage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('level', models.PositiveSmallIntegerField()),
                ('shape', models.CharField(choices=[('title', 'Titel'), ('heading', 'Überschrift'), ('paragraph', 'Absatz'), ('list_item', 'Listenpunkt'), ('quote', 'Zitat'), ('table_row', 'Tabellenzeile'), ('furniture', 'Seitenbeiwerk')], max_length=12)),
                ('words', models.TextField()),
                ('predecessors', models.ManyToManyField(blank=True, related_name='successors_in_work', to='drafting.passage')),
                ('taken_over', models.ManyToManyField(blank=True, related_name='taken_over_in', to='drafting.contribution')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='working_passages', to='drafting.cotext')),
            ],
            options={
                'indexes': [models.Index(fields=['text', 'position'], name='working_in_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('shape__in', ['title', 'heading', 'paragraph', 'list_item', 'quote', 'table_row', 'furniture'])), name='working_shape_known')],
            },
        ),
    ]
