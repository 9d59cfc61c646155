from .meaning import Meaning as Meaning
from .meaning import What as What
from .understanding import Interpreter as Interpreter
from .understanding import prepare as prepare
from .vectors import Meanings as Meanings
from .vectors import meanings as meanings
