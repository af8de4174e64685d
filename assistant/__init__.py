"""Question in, a cited answer out."""
