"""Extracts: the sentences of a document that tell of a council, a model or a term, chosen by rules."""
