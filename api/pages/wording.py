"""All sentences of the pages in both languages; templates ask for them by name."""

from __future__ import annotations

from api.schemas import Text
from matching import Words
from matching.words import Language

KINDS = {
    "needs": Words("采购需求", "needs"),
    "offers": Words("产能清单", "offers"),
    "history": Words("历史业绩", "past contracts"),
    "enterprises": Words("企业名录", "enterprises"),
}
LIST_STATES = {
    "checked": Words("待确认", "to be confirmed"),
    "confirmed": Words("已确认", "confirmed"),
    "withdrawn": Words("已撤回", "withdrawn"),
}
ACTIONS = {
    "reject": Words("不采用", "rejected"),
    "warn": Words("采用但有提醒", "accepted with a warning"),
    "accept": Words("采用", "accepted"),
    "skip": Words("非记录", "no record"),
}
PLAN_STATES = {
    "queued": Words("排队中", "queued"),
    "running": Words("求解中", "running"),
    "done": Words("已完成", "done"),
    "failed": Words("失败", "failed"),
    "cancelled": Words("已取消", "cancelled"),
}
#: how close to the proven bound the solver has to come before it may stop
GAPS = {
    0.0: Words("直到最优", "until optimal"),
    0.001: Words("差距 0.1% 以内", "within 0.1%"),
    0.01: Words("差距 1% 以内", "within 1%"),
    0.05: Words("差距 5% 以内", "within 5%"),
}

_FRAME = {
    "product": Words("链配", "ChainMatch"),
    "slogan": Words("产业链供需对接", "supply and demand along the chain"),
    "local_only": Words(
        "单机使用：只有本机能打开此页，没有登录；请勿把端口转到网络上。",
        "One local user: only this computer can open the page, without signing in; do not forward its port.",
    ),
    "skip_to_content": Words("跳到正文", "Skip to the content"),
    "navigation": Words("导航", "Navigation"),
    "home": Words("首页", "Home"),
    "new_plan": Words("新建方案", "New plan"),
    "pages": Words("分页", "Pages"),
    "previous": Words("上一页", "Previous"),
    "next": Words("下一页", "Next"),
    "page_of": Words("第 {first}–{last} 条，共 {total} 条", "{first}–{last} of {total}"),
    "unknown": Words("未知", "unknown"),
    "error": Words("无法完成", "This cannot be done"),
    "error_where": Words("位置", "Where"),
    "back_home": Words("返回首页", "Back to the first page"),
    "number": Words("编号", "Number"),
    "title": Words("名称", "Title"),
    "state": Words("状态", "State"),
    "created": Words("建立时间", "Created"),
    "kind": Words("种类", "Kind"),
}

_HOME = {
    "steps": Words("三步完成", "Three steps"),
    "step_upload": Words("上传需求和产能两张清单", "Upload the lists of needs and of offers"),
    "step_confirm": Words("核对逐格错误，确认清单", "Look at what is wrong, cell by cell; confirm the lists"),
    "step_plan": Words(
        "生成方案，看理由，下载工作簿", "Make the plan, read the reasons, download the workbook"
    ),
    "upload": Words("上传清单", "Upload a list"),
    "list_kind": Words("清单种类", "Kind of list"),
    "file": Words("文件", "File"),
    "file_hint": Words(
        "Excel（.xlsx、.xls）或 CSV，表头用平常的叫法即可。",
        "Excel (.xlsx, .xls) or CSV; columns are found by the headers people use.",
    ),
    "check_list": Words("上传并检查", "Upload and check"),
    "lists": Words("清单", "Lists"),
    "plans": Words("方案", "Plans"),
    "progress": Words("进度", "Progress"),
    "no_lists": Words(
        "还没有清单。请先上传采购需求和产能清单。",
        "There is no list yet. Upload needs and offers first.",
    ),
    "no_plans": Words("还没有方案。", "There is no plan yet."),
    "plan_number": Words("方案 {id}", "Plan {id}"),
}

_LIST = {
    "report": Words("检查结果", "What was found"),
    "columns": Words("列的识别", "How the columns were read"),
    "header": Words("表头", "Header"),
    "read_as": Words("读作", "Read as"),
    "not_used": Words("未采用", "not used"),
    "notes": Words("关于表头和工作表的提醒", "About headers and sheets"),
    "rows_heading": Words("逐行情况", "Row by row"),
    "all_rows": Words("全部", "all"),
    "sheet": Words("工作表", "Sheet"),
    "row": Words("行", "Row"),
    "outcome": Words("结果", "Outcome"),
    "content": Words("内容", "Content"),
    "cell": Words("单元格", "Cell"),
    "value": Words("原值", "Value"),
    "reason": Words("原因", "Reason"),
    "no_rows": Words("没有这样的行。", "There is no such row."),
    "empty_cell": Words("（空）", "(empty)"),
    "confirm_heading": Words("确认清单", "Confirm the list"),
    "confirm_clean": Words(
        "没有必须修改的错误，可以确认。确认后即可用于方案。",
        "Nothing has to be corrected. Once confirmed, the list can go into plans.",
    ),
    "confirm_rejected": Words(
        "有 {reject} 行不能采用。可改好后重新上传，也可略去这些行继续。",
        "{reject} rows cannot be used. Correct the sheet and upload it again, or go on without them.",
    ),
    "nothing_left": Words(
        "没有可采用的行，请改好后重新上传。",
        "No row can be used. Correct the sheet and upload it again.",
    ),
    "accept_valid": Words("略去不能采用的 {reject} 行，其余继续", "Leave these {reject} rows out and go on"),
    "confirm": Words("确认清单", "Confirm the list"),
    "returned": Words("下载退回表（错处着色）", "Download the sheet with its errors coloured"),
    "withdraw": Words("撤回清单", "Withdraw the list"),
    "confirmed_at": Words("确认时间", "Confirmed"),
    "file_name": Words("文件名", "File name"),
}

