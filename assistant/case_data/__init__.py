"""Finds in a person's words what may identify a child or a family, and edits it out."""

from assistant.case_data.edit import unmarked
from assistant.case_data.guard import CaseDataGuard

__all__ = ["CaseDataGuard", "unmarked"]
