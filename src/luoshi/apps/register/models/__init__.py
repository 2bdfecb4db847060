"""What registers keep."""

from luoshi.apps.register.models.destruction import Destroyed as Destroyed
from luoshi.apps.register.models.destruction import Destruction as Destruction
from luoshi.apps.register.models.entry import Clock as Clock
from luoshi.apps.register.models.entry import Entry as Entry
from luoshi.apps.register.models.entry import Link as Link
from luoshi.apps.register.models.entry import Series as Series
from luoshi.apps.register.models.entry import Step as Step
from luoshi.apps.register.models.entry import Value as Value
from luoshi.apps.register.models.outside import Correction as Correction
from luoshi.apps.register.models.outside import Tally as Tally
from luoshi.apps.register.models.surroundings import Draft as Draft
from luoshi.apps.register.models.surroundings import EntryFile as EntryFile
from luoshi.apps.register.models.surroundings import Receipt as Receipt
from luoshi.apps.register.models.wording import BodyWords as BodyWords
from luoshi.apps.register.models.wording import Wording as Wording
