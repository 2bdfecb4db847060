"""The small, typed, total language of declarations: conditions and values over an entry.

Its names, functions and three-valued meaning stand in `docs/concepts/expressions.md`.
"""

from luoshi.core.expression.dependence import depends_on as depends_on
from luoshi.core.expression.dependence import names_used as names_used
from luoshi.core.expression.dependence import reads as reads
from luoshi.core.expression.dependence import storable as storable
from luoshi.core.expression.errors import ExpressionWrong as ExpressionWrong
from luoshi.core.expression.evaluating import evaluate as evaluate
from luoshi.core.expression.evaluating import holds as holds
from luoshi.core.expression.kinds import Kind as Kind
from luoshi.core.expression.kinds import Scheme as Scheme
from luoshi.core.expression.nodes import MISSING as MISSING
from luoshi.core.expression.nodes import UNKNOWN as UNKNOWN
from luoshi.core.expression.nodes import Absent as Absent
from luoshi.core.expression.nodes import Expression as Expression
from luoshi.core.expression.parsing import parse as parse
from luoshi.core.expression.values import Clock as Clock
from luoshi.core.expression.values import Entry as Entry
from luoshi.core.expression.values import Occasion as Occasion
from luoshi.core.expression.values import Reference as Reference
from luoshi.core.expression.writing import unparse as unparse
