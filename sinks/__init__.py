"""Where results go: one folder or file for each destination, with its options, its mapping and its delivery.

This is the only room that knows ClickHouse. It may import `rules` for the shapes it stores, never `streams`.
"""
