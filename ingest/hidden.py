"""Words of a file that nobody who opens it can see: they are left out, and the page says that they were."""

# Raise it when reading leaves out what it let through before: libraries then read their documents again
READER = "2"
_SAYS = "hidden text was left out"


def hidden_text(words: int) -> str | None:
    """How a page says that words were left out of it which nobody who opens the file can see."""
    return f"{_SAYS}: {words} {'word' if words == 1 else 'words'}" if words else None


def tells_hidden_text(detail: str | None) -> bool:
    return _SAYS in (detail or "")
