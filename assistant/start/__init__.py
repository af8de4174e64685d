"""For people who are new: reading paths by role, the glossary, who took part, and when."""
