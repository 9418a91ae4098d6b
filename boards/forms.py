"""What can be written on the board. A form keeps every word it was given, whatever was wrong with it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from boards import screening
from boards.models import DraftWords, committed_words
from boards.models.drafts import LONGEST_COVER
from boards.services import OnPage
from boards.services.writing import LONGEST_TITLE
from people.decisions import YES, Decision, no

# What a database's column for it can hold.
HIGHEST_VERSION = 2**31 - 1
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


class KeepsDrafts(forms.Form):
    """A form whose words are kept while they are written (boards.services.drafts.OnPage)."""

    # `form_key` makes the same form sent twice one post; it goes with a draft from page to page, `page_key` does not.
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    page_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    draft_version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0, required=False)
    # Counted by the script; without it nobody's save overtakes another.
    attempt = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**53, required=False)

    @property
    def page(self) -> OnPage:
        """The form as this page had it."""
        sent = self.cleaned_data
        return OnPage(sent["form_key"], sent["page_key"], sent["draft_version"] or 0, sent["attempt"])


class ReplyForm(KeepsDrafts):
    """A reply, with what covers it if its author wants that."""

    text = WholeText(
        label=_("What would you like to say?"),
        max_length=screening.LONGEST,
        error_messages={"required": _("There is nothing written yet."), "max_length": TOO_LONG},
    )
    cover = forms.CharField(
        label=_("What is it about? Others tap to read it"),
        help_text=_("A few words such as “food” or “hospital”. Leave this empty and nothing is covered."),
        max_length=LONGEST_COVER,
        required=False,
        error_messages={"max_length": _("Please say in fewer words what it is about: 60 letters at most.")},
    )
    field_order: tuple[str, ...] = ("text", "cover")

    @property
    def sent(self) -> dict[str, Any]:
        """What the services of writing take of this form."""
        names = {"title", "text", "cover", "form_key"} & self.cleaned_data.keys()
        return {name: self.cleaned_data[name] for name in names} | {"page": self.page}

    def clean_cover(self) -> str:
        """One line, however it was sent."""
        return " ".join(self.cleaned_data["cover"].split())

    def clean(self) -> dict[str, object]:
        words = super().clean() or {}
        # Title, cover and text are read as one by the screening.
        whole = committed_words(*(str(words.get(name, "")) for name in ("title", "text", "cover")))
        if len(whole) > screening.LONGEST:
            self.add_error("text", TOO_LONG)
        return words


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
    field_order: tuple[str, ...] = ("title", "text", "cover")


class ChangeForm(ReplyForm):
    """New words for a waiting post; `version` is the one the writer had before them."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    @property
    def sent(self) -> dict[str, Any]:
        """What the services of changing take of this form."""
        words = super().sent
        del words["form_key"]
        return words | {"seen_version": self.cleaned_data["version"]}


class ChangeOpeningForm(ChangeForm, ThreadForm):
    """New words and a new title for the first post of a thread."""

    field_order: tuple[str, ...] = ("title", "text", "cover")


class DraftForm(KeepsDrafts):
    """What is not ready to be sent: whole or not, it is kept as it is. `version` is that of a post being changed."""

    title = forms.CharField(max_length=LONGEST_TITLE, required=False, strip=False)
    text = WholeText(max_length=screening.LONGEST, required=False)
    cover = forms.CharField(max_length=LONGEST_COVER, required=False, strip=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=HIGHEST_VERSION, required=False)

    @property
    def words(self) -> DraftWords:
        """What was typed."""
        return DraftWords(**{name: self.cleaned_data[name] for name in ("title", "text", "cover")})

    @property
    def fits(self) -> Decision:
        """Whether it can be kept as it is."""
        return YES if self.is_valid() else no(str(_("This is too long to be kept. Could you make it shorter?")))
