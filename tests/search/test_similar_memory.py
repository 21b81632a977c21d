"""What sheets name is remembered; what they say is not, once they are gone."""

import gc
import weakref

from passerelle.search.similar import named
from passerelle.vocabulary import base_thesaurus

THESAURUS = base_thesaurus()


class Text(str):
    """A text of which one can know whether it is still in memory."""

    __slots__ = ("__weakref__",)


def test_what_a_sheet_names_is_remembered_without_its_texts() -> None:
    words = THESAURUS.concept("group").label("fr")
    title, summary = Text(f"{words} du mardi soir"), Text("Une soirée par semaine.")
    gone = [weakref.ref(title), weakref.ref(summary)]

    codes = named(title, summary, "fr", THESAURUS)
    again = named(f"{title}", f"{summary}", "fr", THESAURUS)
    del title, summary
    gc.collect()

    assert "group" in codes
    assert again is codes
    assert [text() for text in gone] == [None, None]
