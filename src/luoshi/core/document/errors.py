"""Why a document could not be read: one class a reason, each saying what, where and what to do."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class DocumentError(LuoshiError):
    """A document that cannot be read. Always raised with `file`."""

    code = "document-error"


class EmptyDocument(DocumentError):
    code = "document-empty"
    zh = "{file}没有任何文字;请确认上传的是正文文件。"
    en = "{file} holds no text at all; check that it is the document itself."


class UnknownFormat(DocumentError):
    code = "document-unknown-format"
    zh = "{file}的内容不是可识别的公文格式({seen});请另存为 docx、pdf、ofd、xlsx、html 或 txt 后重试。"
    en = "The content of {file} is no known document format ({seen}); save it as docx, pdf, ofd, xlsx, html or txt."


class NotAWorkbook(DocumentError):
    code = "document-not-a-workbook"
    zh = "{file}的内容是 {seen}，不是 Excel 工作簿；请使用从本系统导出的 xlsx 文件，或另存为 xlsx 后重试。"
    en = "The content of {file} is {seen}, no Excel workbook; use the xlsx file exported from here, or save it as xlsx."


class WrongSuffix(DocumentError):
    code = "document-wrong-suffix"
    zh = "{file}的扩展名是 {suffix},内容却是 {seen};请改正扩展名,或确认没有选错文件。"
    en = "{file} is named {suffix} but its content is {seen}; correct the name, or check that it is the right file."


class EncryptedDocument(DocumentError):
    code = "document-encrypted"
    zh = "{file}已加密,无法读取;请在原软件中取消密码后重新保存。"
    en = "{file} is encrypted; remove its password in the program that made it and save it again."


class ScannedDocument(DocumentError):
    code = "document-scanned"
    zh = "{file}第{page}页只有图像,没有文字;请提供带文字层的版本,或先做文字识别。"
    en = "Page {page} of {file} is an image without text; give a version with a text layer, or run text recognition first."


class GarbledDocument(DocumentError):
    code = "document-garbled"
    zh = "{file}第{page}页起文字无法识别(字体没有文字编码);请提供原始文档,或先做文字识别。"
    en = "From page {page} on the text of {file} cannot be read (its fonts carry no character codes); give the original, or run text recognition first."


class DamagedDocument(DocumentError):
    code = "document-damaged"
    zh = "{file}已损坏或不完整({where});请重新获取原文件。"
    en = "{file} is damaged or incomplete ({where}); fetch the original again."


class TooLarge(DocumentError):
    code = "document-too-large"
    zh = "{file}的{what}为 {size},超过上限 {limit};请拆分文件,或由管理员调整设置 {setting}。"
    en = "{file} has {what} {size}, more than the limit of {limit}; split it, or raise the setting {setting}."


class SuspiciousContent(DocumentError):
    code = "document-suspicious"
    zh = "{file}含有不允许的内容({what}),未予读取;请去除后另存。"
    en = "{file} holds content that is not allowed ({what}) and was not read; remove it and save the file again."


class ConverterMissing(DocumentError):
    code = "document-converter-missing"
    zh = "{file}是 {seen} 格式,读取需要本机安装 LibreOffice;请安装后重试,或另存为 docx。"
    en = "{file} is in {seen} format, which needs LibreOffice on this machine; install it, or save the file as docx."


class ReadingTooSlow(DocumentError):
    code = "document-too-slow"
    zh = "{file}在 {limit} 秒内没有读完,已停止;请拆分文件,或由管理员调整设置 {setting}。"
    en = "{file} was not read within {limit} seconds and was stopped; split it, or raise the setting {setting}."


class ReaderFailed(DocumentError):
    code = "document-reader-failed"
    zh = "读取{file}时程序意外停止({where});文件未导入,请把该文件交给维护人员。"
    en = "The reader stopped unexpectedly on {file} ({where}); nothing was imported, please hand the file to the maintainers."


class FileMissing(DocumentError):
    code = "document-file-missing"
    zh = "找不到{file};请检查路径,或确认文件没有被移走。"
    en = "{file} is not there; check the path, or whether the file was moved."


class FileUnreadable(DocumentError):
    code = "document-file-unreadable"
    zh = "{file}无法读取({reason});请换成可以打开的文件,或检查权限。"
    en = "{file} cannot be read ({reason}); give a file that can be opened, or check its permissions."
