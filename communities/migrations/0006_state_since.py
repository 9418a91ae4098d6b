import django.db.models.deletion
from django.db import migrations, models


def how_they_stand_now(apps, schema_editor):
    """One row each: from the time of the state they are in. How they stood before that, nobody wrote down."""
    membership, row = apps.get_model("communities", "Membership"), apps.get_model("communities", "StateSince")
    standing = membership.objects.values_list("pk", "state", "state_since").order_by("pk")
    rows = (row(membership_id=pk, state=state, since=since) for pk, state, since in standing.iterator())
    row.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0005_admitted_instead"),
    ]

    operations = [
        migrations.CreateModel(
            name="StateSince",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prospective", "prospective member"),
                            ("active", "member"),
                            ("on_a_break", "on a break"),
                            ("inactive", "inactive"),
                            ("suspended", "suspended"),
                            ("left", "left"),
                            ("died", "died"),
                        ],
                        max_length=12,
                    ),
                ),
                ("since", models.DateTimeField()),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="states",
                        to="communities.membership",
                    ),
                ),
            ],
            options={
                "ordering": ("since", "pk"),
                "indexes": [models.Index(fields=["membership", "since"], name="communities_state_since")],
            },
        ),
        migrations.RunPython(how_they_stand_now, migrations.RunPython.noop, elidable=True),
    ]
