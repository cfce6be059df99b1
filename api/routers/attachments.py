"""Files on their way out: always downloaded, never opened in the page."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Response

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment(name: str, content: bytes, media_type: str = "application/octet-stream") -> Response:
    """Answer with a file under its (Chinese) name."""
    header = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": header})
