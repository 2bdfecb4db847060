"""Why a sheet is not taken, or a step not taken of many."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class NotOurSheet(LuoshiError):
    """A workbook without the hidden line by which its columns are known."""

    code = "bulk-not-our-sheet"
    zh = "{file} 不是“{mechanism}”的登记表（没有隐藏的第一行）；请下载模板，把内容填进模板后再传。"
    en = (
        "{file} is no sheet of “{mechanism}” (its hidden first line is missing); download the template and "
        "fill that in."
    )


class SheetOutdated(LuoshiError):
    """A sheet of another mechanism, version or step than can be begun now."""

    code = "bulk-sheet-outdated"
    zh = "{file} 是“{theirs}”的表，现在应为“{ours}”；请重新下载模板，把内容粘贴过去。"
    en = (
        "{file} is a sheet of “{theirs}”, and “{ours}” is needed now; download the template again and paste "
        "into it."
    )


class ColumnUnknown(LuoshiError):
    """A column whose key was changed, or that stands there twice."""

    code = "bulk-column-unknown"
    zh = "{file} 的工作表“{sheet}”第 {column} 列无法识别；请不要改动隐藏的第一行，可从模板重新复制。"
    en = (
        "Column {column} of the sheet “{sheet}” in {file} is not known; leave the hidden first line as it "
        "is, or copy it from the template."
    )


class SheetEmpty(LuoshiError):
    """A sheet without any row."""

    code = "bulk-sheet-empty"
    zh = "{file} 里没有填写内容；请从第 3 行填起。"
    en = "Nothing is filled in in {file}; begin with row 3."


class SheetTooLong(LuoshiError):
    """A sheet with more rows than are taken at once."""

    code = "bulk-sheet-too-long"
    zh = "{file} 超过 {most} 行；请分成几份，逐份导入。"
    en = "{file} has more than {most} rows; split it and import the parts."


class RefUnknown(LuoshiError):
    """A row of an inner sheet that belongs to none."""

    code = "bulk-ref-unknown"
    zh = "{file} 的工作表“{sheet}”第 {row} 行写的序号“{ref}”在主表中没有；请改正序号。"
    en = (
        "Row {row} of the sheet “{sheet}” in {file} names “{ref}”, which the main sheet does not have; "
        "correct it."
    )


class RefTwice(LuoshiError):
    """Two rows of the main sheet with the same name."""

    code = "bulk-ref-twice"
    zh = "{file} 的主表有不止一行的序号是“{ref}”；请改成不同的序号。"
    en = "More than one row of the main sheet in {file} is called “{ref}”; give each its own."


class NotByYou(LuoshiError):
    """Somebody who may not begin such entries, or not any more."""

    code = "bulk-not-by-you"
    zh = "您现在不能为{body}办理“{step}”；请联系主管办公室。"
    en = "You may not take “{step}” for {body} now; turn to the office."


class NotWhole(LuoshiError):
    """A sheet of which all or nothing was wanted, with rows that cannot be used."""

    code = "bulk-not-whole"
    zh = "有 {bad} 行不能登记，按“全部或都不”没有登记任何一行；请改正后重新导入，或者只登记没有问题的行。"
    en = (
        "{bad} rows cannot be used, so that none was: all or nothing was wanted. Mend them and import again, "
        "or take the good ones only."
    )


class UploadSettled(LuoshiError):
    """A sheet that is being worked on, or done with."""

    code = "bulk-upload-settled"
    zh = "{file} 正在处理或者已经处理完；请刷新页面查看结果。"
    en = "{file} is being worked on, or done with; reload the page."


class SheetGivenUp(LuoshiError):
    """A sheet on which the process died again and again."""

    code = "bulk-sheet-given-up"
    zh = (
        "处理 {file} 时程序连续中断了 {tries} 次，已停止重试；没有登记的行都没有登记。请分成几份重新上传，"
        "仍不行时请联系系统管理员。"
    )
    en = (
        "The program stopped {tries} times in a row while it worked on {file}, which is not tried again; "
        "rows that are not entered yet stay so. Split it and send the parts; if that fails too, turn to the "
        "administrator."
    )


class ActionGivenUp(LuoshiError):
    """An entry on whose step the process died again and again, or that stood behind such a one."""

    code = "bulk-action-given-up"
    zh = (
        "批量办理时程序连续中断了 {tries} 次，已停止重试，这一条没有办理；请单独办理，"
        "仍不行时请联系系统管理员。"
    )
    en = (
        "The program stopped {tries} times in a row while it took the step of many, which is not tried "
        "again; this entry was left as it is. Take the step of it alone; if that fails too, turn to the "
        "administrator."
    )


class SheetImpossible(LuoshiError):
    """A step that needs what no sheet can hold."""

    code = "bulk-sheet-impossible"
    zh = "“{step}”必须附文件，不能用表格批量登记；请逐件登记。"
    en = "“{step}” needs a file, which no sheet can hold; begin such entries one by one."


class TooManyChosen(LuoshiError):
    """More entries than one action takes."""

    code = "bulk-too-many-chosen"
    zh = "选了 {count} 条，一次最多办理 {most} 条；请缩小筛选范围，分几次办理。"
    en = (
        "{count} entries are chosen, and at most {most} are taken at once; narrow the filter and do it in "
        "parts."
    )


class NothingChosen(LuoshiError):
    """No entry that the person may take a step of."""

    code = "bulk-nothing-chosen"
    zh = "没有选中可以办理的条目；请在列表中勾选。"
    en = "No entry is chosen of which you may take a step; tick some in the list."
