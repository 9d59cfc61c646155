from .export import write_export as write_export
from .formats import to_csv as to_csv
from .formats import to_json as to_json
from .mapped import counted as counted
from .mapped import demand_heading as demand_heading
from .mapped import facility_names as facility_names
from .mapped import shown_coverage as shown_coverage
from .sidecar import read_sidecar as read_sidecar
