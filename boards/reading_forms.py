"""The small forms of reading: a word to mute."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.models.reading import LONGEST_WORD
from boards.plain_words import words_of


class MuteWordForm(forms.Form):
    """One word, or a few in a row, that its reader does not want to meet."""

    word = forms.CharField(
        label=gettext_lazy("A word, or a few words together"),
        max_length=LONGEST_WORD,
        error_messages={
            "required": gettext_lazy("There is nothing written yet."),
            "max_length": gettext_lazy("Please give one word, or a few: 40 letters at most."),
        },
    )

    def clean_word(self) -> str:
        """The word as it was written; refused where nothing in it could ever stand in a post."""
        word = self.cleaned_data["word"]
        if not 0 < len(" ".join(words_of(word))) <= LONGEST_WORD:
            raise forms.ValidationError(_("Please use letters or numbers: one word, or a few."))
        return word
