"""Django's PostgreSQL, but that a kept connection is not asked whether it lives where that can be seen."""
