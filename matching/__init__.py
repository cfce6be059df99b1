"""Match supply with demand between chain enterprises: score, assign, explain."""
