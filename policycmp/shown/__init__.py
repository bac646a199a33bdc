"""What people read: words, amounts, tables and sentences, in Chinese and English."""
