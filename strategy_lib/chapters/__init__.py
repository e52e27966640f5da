"""One module a notebook: checked tables in, a frozen result of tables and sentences out."""
