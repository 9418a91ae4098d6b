import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0002_welcomed"),
        ("moderation", "0003_standing"),
    ]

    operations = [
        migrations.AlterField(
            model_name="postdecision",
            name="reason",
            field=models.CharField(
                choices=[
                    ("worrying", "Somebody may be in danger"),
                    ("about_somebody_else", "It is about somebody else's life"),
                    ("unkind", "It may hurt somebody"),
                    ("too_much_detail", "It has more detail than is safe to read"),
                    ("private", "It tells something that should stay private"),
                    ("against_rule", "It does not keep to one of our rules"),
                    ("fine", "It is all right"),
                    ("other", "Something else"),
                    ("objection", "An objection was heard"),
                    ("meeting", "The community meeting decided so"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="postdecision",
            name="verb",
            field=models.CharField(
                choices=[
                    ("release", "Let it appear"),
                    ("return", "Give it back with a reason"),
                    ("hide", "Hide it for now"),
                    ("put_back", "Put it back"),
                    ("remove", "Take it off the board"),
                    ("warn", "Leave it there, and tell its author kindly what was not all right"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.CharField(max_length=40)),
                ("words", models.TextField(blank=True)),
                ("urgency", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "waits to be heard"),
                            ("at_meeting", "goes to the community meeting"),
                            ("undone", "heard: the decision was undone"),
                            ("stands", "heard: the decision stands"),
                            ("settled", "the community meeting let the decision stand"),
                            ("withdrawn", "taken back"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("first_at", models.DateTimeField(null=True)),
                ("heard_at", models.DateTimeField(null=True)),
                ("by_role", models.CharField(blank=True, max_length=60)),
                ("answer", models.TextField(blank=True)),
                ("at_meeting_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="communities.membership",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="communities.community"
                    ),
                ),
                (
                    "first_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
                (
                    "heard_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="objection",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "at_meeting"))),
                fields=["community", "made_at"],
                name="moderation_open_objections",
            ),
        ),
        migrations.AddIndex(
            model_name="objection",
            index=models.Index(fields=["case"], name="moderation_objections_by_case"),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("open", "at_meeting"))),
                fields=("by", "case"),
                name="moderation_one_open_objection",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first_at__isnull", True), ("first_by__isnull", True)),
                    models.Q(("first_at__isnull", False), ("first_by__isnull", False)),
                    _connector="OR",
                ),
                name="moderation_objection_first_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("heard_at__isnull", True),
                        ("heard_by__isnull", True),
                        models.Q(("state__in", ("undone", "stands", "settled")), _negated=True),
                    ),
                    models.Q(("heard_at__isnull", False), ("heard_by__isnull", False)),
                    _connector="OR",
                ),
                name="moderation_objection_heard",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("heard_by__isnull", True),
                        models.Q(("heard_by", models.F("by")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("first_by__isnull", True),
                        models.Q(("first_by", models.F("by")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("first_by__isnull", True),
                        ("heard_by__isnull", True),
                        models.Q(("first_by", models.F("heard_by")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="moderation_objection_by_others",
            ),
        ),
    ]
