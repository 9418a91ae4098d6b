"""A plan on paper: letters, lines, pages and the file, made in memory and nowhere else (ADR 0033)."""
