"""What the model promises, part by part."""
