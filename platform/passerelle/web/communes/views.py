"""The pages of communes: the list of all, and the page of one."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from passerelle.core.text import legible
from passerelle.policy import Permission, Subject, may
from passerelle.search.request import SearchRequest
from passerelle.vocabulary import PROVINCES, REGIONS
from passerelle.web.communes.directory import counts_of, directory, names_of
from passerelle.web.identity import current_actor
from passerelle.web.languages import current_language
from passerelle.web.permissions import public
from passerelle.web.services import services
from passerelle.web.sheets.addresses import absolute, search_address
from passerelle.web.sheets.cards import card_of
from passerelle.web.sheets.words import known_commune, name_of

pages = Blueprint("communes", __name__, url_prefix="/<lang:lang>")


@pages.route("/communes")
@public
def index(**_values: object) -> ResponseReturnValue:
    """All communes by province, or those whose name holds what was asked."""
    language = current_language()
    asked = legible(request.args.get("name", "")).strip()
    counts = counts_of(services().search.search(SearchRequest(per_page=1, language=language)))
    return render_template(
        "communes/index.html",
        areas=directory(counts, language, asked),
        asked=asked,
        active=sum(1 for count in counts.values() if count),
        canonical=None if asked else absolute(url_for("communes.index")),
    )


@pages.route("/communes/<nis:nis>")
@public
def show(nis: str, **_values: object) -> ResponseReturnValue:
    """One commune: its names, where it lies, its sheets, and how to take part."""
    commune = known_commune(nis) or abort(404)
    language = current_language()
    asked = SearchRequest(facets={"commune": (nis,)}, language=language)
    page = services().search.search(asked)
    subject = Subject(nis, commune.area, commune.region)
    return render_template(
        "communes/show.html",
        commune=commune,
        name=name_of(commune, language),
        names=names_of(commune),
        area=commune.area_name(language),
        province=PROVINCES.label(commune.area, language),
        region=REGIONS.label(commune.region, language),
        total=page.total,
        cards=tuple(card_of(hit, language) for hit in page.hits),
        all_url=search_address(asked),
        may_write=may(current_actor(), Permission.CREATE_SHEET, subject),
        may_invite=may(current_actor(), Permission.MANAGE_MEMBERS, subject),
        canonical=absolute(url_for("communes.show", nis=nis)),
    )
