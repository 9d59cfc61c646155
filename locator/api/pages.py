"""The pages that a script draws, served in a frame that needs none."""

from collections.abc import Collection

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from locator.api.frame import Application, Frame


def page_routes(frame: Frame, application: Application, paths: Collection[str]) -> list[BaseRoute]:
    """Routes for the pages of `application` at `paths` ("" is the first), and for any other path.

    A path that is no page's is answered so, with status 404. `/was`, where Danish law has the
    accessibility statement found, leads to the page that holds it.
    """
    pages = _Pages(frame, application)
    return [
        *(Route(f"{frame.base}/{path}", pages.page) for path in paths),
        Route(f"{frame.base}/was", lambda request: RedirectResponse(f"{frame.base}/about")),
        Route(f"{frame.base}/{{path:unknown}}", pages.unknown),
    ]


class _Unknown(StringConvertor):
    """Any path but those under which Streamlit has files and answers of its own."""

    regex = "(?!(?:_stcore|component|media|static)/).+"


register_url_convertor("unknown", _Unknown())


class _Pages:
    def __init__(self, frame: Frame, application: Application) -> None:
        self._frame = frame
        self._application = application

    def page(self, request: Request) -> Response:
        t, frame = self._frame.asked_language(request), self._frame
        # Ours come after Streamlit's: what both say, ours say last.
        own = f'<link rel="stylesheet" href="{frame.base}{frame.files.path}/page.css">'
        return _html(
            frame.page(
                t,
                title=t("Nærved: find help near you"),
                description=t(
                    "Type an address in Denmark and see the help nearest to you: food, health, "
                    "papers, Danish courses, advice."
                ),
                head=self._application.scripts,
                body=frame.piece("first", t)
                + f'{self._application.styles}{own}<div id="root"></div>',
            )
        )

    def unknown(self, request: Request) -> Response:
        t = self._frame.asked_language(request)
        title = t("There is no such page")
        body = self._frame.piece("unknown", t, title=title)
        return _html(self._frame.page(t, title=title, description=title, body=body), 404)


def _html(text: str, status: int = 200) -> Response:
    return HTMLResponse(text, status, {"Cache-Control": "no-cache"})
