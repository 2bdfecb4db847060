"""What changes accounts, their passwords and their sessions."""

from luoshi.apps.accounts.operations.accounts import change_account, create_account, disable, enable
from luoshi.apps.accounts.operations.first import check_different, create_administrators
from luoshi.apps.accounts.operations.language import keep_language
from luoshi.apps.accounts.operations.passwords import change_password, reset_password, reset_second_factor
from luoshi.apps.accounts.operations.sessions import end_session, end_sessions, unlock

__all__ = [
    "change_account",
    "change_password",
    "check_different",
    "create_account",
    "create_administrators",
    "disable",
    "enable",
    "end_session",
    "end_sessions",
    "keep_language",
    "reset_password",
    "reset_second_factor",
    "unlock",
]
