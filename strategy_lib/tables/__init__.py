"""From a schema to checked tables: what can be entered, how it is read, what is wrong with it."""
