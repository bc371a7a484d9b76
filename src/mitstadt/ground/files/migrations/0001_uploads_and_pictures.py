"""The table of files that people bring."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=32, unique=True)),
                ('kind', models.CharField(choices=[('jpeg', 'JPEG'), ('png', 'PNG'), ('webp', 'WebP'), ('pdf', 'PDF'), ('docx', 'Word'), ('xlsx', 'Excel'), ('odt', 'ODT'), ('ods', 'ODS')], max_length=8)),
                ('width', models.PositiveIntegerField(default=0)),
                ('height', models.PositiveIntegerField(default=0)),
                ('sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('keeper', models.CharField(blank=True, max_length=64)),
                ('keep_until', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['keep_until'], name='file_keep_until'), models.Index(fields=['keeper'], name='file_keeper')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['jpeg', 'png', 'webp', 'pdf', 'docx', 'xlsx', 'odt', 'ods'])), name='file_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('keep_until__isnull', True), ('keeper', '')), models.Q(models.Q(('keeper', ''), _negated=True), ('keep_until__isnull', False)), _connector='OR'), name='file_waits_for_someone_or_is_used'), models.CheckConstraint(condition=models.Q(models.Q(('height__gt', 0), ('kind__in', ['jpeg', 'png', 'webp']), ('width__gt', 0)), models.Q(models.Q(('kind__in', ['jpeg', 'png', 'webp']), _negated=True), ('height', 0), ('width', 0)), _connector='OR'), name='file_picture_has_a_size')],
            },
        ),
        migrations.CreateModel(
            name='FileSize',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('kind', models.CharField(choices=[('jpeg', 'JPEG'), ('png', 'PNG'), ('webp', 'WebP'), ('pdf', 'PDF'), ('docx', 'Word'), ('xlsx', 'Excel'), ('odt', 'ODT'), ('ods', 'ODS')], max_length=8)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('bytes', models.PositiveIntegerField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sizes', to='files.storedfile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('file', 'kind', 'width'), name='file_size_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['jpeg', 'png', 'webp', 'pdf', 'docx', 'xlsx', 'odt', 'ods'])), name='file_size_kind_known'), models.CheckConstraint(condition=models.Q(('bytes__gt', 0)), name='file_size_not_empty')],
            },
        ),
    ]
