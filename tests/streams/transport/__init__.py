"""Tests of the transports: one contract for both, groups on Kafka, and what is wrong in Faust that they avoid."""
