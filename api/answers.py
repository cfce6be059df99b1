"""Errors as answers: the library's sentences with an HTTP status; requests that do not fit their types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from api.pages import error_page
from api.problems import ApiError
from api.schemas import Problem, Text
from matching import ChainMatchError, Words

#: where programs ask, who read JSON; elsewhere people do
PROGRAMS = ("/api/", "/healthz", "/readyz")
#: status of what the library refuses: the request was understood and does not fit
UNFIT = 422

_STATUS = {
    404: Words("没有这个地址", "there is no such address"),
    405: Words("这个地址不接受该方法", "this address does not take the method"),
}
#: what pydantic found (its kind of error) in words; ``{…}`` are the limits it names
_KINDS = {
    "missing": Words("必须给出", "must be given"),
    "extra_forbidden": Words("没有这个字段", "there is no such field"),
    "json_invalid": Words("不是有效的 JSON", "is no valid JSON"),
    "greater_than": Words("应大于 {gt}", "must be above {gt}"),
    "greater_than_equal": Words("应不小于 {ge}", "must be at least {ge}"),
    "less_than": Words("应小于 {lt}", "must be below {lt}"),
    "less_than_equal": Words("应不大于 {le}", "must be at most {le}"),
    "string_too_short": Words("至少 {min_length} 个字符", "must have at least {min_length} characters"),
    "string_too_long": Words("至多 {max_length} 个字符", "must have at most {max_length} characters"),
    "literal_error": Words("只能是 {expected}", "must be one of {expected}"),
    "int_parsing": Words("应为整数", "must be a whole number"),
    "int_type": Words("应为整数", "must be a whole number"),
    "int_from_float": Words("应为整数", "must be a whole number"),
    "float_parsing": Words("应为数字", "must be a number"),
    "float_type": Words("应为数字", "must be a number"),
    "finite_number": Words("应为有限的数", "must be a finite number"),
    "bool_parsing": Words("应为 true 或 false", "must be true or false"),
    "bool_type": Words("应为 true 或 false", "must be true or false"),
    "string_type": Words("应为文本", "must be text"),
    "string_unicode": Words("应为有效的 Unicode 文本", "must be valid Unicode text"),
    "dict_type": Words("应为对象", "must be an object"),
    "model_attributes_type": Words("应为对象", "must be an object"),
}
LONGEST_SHOWN = 60


def answer_errors(app: FastAPI) -> None:
    """Give every error raised on purpose its answer; others stay what they are, faults of the program."""
    app.add_exception_handler(ChainMatchError, _refused)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(HTTPException, _http)


def problem_of(error: ChainMatchError) -> Problem:
    """Say what was refused, in both languages."""
    message = Text(zh=error.say("zh"), en=error.say("en"))
    return Problem(code=error.code, message=message, where=error.where)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, ChainMatchError)
    return _answer(request, problem_of(error), error.status if isinstance(error, ApiError) else UNFIT)


def _unfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = [_finding(item) for item in error.errors()]
    where = ", ".join(dict.fromkeys(_place(item["loc"]) for item in error.errors()))
    message = Text(zh="；".join(item.zh for item in found), en="; ".join(item.en for item in found))
    return _answer(request, Problem(code="request", message=message, where=where), UNFIT)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = _STATUS.get(error.status_code, Words(f"请求有误：{error.detail}", f"bad request: {error.detail}"))
    problem = Problem(code=f"http_{error.status_code}", message=Text.of(words), where=request.url.path)
    return _answer(request, problem, error.status_code, error.headers)


def _answer(
    request: Request, problem: Problem, status: int, headers: Mapping[str, str] | None = None
) -> Response:
    if request.url.path.startswith(PROGRAMS):
        return JSONResponse(problem.model_dump(), status, headers)
    return error_page(request, problem, status)


def _finding(item: Mapping[str, Any]) -> Words:
    kind = _KINDS.get(item["type"], Words("不符合要求", str(item["msg"])))
    words = kind.fill_from(lambda name: item.get("ctx", {}).get(name))
    got, place = repr(item.get("input"))[:LONGEST_SHOWN], _place(item["loc"])
    return Words(f"{place} {words.zh}，得到 {got}", f"{place} {words.en}, got {got}")


def _place(location: Sequence[Any]) -> str:
    """Name the field, without the part of the request it stands in."""
    return ".".join(str(item) for item in location[1:]) or str(location[0])
