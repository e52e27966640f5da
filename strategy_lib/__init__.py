"""The Global China strategy workbook: the library under its notebooks."""

import sys

# jupyter-events -> jsonschema -> rfc3987_syntax builds about 38 parsers (0.9 s) in every Jupyter
# process for a format check that nothing here uses; an absent module is what jsonschema handles.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

__version__ = "0.1.0"
