"""Uploads: checked behind two walls before anything of them is believed.

::

    the bytes of an upload
      │  guard      size, kind, what an archive unpacks to, its furthest cell: no reader of sheets is called
      ▼
    checking ──► running ──► child (a process)    held to memory and time, ends with the service
                                │ read_listing    stops at rows, columns, cells
      CheckedList  ◄──  answer ◄┘                 findings as JSON; an error raised on purpose is one too
"""

from api.uploads.checked import CheckedList, CheckedRow
from api.uploads.checking import check_upload, returned_upload
from api.uploads.limits import UploadLimits

__all__ = ["CheckedList", "CheckedRow", "UploadLimits", "check_upload", "returned_upload"]
