"""A copy of the library while it is in use, and a library from such a copy. Vectors are left out: they are derived."""
