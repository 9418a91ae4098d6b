"""The verbs of the bank."""

from outofhours.services.bank import come_back, register_for_training, sign_off, step_down
from outofhours.services.learning import set_learnt

__all__ = ["come_back", "register_for_training", "set_learnt", "sign_off", "step_down"]
