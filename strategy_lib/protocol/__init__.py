"""An organisation's protocol for speaking out, and where each case stands in it.

What is tolerated, who decides, who must be heard and by when is data (`templates/protocol/`, or an
organisation's own files in `WORKSPACE/protocol/`). Nothing here says what to decide.
"""
