"""The engine: order, time, evidence, storage."""
