"""The pages that belong to no subject: home, about us, and what machines ask for."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from passerelle.sheets.queries import published_sheets
from passerelle.web.accounts.addresses import own_path
from passerelle.web.context import THEMES
from passerelle.web.database import db
from passerelle.web.identity import current_person
from passerelle.web.languages import LANGUAGES, current_language, preferred_language
from passerelle.web.look import static_address
from passerelle.web.permissions import public
from passerelle.web.public.home import home_of, question
from passerelle.web.services import services
from passerelle.web.sheets.addresses import absolute

pages = Blueprint("public", __name__)
A_YEAR = 365 * 24 * 3600
MOST_IN_SITEMAP = 50_000  # what the protocol of sitemaps allows in one file


@pages.route("/")
@public
def root() -> ResponseReturnValue:
    """Lead to the home page in the language of the person, or else of the browser."""
    person = current_person()
    language = person.language if person else preferred_language()
    answer = make_response(redirect(url_for("public.home", lang=language)))
    answer.vary.add("Accept-Language")
    return answer


@pages.route("/<lang:lang>/")
@public
def home(**_values: object) -> ResponseReturnValue:
    """The home page."""
    language = current_language()
    page = services().search.search(question(language))
    return render_template(
        "public/home.html", home=home_of(page, language), canonical=absolute(url_for("public.home"))
    )


@pages.route("/<lang:lang>/about")
@public
def about(**_values: object) -> ResponseReturnValue:
    """What this is, who makes it, under which licence."""
    return _text("about")


@pages.route("/<lang:lang>/accessibility")
@public
def accessibility(**_values: object) -> ResponseReturnValue:
    """What was done for accessibility, and what was not tested."""
    return _text("accessibility")


@pages.route("/<lang:lang>/privacy")
@public
def privacy(**_values: object) -> ResponseReturnValue:
    """What is kept of whom, and who sees it."""
    return _text("privacy")


@pages.route("/<lang:lang>/contact")
@public
def contact(**_values: object) -> ResponseReturnValue:
    """Whom to ask what."""
    return _text("contact")


def _text(name: str) -> str:
    address = services().settings.mail_from
    return render_template(
        f"public/{name}.html",
        canonical=absolute(url_for(f"public.{name}")),
        mail_address=None if address.endswith("@localhost") else address,
    )


@pages.route("/<lang:lang>/theme", methods=["POST"])
@public
def theme(**_values: object) -> ResponseReturnValue:
    """Keep the display chosen at the foot of the page in a cookie, and go back to that page.

    It carries no token: nothing but this one cookie changes, and no session begins.
    """
    chosen = request.form.get("theme", "")
    answer = make_response(redirect(own_path(request.form.get("next")) or url_for("public.home"), 303))
    if chosen in THEMES:
        secure = services().settings.is_secure
        answer.set_cookie("theme", chosen, A_YEAR, secure=secure, httponly=True, samesite="Lax")
    else:
        answer.delete_cookie("theme")
    return answer


@pages.route("/<lang:lang>/kit")
@public
def kit(**_values: object) -> ResponseReturnValue:
    """The style guide, for those who develop."""
    return abort(404) if services().settings.is_production else render_template("public/kit.html")


@pages.route("/favicon.ico")
@public
def favicon() -> ResponseReturnValue:
    """Browsers ask for it without reading the page."""
    return redirect(static_address("favicon.svg"))


@pages.route("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """What crawlers may read."""
    return _as(
        "text/plain", render_template("public/robots.txt", sitemap=absolute(url_for("public.sitemap")))
    )


@pages.route("/sitemap.xml")
@public
def sitemap() -> ResponseReturnValue:
    """Where the sitemap of each language is."""
    addresses = [absolute(url_for("public.sitemap_of", lang=code)) for code in LANGUAGES]
    return _as("application/xml", render_template("public/sitemaps.xml", addresses=addresses))


@pages.route("/<lang:lang>/sitemap.xml")
@public
def sitemap_of(**_values: object) -> ResponseReturnValue:
    """The published sheets in one language of the site, the last published first."""
    rows = db.session.execute(published_sheets(MOST_IN_SITEMAP)).all()
    sheets = [
        (absolute(url_for("sheets.show", number=number)), published_at.date().isoformat())
        for number, published_at in rows
        if published_at
    ]
    return _as("application/xml", render_template("public/sitemap.xml", sheets=sheets))


def _as(content_type: str, body: str) -> Response:
    answer = make_response(body)
    answer.content_type = f"{content_type}; charset=utf-8"
    return answer
