"""How large a file may be before it is refused unread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from matching.errors import FileError
from matching.sheets.places import cell_name
from matching.words import Words

MIB = 2**20
#: an archive that unpacks to less is small whatever its ratio is; beyond, no real workbook packs as tightly
_SMALL, _TIGHTEST = 10 * MIB, 150


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bytes of a file as it is and unpacked; rows, columns and cells of a sheet from A1 to its last cell."""

    file: int = 100 * MIB
    unpacked: int = 200 * MIB
    rows: int = 1_048_576
    columns: int = 16_384
    cells: int = 5_000_000

    def check_file(self, size: int, path: Path) -> None:
        """Raise FileError for a file of too many bytes."""
        if size > self.file:
            most = f"{self.file / MIB:.6g}"
            raise FileError(
                Words(f"文件超过{most}MB，未读取", f"the file exceeds {most} MB and was not read"), str(path)
            )

    def check_unpacked(self, size: int, packed: int, path: Path) -> None:
        """Raise FileError for an archive that unpacks to too many bytes, at once or for its size."""
        most = f"{self.unpacked / MIB:.6g}"
        if size > self.unpacked:
            raise FileError(
                Words(
                    f"文件解压后超过{most}MB，未读取",
                    f"the file unpacks to over {most} MB and was not read",
                ),
                str(path),
            )
        if size > _SMALL and size > _TIGHTEST * packed:
            raise FileError(
                Words(
                    f"文件解压后超过原大小的{_TIGHTEST}倍，不像正常的表格，未读取",
                    f"the file unpacks to over {_TIGHTEST} times its size, as no real sheet does; not read",
                ),
                str(path),
            )

    def check_reach(self, last_row: int, last_column: int, path: Path) -> None:
        """Raise FileError for a sheet so wide or long that reading it would take all memory."""
        rows, columns = last_row + 1, last_column + 1
        if rows <= self.rows and columns <= self.columns and rows * columns <= self.cells:
            return
        last = cell_name(last_row, last_column)
        raise FileError(
            Words(
                f"表格范围到 {last}，过大（最多{self.rows}行、{self.columns}列、{self.cells}格）："
                "请删除数据区以外的单元格后另存为 .xlsx",
                f"the sheet reaches to {last}, too large (at most {self.rows} rows, {self.columns} columns, "
                f"{self.cells} cells): delete the cells outside the data and save again",
            ),
            str(path),
        )


#: what this library reads unless it is told otherwise
BOUNDS = Bounds()
