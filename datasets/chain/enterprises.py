"""The firms, all invented: chain leaders, backbone firms, small ones in clusters of rivals, and buyers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from datasets.chain.catalogue import Catalogue
from datasets.chain.towns import towns
from matching.market import BoolArray, FloatArray, IntArray
from matching.records.enterprise import Enterprise

LEADER, BACKBONE, SMALL, BUYER = range(4)
#: shares of the supplying firms, and fewest and most products of each kind
SHARES = (0.02, 0.16, 0.82)
PRODUCTS = ((8, 20), (2, 6), (1, 2))
#: share of small firms that belong to a cluster of rivals, and the sizes of clusters
CLUSTERED, RIVALS = 0.5, (5, 15)
#: share of buyers that supply as well
BOTH = 0.3
FIRST = "瀚泓澜屹峻骁煜晟骏铠铄锐钧鑫垚堃奕彧昱昊翊翎霁霖岑岚崧嵘嵩颢邈逸遒沅沣洺涵淇渝湛溱滢"
SECOND = "泰博驰迈凯腾维诺拓创恒弘辰策睿科晟翔跃普盈峰歌禾朗曼皓拔擎徽韬隽铭岳川野屏骥"
TRADES = {
    "13": "农产", "17": "纺织", "26": "化工", "27": "医药", "28": "化纤", "29": "塑胶", "30": "建材",
    "31": "钢铁", "32": "金属材料", "33": "金属制品", "34": "机械", "35": "装备", "36": "汽车部件",
    "37": "船舶配套", "38": "电气", "39": "电子", "40": "仪表",
}  # fmt: skip
LEGAL = ("有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司")
CERTIFICATES = ("ISO9001", "ISO14001", "ISO45001")
SPECIAL = {"37": "CCS", "38": "CCC", "36": "IATF16949", "27": "ISO13485", "35": "CE", "34": "CE"}
#: share of firms that hold each certificate, the one of their trade last
HOLDING = (0.8, 0.5, 0.45, 0.55)
TIERS = ("LITTLE_GIANT", "ZJTX_PROV", "HNTE", "INNO_SME")
SIZES = ("large", "medium", "small", "micro")
TODAY = date(2026, 12, 1)


@dataclass(frozen=True)
class Firms:
    """Firms in parallel columns, suppliers first.

    ``products`` int[P] and ``maker`` int[P] pair firms with what they make. ``quality`` and
    ``punctuality`` 0..1 are latent: no list tells them. ``held`` bool[F, 4] are the certificates of
    ``certificates_of``. ``cluster`` is -1 where a firm has no near-identical rivals.
    """

    names: tuple[str, ...]
    kind: IntArray
    town: IntArray
    branch: tuple[str, ...]
    cluster: IntArray
    quality: FloatArray
    punctuality: FloatArray
    held: BoolArray
    tier: tuple[str, ...]
    size: tuple[str, ...]
    group: tuple[str, ...]
    uscc: tuple[str, ...]
    maker: IntArray
    products: IntArray

    def __len__(self) -> int:
        return len(self.names)

    def certificates_of(self, firm: int) -> tuple[tuple[str, date], ...]:
        """Give the certificates a firm really holds, with their last days."""
        keys = (*CERTIFICATES, SPECIAL.get(self.branch[firm], ""))
        until = TODAY + timedelta(days=60 + firm * 37 % 900)
        return tuple((key, until) for key, held in zip(keys, self.held[firm], strict=True) if held and key)


def make_firms(catalogue: Catalogue, offers: int, needs: int, rng: np.random.Generator) -> Firms:
    """Make suppliers whose products sum to ``offers``, and 0.6 buyers per need, a third of them suppliers."""
    kind = rng.choice(3, size=offers, p=SHARES)
    low, high = np.array(PRODUCTS)[kind].T
    counts = rng.integers(low, high + 1)
    suppliers = int(np.searchsorted(np.cumsum(counts), offers)) + 1
    kind, counts = kind[:suppliers], counts[:suppliers]
    counts[-1] -= counts.sum() - offers
    cluster = _clusters(kind, rng)
    first = rng.choice(len(catalogue), size=suppliers, p=catalogue.share)
    buyers = max(1, round(0.6 * (1 - BOTH) * needs))
    town = towns().draw(rng, suppliers + buyers)
    leads = np.unique(cluster, return_index=True)[1][cluster]
    first, town[:suppliers] = (np.where(cluster < 0, own, own[leads]) for own in (first, town[:suppliers]))
    ranges = [_range(catalogue, *told, rng) for told in zip(kind, counts, first, strict=True)]
    total = suppliers + buyers
    every = np.concatenate([kind, np.full(buyers, BUYER)])
    main = np.concatenate([first, rng.choice(len(catalogue), size=buyers, p=catalogue.share)])
    branch = tuple(catalogue.industry[product][:2] for product in main)
    quality = rng.beta(2.5, 2.5, total)
    return Firms(
        names=_names(town, branch, rng),
        kind=every,
        town=town,
        branch=branch,
        cluster=np.concatenate([cluster, np.full(buyers, -1)]),
        quality=quality,
        punctuality=rng.beta(2.5, 2.5, total),
        held=rng.random((total, len(HOLDING))) < np.array(HOLDING),
        tier=_tiers(quality, rng),
        size=_sizes(every, rng),
        group=_groups(total, rng),
        uscc=tuple(_uscc(towns().places[at].adcode, firm) for firm, at in enumerate(town.tolist())),
        maker=np.repeat(np.arange(suppliers), counts),
        products=np.concatenate(ranges),
    )


def _clusters(kind: IntArray, rng: np.random.Generator) -> IntArray:
    """Number the clusters: runs of 5 to 15 small firms, as they follow each other."""
    small = np.flatnonzero(kind == SMALL)
    cluster, at, number = np.full(len(kind), -1), 0, 0
    while at < CLUSTERED * len(small):
        size = int(rng.integers(RIVALS[0], RIVALS[1] + 1))
        cluster[small[at : at + size]] = number
        at, number = at + size, number + 1
    return cluster


def _range(catalogue: Catalogue, kind: int, count: int, first: int, rng: np.random.Generator) -> IntArray:
    """What a firm makes: its first product and others of the family, of a leader those of the branch."""
    like = catalogue.branch if kind == LEADER else catalogue.family
    weight = np.where(like == like[first], catalogue.share, 0)
    weight[first] = 0
    others = min(count - 1, int((weight > 0).sum()))
    known = weight / weight.sum() if others else None
    found = rng.choice(len(weight), size=others, replace=False, p=known)
    rest = rng.choice(len(weight), size=count - 1 - others, p=catalogue.share)
    return np.array([first, *found, *rest], np.int64)


def _names(town: IntArray, branch: tuple[str, ...], rng: np.random.Generator) -> tuple[str, ...]:
    """Name every firm by town, a word that begins with 例 (example) as no real one does, trade, form."""
    taken: set[str] = set()
    names = []
    for at, trade in zip(town.tolist(), branch, strict=True):
        place, legal = towns().places[at].short, LEGAL[int(rng.integers(len(LEGAL)))]
        bare = place + "例" + FIRST[int(rng.integers(len(FIRST)))] + SECOND[int(rng.integers(len(SECOND)))]
        while bare in taken:
            bare += SECOND[int(rng.integers(len(SECOND)))]
        taken.add(bare)
        names.append(f"{bare}{TRADES.get(trade, '科技')}{legal}")
    return tuple(names)


def _tiers(quality: FloatArray, rng: np.random.Generator) -> tuple[str, ...]:
    """Tiers betray quality weakly: half of their order is chance."""
    seen = 0.5 * quality + 0.5 * rng.random(len(quality))
    rank = np.digitize(seen, (0.5, 0.58, 0.66, 0.74))
    return tuple("" if not at else TIERS[4 - at] for at in rank.tolist())


def _sizes(kind: IntArray, rng: np.random.Generator) -> tuple[str, ...]:
    likely = np.array([[0.8, 0.2, 0, 0], [0.1, 0.6, 0.3, 0], [0, 0.1, 0.6, 0.3], [0.2, 0.4, 0.3, 0.1]])
    draws = rng.random(len(kind))[:, None]
    return tuple(SIZES[at] for at in (draws > likely.cumsum(axis=1)[kind]).sum(axis=1).clip(max=3).tolist())


def _groups(count: int, rng: np.random.Generator) -> tuple[str, ...]:
    member, number = rng.random(count) < 0.04, rng.integers(max(1, count // 60), size=count)
    return tuple(
        f"例{FIRST[at % len(FIRST)]}{SECOND[at // len(FIRST) % len(SECOND)]}集团" if belongs else ""
        for at, belongs in zip(number.tolist(), member.tolist(), strict=True)
    )


def _uscc(adcode: str, firm: int) -> str:
    """Make a credit code with its check character; its organisation part is no real one."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    code = f"91{adcode}GEN{firm:06d}"
    total = sum(alphabet.index(sign) * pow(3, place, 31) for place, sign in enumerate(code))
    return code + alphabet[-total % 31]


def enterprise_records(firms: Firms, rng: np.random.Generator) -> list[Enterprise]:
    """Write the directory of all firms, with what such directories leave out."""
    told = rng.random((len(firms), 6)) < (0.65, 0.6, 0.3, 0.6, 0.9, 0.5)
    roles = ("链主", "骨干", "配套", None)
    return [
        Enterprise(
            enterprise=name,
            uscc=firms.uscc[at] if shown[0] else None,
            region=towns().places[firms.town[at]].name,
            adcode=towns().places[firms.town[at]].adcode,
            industry=firms.branch[at] if shown[4] else None,
            chain_role=roles[firms.kind[at]] if shown[5] else None,
            size=firms.size[at] if shown[1] else None,
            tiers=(firms.tier[at],) if shown[2] and firms.tier[at] else (),
            certs=firms.certificates_of(at) if shown[3] else (),
            group=firms.group[at] or None,
            blacklisted=at % 211 == 7 or None,
        )
        for at, (name, shown) in enumerate(zip(firms.names, told.tolist(), strict=True))
    ]
