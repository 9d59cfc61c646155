from .contract import LONGEST_SUGGESTION as LONGEST_SUGGESTION
from .contract import Change as Change
from .contract import Store as Store
from .contract import Suggestion as Suggestion
from .folder import FolderStore as FolderStore
from .folder import open_store as open_store
