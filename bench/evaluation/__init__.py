"""How well the search finds: a collection of made-up sheets, questions with judgments, and the measures."""
