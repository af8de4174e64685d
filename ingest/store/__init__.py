"""The truth: one SQLite file with documents, pages, articles, chunks and conversations, and its word index."""
