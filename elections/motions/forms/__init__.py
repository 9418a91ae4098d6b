"""What is written to propose something, and beside a proposal."""

from elections.motions.forms.kinds import FORMS
from elections.motions.forms.proposing import ProposalForm
from elections.motions.forms.words import LookForm, WordsForm

__all__ = ["FORMS", "LookForm", "ProposalForm", "WordsForm"]
