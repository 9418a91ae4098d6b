"""Decisions of the Top Three on posts: the queue, deciding alone or by two, following up what is held."""
