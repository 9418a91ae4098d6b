"""What can be done with plans. Each verb authorises, locks, changes and records, in one transaction."""

from crisisplans.services.dates import offer_another_look, set_review_date
from crisisplans.services.drafts import drop_draft, keep_draft
from crisisplans.services.erasing import erase_plans, go_on_with_erasings
from crisisplans.services.opening import close_opening, open_plan
from crisisplans.services.renewing import tidy_all
from crisisplans.services.saving import restore_version, save_first_steps, save_part, save_words

__all__ = [
    "close_opening",
    "drop_draft",
    "erase_plans",
    "go_on_with_erasings",
    "keep_draft",
    "offer_another_look",
    "open_plan",
    "restore_version",
    "save_first_steps",
    "save_part",
    "save_words",
    "set_review_date",
    "tidy_all",
]
