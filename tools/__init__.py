"""What `make check` runs besides ready-made tools. Nothing here is shipped, and the product imports none of it.

`tools.lock` holds the lock against the declarations, `tools.generated` the generated files against their source.
"""
