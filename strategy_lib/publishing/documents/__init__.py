"""An edition as documents: PDF, Word, spreadsheet, calendar."""
