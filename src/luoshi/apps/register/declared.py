"""The mechanisms of this installation: those that come with the product, and those of its own folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from luoshi import mechanisms
from luoshi.core.errors import LuoshiError
from luoshi.core.mechanism.catalogue import Catalogue, load


class FolderMissing(LuoshiError):
    """No folder where the setting says that declarations of this installation are."""

    code = "mechanism-folder-missing"
    zh = "设置 LUOSHI_MECHANISMS 指向的文件夹“{folder}”不存在；请改正路径，或者删除这项设置。"
    en = "LUOSHI_MECHANISMS names “{folder}”, which is no folder; correct the path, or remove the setting."


@cache
def catalogue() -> Catalogue:
    """All mechanisms, read once in a process.

    Raises:
        DeclarationWrong: one of the files is wrong; the server does not start.
        FolderMissing: there is no folder where the setting says.
    """
    return load(declarations())


def declarations() -> dict[str, str]:
    """The text of each declaration by its file; a file of the installation replaces one of the product."""
    return mechanisms.declarations(own_folder())


def own_folder() -> Path | None:
    """The folder with declarations of this installation; None where it has none.

    Raises:
        FolderMissing: the setting names something else.
    """
    named = settings.LUOSHI_MECHANISMS
    if not named:
        return None
    folder = Path(named)
    if not folder.is_dir():
        raise FolderMissing(folder=named)
    return folder
