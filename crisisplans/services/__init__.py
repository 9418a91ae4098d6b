"""What can be done with plans. Each verb authorises, locks, changes and records, in one transaction."""

from crisisplans.services.erasing import erase_plans, go_on_with_erasings
from crisisplans.services.opening import close_opening, open_plan
from crisisplans.services.renewing import tidy_all

__all__ = ["close_opening", "erase_plans", "go_on_with_erasings", "open_plan", "tidy_all"]
