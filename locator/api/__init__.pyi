from .compressed import KeptCompressed as KeptCompressed
from .frame import Application as Application
from .frame import Frame as Frame
from .handout_page import handout_routes as handout_routes
from .map_files import map_routes as map_routes
from .own_list import list_routes as list_routes
from .pages import page_routes as page_routes
from .ui_files import UiFiles as UiFiles
