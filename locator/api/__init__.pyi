from .map_files import map_routes as map_routes
