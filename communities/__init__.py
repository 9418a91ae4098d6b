"""Communities: who belongs, in which state and office, by which rules, and who looks when."""
