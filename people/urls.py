"""Exactly the addresses that are wanted under /accounts/. Those of allauth keep the names it looks them up by.

There is no sign-up (a community's join page does that), nothing social, no confirming by link.
"""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from people.views import email, entrance, home, passwords, second_step, ways_back

own = [
    path("", home.your_sign_in, name="your_sign_in"),
    path("nation/", home.nation, name="nation"),
    path("keep-these/", home.keep_these, name="keep_these"),
    path("keep-these/new/", home.new_codes, name="new_codes"),
    path("sessions/everywhere/", home.end_everywhere, name="end_everywhere"),
    path("email/remove/", email.remove_email, name="remove_email"),
    path("second-step/", second_step.second_step, name="second_step"),
    path("way-back/", ways_back.by_code, name="way_back"),
    path("way-back/<str:token>/", ways_back.by_link, name="way_back_link"),
]

urlpatterns = [
    path("", include((own, "people"))),
    path("login/", entrance.sign_in, name="account_login"),
    path("logout/", entrance.sign_out, name="account_logout"),
    path("reauthenticate/", second_step.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("email/", email.email, name="account_email"),
    path("confirm-email/", email.prove, name="account_email_verification_sent"),
    path("password/change/", passwords.change_password, name="account_change_password"),
    path("password/reset/", passwords.ask_for_code, name="account_reset_password"),
    path("password/reset/confirm/", passwords.give_code, name="account_confirm_password_reset_code"),
    path("password/reset/complete/", passwords.set_after_code, name="account_complete_password_reset"),
    path("sessions/", home.phones, name="usersessions_list"),
    path("2fa/", second_step.Overview.as_view(), name="mfa_index"),
    path("2fa/authenticate/", entrance.second_half, name="mfa_authenticate"),
    path("2fa/reauthenticate/", second_step.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", second_step.AddApp.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", second_step.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", second_step.SpareCodes.as_view(), name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", second_step.NewSpareCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("2fa/webauthn/add/", second_step.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", login_not_required(entrance.SignInByPasskey.as_view()), name="mfa_login_webauthn"),
    path("2fa/webauthn/reauthenticate/", second_step.PasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", second_step.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
]
