"""Settings of signing in: django-allauth, sittings and limits (safety checks 1.9, 1.11, 1.12, 1.14)."""

import os

# Sign-in itself asks `people.services.password_fits`; these bring a sitting its person. The second is allauth's own,
# under whose name the sittings of release 0.1.0 lie.
AUTHENTICATION_BACKENDS = ["people.backends.Backend", "allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# How many proxies of ours stand before the site, each adding to X-Forwarded-For; with 0 that header is not believed.
TRUSTED_PROXIES = int(os.environ.get("PEERNET_PROXIES", "0"))

# A sitting ends 8 hours after signing in, or after 30 days where that was chosen (people.sittings sets either).
SESSION_COOKIE_AGE = 8 * 3600
SESSION_ENGINE = "people.sitting_store"

ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "sign_in_name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Ours count in the database, by account and device or address (people.tries).
ACCOUNT_RATE_LIMITS = False
ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_DISPLAY = "people.adapters.name_for_display"

MFA_ADAPTER = "people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "people.forms.SecondStepForm",
    "reauthenticate": "people.forms.SecondStepAgainForm",
    "activate_totp": "people.forms.AddAppForm",
    "add_webauthn": "people.forms.AddPasskeyForm",
}
MFA_RATE_LIMITS = False
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Peernet"
MFA_PASSKEY_LOGIN_ENABLED = True
