"""How a name is written wrongly or beside the book: by sound, by shape, by order, by brand, in speech."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np


def _table(text: str) -> dict[str, str]:
    """Read pairs of signs, each written as right:wrong."""
    return dict(pair.split(":") for pair in text.split())


#: signs of the trades and others of the same sound, as an input method offers them
SOUNDS = _table(
    "阀:筏 柜:贵 缆:览 钢:刚 铸:住 锻:段 件:建 机:基 器:气 电:店 压:亚 轴:周 承:成 座:坐 板:版 管:馆 "
    "线:现 开:凯 关:官 变:便 油:由 缸:刚 水:税 热:惹 冷:愣 风:封 空:控 调:条 船:传 锚:毛 舵:剁 桨:奖 "
    "螺:罗 旋:悬 齿:尺 轮:论 车:撤 灯:登 制:治 动:冻 氢:轻 锂:里 池:迟 铝:吕 铜:同 铁:贴 合:和 金:今 "
    "布:步 纱:沙 棉:绵 染:然 纺:仿 织:职 尼:泥 龙:隆 纤:先 维:围 药:要 剂:记 瓶:平 针:真 料:廖 粉:分 "
    "炉:卢 模:膜 具:据 弹:谈 簧:黄 密:蜜 封:丰 绝:决 缘:元 互:户 感:敢 避:必 雷:累 箱:香 塔:他 杆:竿 "
    "塑:素 胶:交 涂:图 漆:七 焊:旱 接:街 头:投 法:发 兰:蓝 弯:湾 三:叁 通:同 滤:虑 网:往 泵:蹦 活:火 "
    "塞:赛 曲:屈 连:联 气:汽 体:休 式:试 型:形 智:志 能:熊 力:利 高:糕 低:底 中:终 大:达 小:晓 液:夜 "
    "固:故 支:只 架:驾 吊:掉 钩:勾 链:练 条:调 带:代 传:船 输:书 送:宋 包:苞 装:庄 测:侧 量:凉 表:标 "
    "仪:宜 控:空 系:细 统:桶 膜:模 片:骗 丝:思 棒:磅 锭:定 石:食 灰:挥 砖:专 瓦:娃 门:们 窗:床 房:防"
)
#: and others that look alike
SHAPES = _table(
    "阀:阅 轴:铀 柜:拒 缆:揽 锻:缎 焊:捍 板:扳 管:菅 缸:缺 闸:匣 螺:骡 栓:检 垫:执 炉:护 泵:录 器:嚣 "
    "机:矶 电:申 线:钱 钢:钠 铸:铐 件:伴 座:痤 承:丞 轮:沦 齿:啮 模:摸 具:县 压:庄 油:抽 水:永 气:乞 "
    "风:凤 热:执 冷:泠 调:凋 船:般 锚:锱 舵:舱 桨:浆 灯:灶 动:劫 铝:铅 铜:钢 铁:轶 合:含 金:全 布:市 "
    "纱:纷 棉:绵 染:柒 纺:仿 织:炽 纤:歼 维:推 药:约 剂:济 瓶:瓯 料:科 粉:纷 弹:蝉 簧:磺 密:蜜 封:卦 "
    "绝:艳 缘:绿 互:瓦 感:惑 避:僻 雷:雪 箱:葙 塔:搭 杆:秆 塑:朔 胶:胺 涂:徐 漆:膝 接:楼 头:买 兰:羊 "
    "弯:恋 通:诵 滤:虑 网:冈 活:话 塞:寨 曲:由 连:莲 体:休 式:武 型:刑 智:暂 能:熊 力:刀 高:亮 低:纸 "
    "大:太 液:腋 固:囚 支:攴 架:驾 吊:吕 链:涟 带:滞 输:愉 送:迭 包:句 装:袭 测:侧 表:袭 仪:议 控:挖 "
    "膜:摸 片:斤 丝:巡 棒:捧 锭:绽 石:右 灰:灾 砖:转 瓦:互 门:闩 窗:窖 变:奕 开:井 关:美 配:酏 盘:盆 "
    "转:砖 子:孑 芯:蕊 圈:图 环:坏 杯:怀 池:弛 锂:鲤 氢:轻 制:剃 用:甩 自:白 白:臼 土:士 木:本 工:土"
)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
#: what people add or leave out when they speak
SPOKEN = ("{head}那种{tail}", "{head}个{tail}", "{tail}（{head}）", "{head}上用的{tail}")

Draw = np.random.Generator


def misspelt(name: str, rng: Draw) -> Iterator[str]:
    """Give names that mean the same and stand in no term base, each kind in turn, two of each."""
    for way in (_by_sound, _by_shape, _by_order, _by_brand, _by_speech) * 2:
        yield way(name, rng)


def _swapped(name: str, table: dict[str, str], rng: Draw) -> str:
    places = [at for at, sign in enumerate(name) if sign in table]
    if not places:
        return name
    at = places[int(rng.integers(len(places)))]
    return name[:at] + table[name[at]] + name[at + 1 :]


def _by_sound(name: str, rng: Draw) -> str:
    return _swapped(name, SOUNDS, rng)


def _by_shape(name: str, rng: Draw) -> str:
    return _swapped(name, SHAPES, rng)


def _by_order(name: str, rng: Draw) -> str:
    at = int(rng.integers(max(1, len(name) - 1)))
    return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]


def _by_brand(name: str, rng: Draw) -> str:
    first, second, third = (LETTERS[at] for at in rng.integers(len(LETTERS), size=3))
    return f"{first}{second}{third}-{int(rng.integers(10, 99)) * 10}{name[-1]}"


def _by_speech(name: str, rng: Draw) -> str:
    cut = max(1, len(name) // 2)
    return SPOKEN[int(rng.integers(len(SPOKEN)))].format(head=name[:cut], tail=name[cut:])
