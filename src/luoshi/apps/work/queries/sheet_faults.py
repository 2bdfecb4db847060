"""What can be wrong with a workbook of reports: where, what, and what to do."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class SheetMissing(LuoshiError):
    code = "work-sheet-missing"
    zh = "工作簿中没有名为“报送”的工作表;请重新下载填报表格,在下载的文件中填写。"
    en = "The workbook has no sheet named “Reports”; download it again and fill in that file."


class SheetColumnMissing(LuoshiError):
    code = "work-sheet-column-missing"
    zh = "缺少“{column}”列;请恢复第一行的表头和隐藏的列,或重新下载填报表格。"
    en = "The column “{column}” is missing; restore the headings and hidden columns, or download it again."


class SheetTooLong(LuoshiError):
    code = "work-sheet-too-long"
    zh = "工作簿有{rows}行,超过上限{limit}行;请检查是否混入了其他表格。"
    en = "The workbook has {rows} rows, more than the limit of {limit}; delete those that do not belong here."


class RowWithoutKey(LuoshiError):
    code = "work-sheet-row-without-key"
    zh = "这一行没有编号,不知道是哪项任务;请不要新增行,从下载的表格中找到这项任务填写。"
    en = "This row has no key, so its task is unknown; add no rows, fill in the row of the task."


class RowNotYours(LuoshiError):
    code = "work-sheet-row-not-yours"
    zh = "这一行的任务不由您填报,或已不存在;请删去这一行,或重新下载填报表格。"
    en = "You do not report on the task of this row, or it is gone; delete the row, or download again."


class RowTwice(LuoshiError):
    code = "work-sheet-row-twice"
    zh = "这一行与第{row}行是同一项任务;请只留一行。"
    en = "This row and row {row} are about the same task; keep one of them."


class RowMoved(LuoshiError):
    code = "work-sheet-row-moved"
    zh = "这一行的任务名称与编号不符(编号属于“{task}”);排序或粘贴时行被打乱,请重新下载后再填。"
    en = "The task in this row does not match its key, which is for “{task}”; download the workbook again."


class RowOutdated(LuoshiError):
    code = "work-sheet-row-outdated"
    zh = "“{task}”的预填内容在您下载后有更新;请重新下载后填写这一行。"
    en = "What “{task}” starts from has changed since you downloaded it; download again and fill in this row."


class RowNotOpen(LuoshiError):
    code = "work-sheet-row-not-open"
    zh = "“{task}”当前为“{state}”,不能再改;请恢复这一行原来的内容,或删去这一行。"
    en = "“{task}” is “{state}” and cannot be changed; restore what stood in this row, or delete the row."


class RowConflict(LuoshiError):
    code = "work-sheet-row-conflict"
    zh = "“{field}”在您下载后已被他人修改。系统中:“{theirs}”。您的:“{yours}”。请定稿后在网页填写。"
    en = (
        "Somebody changed “{field}” after you downloaded it. Theirs: “{theirs}”. Yours: “{yours}”."
        " Settle it on the page of the report, or download again."
    )


class FieldNotAsked(LuoshiError):
    code = "work-sheet-field-not-asked"
    zh = "“{task}”不填“{field}”;请清空这一格。"
    en = "“{task}” does not ask for “{field}”; clear this cell."


class WordsTooLong(LuoshiError):
    code = "work-sheet-words-too-long"
    zh = "这一格有{size}个字,超过上限{limit}个字;请缩短,详细内容可作为佐证材料上传。"
    en = "This cell has {size} characters, more than the limit of {limit}; shorten it, or upload a file."
