"""One script per question: evaluate, tune, compare, benchmark."""
