"""What whoever runs the service sees of it: metrics, log lines, traces. Never a person's words, keys or ids."""
