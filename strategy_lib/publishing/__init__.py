"""An executed notebook in, pages and tables that can be shared out."""
