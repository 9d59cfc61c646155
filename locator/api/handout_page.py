"""The page for paper: what a person or a caseworker ticked, in the language chosen there.

Which cards it has stands behind the "#" of its address, and where somebody searched from in the tab
alone: neither reaches the server, and both are there after a reload. The facts are those of
`/cards/LANGUAGE.json`.
"""

from datetime import datetime

from babel.dates import format_date
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from locator.api.frame import Frame
from locator.directory import DENMARK
from locator.find import emergency_numbers
from locator.language import Language, language, script_json


def handout_routes(frame: Frame) -> list[BaseRoute]:
    """The route of the page `/handout`."""

    def page(request: Request) -> Response:
        t = frame.asked_language(request)
        text = frame.page(
            t,
            title=f"{t('Print')} – Nærved",
            description=t("Places to take along, on paper."),
            body=frame.piece("handout", t, words=Markup(script_json(_words(t, frame.languages)))),
        )
        return HTMLResponse(text, headers={"Cache-Control": "no-cache"})

    return [Route(f"{frame.base}/handout", page)]


def _words(t: Language, tags: tuple[str, ...]) -> dict[str, object]:
    """What the script of the page says, see static/ui/list/handout.js."""
    today = format_date(datetime.now(DENMARK), "long", locale=t.locale)
    numbers = [{"digits": one.digits, "text": one.text} for one in emergency_numbers(t)]
    return {
        "title": t("Help near you"),
        "empty": t("There is nothing to print yet: search first, then choose Print."),
        "waiting": t("One moment: the facts are being fetched."),
        "failed": t("The facts could not be fetched. Try again when you are online."),
        "gone": t("Some of it is no longer in our directory: {count}."),
        "from": t("From: {place}", place="{place}"),
        "there": t("How to get there"),
        "bus": t("By bus and train: rejseplanen.dk, to “{place}”", place="{place}"),
        "note": t("Your own note"),
        "print": t("Print this page"),
        "language": t("Language of the page"),
        "languages": [{"code": tag, "name": language(tag).name} for tag in tags],
        "code": t("Code to scan with a phone"),
        "code_note": t("Scan it to have these places on a phone."),
        "numbers": numbers,
        "printed": t("Printed {date}. What is not said here, we do not know.", date=today),
        "straight": t("Distances are straight lines, not the way one goes."),
    }
