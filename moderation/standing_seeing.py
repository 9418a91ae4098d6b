"""Who can see what is written about somebody's place here."""

from django.utils.translation import gettext_lazy

from communities.seeing import Seen, register, register_box


def register_all() -> None:
    """Add the things and their boxes; called once, as the site starts."""

    register(
        "suspension",
        Seen(
            gettext_lazy("Why somebody is suspended, and their letter"),
            who=gettext_lazy(
                "The one it is about, and the Top Three or caretakers who may decide on it. To others they show as "
                "“away”, nothing more."
            ),
        ),
    )
    register(
        "return words",
        Seen(
            gettext_lazy("What you write here"),
            who=gettext_lazy("You, and the Top Three or caretakers who may decide on it. Nobody else."),
            for_the_page=False,
        ),
    )
    register(
        "return answer words",
        Seen(
            gettext_lazy("Your words to them"),
            who=gettext_lazy(
                "The one who asked to come back, without your name. "
                "And the Top Three or caretakers who may decide on it."
            ),
            for_the_page=False,
        ),
    )
    register_box("suspension", "suspension")
    register_box("return", "return words")
    register_box("return answer", "return answer words")
