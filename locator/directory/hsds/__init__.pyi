from .exchange import UNATTACHED as UNATTACHED
from .exchange import export_package as export_package
from .exchange import import_package as import_package
