"""What can be done to a person's sign-in. Each verb records itself, in its own transaction (chain "people")."""

from people.services.codes import confirm_kept, make_recovery_codes
from people.services.email import prove_email, remove_email, send_code
from people.services.passwords import (
    change_password,
    password_fits,
    reset_password,
    way_back_by_code,
)
from people.services.second_factor import (
    give_demo_second_factor,
    remove_second_factor,
    second_factor_changed,
    use_second_step,
)
from people.services.sign_up import NewPerson, choose_nation, sign_up
from people.services.sittings import end_everywhere, end_others, end_sitting
from people.services.way_back import GONE, issue_way_back, use_way_back

__all__ = [
    "GONE",
    "NewPerson",
    "change_password",
    "choose_nation",
    "confirm_kept",
    "end_everywhere",
    "end_others",
    "end_sitting",
    "give_demo_second_factor",
    "issue_way_back",
    "make_recovery_codes",
    "password_fits",
    "prove_email",
    "remove_email",
    "remove_second_factor",
    "reset_password",
    "second_factor_changed",
    "send_code",
    "sign_up",
    "use_second_step",
    "use_way_back",
    "way_back_by_code",
]
