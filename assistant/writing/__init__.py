"""A language model writes, the documents prove: prompt → reply → statements → verified, or withdrawn."""
