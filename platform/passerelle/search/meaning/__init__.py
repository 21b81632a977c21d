"""What texts mean, beyond their words: sheets near a question, and sheets near each other."""
