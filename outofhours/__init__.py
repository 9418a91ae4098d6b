"""Lead service users: the bank one registers for, the training, stepping down and coming back."""
