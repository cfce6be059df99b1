"""Errors of the service: the library's, with the HTTP status each is answered with.

::

    ChainMatchError
    └── ApiError            500
        ├── RefusedError    422  what was asked for does not fit: a list of a wrong kind, an unknown name
        ├── NotFoundError   404  no such list, plan, policy, need or offer
        ├── StateError      409  not in this state: a list that is not confirmed, a plan that is not done
        ├── TooLargeError   413  an upload beyond a limit
        └── BusyError       503  no answer in time
"""

from __future__ import annotations

from typing import ClassVar

from matching import ChainMatchError, Words


class ApiError(ChainMatchError):
    """Base of what the service refuses; ``status`` is the HTTP status."""

    status: ClassVar[int] = 500


class RefusedError(ApiError):
    """What was asked for does not fit."""

    code = "refused"
    status = 422


class NotFoundError(ApiError):
    """There is nothing of this name."""

    code = "not_found"
    status = 404

    @classmethod
    def of(cls, kind: Words, name: object) -> NotFoundError:
        """Say of which kind nothing is called so."""
        return cls(Words(f"没有编号为 {name} 的{kind.zh}", f"there is no {kind.en} {name}"))


class StateError(ApiError):
    """The thing is there, but not in a state that allows this."""

    code = "state"
    status = 409


class TooLargeError(ApiError):
    """An upload is beyond a limit."""

    code = "too_large"
    status = 413


class BusyError(ApiError):
    """The service could not answer in time; asking again later may help."""

    code = "busy"
    status = 503
