"""What a box says of more letters than it takes. No box tells the browser its length: a browser cuts what is pasted."""

from django.utils.translation import gettext_lazy as _

# For the `error_messages` of a field with a `max_length`: every word stays in the box beside it.
SHORTER = {"max_length": _("Please make it shorter: %(limit_value)d letters at most.")}
# Of a secret, which no page gives back.
SHORTER_SECRET = {"max_length": _("That is more than this can be: %(limit_value)d letters at most.")}
