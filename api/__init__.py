"""HTTP, events, the chat page and the commands."""
