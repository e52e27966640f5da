"""One definition of a table: fields, codes, values, facts of reference."""
