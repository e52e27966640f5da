"""How the documentation is built: `make docs`; the pages in `docs/_build` need no network."""

from __future__ import annotations

from strategy_lib import __version__

project = "Global China strategy workbook"
author = "The workbook's authors"
release = version = __version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "index"
exclude_patterns = ["_build", "images"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
# The notebooks are committed with their outputs, which nbval keeps true.
nb_execution_mode = "off"

autodoc_typehints = "none"
autodoc_default_options = {"members": True, "member-order": "bysource"}
napoleon_google_docstring = False

nitpicky = False
# The diagram of the architecture is drawn where the file is read on a forge; here it is its text.
suppress_warnings = ["misc.highlighting_failure", "myst.xref_missing", "ref.python"]
linkcheck_anchors = False

html_theme = "pydata_sphinx_theme"
html_title = "China workbook"
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "navigation_with_keys": True,
    "show_prev_next": True,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
}
copyright = "The workbook's authors. Apache-2.0"
