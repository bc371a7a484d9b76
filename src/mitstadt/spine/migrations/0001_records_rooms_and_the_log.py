
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('areas', '0001_areas_and_addresses'),
        ('files', '0001_uploads_and_pictures'),
        ('organisations', '0001_organisations_and_members'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Act',
            fields=[
                ('index', models.BigIntegerField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('actor_kind', models.CharField(max_length=64)),
                ('actor', models.CharField(blank=True, max_length=64)),
                ('verb', models.CharField(max_length=64)),
                ('ref', models.CharField(blank=True, max_length=12)),
                ('details', models.JSONField(blank=True, default=dict)),
                ('content_hash', models.CharField(blank=True, max_length=64)),
                ('leaf_hash', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['ref', 'index'], name='act_by_ref')],
                'constraints': [models.CheckConstraint(condition=models.Q(('index__gte', 0)), name='act_index_counts_up')],
            },
        ),
        migrations.CreateModel(
            name='LogNode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('position', models.BigIntegerField()),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('level', 'position'), name='log_node_once')],
            },
        ),
        migrations.CreateModel(
            name='LogState',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('frontier', models.TextField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='log_state_single')],
            },
        ),
        migrations.CreateModel(
            name='RateCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('hour', models.DateTimeField()),
                ('count', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'hour'), name='rate_count_once')],
            },
        ),
        migrations.CreateModel(
            name='RunInput',
            fields=[
                ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('packed', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stem', models.CharField(max_length=64, unique=True)),
                ('length', models.PositiveSmallIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['length', 'stem'], name='search_word_by_length')],
            },
        ),
        migrations.CreateModel(
            name='SignedHead',
            fields=[
                ('size', models.BigIntegerField(primary_key=True, serialize=False)),
                ('signed_at', models.DateTimeField()),
                ('text', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=12, unique=True)),
                ('kind', models.CharField(max_length=24)),
                ('state', models.CharField(choices=[('draft', 'Entwurf'), ('held', 'wird geprüft'), ('published', 'veröffentlicht'), ('internal', 'intern veröffentlicht'), ('hidden', 'ausgeblendet'), ('withdrawn', 'zurückgezogen'), ('erased', 'gelöscht')], default='published', max_length=12)),
                ('title', models.CharField(blank=True, max_length=300)),
                ('body', models.TextField(blank=True)),
                ('language', models.CharField(default='de', max_length=12)),
                ('further_authors', models.PositiveSmallIntegerField(default=0)),
                ('channel', models.CharField(default='web', max_length=12)),
                ('submission_key', models.UUIDField(blank=True, null=True, unique=True)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('answer_state', models.CharField(blank=True, max_length=12)),
                ('theme', models.CharField(blank=True, max_length=60)),
                ('moved_on', models.CharField(blank=True, choices=[('', 'steht für sich'), ('merged', 'zusammengeführt'), ('split', 'aufgeteilt')], default='', max_length=8)),
                ('support_count', models.PositiveIntegerField(default=0)),
                ('guest_support_count', models.PositiveIntegerField(default=0)),
                ('comment_count', models.PositiveIntegerField(default=0)),
                ('thread_count', models.PositiveIntegerField(default=0)),
                ('about', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='said_about', to='spine.record')),
                ('area', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('author', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='records', to=settings.AUTH_USER_MODEL)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='organisations.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'state', 'id', 'area'], name='record_of_kind'), models.Index(fields=['about', 'kind', 'created_at', 'id', 'state', 'comment_count', 'answer_state'], name='record_about_by_time'), models.Index(fields=['about', 'kind', '-support_count', 'created_at', 'id', 'state', 'comment_count', 'answer_state'], name='record_about_by_support'), models.Index(fields=['author', '-created_at'], name='record_by_author'), models.Index(fields=['area', 'kind', 'state'], name='record_in_area')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'held', 'published', 'internal', 'hidden', 'withdrawn', 'erased'])), name='record_state_known'), models.CheckConstraint(condition=models.Q(('ref', ''), _negated=True), name='record_has_ref'), models.CheckConstraint(condition=models.Q(('moved_on__in', ['', 'merged', 'split'])), name='record_moved_on_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'erased'), _negated=True), models.Q(('author__isnull', True), ('body', ''), ('title', '')), _connector='OR'), name='record_erased_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('description', models.CharField(blank=True, max_length=500)),
                ('decorative', models.BooleanField(default=False)),
                ('caption', models.CharField(blank=True, max_length=300)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='attachment', to='files.storedfile')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='spine.record')),
            ],
            options={
                'ordering': ['record', 'position'],
                'constraints': [models.UniqueConstraint(fields=('record', 'position'), name='attachment_position_once'), models.CheckConstraint(condition=models.Q(models.Q(('decorative', True), ('description', '')), models.Q(('decorative', False), models.Q(('description', ''), _negated=True)), _connector='OR'), name='attachment_described_or_decorative')],
            },
        ),
        migrations.CreateModel(
            name='Authorship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('invited_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('digest', models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('origin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='credits', to='spine.record')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='authorships', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authorships', to='spine.record')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'confirmed_at'], name='authorship_of_person')],
                'constraints': [models.UniqueConstraint(fields=('record', 'person'), name='authorship_once'), models.UniqueConstraint(fields=('record', 'position'), name='authorship_in_order'), models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), models.Q(('digest__isnull', True), models.Q(('person__isnull', False), ('organisation__isnull', False), _connector='OR')), _connector='OR'), name='authorship_confirmed_by_somebody'), models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', False), ('digest__isnull', False), ('origin__isnull', False), _connector='OR'), name='authorship_open_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='spine.record')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record', 'person'), name='follow_once')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(max_length=20)),
                ('created_at', models.DateTimeField()),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_out', to='spine.record')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_in', to='spine.record')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'target', 'type'), name='link_once'), models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='link_joins_two')],
            },
        ),
        migrations.CreateModel(
            name='ModerationCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField()),
                ('proposed_verdict', models.CharField(blank=True, choices=[('keep', 'bleibt stehen'), ('hide', 'wird ausgeblendet')], max_length=8)),
                ('verdict', models.CharField(blank=True, choices=[('keep', 'bleibt stehen'), ('hide', 'wird ausgeblendet')], max_length=8)),
                ('rule', models.CharField(blank=True, choices=[('insult', 'beleidigt oder bedroht Menschen'), ('discrimination', 'setzt Menschen herab'), ('personal_data', 'nennt private Angaben anderer'), ('advertising', 'ist Werbung'), ('unlawful', 'ist strafbar oder verletzt Rechte'), ('off_topic', 'gehört nicht hierher'), ('other', 'anderer Grund')], max_length=16)),
                ('reason', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moderation_cases', to='spine.record')),
                ('room', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spine.record')),
            ],
            options={
                'indexes': [models.Index(fields=['decided_at', 'opened_at'], name='moderation_queue'), models.Index(fields=['room', 'decided_at', 'opened_at'], name='moderation_in_room')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('record',), name='moderation_one_open_case'), models.CheckConstraint(condition=models.Q(('decided_at__isnull', True), models.Q(models.Q(('reason', ''), _negated=True), models.Q(('verdict', ''), _negated=True)), _connector='OR'), name='moderation_verdict_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('created_at', models.DateTimeField()),
                ('upheld', models.BooleanField(blank=True, null=True)),
                ('reason', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='appeal', to='spine.moderationcase')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('decided_at__isnull', True), models.Q(models.Q(('reason', ''), _negated=True), ('upheld__isnull', False)), _connector='OR'), name='appeal_decision_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(max_length=32)),
                ('created_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='spine.record')),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-created_at'], name='notice_for_person'), models.Index(fields=['sent_at', 'person'], name='notice_to_send')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('insult', 'beleidigt oder bedroht Menschen'), ('discrimination', 'setzt Menschen herab'), ('personal_data', 'nennt private Angaben anderer'), ('advertising', 'ist Werbung'), ('unlawful', 'ist strafbar oder verletzt Rechte'), ('off_topic', 'gehört nicht hierher'), ('other', 'anderer Grund')], max_length=16)),
                ('text', models.TextField(blank=True)),
                ('created_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='spine.moderationcase')),
                ('reporter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('reporter__isnull', False)), fields=('case', 'reporter'), name='report_once_per_person')],
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=12, unique=True)),
                ('method', models.CharField(max_length=64)),
                ('version', models.CharField(max_length=24)),
                ('settings', models.JSONField(blank=True, default=dict)),
                ('seed', models.BigIntegerField(default=0)),
                ('key', models.CharField(max_length=64, unique=True)),
                ('command', models.TextField()),
                ('input_name', models.CharField(max_length=80)),
                ('state', models.CharField(choices=[('waiting', 'wartet'), ('running', 'wird gerechnet'), ('done', 'fertig'), ('failed', 'nicht gelungen')], default='waiting', max_length=8)),
                ('output', models.TextField(blank=True)),
                ('output_sha256', models.CharField(blank=True, max_length=64)),
                ('problem', models.TextField(blank=True)),
                ('asked_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='spine.record')),
                ('input', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='spine.runinput')),
            ],
            options={
                'indexes': [models.Index(fields=['record', '-asked_at'], name='run_of_record')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'failed'])), name='run_state_known'), models.CheckConstraint(condition=models.Q(('state', 'done'), ('output', ''), _connector='OR'), name='run_output_when_done'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('problem', ''), _negated=True), _connector='OR'), name='run_failed_with_a_sentence')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('merged', 'zusammengeführt'), ('split', 'aufgeteilt')], max_length=8)),
                ('at', models.DateTimeField()),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='went_on', to='spine.record')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='came_from', to='spine.record')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'target'), name='succession_once'), models.UniqueConstraint(condition=models.Q(('way', 'merged')), fields=('source',), name='succession_merged_into_one'), models.CheckConstraint(condition=models.Q(('way__in', ['merged', 'split'])), name='succession_way_known'), models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='succession_joins_two')],
            },
        ),
        migrations.CreateModel(
            name='Carried',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('support', 'Support'), ('follow', 'Follow')], max_length=8)),
                ('added', models.BooleanField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('succession', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='carried', to='spine.succession')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('succession', 'what', 'person'), name='carried_once'), models.CheckConstraint(condition=models.Q(('what__in', ['support', 'follow'])), name='carried_known')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24)),
                ('state', models.CharField(max_length=12)),
                ('facet', models.CharField(blank=True, max_length=80)),
                ('answer_state', models.CharField(blank=True, max_length=12)),
                ('channel', models.CharField(max_length=12)),
                ('count', models.IntegerField()),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spine.record')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place', 'kind', 'facet', 'state', 'answer_state', 'channel'), name='tally_once')],
            },
        ),
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=12)),
                ('title', models.CharField(blank=True, max_length=300)),
                ('body', models.TextField(blank=True)),
                ('made_by_machine', models.BooleanField(default=False)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='spine.record')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record', 'language'), name='translation_once')],
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(max_length=24)),
                ('standing', models.CharField(choices=[('account', 'mit Konto'), ('printed', 'mit gedrucktem Code'), ('letter', 'mit Code aus einem Brief'), ('slip', 'mit einem Bogen'), ('guest', 'als Gast')], max_length=8)),
                ('channel', models.CharField(default='web', max_length=12)),
                ('day', models.DateField()),
                ('at', models.DateTimeField(blank=True, null=True)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turns', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turns', to='spine.record')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'deed', '-at'], name='turn_of_person')],
                'constraints': [models.UniqueConstraint(fields=('record', 'deed', 'person'), name='turn_once'), models.CheckConstraint(condition=models.Q(('standing__in', ['account', 'printed', 'letter', 'slip', 'guest'])), name='turn_standing_known'), models.CheckConstraint(condition=models.Q(models.Q(('at__isnull', True), ('deed__in', ['vote'])), models.Q(models.Q(('deed__in', ['vote']), _negated=True), ('at__isnull', False)), _connector='OR'), name='turn_in_secret_has_no_time')],
            },
        ),
        migrations.CreateModel(
            name='ActContent',
            fields=[
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='content', serialize=False, to='spine.act')),
                ('salt', models.CharField(max_length=32)),
                ('content', models.JSONField()),
                ('record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spine.record')),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('record_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='as_answer', serialize=False, to='spine.record')),
                ('decision', models.CharField(choices=[('taken_up', 'übernommen'), ('partly', 'teilweise übernommen'), ('not', 'nicht übernommen'), ('noted', 'zur Kenntnis genommen')], max_length=12)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('decision__in', ['taken_up', 'partly', 'not', 'noted'])), name='answer_decision_known')],
            },
            bases=('spine.record',),
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('record_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='as_comment', serialize=False, to='spine.record')),
                ('stance', models.CharField(choices=[('neutral', 'Anmerkung'), ('for', 'spricht dafür'), ('against', 'spricht dagegen')], default='neutral', max_length=8)),
                ('reply_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='spine.comment')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='spine.record')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('stance__in', ['neutral', 'for', 'against'])), name='comment_stance_known')],
            },
            bases=('spine.record',),
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('record_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='as_part', serialize=False, to='spine.record')),
                ('format', models.CharField(max_length=24)),
                ('access', models.CharField(choices=[('anyone', 'alle, auch ohne Konto und ohne Code'), ('code', 'alle mit Konto oder gedrucktem Code'), ('account', 'alle mit Konto')], default='anyone', max_length=12)),
                ('checks_first', models.BooleanField(default=False)),
                ('settings', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('access__in', ['anyone', 'code', 'account'])), name='part_access_known'), models.CheckConstraint(condition=models.Q(('format', ''), _negated=True), name='part_has_format')],
            },
            bases=('spine.record',),
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='place', serialize=False, to='spine.record')),
                ('longitude', models.FloatField(null=True)),
                ('latitude', models.FloatField(null=True)),
                ('precision', models.CharField(choices=[('exact', 'genau hier'), ('near', 'auf etwa 100 Meter'), ('street', 'auf etwa 300 Meter, die Straße'), ('kiez', 'nur der Kiez'), ('area', 'nur das größere Gebiet'), ('words', 'nur in Worten')], max_length=8)),
                ('words', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['longitude', 'latitude'], name='place_point')],
                'constraints': [models.CheckConstraint(condition=models.Q(('precision__in', ['exact', 'near', 'street', 'kiez', 'area', 'words'])), name='place_precision_known'), models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True), ('precision', 'words'), models.Q(('words', ''), _negated=True)), models.Q(models.Q(('precision', 'words'), _negated=True), ('latitude__isnull', False), ('longitude__isnull', False)), _connector='OR'), name='place_has_a_point_or_words'), models.CheckConstraint(condition=models.Q(('longitude__isnull', True), models.Q(('latitude__gte', -90), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__lte', 180)), _connector='OR'), name='place_is_on_earth')],
            },
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('record_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='as_room', serialize=False, to='spine.record')),
                ('stage', models.CharField(choices=[('prepared', 'in Vorbereitung'), ('open', 'offen'), ('closed', 'abgeschlossen')], default='prepared', max_length=12)),
                ('visibility', models.CharField(choices=[('public', 'für alle'), ('internal', 'nur für die genannten Stellen')], default='public', max_length=12)),
                ('four_eyes', models.BooleanField(default=False)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to='organisations.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['stage', '-closed_at'], name='room_by_stage'), models.Index(fields=['-opened_at', 'record_ptr'], name='room_by_opening')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['prepared', 'open', 'closed'])), name='room_stage_known'), models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'internal'])), name='room_visibility_known'), models.CheckConstraint(condition=models.Q(('stage', 'prepared'), ('opened_at__isnull', False), _connector='OR'), name='room_open_since')],
            },
            bases=('spine.record',),
        ),
        migrations.CreateModel(
            name='ParticipationCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('printed', 'gedruckt'), ('letter', 'mit der Post an eine Adresse'), ('guest', 'für einen Gast im Netz'), ('slip', 'von einem Bogen ohne Code')], max_length=8)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('channel', models.CharField(default='paper', max_length=12)),
                ('issued_at', models.DateTimeField()),
                ('first_used_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='participation_code', to=settings.AUTH_USER_MODEL)),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='spine.room')),
            ],
            options={
                'indexes': [models.Index(fields=['room', 'origin'], name='code_in_room')],
                'constraints': [models.CheckConstraint(condition=models.Q(('origin__in', ['printed', 'letter', 'guest', 'slip'])), name='code_origin_known')],
            },
        ),
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('opens_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('deeds', models.JSONField(default=list)),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='spine.part')),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='spine.room')),
            ],
            options={
                'indexes': [models.Index(fields=['room', 'opens_at'], name='phase_in_room'), models.Index(fields=['closes_at', 'opens_at', 'room', 'part'], name='phase_by_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='phase_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='RoomHost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='further_hosts', to='spine.room')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation'], name='room_host_by_organisation')],
                'constraints': [models.UniqueConstraint(fields=('room', 'organisation'), name='room_host_once')],
            },
        ),
        migrations.CreateModel(
            name='RoomReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readers', to='spine.room')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('room', 'organisation'), name='room_reader_once')],
            },
        ),
        migrations.CreateModel(
            name='RoomRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=20)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='room_roles', to=settings.AUTH_USER_MODEL)),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='spine.room')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('room', 'person', 'role'), name='room_role_once')],
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_entry', serialize=False, to='spine.record')),
                ('title_stems', models.TextField(blank=True)),
                ('body_stems', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='SecretBox',
            fields=[
                ('part', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='secret_box', serialize=False, to='spine.part')),
                ('opened_on', models.DateField()),
                ('unlinked_on', models.DateField(blank=True, null=True)),
                ('lost_up_to', models.BigIntegerField(default=0)),
                ('tables', models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name='SecretBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('table', models.CharField(max_length=80)),
                ('count', models.PositiveIntegerField()),
                ('hash', models.CharField(max_length=64)),
                ('leaves', models.JSONField(default=list)),
                ('sealed_on', models.DateField()),
                ('box', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='batches', to='spine.secretbox')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('box', 'number'), name='secret_batch_once')],
            },
        ),
        migrations.CreateModel(
            name='Process',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('spine.room',),
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what_is_open', models.TextField(blank=True)),
                ('what_is_fixed', models.TextField(blank=True)),
                ('who_decides', models.TextField(blank=True)),
                ('level', models.CharField(blank=True, choices=[('inform', 'Information'), ('consult', 'Mitsprache'), ('cooperate', 'Mitwirkung'), ('co_decide', 'Mitentscheidung')], max_length=12)),
                ('use_of_results', models.TextField(blank=True)),
                ('answer_by', models.DateField(blank=True, null=True)),
                ('money', models.TextField(blank=True)),
                ('locked_at', models.DateTimeField(blank=True, null=True)),
                ('kept_at', models.DateTimeField(blank=True, null=True)),
                ('process', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='commitment', to='spine.process')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('kept_at__isnull', True), ('locked_at__isnull', False)), fields=['answer_by', 'process'], name='commitment_due'), models.Index(condition=models.Q(('kept_at__isnull', False)), fields=['-kept_at', 'process'], name='commitment_kept')],
                'constraints': [models.CheckConstraint(condition=models.Q(('level', ''), ('level__in', ['inform', 'consult', 'cooperate', 'co_decide']), _connector='OR'), name='commitment_level_known'), models.CheckConstraint(condition=models.Q(('locked_at__isnull', True), models.Q(models.Q(('what_is_open', ''), _negated=True), models.Q(('what_is_fixed', ''), _negated=True), models.Q(('who_decides', ''), _negated=True), models.Q(('level', ''), _negated=True), models.Q(('use_of_results', ''), _negated=True), ('answer_by__isnull', False), models.Q(('money', ''), _negated=True)), _connector='OR'), name='commitment_complete_when_locked')],
            },
        ),
        migrations.CreateModel(
            name='CommitmentChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=24)),
                ('before', models.TextField(blank=True)),
                ('after', models.TextField(blank=True)),
                ('reason', models.TextField()),
                ('changed_at', models.DateTimeField()),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='spine.commitment')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='commitment_change_has_reason')],
            },
        ),
        migrations.AddField(
            model_name='record',
            name='part',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contents', to='spine.part'),
        ),
        migrations.AddField(
            model_name='record',
            name='room',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='spine.room'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['room', 'kind', 'state', '-created_at'], name='record_in_room'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['room', 'state', 'id'], name='record_in_order'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['part', 'kind', 'state', '-created_at'], name='record_in_part'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['part', 'kind', 'state', 'answer_state', 'created_at'], name='record_waiting'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(condition=models.Q(('theme', ''), _negated=True), fields=['part', 'theme'], name='record_by_theme'),
        ),
    ]
