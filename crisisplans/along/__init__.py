"""A plan taken along as text or data, and brought in again (ADR 0033)."""
