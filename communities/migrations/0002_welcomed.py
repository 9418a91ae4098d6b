from django.db import migrations, models
from django.db.models import F


def welcomed_already(apps, schema_editor):
    """Nobody who has been here for a while is led through the welcome; it stays a page for whoever wants it."""
    apps.get_model("communities", "Membership").objects.filter(welcomed_at=None).update(welcomed_at=F("joined_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0001_initial'),
    ]

    operations = [
        # Without a value, so that the release before can go on adding members while this runs.
        migrations.AddField(
            model_name='membership',
            name='welcomed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(welcomed_already, migrations.RunPython.noop, elidable=True),
    ]
