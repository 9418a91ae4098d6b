"""Questions to the database that are worded once: Django makes the SQL the first time, later only the values change.

Putting a queryset together and turning it into SQL takes Django about as long as the database takes to answer, so the
questions of the pages that are read most are prepared (docs/adr/0021). What is kept is SQL, never an answer.
"""

from prepared.question import given, prepared
from prepared.statements import cursor

__all__ = ["cursor", "given", "prepared"]
