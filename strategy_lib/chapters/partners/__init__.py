"""Chapter 05, partners and money: with whom, for what, at whose risk, and whose money."""
