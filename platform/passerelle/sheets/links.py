"""Tell what was typed as the address of a web page: a link, or words that say there is none."""

from urllib.parse import urlsplit

# "There is none", as the communes write it on the fiche.
WORDS_FOR_NONE = frozenset(
    {
        *("-", "--", "/", "//", ".", "x", "0", "n/a", "n.a.", "na", "non", "no", "none", "no web page"),
        *("néant", "neant", "aucun", "aucune", "aucun(e)", "pas de page web", "pas de site"),
        *("nvt", "n.v.t", "n.v.t.", "n. v. t.", "nihil", "neen", "nee", "geen", "geen webpagina"),
        *("nein", "kein", "keine", "k.a.", "keine webseite"),
    }
)

_NOT_IN_A_LINK = frozenset("<>\"'`{}|\\^")


def link_of(typed: str) -> str | None:
    """The http(s) address that `typed` leads to ("www.x.be" leads to "http://www.x.be"), or None."""
    address = typed.strip()
    if not address or any(char.isspace() or char in _NOT_IN_A_LINK for char in address):
        return None
    if "://" not in address:
        address = f"http://{address}"
    try:
        parts = urlsplit(address)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return None
    host = parts.hostname or ""
    if parts.scheme.lower() not in ("http", "https") or parts.username is not None or not has_port:
        return None
    return address if _is_host(host) else None


def says_there_is_none(typed: str) -> bool:
    """Whether `typed` is nothing, or words such as "néant", "/" and "n.v.t."."""
    return " ".join(typed.lower().split()) in WORDS_FOR_NONE | {""}


def _is_host(host: str) -> bool:
    """Whether `host` looks like the name of a site: several labels, the last one of letters."""
    labels = host.removesuffix(".").split(".")
    return (
        len(labels) > 1
        and all(label and len(label) <= 63 and label.replace("-", "a").isalnum() for label in labels)
        and len(labels[-1]) > 1
        and not labels[-1].isdigit()
    )
