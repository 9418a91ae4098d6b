"""What outofhours keeps."""

from outofhours.models.bank import BankPlace, BankTerm, BankTermQuerySet, Learnt, SignOff

__all__ = ["BankPlace", "BankTerm", "BankTermQuerySet", "Learnt", "SignOff"]
