"""What the board keeps."""

from boards.models.erasing import Erasing
from boards.models.posts import Explanation, Post, PostQuerySet, PostVersion, Thread, ThreadQuerySet

__all__ = ["Erasing", "Explanation", "Post", "PostQuerySet", "PostVersion", "Thread", "ThreadQuerySet"]
