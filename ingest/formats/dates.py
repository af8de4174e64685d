"""A date as a file gives it, as far as it is one: «2024», «2024-03» or «2024-03-01»."""

import re
from datetime import date, datetime

_ISO = re.compile(r"((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?(?!\d)")
_WRITTEN = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%d/%m/%Y", "%d.%m.%Y")
_MONTHS = ("%B %Y", "%b %Y")


def published_in(value: str | date | None) -> str | None:
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    text = (value or "").strip()
    for forms, shape in ((_WRITTEN, "%Y-%m-%d"), (_MONTHS, "%Y-%m")):
        for form in forms:
            try:
                return datetime.strptime(text, form).strftime(shape)
            except ValueError:
                continue
    found = _ISO.match(text)
    if found is None:
        return None
    year, month, day = found.groups()
    if not month or not 1 <= int(month) <= 12:
        return year
    return "-".join(filter(None, (year, month, day if day and 1 <= int(day) <= 31 else None)))
