"""Measure Passerelle side by side with itself: made-up sheets, made-up questions, ratios in one run."""
