"""Golden questions, the figures that judge the answers, and the baseline they are held to."""
