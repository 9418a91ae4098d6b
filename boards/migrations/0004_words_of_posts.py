"""What is there already: read, as far as it goes, and findable.

The words of the posts that are there already, for the search: a batch at a time, each one whole, so that a big
board goes on working meanwhile and a run that was broken off goes on where it stood."""

from django.db import migrations, transaction

from boards import index

BATCH = 500


def fill(apps, schema_editor):
    Post = apps.get_model("boards", "Post")
    last = 0
    while True:
        posts = Post.objects.filter(pk__gt=last, state="accepted").order_by("pk")
        batch = list(posts.only("pk", "community_id", "title", "html")[:BATCH])
        if not batch:
            return
        with transaction.atomic():
            index.put(batch)
        last = batch[-1].pk


def everything_so_far_is_read(apps, schema_editor):
    """Whoever is here already finds nothing marked as new on the first day but what comes from now on."""
    schema_editor.execute(
        "INSERT INTO boards_reading (membership_id, everything_to) "
        "SELECT id, CURRENT_TIMESTAMP FROM communities_membership m "
        "WHERE NOT EXISTS (SELECT 1 FROM boards_reading r WHERE r.membership_id = m.id)"
    )


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('boards', '0003_reading_and_search'),
    ]

    operations = [
        migrations.RunPython(everything_so_far_is_read, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
