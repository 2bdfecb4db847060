"""What draws keep."""

from luoshi.apps.draws.models.draw import Candidate as Candidate
from luoshi.apps.draws.models.draw import Draw as Draw
from luoshi.apps.draws.models.draw import Opened as Opened
from luoshi.apps.draws.models.draw import Reply as Reply
