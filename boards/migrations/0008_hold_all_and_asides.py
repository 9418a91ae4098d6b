import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0007_staff_asked_in"),
        ("communities", "0002_welcomed"),
    ]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="others_asked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="StepAside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="communities.membership"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "membership"), name="boards_aside_once")],
            },
        ),
        migrations.CreateModel(
            name="HoldAll",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("why", models.TextField(blank=True)),
                ("decided_by", models.CharField(max_length=80)),
                ("by", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                ("stopped_at", models.DateTimeField(null=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="communities.community"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("stopped_at__isnull", True)),
                        fields=["community", "until"],
                        name="boards_hold_all_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("starts_at"))), name="boards_hold_all_forwards"
                    )
                ],
            },
        ),
    ]
