"""Words of a file that nobody who opens it can see: they are left out, and the page says that they were."""


def hidden_text(words: int) -> str | None:
    """How a page says that words were left out of it which nobody who opens the file can see."""
    return f"hidden text was left out: {words} {'word' if words == 1 else 'words'}" if words else None
