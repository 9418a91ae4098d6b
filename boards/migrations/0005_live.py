import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('boards', '0004_words_of_posts'),
        ('communities', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('back', 'Back'), ('blanked', 'Blanked'), ('hidden', 'Hidden'), ('removed', 'Removed')], max_length=8)),
                ('at', models.DateTimeField()),
                ('community', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communities.community')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='boards.post')),
                ('thread', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='boards.thread')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['community', 'at'], name='boards_changes_of_community'),
                    models.Index(fields=['thread', 'at'], name='boards_changes_of_thread'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField()),
                ('membership', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='communities.membership')),
            ],
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=models.Q(('visible_at__isnull', False)), fields=['community', 'visible_at'], name='boards_posts_to_appear'),
        ),
    ]
