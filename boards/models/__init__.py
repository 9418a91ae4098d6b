"""What the board keeps."""

from boards.models.posts import Explanation, Post, PostQuerySet, PostVersion, Thread, ThreadQuerySet

__all__ = ["Explanation", "Post", "PostQuerySet", "PostVersion", "Thread", "ThreadQuerySet"]
