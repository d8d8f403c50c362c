"""Speed and memory, measured and printed; nothing here fails for being slow."""
