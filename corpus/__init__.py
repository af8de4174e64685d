"""The starter documents and what the assistant knows about the programme."""
