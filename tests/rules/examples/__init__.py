"""Examples of rules: the harness, and every example of every rule."""
