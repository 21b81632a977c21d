"""Turn texts and questions into the terms that engines store and match, language by language."""
