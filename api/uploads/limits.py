"""What checking one upload may take."""

from __future__ import annotations

from dataclasses import dataclass

from api.settings import MIB, Settings
from matching.sheets import Bounds


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """Bytes of a file, as it is and unpacked; seconds and bytes of memory to check it; size of a sheet."""

    size: int = 20 * MIB
    unpacked: int = 100 * MIB
    seconds: float = 60.0
    memory: int = 1024 * MIB
    rows: int = 50_000
    columns: int = 1_000
    cells: int = 2_000_000

    @classmethod
    def of(cls, settings: Settings) -> UploadLimits:
        """Take over what an operator may set."""
        return cls(
            size=settings.largest_upload, seconds=settings.upload_seconds, memory=settings.upload_memory
        )

    @property
    def bounds(self) -> Bounds:
        """What the reader of sheets is told."""
        return Bounds(self.size, self.unpacked, self.rows, self.columns, self.cells)
