"""What a researcher decided: read, applied, and kept with its history."""
