"""What is measured is right, on small data; how long it took is no test."""
