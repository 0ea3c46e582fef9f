"""The fields of an event, in full."""

from typing import Final

from msgspec import Raw, Struct

from events.facts import AnyFact, Pricing
from service.pages.console import event_text
from service.views import addresses, words

_TOOLS: Final = frozenset({"left", "right"})


class FieldView(Struct, frozen=True):
    """A field's name and contents in words, and where it leads; long ones are `text` of paragraphs."""

    name: str
    text: str
    href: str | None


def fields_of(data: AnyFact | Raw) -> list[FieldView]:
    """Put every field that is filled into words; an event that cannot be read has none."""
    if isinstance(data, Raw):
        return []
    fields = [_field(name, getattr(data, name)) for name in data.__struct_fields__]
    return [field for field in fields if field.text]


def _field(name: str, value: object) -> FieldView:
    return FieldView(words.title(name.replace("_", "-")), _text(name, value), _href(name, value))


def _text(name: str, value: object) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case int():
            return f"{value:,}"
        case Pricing():
            return ", ".join(part for part in (value.model, value.entry, value.note) if part)
        case _:
            return words.reason(str(value)) if name == "reason" else str(value)


def _href(name: str, value: object) -> str | None:
    if name in _TOOLS:
        return addresses.tool(str(value))
    if name == "batch":
        return event_text.batch_page(str(value))
    return event_text.event_page(value) if name == "target" and isinstance(value, int) else None
