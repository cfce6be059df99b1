"""The one sparse Program, and the kernels that build it: arrays in, arrays out, with a proof."""

from matching.assignment.allocate import allocate
from matching.assignment.allocation import Allocation
from matching.assignment.program import Program

__all__ = ["Allocation", "Program", "allocate"]
