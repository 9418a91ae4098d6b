"""Whether anything is there in part: for whoever looks at a database after something went wrong."""

from audit.models import Entry
from audit.queries import verify
from boards.models import Post, PostVersion, Thread


def in_part() -> list[str]:
    """Name every post without its version, its thread's opening or its entry on the record, and every break."""
    found = [f"break: {broken}" for broken in verify()]
    posts = {post.pk: post for post in Post.objects.all()}
    opened = {post.thread_id for post in posts.values() if post.is_opening}
    found += [
        f"thread {pk} has no opening" for pk in Thread.objects.exclude(pk__in=opened).values_list("pk", flat=True)
    ]
    numbers: dict[int, list[int]] = {pk: [] for pk in posts}
    for post, number in PostVersion.objects.order_by("number").values_list("post_id", "number"):
        numbers[post].append(number)
    entries = list(Entry.objects.filter(verb="write").values_list("subject", flat=True))
    for pk, post in posts.items():
        if numbers[pk] != list(range(1, post.version + 1)):
            found.append(f"post {pk} has versions {numbers[pk]}")
        if entries.count(post.ref) != 1:
            found.append(f"post {pk} has {entries.count(post.ref)} entries")
    return found + [f"entry about no post: {ref}" for ref in set(entries) - {post.ref for post in posts.values()}]
