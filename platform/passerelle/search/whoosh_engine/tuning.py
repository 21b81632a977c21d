"""Every number that the order of the hits can be tuned by, with what it does."""

from typing import Final

ENOUGH: Final = 10
"""When fewer sheets than this have all the pieces of a question, those with most of them follow."""

FLOORS: Final = (0.55, 0.45, 0.35, 0.3)
"""The share of the rarity of all pieces that a sheet must have to be shown for some of them, when there are
two, three, four or more: a long question says some things by the way."""

KNOWN_FLOOR: Final = 0.4
"""The highest of these shares when every piece is in some sheet: which of two known things is rarer than the
other says little about which of them was meant."""

CONCEPT_SAYS: Final = 2.0
"""How much more of a question a concept of the thesaurus is than another word, for those shares."""

CONCEPT: Final = 0.6
"""What a concept of the thesaurus counts, where the word itself counts 1."""

BORROWED: Final = 0.3
"""What a word of a language that nobody asked in counts when only its stem is that of the word typed."""

OWN_LANGUAGE: Final = 1.1
"""How much more a sheet counts that is written in the language of the reader."""

FINISHED: Final = 0.95
"""How much less a sheet counts whose project is over."""

STALE: Final = 0.95
"""How much less a sheet counts that was published long ago."""

STALE_AFTER_YEARS: Final = 3
"""How long ago that is."""

WINDOW: Final = 100
"""So many of the best sheets are put in order again by nearness of the words, and by meaning."""

NEARNESS: Final = 0.5
"""What two pieces standing side by side count, in parts of their mean rarity."""

REACH: Final = 8
"""Words that stand so many places apart, or more, are not near."""

NEAR_PIECES: Final = 6
"""The nearness of so many pieces of a question is looked at, no more: a question may have 32."""

PREFIX_TERMS: Final = 64
"""So many terms of each language, the most frequent, stand for a word that is still being typed."""

NEAR_SHEETS: Final = 50
"""So many sheets of nearby meaning are asked for."""

FUSION: Final = 60
"""The constant of reciprocal rank fusion: the larger, the less the first places differ from the next."""

WORDS_WEIGHT: Final = 1.0
"""What a place in the order of the words counts in the fusion."""

MEANING_WEIGHT: Final = 1.0
"""What a place in the order of meaning counts in the fusion."""

LEAD: Final = 0.008
"""What a sheet has ahead in the fusion that has all the words themselves: about half of a first place."""
