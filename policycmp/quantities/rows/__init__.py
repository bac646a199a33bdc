"""What gives rows that no numeral of a sentence gives, and how sure each row is."""
