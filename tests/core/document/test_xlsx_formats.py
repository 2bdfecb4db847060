"""Numbers in the formats of spreadsheets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.document.xlsx_formats import BUILT_IN, shown

DAY = 44924.4  # 29 December 2022, 9:36, a Thursday


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (3.0, "", "3"),
        (0.1 + 0.2, "", "0.3"),
        (1 / 3, "General", "0.3333333333"),
        (1e-7, "General", "0.0000001"),
        (13812345678.0, "General", "13812345678"),
        (-2.5, "General", "-2.5"),
        (7, 'General"项"', "7项"),
        (7, "@", "7"),
        (95, "0", "95"),
        (0.955, "0%", "96%"),
        (0.955, "0.0%", "95.5%"),
        (2.5, "0", "3"),
        (-2.5, "0", "-3"),
        (-0.2, "0", "0"),
        (0.5, "#.##", ".5"),
        (3, "0.##", "3"),
        (3.1, "0.0##", "3.1"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (12345, "0.0,", "12.3"),
        (123456, '0.00,,"百万"', "0.12百万"),
        (7, "000", "007"),
        (5, '"第"0"项"', "第5项"),
        (5, "0!项", "5项"),
        (5, "0\\项", "5项"),
        (1234.5, '_ "¥"* #,##0.00_ ', "¥1,234.50"),
        (1234.5, "[$¥-804]#,##0.0", "¥1,234.5"),
        (3, "[Red]0", "3"),
        (-3, "0;(0)", "(3)"),
        (-3, "0;[Red]0", "3"),
        (0, '0;-0;"—"', "—"),
        (0, "0;-0;", ""),
        (2, "0;-0;;@", "2"),
        (5, '"有"', "有"),
        (4001234567, "000-0000-000", "400-1234-567"),
        (12, "[DBNum1]General", "十二"),
        (12, "[DBNum1][$-804]0", "十二"),
        (12, "[DBNum2]0", "壹拾贰"),
        (12345, "0.00E+00", "12345"),
        (0.5, "# ?/?", "0.5"),
        (20000, "[>=10000]0!.0,", "20000"),
        (DAY, "yyyy/m/d", "2022/12/29"),
        (DAY, 'yyyy"年"m"月"d"日"', "2022年12月29日"),
        (DAY, "yyyy年mm月", "2022年12月"),
        (DAY, "[DBNum1][$-804]yyyy年m月d日", "二〇二二年十二月二十九日"),
        (DAY, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2022年12月29日"),
        (DAY, "[$-F400]h:mm:ss AM/PM", "9:36:00"),
        (DAY, "yy-mm-dd hh:mm", "22-12-29 09:36"),
        (DAY, "d-mmm-yy", "29-Dec-22"),
        (DAY, "mmmm dddd ddd mmmmm", "December Thursday Thu D"),
        (DAY, "yyyy.m.d aaaa", "2022.12.29 星期四"),
        (DAY + 0.3, "h:mm AM/PM", "4:48 PM"),
        (DAY + 0.3, '上午/下午h"时"mm"分"', "下午4时48分"),
        (1.5, "[h]:mm", "36:00"),
        (1.5, "mm:ss", "00:00"),
        (61, "yyyy/m/d", "1900/3/1"),
        (59, "yyyy/m/d", "1900/2/28"),
        (1, "yyyy/m/d", "1900/1/1"),
        (-1, "yyyy/m/d", "-1"),
        (3e6, "yyyy/m/d", "3000000"),
    ],
)
def test_as_seen(value: float, code: str, seen: str) -> None:
    assert shown(value, code) == seen


@given(
    st.floats(-1e15, 1e15),
    st.sampled_from(sorted(BUILT_IN.values())) | st.text('0#?.,%"\\[]$-hmsyd;@/E+A年月日 ', max_size=12),
)
def test_any_code_gives_one_line(value: float, code: str) -> None:
    assert "\n" not in shown(value, code)


@given(st.integers(-(10**12), 10**12))
def test_thousands_and_decimals_keep_the_number(value: int) -> None:
    assert int(shown(value, "#,##0").replace(",", "")) == value
    assert float(shown(value / 100, "0.00")) == value / 100
