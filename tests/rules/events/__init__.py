"""Events: reading records."""
