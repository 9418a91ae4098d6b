"""What local life holds about one person: what they wrote on it, and what they looked at."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.own_data import OF_COMMUNITY
from meetings.models.local import LocalChange, LocalPiece
from people.own import MACHINERY, NUMBER, OTHERS, TWICE, YOU, Part

PARTS = [
    Part(
        key="local_pieces",
        title=_("What you put on the page of local life"),
        model=LocalPiece,
        mine=lambda person: LocalPiece.objects.filter(made_by__person=person),
        fields={"kind": _("Kind"), "state": _("State"), "made_at": _("When")},
        left_out={
            **dict.fromkeys(("title", "words", "phone", "web", "times", "edition", "checked_on", "checked_by"), OTHERS),
            "id": NUMBER,
            "community": TWICE,
            "made_by": YOU,
            "urgency": MACHINERY,
            "form_key": MACHINERY,
        },
        also=OF_COMMUNITY,
    ),
    Part(
        key="local_changes",
        title=_("What you wrote or did there"),
        model=LocalChange,
        mine=lambda person: LocalChange.objects.filter(by__person=person),
        fields={
            "piece": _("Piece (number)"),
            "done": _("What you did"),
            "at": _("When"),
            "title": _("Title"),
            "words": _("Words"),
            "phone": _("Telephone"),
            "web": _("Website"),
            "times": _("When it is open"),
            "gone_at": _("Words taken away"),
        },
        left_out={"id": NUMBER, "edition": MACHINERY, "by": YOU},
    ),
]

NOT_OWN: dict[type, Any] = {}
