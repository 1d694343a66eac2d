-- Cases in hand are few among all there ever were, and lie together: what is asked of them alone need not read the rest.

ALTER TABLE case_state
    ADD INDEX IF NOT EXISTS in_hand open TYPE minmax GRANULARITY 1;
