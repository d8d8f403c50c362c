"""What two small runs came to when they were last looked at: any Python, NumPy and SciPy must come to the same."""
