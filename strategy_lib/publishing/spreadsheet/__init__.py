"""An edition's tables as a workbook."""
