"""A hard invented market of industrial chains, made from a seed, whose hidden truth is known."""

from datasets.chain.market import ChainMarket, make_chain_market

__all__ = ["ChainMarket", "make_chain_market"]
