"""Lead service users: their bank and their training."""
