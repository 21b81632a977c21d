"""Other search engines and our own, given the same sheets and the same questions."""
