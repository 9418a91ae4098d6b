"""The forms of signing in. Those that hold a secret count their tries (people.forms.tried)."""

from people.forms.email import EmailForm, MailedCodeForm, ResetForm
from people.forms.passwords import ChangePasswordForm, NewPasswordForm, PasswordAgainForm, SignUpForm, new_password
from people.forms.second_step import AddAppForm, AddPasskeyForm, SecondStepAgainForm, SecondStepForm
from people.forms.sign_in import SignInForm
from people.forms.way_back import CodeWayBackForm, EndForm, NationForm, PersonWayBackForm

__all__ = [
    "AddAppForm",
    "AddPasskeyForm",
    "ChangePasswordForm",
    "CodeWayBackForm",
    "EmailForm",
    "EndForm",
    "MailedCodeForm",
    "NationForm",
    "NewPasswordForm",
    "PasswordAgainForm",
    "PersonWayBackForm",
    "ResetForm",
    "SecondStepAgainForm",
    "SecondStepForm",
    "SignInForm",
    "SignUpForm",
    "new_password",
]
