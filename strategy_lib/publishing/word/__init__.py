"""An edition as a Word document."""
