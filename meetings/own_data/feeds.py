"""What a diary for a calendar holds about its owner: their choices, never its address."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.own_data import OF_MEMBERSHIP
from meetings.models.feeds import DiaryFeed
from people.own import NUMBER, SECRET, YOU, Part

PARTS = [
    Part(
        key="diary",
        title=_("Your diary for a calendar"),
        model=DiaryFeed,
        mine=lambda person: DiaryFeed.objects.filter(membership__person=person).select_related("membership__community"),
        fields={
            "called_by": _("What entries are called"),
            "own_words": _("Words of your own"),
            "holds": _("What is in it"),
            "with_place": _("With the place"),
            "made_at": _("Made"),
            "used_at": _("Last read"),
        },
        left_out={"id": NUMBER, "membership": YOU, "token_digest": SECRET},
        also=OF_MEMBERSHIP,
    ),
]

NOT_OWN: dict[type, Any] = {}
