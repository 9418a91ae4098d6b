"""What can be written on the board. A form keeps every word it was given, whatever was wrong with it."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from boards import screening
from boards.services.writing import LONGEST_TITLE

TOO_LONG = _("This is longer than one post can be (10,000 letters). Could you send it as two?")


class WholeText(forms.CharField):
    """A text as it was written: white space at its ends and line ends are the writer's own, told apart from none."""

    widget = forms.Textarea

    def __init__(self, **kwargs: object) -> None:
        super().__init__(strip=False, **kwargs)  # type: ignore[arg-type]

    def validate(self, value: str) -> None:
        super().validate(value.strip())

    def to_python(self, value: object) -> str:
        # Browsers send CRLF for every line end; one kind of line end is kept.
        return str(super().to_python(value)).replace("\r\n", "\n")


class ReplyForm(forms.Form):
    """A reply. `form_key` makes the same form sent twice one post."""

    text = WholeText(
        label=_("What would you like to say?"),
        max_length=screening.LONGEST,
        error_messages={"required": _("There is nothing written yet."), "max_length": TOO_LONG},
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class ThreadForm(ReplyForm):
    """A new thread: a title and its first post."""

    title = forms.CharField(
        label=_("A few words as a title"),
        max_length=LONGEST_TITLE,
        error_messages={
            "required": _("Please give it a few words as a title."),
            "max_length": _("Please make the title shorter: 120 letters at most."),
        },
    )
    field_order: tuple[str, ...] = ("title", "text", "form_key")

    def clean(self) -> dict[str, object]:
        words = super().clean() or {}
        # Title and text are read as one by the screening.
        if len(words.get("title", "")) + len(words.get("text", "")) + 1 > screening.LONGEST:
            self.add_error("text", TOO_LONG)
        return words


class ChangeForm(ReplyForm):
    """New words for a waiting post; `version` is the one the writer had before them."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ChangeOpeningForm(ChangeForm, ThreadForm):
    """New words and a new title for the first post of a thread."""

    field_order: tuple[str, ...] = ("title", "text", "form_key", "version")
