"""Every type of event. An event of another type is refused, so this list is complete."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event: its name (`app.object.verb`), and what a person reads."""

    name: str
    title: Promise


TYPES = {
    kind.name: kind
    for kind in (
        EventType("organization.region.created", _("建立地区")),
        EventType("organization.body.created", _("登记单位")),
        EventType("organization.body.changed", _("修改单位")),
        EventType("organization.body.reorganized", _("调整机构")),
        EventType("organization.alias.created", _("登记单位别名")),
        EventType("organization.group.changed", _("修改分组成员")),
        EventType("organization.registry.received", _("提交单位名录")),
        EventType("organization.registry.imported", _("导入单位名录")),
        EventType("organization.role.granted", _("授予角色")),
        EventType("organization.role.revoked", _("撤销角色")),
        EventType("organization.administrator.appointed", _("任命管理员")),
        EventType("organization.administrator.dismissed", _("免去管理员")),
        EventType("organization.region.renamed", _("修改地区名称")),
        EventType("accounts.account.created", _("建立账号")),
        EventType("accounts.account.changed", _("修改账号")),
        EventType("accounts.account.disabled", _("停用账号")),
        EventType("accounts.account.enabled", _("恢复账号")),
        EventType("accounts.account.locked", _("锁定账号")),
        EventType("accounts.account.unlocked", _("解锁账号")),
        EventType("accounts.session.begun", _("登录成功")),
        EventType("accounts.session.refused", _("登录失败")),
        EventType("accounts.session.left", _("已退出登录")),
        EventType("accounts.session.ended", _("结束会话")),
        EventType("accounts.password.changed", _("更换密码")),
        EventType("accounts.password.reset", _("密码重置")),
        EventType("accounts.second_factor.added", _("开启两步验证")),
        EventType("accounts.second_factor.removed", _("关闭两步验证")),
        EventType("accounts.second_factor.renewed", _("更换恢复码")),
        EventType("accounts.log.exported", _("导出审计日志")),
        EventType("audit.log.exported", _("导出全部日志")),
        EventType("document.document.stored", _("存入文件")),
        EventType("document.document.downloaded", _("下载原文件")),
        EventType("plan.import.requested", _("提交导入")),
        EventType("plan.import.failed", _("导入失败")),
        EventType("plan.import.interrupted", _("导入中断")),
        EventType("plan.import.retried", _("重新导入")),
        EventType("plan.plan.imported", _("导入方案")),
        EventType("plan.finding.settled", _("处理疑点")),
        EventType("plan.task.edited", _("修改任务")),
        EventType("plan.body.matched", _("核对单位")),
        EventType("plan.settlement.undone", _("撤销操作")),
        EventType("plan.plan.confirmed", _("确认方案")),
        EventType("plan.plan.reopened", _("重新打开方案")),
        EventType("work.plan.issued", _("交办方案")),
        EventType("work.occurrences.advanced", _("开启报送期次")),
        EventType("work.assignments.signed", _("签收任务")),
        EventType("work.assignments.suspended", _("中止任务")),
        EventType("work.assignments.resumed", _("恢复任务")),
        EventType("work.assignments.cancelled", _("撤销任务")),
        EventType("work.assignments.handed-over", _("移交任务")),
        EventType("work.assignments.closed", _("办结任务")),
        EventType("work.assignments.reopened", _("重新办理任务")),
        EventType("work.report.asked", _("另行要求报送")),
        EventType("work.extension.asked", _("申请延期")),
        EventType("work.extension.endorsed", _("同意延期申请")),
        EventType("work.extension.granted", _("批准延期")),
        EventType("work.extension.refused", _("不同意延期")),
        EventType("work.extension.withdrawn", _("撤回延期申请")),
        EventType("work.adjustment.proposed", _("申请调整任务")),
        EventType("work.adjustment.approved", _("批准任务调整")),
        EventType("work.adjustment.refused", _("不批准任务调整")),
        EventType("work.adjustment.withdrawn", _("撤回任务调整申请")),
        EventType("work.terms.changed", _("修改交办规则")),
        EventType("work.rules.changed", _("修改报送规则")),
        EventType("organization.days.set", _("调整工作日")),
        EventType("organization.days.unset", _("取消工作日调整")),
        EventType("organization.year.confirmed", _("确认全年工作日安排")),
        EventType("work.report.opened", _("打开报送")),
        EventType("work.report.saved", _("保存报送")),
        EventType("work.report.submitted", _("提交报送")),
        EventType("work.report.unchanged", _("报送无变化")),
        EventType("work.report.withdrawn", _("撤回报送")),
        EventType("work.report.reopened", _("更正报送")),
        EventType("work.report.approved", _("审核报送")),
        EventType("work.report.accepted", _("采纳报送")),
        EventType("work.report.returned", _("退回报送")),
        EventType("work.joint.proposed", _("牵头报告送会签")),
        EventType("work.joint.cosigned", _("会签牵头报告")),
        EventType("work.joint.objected", _("对牵头报告提出异议")),
        EventType("work.joint.revised", _("修改牵头报告")),
        EventType("work.joint.submitted", _("提交牵头报告")),
        EventType("work.joint.quoted", _("引用报送内容")),
        EventType("work.evidence.added", _("上传佐证材料")),
        EventType("work.evidence.replaced", _("替换佐证材料")),
        EventType("work.evidence.dated", _("修改佐证材料有效期")),
        EventType("work.evidence.downloaded", _("下载佐证材料")),
        EventType("work.setting.changed", _("修改单位报送设置")),
        EventType("work.sheet.received", _("上传填报表格")),
        EventType("work.sheet.imported", _("写入填报表格")),
    )
}
