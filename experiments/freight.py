"""Orders, plants and air freight of a real supply chain as an allocation, and why an order has no plant.

Order k may go to plant p if p makes the product, p is no vendor-managed store for other customers, and p
has a port with a lane of the order's service level whose weight band holds the order. Customers of service
``CRF`` fetch their goods at the port: no lane, no freight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from matching.market import BoolArray, IntArray

#: service level of customers who fetch; costs are whole cents, order by order
FETCHED, SCALE = "CRF", 100
#: what an order needs of a plant, in this order, and what stands in the way when no plant has it
HURDLES = ("product", "customer", "port", "lane", "weight")
REASONS = {
    "product": "没有工厂生产该产品 no plant makes the product",
    "customer": "生产该产品的工厂只供指定客户（VMI） its plants serve named customers only (VMI)",
    "port": "这些工厂没有对应港口 these plants have no port",
    "lane": "港口没有该服务级别的线路 no lane of this service level from their ports",
    "weight": "没有线路的重量段容得下该订单 no lane has a weight band for the order",
    "capacity": "可选工厂的产能已满 every plant it may go to is full",
}


@dataclass(frozen=True)
class Freight:
    """The tables: ``orders`` and ``lanes`` with plain column names, capacity and unit cost by plant."""

    orders: pd.DataFrame
    lanes: pd.DataFrame
    makes: pd.DataFrame
    named: pd.DataFrame
    ports: pd.DataFrame
    capacity: pd.Series
    unit_cost: pd.Series


@dataclass(frozen=True)
class Arcs:
    """Admissible pairs of an order row and a plant row with their cost, and the hurdle orders fail at.

    ``hurdle`` int[orders]: position in ``HURDLES`` of the first that no plant takes, −1 where some plant
    takes all.
    """

    order: IntArray
    plant: IntArray
    cost: IntArray
    hurdle: IntArray


def read_freight(folder: Path) -> Freight:
    """Read the seven tables; money like `` $43.23 `` and weights like ``99,999.99`` become numbers."""
    orders = pd.read_csv(folder / "OrderList.csv")
    lanes = pd.read_csv(folder / "FreightRates.csv")
    capacity = pd.read_csv(folder / "WhCapacities.csv").set_axis(["plant", "capacity"], axis=1)
    cost = pd.read_csv(folder / "WhCosts.csv").set_axis(["plant", "cost"], axis=1)
    return Freight(
        orders=pd.DataFrame({
            "order": orders["Order ID"], "plant": orders["Plant Code"], "product": orders["Product ID"],
            "customer": orders["Customer"], "service": orders["Service Level"],
            "to": orders["Destination Port"], "units": orders["Unit quantity"], "kg": orders["Weight"],
        }),
        lanes=pd.DataFrame({
            "port": lanes["orig_port_cd"], "to": lanes["dest_port_cd"], "service": lanes["svc_cd"],
            "mode": lanes["mode_dsc"].str.strip(), "least": _number(lanes["minm_wgh_qty"]),
            "most": _number(lanes["max_wgh_qty"]), "minimum": _number(lanes["minimum cost"]),
            "rate": _number(lanes["rate"]),
        }),
        makes=_two(folder / "ProductsPerPlant.csv", "Plant Code", "Product ID", "product"),
        named=_two(folder / "VmiCustomers.csv", "Plant Code", "Customers", "customer"),
        ports=_two(folder / "PlantPorts.csv", "Plant Code", "Port", "port"),
        capacity=capacity.set_index("plant")["capacity"],
        unit_cost=cost.set_index("plant")["cost"],
    )  # fmt: skip


def _number(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column.astype(str).str.replace(r"[$,\s]", "", regex=True))


def _two(path: Path, plant: str, other: str, name: str) -> pd.DataFrame:
    return pd.read_csv(path)[[plant, other]].set_axis(["plant", name], axis=1).drop_duplicates()


def find_arcs(freight: Freight) -> Arcs:
    """Take the hurdles one after the other, with every plant still in question for each order."""
    orders = freight.orders.assign(row=np.arange(len(freight.orders)))
    made = orders.merge(freight.makes, on="product")
    named = set(freight.named["plant"])
    allowed = set(zip(freight.named["plant"], freight.named["customer"], strict=True))
    pairs = zip(made["plant_y"], made["customer"], strict=True)
    open_to = made[[plant not in named or (plant, customer) in allowed for plant, customer in pairs]]
    at_port = open_to.merge(freight.ports, left_on="plant_y", right_on="plant")
    fetched = at_port[at_port["service"] == FETCHED].assign(freight=0.0)
    sent = at_port[at_port["service"] != FETCHED].merge(freight.lanes, on=["port", "to", "service"])
    fits = sent[(sent["least"] <= sent["kg"]) & (sent["kg"] <= sent["most"])]
    priced = pd.concat([fetched, fits.assign(freight=_freight(fits))])
    cheapest = priced.groupby(["row", "plant_y"], as_index=False)[["freight", "units"]].min()
    passed = [made, open_to, at_port, pd.concat([fetched, sent]), priced]
    cost = cheapest["units"] * cheapest["plant_y"].map(freight.unit_cost) + cheapest["freight"]
    return Arcs(
        order=cheapest["row"].to_numpy(np.int64),
        plant=freight.capacity.index.get_indexer(pd.Index(cheapest["plant_y"])).astype(np.int64),
        cost=np.rint(cost.to_numpy() * SCALE).astype(np.int64),
        hurdle=_first_failed([table["row"].unique() for table in passed], len(orders)),
    )


def _freight(lanes: pd.DataFrame) -> pd.Series:
    """Give the price of each lane: by air at least the minimum, on the ground by weight alone."""
    by_weight = lanes["rate"] * lanes["kg"]
    return by_weight.where(lanes["mode"] == "GROUND", by_weight.clip(lower=lanes["minimum"]))


def _first_failed(passed: Sequence[IntArray], orders: int) -> IntArray:
    failed = np.full(orders, -1, dtype=np.int64)
    for hurdle in reversed(range(len(passed))):
        failed[~np.isin(np.arange(orders), passed[hurdle])] = hurdle
    return failed


def capacities(freight: Freight) -> dict[str, IntArray]:
    """Give orders a day per plant in each variant: none, historical, as listed, and scaled to all orders."""
    listed = freight.capacity.to_numpy(np.int64)
    orders = len(freight.orders)
    ran = freight.orders["plant"].value_counts().reindex(freight.capacity.index, fill_value=0)
    return {
        "U": np.full(len(listed), orders, dtype=np.int64),
        "H": np.maximum(listed, ran.to_numpy(np.int64)),
        "A": listed,
        "S": -(-listed * orders // int(listed.sum())),
    }


def request(freight: Freight, arcs: Arcs, capacity: IntArray) -> dict[str, Any]:
    """Give the arguments of ``allocate``: as many orders as possible, then as cheap as possible."""
    worth = int(arcs.cost.sum()) + 1
    demand = np.ones(len(freight.orders), dtype=np.int64)
    return {
        "need": arcs.order, "offer": arcs.plant, "score": worth - arcs.cost,
        "demand": demand, "capacity": capacity,
    }  # fmt: skip


def cost_of(arcs: Arcs, quantity: IntArray) -> float:
    """Give what a plan costs, in the currency unit."""
    return int(arcs.cost @ quantity) / SCALE


def reasons(arcs: Arcs, capacity: IntArray, quantity: IntArray) -> dict[int, str]:
    """Give for each order row that the plan leaves out what stands in its way, a key of ``REASONS``.

    Raises
    ------
    ValueError
        If an order is left out although a plant that it may go to has room: such a plan is not the largest.
    """
    served = np.zeros(len(arcs.hurdle), dtype=np.bool_)
    served[arcs.order[quantity > 0]] = True
    load = np.bincount(arcs.plant, quantity, minlength=len(capacity))
    room: BoolArray = load[arcs.plant] < capacity[arcs.plant]
    idle = np.setdiff1d(arcs.order[room], np.flatnonzero(served))
    if len(idle):
        raise ValueError(f"order rows {idle.tolist()} are left out although a plant has room for them")
    left = np.flatnonzero(~served)
    return {row: HURDLES[hurdle] if hurdle >= 0 else "capacity"
            for row, hurdle in zip(left.tolist(), arcs.hurdle[left].tolist(), strict=True)}  # fmt: skip
