"""Questions meant to hurt a search, or that only a machine would ask; and how long each one takes."""

import string
import time
from pathlib import Path

from passerelle.search.engine import SearchEngine
from passerelle.search.request import SearchRequest
from passerelle.search.whoosh_engine.engine import WhooshEngine

SIGNS = list(
    "\"“”„«»()[]{}<>*?~^:|&!+-/\\'’·.,;=%$#@`_\x00\x01\x1b\x7f\ud800\udfff\ufeff\u200b\u202e\u0301\U0001f600"
)
REPEATED = [sign * count for sign in SIGNS for count in (1, 300)]
WHOLE = [
    "?*", "*", "*a*", "a*b*c*d*", "[a TO z]", "[* TO *]", "{a TO}", "state:draft", "key:__meta__", "__meta__",
    "NOT " * 900, "AND OR NOT", "(" * 5000, "((" * 2500 + "a", ")" * 5000, '"' * 5001, "-" * 400, '-"-"-"',
    "a" * 100_000, "é" * 100_000, "ß" * 70, "İ" * 70, "a-" * 3000, "a'" * 3000, "a·" * 3000, "a(b)" * 2000,
    "1 " * 2000, "1 111" * 500, "0800 " * 100, "9" * 5000, "٣٤٥ ² ½ Ⅷ", "-police -école -mamans", "-*", "- -",
    "~0.5 mamans~9", "mamans^99", "/(a+)+$/", "' OR 1=1 --", "<script>alert(1)</script>", "${7*7}{{7*7}}%n%s",
    "../../etc/passwd", "\r\nSet-Cookie: a", "mamans\x00police", "\ud83d mamans", "ﬁlles ＡＢＣ",
    "日本語 ไทย עברית",
    "a\u0301" * 200, "\u0301" * 500, " \u00a0\u2003\t\n ", "", "x" * 64, "x" * 65, "les des une the de het",
    " ".join(string.ascii_letters), " ".join(f"mot{n}" for n in range(200)),
    '"' + " ".join(["parole"] * 90) + '"',
    '"groupe de parole" ' * 40, "ouderz " * 40, "pol1ce", "mamanss " * 5, "l'l'l'l'école",
    "qu'qu'", "++++", "a+b+c+",
]  # fmt: skip
HOSTILE = REPEATED + WHOLE
"""All of them, more than a hundred."""


def longest(engine: SearchEngine, rounds: int = 3) -> tuple[float, str]:
    """The milliseconds of processor time that the slowest question takes at its best, and how it begins.

    The first round finds the words for the first time and is not counted.
    """
    worst = (0.0, "")
    for words in HOSTILE:
        asked = SearchRequest(words, language="fr")
        engine.search(asked)
        worst = max(worst, (min(_took(engine, asked) for _ in range(rounds)), words[:30]))
    return worst


def longest_at_first(folder: Path) -> tuple[float, str]:
    """The same for an engine that has just been opened on `folder` and has answered one plain question."""
    engine = WhooshEngine(folder)
    engine.search(SearchRequest("police", language="fr"))
    worst = max((_took(engine, SearchRequest(words, language="fr")), words[:30]) for words in HOSTILE)
    engine.close()
    return worst


def _took(engine: SearchEngine, asked: SearchRequest) -> float:
    began = time.process_time()
    engine.search(asked)
    return (time.process_time() - began) * 1000