_ORDER = {
    "order_heading": Words("新建方案", "A new plan"),
    "needs_list": Words("采购需求", "Needs"),
    "offers_list": Words("产能清单", "Offers"),
    "history_list": Words("历史业绩（可不选）", "Past contracts (optional)"),
    "enterprises_list": Words("企业名录（可不选）", "Enterprises (optional)"),
    "policy": Words("权重方案", "Policy"),
    "default_policy": Words("默认", "Default"),
    "no_choice": Words("不用", "None"),
    "plan_title": Words("方案名称（可不填）", "Title (optional)"),
    "seconds": Words("求解时间上限（秒）", "Most seconds for the solver"),
    "gap": Words("何时可停", "When it may stop"),
    "order": Words("生成方案", "Make the plan"),
    "lists_missing": Words(
        "需要已确认的采购需求和产能清单各一张，请先到首页上传并确认。",
        "It takes a confirmed list of needs and one of offers: upload and confirm them on the first page.",
    ),
}

_PLAN = {
    "plan_running": Words("正在生成方案", "The plan is being made"),
    "progress_hint": Words("此页会自动更新，可以离开。", "This page updates itself; you may leave it."),
    "cancel": Words("取消求解", "Cancel"),
    "plan_failed": Words("方案没有生成", "No plan was made"),
    "plan_cancelled": Words("求解已取消，没有结果。", "The plan was cancelled and has no result."),
    "try_again": Words("重新下达", "Order it again"),
    "glance": Words("一览", "At a glance"),
    "summary": Words("汇总", "Figures"),
    "removed": Words("规则排除的供需对", "Pairs that rules kept apart"),
    "please_confirm": Words("请确认", "Please confirm"),
    "download": Words("下载对接方案工作簿（Excel）", "Download the workbook (Excel)"),
    "deals": Words("对接方案", "Deals"),
    "find": Words("查找需求或企业", "Find a need or an enterprise"),
    "search": Words("查找", "Find"),
    "show_all": Words("显示全部", "Show all"),
    "no_deals": Words("没有这样的对接。", "There is no such deal."),
    "need": Words("需求", "Need"),
    "buyer": Words("需方", "Buyer"),
    "offer": Words("产能", "Offer"),
    "supplier": Words("供方", "Supplier"),
    "quantity": Words("数量", "Quantity"),
    "score": Words("匹配分", "Score"),
    "rank": Words("顺位", "Rank"),
    "alternate": Words("候补", "alternate"),
    "why": Words("理由", "Why"),
    "ask_why_not": Words("为何不选", "Why not"),
    "open_needs": Words("未满足的需求", "Open needs"),
    "all_served": Words("所有需求都已满足。", "Every need is served."),
    "open_quantity": Words("未满足数量", "Still open"),
    "because": Words("原因", "Reasons"),
    "why_not_heading": Words("某个供给为何没有对接", "Why is an offer not in the plan?"),
    "need_number": Words("需求编号", "Number of the need"),
    "offer_number": Words("产能编号", "Number of the offer"),
    "ask": Words("查原因", "Ask"),
    "ordered_with": Words("所用清单", "Lists used"),
    "legend": Words(
        "深色为得分，外框为该项满分，斜线表示资料未知；各项相加即匹配分。",
        "Dark is what a criterion gave, the outline the most it can give, hatching means unknown; "
        "the parts add up to the score.",
    ),
}

_FIRM = {
    "back_to_plan": Words("返回方案", "Back to the plan"),
    "as_supplier": Words("作为供方", "As a supplier"),
    "as_buyer": Words("作为需方", "As a buyer"),
    "no_suggestions": Words("没有推荐。", "There is no suggestion."),
    "need_heading": Words("需求 {need}", "Need {need}"),
    "candidates": Words("候选供方，最合适的在前", "Candidates, the best first"),
    "answer": Words("{need} 与 {offer}", "{need} and {offer}"),
    "is_dealt": Words("已列入方案", "It is in the plan"),
    "not_dealt": Words("未列入方案", "It is not in the plan"),
    "parts_heading": Words("得分构成", "What its score is made of"),
}

_GUIDE = {
    "guide": Words("HTTP 接口说明", "The HTTP API"),
    "guide_note": Words(
        "* 为必填。完整的机器可读描述：", "* is required. The whole description for machines:"
    ),
    "guide_field": Words("字段", "Field"),
    "guide_place": Words("位置", "Where"),
    "guide_allowed": Words("允许的值", "Allowed"),
    "guide_gives": Words("返回", "Gives"),
}

TEXTS = {**_FRAME, **_HOME, **_LIST, **_ORDER, **_PLAN, **_FIRM, **_GUIDE}


def said(words: Words | Text, language: Language) -> str:
    """Give a sentence, of the pages or of the data, in one language."""
    return words.zh if language == "zh" else words.en
