"""Settings of signing in: django-allauth, sessions and limits (safety checks 1.9, 1.12, 1.14)."""

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "sign_in_name"
SESSION_COOKIE_AGE = 8 * 3600
