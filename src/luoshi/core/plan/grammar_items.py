"""The grammar of plans, page six: what is a task, and what its words are.

Most of these rules are procedures (see `luoshi.core.plan.items` and `wording`); here they are named and reasoned,
so that every reading can be explained.
"""

from __future__ import annotations

from luoshi.core.plan.rules import maybe, one_of, procedure, rule

# --- tasks ---------------------------------------------------------------------------------------------

BODIES = procedure(
    "item.bodies",
    "一段编号文字,其后写明部门:是一项任务;一个编号内有几组部门的,各组对应其前的文字。",
    "Numbered words with bodies behind them are a task; each group of bodies answers for the words before it.",
    "3.完善普法责任清单制度。牵头部门:区司法局",
)
PROSE = procedure(
    "item.prose",
    "编号文字中有“由某单位牵头”一类的句子:整段是一项任务。",
    "A numbered item in which a sentence assigns bodies is a task as a whole.",
    "5.组织应急演练。由各行业主管部门牵头组织",
)
LEAF = procedure(
    "item.leaf",
    "同级编号中没有写明部门的一项,仍是任务。",
    "An item of the same level without bodies is a task all the same.",
    "(二)推行政务服务承诺制。",
)
UNNUMBERED = procedure(
    "item.unnumbered",
    "没有编号而写明部门的段落,是一项任务。",
    "A paragraph without a number that assigns bodies is a task.",
    "优化管理体制。(区生态环境局负责)",
)
LOOSE_LABELS = rule(
    "item.loose-labels",
    "没有编号的任务,其后只有时限、人员、电话、资金等标签行仍属于本项。",
    "Behind the bodies of a task without a number only lines that tell dates, persons or means belong to it.",
    "\n完成时限:2025年6月底",
    r"\s*\n[\[(]?[一-鿿 ]{0,6}"
    + one_of("时限 时间 期限 节点 进度 工期 责任人 领导 联系人 电话 资金 投资 备注"),
    r"[一-鿿 ]{0,4}:[^\n]{0,80}(?=\n|$)",
)
ANNOUNCED = rule(
    "item.announced",
    "“具体措施:”引出的没有编号的内容,单列一项。",
    "What “具体措施:” announces without a number is an item of its own.",
    "具体措施:2021年3月底前设立试点。",
    r"\s*" + one_of("具体措施 主要措施 推进措施 工作措施 重点举措 具体任务") + r"\s?:",
)
LABELLED_LINE = rule(
    "item.labelled-line",
    "名单之后单独成行的时限、联系人等仍属于本项。",
    "Lines behind the bodies that a label opens (dates, persons, telephones) belong to the item.",
    "\n时限要求:持续推进",
    r"\s*\n[\[(]?[一-鿿 ]{2,10}:[^\n]{0,80}(?=\n|$)",
)
LABELLED_WORDS = rule(
    "item.labelled-words",
    "同一行里名单之后的“完成时限:…”仍属于本项。",
    "Words behind the bodies on their line that a label of dates opens belong to the item.",
    ";完成时限:2025年6月底前。",
    r"[;,。、\s]{0,2}[\[(]?[一-鿿]{0,4}"
    + one_of("时限 时间 节点 期限 进度 工期")
    + r"[一-鿿]{0,2}[\])]?\s?:[^。;\n]{1,60}",
    r"[。;\])]?|[。;]?\s?\([^()\n]{0,30}(?:[年月底]|季度)(?:之?前)?(?:完成)?\)。?",
)

# --- chapters without tasks ----------------------------------------------------------------------------

GUIDING = rule(
    "item.guiding",
    "指导思想、基本原则、总体目标各章不是任务。",
    "Chapters of guiding ideology, principles and aims ask for nothing.",
    "指导思想",
    "^"
    + one_of(
        "总体要求 总体思路 总体目标 指导思想 基本原则 工作原则 主要原则 主要目标 工作目标 目标任务 发展目标 基本思路",
        "重要意义 现状 背景",
    ),
)
SAFEGUARDS = rule(
    "item.safeguards",
    "保障措施、组织实施各章在分派任务的方案中不是任务。",
    "Chapters on how a plan is to be carried out are no tasks in a plan that assigns its tasks.",
    "保障措施",
    "^"
    + maybe("加强 强化 健全 完善 落实")
    + one_of(
        "保障措施 组织保障 组织实施 组织领导 工作要求 工作保障 有关要求 有关事项 相关要求 实施保障 推进机制",
        "实施步骤 工作步骤 方法步骤 时间安排 进度安排 组织推进 督导考核 监督考核 督查考核 附则 其他事项",
    ),
)

# --- words ---------------------------------------------------------------------------------------------

TITLE = procedure(
    "wording.title",
    "第一句简短、像标题,且后面还有正文:作为任务名称。",
    "A first sentence that is short and followed by more is the title.",
    "完善普法责任清单制度。",
)
MEASURE = procedure(
    "wording.measure",
    "含有“完善、推动、开展”等动词的句子:一项举措。",
    "A sentence with a verb that asks for something is a measure.",
    "推动公开目录。",
)
CITATION = rule(
    "wording.citation",
    "书名号中的名称:引用的文件;名称中可再有书名号。",
    "A title in 《》 is a cited document; it may hold another title.",
    "《优化营商环境条例》",
    r"《(?P<title>[^《》\n]{2,120}(?:《[^《》]{1,80}》[^《》\n]{0,80})*)》",
)
AIM = rule(
    "wording.aim",
    "“为…奠定基础”只说目的,不是举措。",
    "A sentence that states an aim or a reason asks for nothing.",
    "为乡村振兴奠定基础",
    r"为[^,。]{0,60}" + one_of("奠定 提供 作出 助力") + "|这是|其中|附件",
)

# Verbs by which a plan asks for something, wherever they stand in a sentence's first words.
_VERBS = """
    推进 推动 推广 推行 完善 健全 加强 加快 加大 强化 建立 建设 建成 开展 开设 落实 实施 实现 提高 提升
    优化 深化 深入 规范 组织 组建 做好 抓好 制定 出台 编制 发挥 发布 发展 促进 扩大 培育 培养 培训 打造
    打击 整合 整治 构建 保障 确保 保护 严禁 严格 督促 督导 指导 引导 鼓励 支持 运用 公布 公开 纳入 压缩
    清理 修订 取消 下放 贯彻 增强 防范 化解 查处 治理 监督 监管 检查 排查 举办 征集 探索 研究 完成 设立
    配备 选派 评选 申报 达到 创新 拓宽 畅通 简化 减少 降低 控制 妥善 坚持 坚决 把握 倡导 弘扬 宣传 普及
    注重 关注 明确 细化 压实 履行 执行 形成 营造 应当 必须 不得 定期 适时 及时 参与 解决 改革 统筹 协调
    核查 安排 报送 汇总 通报
"""
VERBS = frozenset(_VERBS.split())
