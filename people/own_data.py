"""What is held about how somebody signs in."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from people.models import Attempt, Person, RecoveryCode, UsedCode, WayBackLink
from people.own import MACHINERY, NUMBER, OTHERS, SECRET, YOU, Part

PARTS = [
    Part(
        key="sign_in",
        title=_("Your sign-in"),
        model=Person,
        mine=lambda person: Person.objects.filter(pk=person.pk),
        fields={
            "sign_in_name": _("Sign-in name"),
            "created_at": _("Since"),
            "last_login": _("Last signed in"),
            "over_18_at": _("When you said that you are 18 or over"),
            "codes_kept_at": _("When you said that you have kept your recovery codes"),
            "nation": _("Whose help is shown first"),
            "area": _("The area whose help is shown first"),
            "plan_closed_until": _("Your plan is closed until, after a way back made by others"),
            "is_active": _("You can sign in"),
            "is_demo": _("Somebody of the demo"),
        },
        left_out={"id": NUMBER, "password": SECRET},
    ),
    Part(
        key="emails",
        title=_("Your e-mail"),
        model=EmailAddress,
        mine=lambda person: EmailAddress.objects.filter(user=person),
        fields={"email": _("E-mail"), "verified": _("Shown to be yours"), "primary": _("The one we write to")},
        left_out={"id": NUMBER, "user": YOU},
    ),
    Part(
        key="second_steps",
        title=_("Your second step"),
        model=Authenticator,
        mine=lambda person: Authenticator.objects.filter(user=person),
        fields={"type": _("Kind"), "created_at": _("Set up"), "last_used_at": _("Last used")},
        left_out={"id": NUMBER, "user": YOU, "data": SECRET},
    ),
    Part(
        key="recovery_codes",
        title=_("Your recovery codes"),
        model=RecoveryCode,
        mine=lambda person: RecoveryCode.objects.filter(person=person),
        fields={"made_at": _("Made"), "used_at": _("Used")},
        left_out={"id": NUMBER, "person": YOU, "digest": SECRET},
    ),
    Part(
        key="way_back_links",
        title=_("Ways back that others made for you"),
        model=WayBackLink,
        mine=lambda person: WayBackLink.objects.filter(person=person),
        fields={"made_at": _("Made"), "expires_at": _("Good until"), "used_at": _("Used")},
        left_out={"id": NUMBER, "person": YOU, "digest": SECRET, "made_by_one": OTHERS, "made_by_two": OTHERS},
    ),
    Part(
        key="sittings",
        title=_("Where you are signed in"),
        model=UserSession,
        mine=lambda person: UserSession.objects.filter(user=person),
        fields={
            "user_agent": _("What the browser says of itself"),
            "created_at": _("Since"),
            "last_seen_at": _("Last seen"),
        },
        left_out={
            "id": NUMBER,
            "user": YOU,
            "session_key": SECRET,
            "ip": _("Where you were is not kept: it is the same for everybody."),
            "data": MACHINERY,
        },
    ),
    Part(
        key="used_codes",
        title=_("Codes of your app"),
        model=UsedCode,
        mine=lambda person: UsedCode.objects.filter(person=person),
        fields={},
        left_out={"id": NUMBER, "person": YOU, "time_step": SECRET},
    ),
]

NOT_OWN = {
    Attempt: _("Counts of tries at signing in, under marks that nobody can read a name from."),
    EmailConfirmation: _("Not used."),
}
