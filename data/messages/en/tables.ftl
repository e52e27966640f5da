# Around tables: the annex, the spreadsheet, and the end of a Word file.

tables-annex-about = Every number in the chapters comes from one of these. Of each table the first { $rows } rows stand here; all rows are in the spreadsheet tables.xlsx of the same edition.
tables-first = The first { $shown } of { $rows ->
    [one] 1 row.
   *[other] { $rows } rows.
}
tables-only-first = Only the first { $rows } rows.
tables-read-me = Each sheet is one saved table. Where nothing stands, nobody said, or it does not apply: never zero. What each column means stands in the sheet “{ $what }”.
tables-word-made = Made by the { $what } from what offices entered, as of { $day }.
tables-word-behind = The tables behind it stand in full in the spreadsheet { $what } of the same edition.
