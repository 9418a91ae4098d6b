import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_absences")]

    operations = [
        migrations.AddField(model_name="agendaitem", name="minutes", field=models.PositiveSmallIntegerField(null=True)),
        migrations.AddField(model_name="agendaitem", name="place", field=models.PositiveSmallIntegerField(null=True)),
        migrations.AlterField(
            model_name="agendaitem",
            name="kind",
            field=models.CharField(
                choices=[
                    ("pointer", "a thread to talk about"),
                    ("copy", "words from the board"),
                    ("objection", "an objection"),
                    ("suspension", "a suspension"),
                    ("post", "a post that nobody here could decide on"),
                    ("event", "a significant event"),
                    ("danger", "a danger notice"),
                    ("debrief", "how those who look after the board are doing"),
                    ("motion", "a motion"),
                    ("review", "a plan to look at together"),
                    ("absence", "people we have not seen"),
                    ("other", "something else"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="ReviewAsked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="communities.membership"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews_asked",
                        to="meetings.session",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("session", "membership"), name="meetings_a_review_asked_once")
                ],
            },
        ),
    ]
