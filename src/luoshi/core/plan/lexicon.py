"""Names of bodies: what they are built of, which line they belong to, and what else they are called.

The lexicon helps to recognise a body; it never invents one. A name is printed as a level or place ("区", "市",
"澄江市云溪区"), a stem ("发展改革", "公安") and an ending ("局", "委"). Stems are listed here once with the line
they belong to; the many spellings of one body share a stem or are listed as its aliases.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Lines, as in the organization registry.
PARTY, GOVERNMENT, CONGRESS, CONSULTATIVE = "party", "government", "congress", "consultative"
COURT, PROCURATORATE, MASS, VERTICAL = "court", "procuratorate", "mass", "vertical"
TOWNSHIP, INSTITUTION, ENTERPRISE, LEADING_GROUP = "township", "institution", "enterprise", "leading-group"

# Whole names (behind the level) by line. A name in brackets after "=" is an alias of the one before it.
_NAMES: dict[str, str] = {
    PARTY: (
        "委办公室=委办=委办公厅=党委办公室 委组织部=组织部 委宣传部=宣传部 委统战部=统战部=委统一战线工作部 委政法委=政法委=委政法委员会=政法委员会 "
        "委编办=编办=委机构编制委员会办公室=机构编制委员会办公室 委网信办=网信办=委网络安全和信息化委员会办公室=互联网信息办公室 "
        "委巡察办=委巡视办=委巡察工作领导小组办公室 委直属机关工委=直机关工委=直属机关工委=委机关工委 委政研室=委政策研究室=委政策研究中心 委改革办=委深改办 "
        "委依法治区办=委依法治市办=委依法治县办=委依法治省办=委依法治旗办=依法治区办=依法治市办=依法治县办=委全面依法治区委员会办公室 "
        "委农办=委农村工作领导小组办公室 委社会工作部=社会工作部 委老干部局=老干部局 委党校=党校=行政学院 委保密办=委保密机要局=保密局=国家保密局=委机要局 委党史研究室 "
        "纪委监委=纪委监委机关=纪委=监委=纪检监察机关=纪律检查委员会=监察委员会 文明办=委文明办=精神文明建设指导委员会办公室 委督查室 委财经办 委外办 委台办 "
        "委全面依法治区委员会 委教育工委 委两新工委 关工委 档案局 委国安办 党组"
    ),
    GOVERNMENT: (
        "政府办公室=政府办=府办=政府办公厅=人民政府办公室=人民政府办公厅 人民政府=政府 发展改革委=发改委=发展和改革委员会=发展改革局=发改局=发展和改革局=发展改革委员会=发改科技局=经发局=经济发展局 "
        "教育局=教体局=教育体育局=教委=教育委=教育厅=教育部=教科体局=教育和体育局=教育委员会 "
        "科技局=科学技术局=科委=科技委=科技厅=科技部=科学技术委员会 工业和信息化局=工信局=工信委=经信局=经信委=经济信息化委=经济和信息化局=经济和信息化委员会=工信厅=经信厅=工业和信息化厅=工业和信息化部=工信部=工科局=工信和科技局=科工局=科经局 "
        "民族宗教局=民宗局=民委=民宗委=民族宗教事务局=民族事务委员会=民族事务委=国家民委=宗教局 公安局=公安厅=公安部 公安分局 国家安全局=国安局 民政局=民政厅=民政部 司法局=司法厅=司法部 财政局=财政厅=财政部 "
        "人力资源社会保障局=人社局=人力社保局=人力资源和社会保障局=人社厅=人力资源社会保障厅=人力资源社会保障部=人力资源和社会保障部=人社部=劳动保障局 "
        "自然资源局=自然资源厅=自然资源部=自然资源和规划局=自规局=规划和自然资源局=规划资源局=国土资源局=国土资源厅=国土局=规划局=规划分局 生态环境局=生态环境厅=生态环境部=环保局=环保厅=环境保护局=环保部=生态环境分局 "
        "住房城乡建设局=住建局=住房和城乡建设局=住建厅=住房城乡建设厅=住房城乡建设部=住房和城乡建设部=住建部=建设局=住建委=住房城乡建设委=建委=住建交通局=住房建设局=住房保障局 "
        "城市管理局=城管局=城管委=综合行政执法局=综合执法局=城管执法局=城市管理委=行政执法局=城市管理综合执法局 交通运输局=交通局=交通委=交通运输委=交通运输厅=交通运输部=交通厅 水务局=水利局=水利厅=水利部=水务厅 "
        "农业农村局=农牧局=农业局=农业农村厅=农业农村部=农业农村委=农业委=农牧厅=农委=畜牧局 商务局=商务厅=商务部=商务委=商贸局=投资促进局=投促局=招商局 "
        "文化和旅游局=文旅局=文化旅游局=文化广电旅游局=文广旅局=文广旅体局=文旅体局=文化和旅游厅=文化和旅游部=文旅厅=文化厅=文广新局=文化旅游委=文旅委=文旅广电局=文体旅局=旅游局 "
        "卫生健康局=卫健局=卫健委=卫生健康委=卫生健康委员会=国家卫生健康委=卫生局=卫计局=卫计委=卫生计生委 退役军人事务局=退役军人局=退役军人事务厅=退役军人事务部=退役军人部 应急管理局=应急局=应急管理厅=应急管理部=应急部=安监局 "
        "审计局=审计厅=审计署 国有资产监督管理委员会=国资委=国资局=国资办=国务院国资委=国资监管局 市场监督管理局=市场监管局=市场监管委=市场监管总局=市监局=市场监督局=国家市场监管总局=工商局=质监局=食品药品监管局 "
        "体育局=体育总局=国家体育总局 统计局=国家统计局=统计办 医疗保障局=医保局=国家医保局 信访局=国家信访局=信访办 林业和草原局=林草局=林业局=国家林草局=园林局=园林绿化局 金融办=金融局=金融监管局=地方金融监管局=金融工作局=金融工作办公室=金融监督管理局=地方金融监督管理局 "
        "行政审批局=行政审批服务局=审批服务局=行政审批和政务服务局=行政审批政务服务局=政务服务局=政务服务管理局=政务服务办=政务服务中心=政务服务和数据管理局=政务办=行政审批服务管理局=行政服务中心 大数据局=大数据管理局=大数据中心=大数据发展局=数据局=数据资源局=大数据管理中心=国家数据局=政务数据局 "
        "机关事务管理局=机关事务局=机关事务服务中心=机关事务中心=事务局 乡村振兴局=扶贫办=国务院扶贫办=扶贫开发办公室=乡村振兴统筹发展中心=乡村振兴中心 粮食和物资储备局=粮食局=粮储局=国家粮食和物资储备局 人防办=人民防空办公室=国防动员办=国动办 外事办=外办=外事侨务办=外交部 侨办=侨务办 "
        "地方志办=史志办=党史和地方志研究室=地方志办公室=档案史志馆=史志研究室 能源局=国家能源局 知识产权局=国家知识产权局=知识产权中心 药监局=药品监督管理局=国家药监局=药监分局 通信管理局=通管局 版权局=国家版权局=新闻出版局=新闻出版署=广电总局=广电局=新闻出版广电局=广播电视局=国家广电总局 营商环境建设局=营商环境局=营商局=营商办=优化营商环境办公室 "
        "公积金中心=住房公积金管理中心=住房公积金中心 口岸办 数字办 重点项目中心 政府研究室=政府研究中心=国务院研究室=研究室 政府督查室=督查室 法制办=政府法制办=国务院法制办=法制局=法制工作机构 民航局=国家民航局 铁路局=国家铁路局=铁路办=国铁集团=中国铁路 林长办 河长办 国家发展改革委 人口办 物价局 安委办=安委会=安全生产委员会 减灾委 食安办=食安委 国务院办公厅 国务院 科学院=中科院=工程院=社科院=中国工程院=中国科学院=中国社科院 标准委=认监委=国家标准委=国家认监委 国防科工局=国防科工委 文物局=国家文物局 中医药局=国家中医药局=中医药管理局 疾控局=国家疾控局=疾控中心=疾控主管部门 国际发展合作署=国际合作署 退役军人服务中心=退役军人事务中心 供销社=供销联社=供销合作社 海洋局=海洋与渔业局=渔业局=国家海洋局 旅游发展局 国家公务员局=人才局=公务员局 民防局 移民管理局=国家移民局=移民局 空管委办公室 港澳办=国务院港澳办=台办=国务院台办"
    ),
    CONGRESS: "人大办=人大常委会办公室=人大常委会=人大机关=人大 人大法制工作委员会=人大常委会法工委=人大法工委=人大法制委=人大监察司法委=全国人大常委会法工委 人大社会建设委",
    CONSULTATIVE: "政协办=政协办公室=政协机关=政协=全国政协",
    COURT: "法院=人民法院=中级法院=中院=高院=中级人民法院=高级人民法院=省法院=最高人民法院=最高法=最高法院",
    PROCURATORATE: "检察院=人民检察院=最高人民检察院=最高检=检察机关",
    MASS: (
        "总工会=工会=全国总工会=工会组织 团委=团区委=团市委=团县委=团省委=团旗委=共青团委=共青团=共青团中央=团中央=共青团组织 妇联=妇女联合会=全国妇联=妇联组织 科协=科学技术协会=中国科协 残联=残疾人联合会=中国残联 "
        "红十字会=中国红十字会 工商联=工商业联合会=全国工商联 文联=文学艺术界联合会=中国文联 侨联=归国华侨联合会=中国侨联 法学会=中国法学会 社科联=社会科学界联合会 记协=中国记协 贸促会=中国贸促会 计生协=计划生育协会 台联 黄埔同学会 作协 消费者协会=消协=消委会=消保委 律师协会=律协 个私协会=个体私营企业协会 慈善总会=慈善会=慈善协会 老龄委=老龄办=老龄协会 行业协会商会=行业协会=商会 志愿者协会 对外友协"
    ),
    VERTICAL: (
        "税务局=税务总局=国家税务总局=国税局=地税局=国家税务局=地方税务局 气象局=中国气象局 海关=海关总署 人民银行=人行=中国人民银行=人民银行支行=人行分行 银保监局=银保监会=银监局=银监分局=保监局=证监局=证监会=中国银保监会=中国证监会=银保监分局=金融监管总局=国家金融监督管理总局 邮政管理局=国家邮政局=邮政局=邮管局 烟草专卖局=烟草局=国家烟草局 地震局=中国地震局 消防救援大队=消防救援支队=消防大队=消防支队=消防救援总队=国家消防救援局=消防救援局=消防救援机构=消防救援局 "
        "公路局=公路管理局 海事局=海事处=中国海事局 国家安全局 矿山安监局=国家矿山安监局=煤监局 外汇局=国家外汇局=外汇管理局 出入境边防检查站=边检站 调查队=国家统计局调查队 交警大队=交警支队=公安交警支队=交警 武装部=人武部=人民武装部=军分区=警备区 武警支队=武警中队=武警 空管局 电力监管办 储备局"
    ),
    ENTERPRISE: (
        "供电公司=电力公司=国网供电公司=电力局=供电局=国家电网=南方电网=国家电网公司 电信公司=移动公司=联通公司=铁塔公司=电信分公司=移动分公司=联通分公司=中国电信=中国移动=中国联通=中国铁塔 城投公司=城投集团=国投集团=国资公司=水务集团=公交公司=公交集团=燃气公司=自来水公司=交投集团=文旅集团=农投公司=产投公司 邮政公司=邮政集团=中国邮政=邮政分公司 农业银行=工商银行=建设银行=农商银行=农村信用社=国家开发银行=开发银行=农业发展银行=进出口银行 新华书店 北京冬奥组委=冬奥组委 石油公司 盐业公司"
    ),
    INSTITUTION: (
        "融媒体中心=广播电视台=电视台=日报社=报社=电台=新闻中心=广电中心=传媒集团=新闻传媒中心=全媒体中心 社会科学院 档案馆=文化馆=图书馆=博物馆=美术馆 网络安全应急指挥中心=网络安全应急中心 综治中心=网格中心=网格化服务中心=社会治理中心=矛盾调解中心=矛调中心=社会矛盾纠纷调处化解中心 公共资源交易中心 公共就业服务中心=就业服务中心=就业局=社保中心=社保局=医保中心=人才中心=人才服务中心 疾病预防控制中心 法律援助中心=公证处=司法鉴定中心=公共法律服务中心 中小学校=学校=高校=大学=中学=小学=幼儿园 医院=人民医院=卫生院=社区卫生服务中心 供热中心 行政审批服务中心 环境监测站 投资服务中心 应急指挥中心 市民中心 会展中心 数据资源中心 信息中心=大数据服务中心"
    ),
}

# Levels and places that stand before a stem. Sample: 区, 市, 澄江市云溪区, 国家
LEVELS = "国家|中央|中国|全国|省|自治区|自治州|市|州|盟|区|县|旗|镇|乡|街道|街|村|新区|开发区|高新区|经开区|园区|示范区|本级|直属|兵团|师市|团场|我"
# Endings by which a phrase may be a body though its stem is unknown. Sample: 区营商环境促进中心
ENDINGS = (
    "委员会|办公室|办公厅|管委会|党工委|领导小组|指挥部|联席会议|协调小组|工作组|专班|专责组|总局|分局|支局|总署|总队|支队|大队|中队|分公司|公司|集团|银行|总社|中心|法院|检察院|研究院|研究所|"
    "学院|大学|学校|党校|医院|协会|学会|商会|联合会|总工会|工会|妇联|团委|残联|科协|文联|侨联|工商联|红十字会|基金会|人民政府|政府|办事处|街道办|街道|居委会|村委会|社区|派出所|司法所|工商所|税务所|卫生院|"
    "镇街|街镇|局|委|办|部|厅|署|院|处|科|室|所|站|队|馆|社|台|园|校|镇|乡|县|区|市|旗|州|盟|海关|机关|组委|总部|协调办|推进办|成员单位|单位|部门|党委|党组|党支部|工委|企业|园区|机构|组织|各方|地区|科室|股室|处室|平台"
)

_ALIASES = {
    alias: (line, names.split("=")[0])
    for line, listing in _NAMES.items()
    for names in listing.split()
    for alias in names.split("=")
}

# A place name of two to four characters before a level. Sample: 澄江市云溪区
_PREFIX = re.compile(
    rf"(?:[一-鿿]{{2,6}}?(?:省|自治区|自治州|市|州|盟|区|县|旗|镇|乡|街道))?(?:{LEVELS})?直?"
)
_ENDING = re.compile(rf"(?:{ENDINGS})(?:\([^()]*\))?$")
# "各县市区", "各有关单位", "区直各部门": names of many.
COLLECTIVE = re.compile(
    r"各|有关|相关|成员单位|其他|等部门|全体|所有|所属|(?:区|市|县|省|州|旗|镇)[直级](?:机关|部门|单位)|乡镇\(?街道|镇街|相应|试点|属地|职能部门|主管部门|监管部门|执法单位|执法部门"
)


@lru_cache(maxsize=65536)
def line_of(name: str) -> str | None:
    """The line of a body that the lexicon knows by its stem, else None.

    Args:
        name: in simplified characters, as printed, with or without level and place.

    Example:
        >>> line_of("区发改委"), line_of("市公安局云溪分局"), line_of("区工作推进中心")
        ('government', 'government', None)
    """
    found = _known(name)
    return found[0] if found else None


@lru_cache(maxsize=65536)
def full_name(name: str) -> str | None:
    """The first-listed spelling of a known body, without level and place, else None.

    Example:
        >>> full_name("区发改委") == full_name("市发展和改革委员会")
        True
    """
    found = _known(name)
    return found[1] if found else None


def _known(name: str) -> tuple[str, str] | None:
    bare = re.sub(r"\([^()]*\)$", "", name)
    if bare in _ALIASES:
        return _ALIASES[bare]
    # 市公安局云溪分局 is the police, whatever the branch: cut the branch off.
    branch = re.sub(r"(局|行|关|公司)[一-鿿]{1,6}(?:分局|支局|分行|支行|分公司|办事处)$", r"\1", bare)
    for cut in range(min(len(branch) - 1, 14), 0, -1):
        if branch[cut:] in _ALIASES and _PREFIX.fullmatch(branch, 0, cut):
            return _ALIASES[branch[cut:]]
    return None


@lru_cache(maxsize=65536)
def looks_like_body(name: str) -> bool:
    """Whether a phrase has the shape of a body's name, known or not.

    Example:
        >>> looks_like_body("区营商环境促进中心"), looks_like_body("限时办结"), looks_like_body("含电子烟")
        (True, False, False)
    """
    if not 2 <= len(name) <= 40 or _NOT_A_NAME.search(name):
        return False
    return _known(name) is not None or _ENDING.search(name) is not None


# What no body's name holds: verbs of duty and points of sentences. Sample: 落实到位
_NOT_A_NAME = re.compile(
    r"[,;:。!?、“”《》\d%]|的(?!士)|是否|应当|不得|达到|超过|以上|以下|包括|按照|根据|以及|或者|其中|例如|详见|下同|附件"
)


@lru_cache(maxsize=65536)
def is_certain_body(name: str) -> bool:
    """Whether a phrase can only be a body: known to the lexicon, or a level with a body's ending, or a collective.

    Example:
        >>> is_certain_body("工信部"), is_certain_body("区工作推进中心"), is_certain_body("全社会"), is_certain_body("居民委员会")
        (True, True, False, False)
    """
    if not looks_like_body(name):
        return False
    if _known(name) is not None:
        return True
    if name.startswith("各") or COLLECTIVE.search(name):
        return True
    return _LEVELLED.match(name) is not None and _ENDING.search(name) is not None


# A level or place opens the name. Sample: 区…, 云溪街道…
_LEVELLED = re.compile(rf"(?:{LEVELS}|[一-鿿]{{2,4}}(?:省|市|州|盟|县|区|旗|镇|乡|街道))(?=[一-鿿(])")


def names() -> tuple[str, ...]:
    """Every spelling that the lexicon knows, without level and place."""
    return tuple(_ALIASES)
