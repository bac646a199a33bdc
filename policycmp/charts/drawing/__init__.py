"""What every chart is drawn with: its subject, its canvas, its text, its record."""
