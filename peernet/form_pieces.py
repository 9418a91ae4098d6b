"""Boxes to write in without a template for each: Django's own takes four files for one `<textarea>`."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString

INPUTS = frozenset(f"django/forms/widgets/{name}.html" for name in ("input", "text", "hidden", "password", "number"))
TEXTAREA = "django/forms/widgets/textarea.html"


class Renderer(DjangoTemplates):
    """Django's renderer (settings: FORM_RENDERER); the plainest widgets are written as its templates write them."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if widget := context.get("widget"):
            # With a length a browser cuts what is pasted, and nobody notices: too long is said, every word kept.
            widget["attrs"] = {name: value for name, value in widget["attrs"].items() if name != "maxlength"}
        if template_name in INPUTS:
            return _input(context["widget"])
        if template_name == TEXTAREA:
            return _textarea(context["widget"])
        return super().render(template_name, context, request)


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else f' value="{safe(str(widget["value"]))}"'
    name, kind = safe(widget["name"]), safe(widget["type"])
    return SafeString(f'<input type="{kind}" name="{name}"{value}{_attributes(widget["attrs"])}>')


def _textarea(widget: Mapping[str, Any]) -> SafeString:
    words = safe(widget["value"]) if widget["value"] else ""
    return SafeString(f'<textarea name="{safe(widget["name"])}"{_attributes(widget["attrs"])}>\n{words}</textarea>')


def _attributes(attributes: Mapping[str, Any]) -> str:
    given = ((name, value) for name, value in attributes.items() if value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{safe(str(value))}"' for name, value in given)
