"""A library from a folder to servers, or back: `move.py` is the way, the others its steps."""
