"""Asking a forge over HTTP: one client for all three. It waits where it is asked to, tries again
where that may help, and says in a sentence what went wrong. The token is in the header of each
request and in nothing that is shown, kept or raised.
"""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any, Final, TypeVar

import httpx
from tenacity import RetryCallState, Retrying, retry_if_result, stop_after_attempt, wait_exponential

from ...base.messages import Message, _
from . import ForgeError
from .answers import Reason, Row, not_understood, understand

TRIES: Final = 5
LONGEST_PAUSE: Final = 90.0
"""Seconds we wait when a forge asks to: a job that sleeps for an hour is no use to anybody."""
MOST_PAGES: Final = 1000
R = TypeVar("R", bound=Row)
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_DIGITS = re.compile(r"[0-9]{1,12}")
_VERSION = re.compile(r"(?:/v[34])?/?\Z")
_TOKEN = re.compile(r"[\x21-\x7e]{1,4000}")


def rest(seconds: float) -> None:
    """Wait before a forge is asked again."""
    time.sleep(seconds)


class Refused(ForgeError):
    """An answer that is no success; `said` are the forge's own words."""

    def __init__(self, message: Message, status: int, said: str = "") -> None:
        super().__init__(message)
        self.status, self.said = status, said


@dataclass(frozen=True)
class _Try:
    """One request: its answer, or what went wrong; with `pause` it may be tried again after so many
    seconds (0: as we like).
    """

    answer: httpx.Response | None = None
    trouble: ForgeError | None = None
    pause: float | None = None


class Client:
    """Asks one forge as one account. `base` is the address that all paths begin with; `scheme` the
    word before the token.
    """

    def __init__(
        self,
        base: str,
        token: str,
        scheme: str = "Bearer",
        seconds: float = 30,
        sleep: Callable[[float], None] = rest,
    ) -> None:
        self._base, self._token, self._sleep = _address(base), token, sleep
        if not _TOKEN.fullmatch(token):
            raise ForgeError(_("The token is empty, or holds a character that no token holds."))
        headers = {
            "Authorization": f"{scheme} {token}",
            "Accept": "application/json",
            "User-Agent": "coopbook",
        }
        timeout = httpx.Timeout(seconds, connect=min(seconds, 10))
        # Each request has a connection of its own: a forge may close one that is kept, and what
        # was sent then must not be sent again (a comment would stand there twice).
        self._http = httpx.Client(
            headers=headers,
            timeout=timeout,
            verify=_trust(),
            follow_redirects=False,
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def __repr__(self) -> str:
        return f"Client({str(self._base)!r})"

    @property
    def host(self) -> str:
        """Whom we ask, for messages."""
        return self._base.host

    def get(self, path: str, **query: str | int) -> Any:
        """What a path holds."""
        return self._json(self._ask("GET", self._url(path, query)))

    def send(self, method: str, path: str, body: dict[str, Any], again: bool = False) -> Any:
        """Change something; None where nothing is answered. `again`: done twice it does no harm, so
        it may be tried again.
        """
        answer = self._ask(method, self._url(path, {}), body, again or method != "POST")
        return self._json(answer) if answer.content.strip() else None

    def query(self, words: str, **variables: Any) -> Any:
        """What the other interface (GraphQL) of GitHub or GitLab answers to a question, which
        changes nothing; None where our token may not ask there, or there is none. It lies beside
        the one with a version in its path.
        """
        url = httpx.URL(f"{_VERSION.sub('', str(self._base))}/graphql")
        try:
            return self._json(self._ask("POST", url, {"query": words, "variables": variables}))
        except Refused as refused:
            if refused.status >= 500:
                raise
        return None

    def rows(self, path: str, kind: type[R], **query: str | int) -> list[R]:
        """All rows of a list, whatever the number of pages, each `id` once."""
        found: dict[int, R] = {}
        for page in self._pages(path, query, found):
            for one in page:
                row = understand(one, kind)
                found.setdefault(row.id, row)
        return list(found.values())

    def _pages(
        self, path: str, query: dict[str, str | int], found: dict[int, Any]
    ) -> Iterator[list[Any]]:
        url: httpx.URL | None = self._url(path, query)
        largest = 1
        for number in range(1, MOST_PAGES + 1):
            if url is None:
                return
            answer = self._ask("GET", url)
            page = self._json(answer)
            if not isinstance(page, list):
                raise not_understood("[…]")
            yield page
            largest = max(largest, len(page))
            url = self._next(answer, number, len(found), largest)
        raise ForgeError(_("The list that {host} gives has no end.", host=self.host))

    def _next(
        self, answer: httpx.Response, number: int, had: int, largest: int
    ) -> httpx.URL | None:
        """The next page. GitLab names it, GitHub links to it, Forgejo only says how many rows there
        are in all, and may show fewer.
        """
        named, total = answer.headers.get("x-next-page"), answer.headers.get("x-total-count", "")
        if named is not None:
            return answer.url.copy_set_param("page", named) if _DIGITS.fullmatch(named) else None
        if _DIGITS.fullmatch(total):
            return (
                answer.url.copy_set_param("page", number + 1)
                if had < int(total) and number * largest < int(total)
                else None
            )
        link = answer.links.get("next", {}).get("url")
        return self._ours(answer.url, link) if link else None

    def _url(self, path: str, query: dict[str, str | int]) -> httpx.URL:
        found = httpx.URL(f"{str(self._base).rstrip('/')}/{path}")
        return found.copy_merge_params(query) if query else found

    def _ours(self, at: httpx.URL, link: str) -> httpx.URL:
        """An address that an answer sends us to: the token goes to no other host."""
        found = _join_address(at, link)
        if found is None:
            raise not_understood("Location")
        if (found.scheme, found.host, found.port) != (
            self._base.scheme,
            self._base.host,
            self._base.port,
        ):
            raise ForgeError(
                _(
                    "{host} sends us to another address ({other}): has the repository moved? "
                    "Write its new address in coop.yml.",
                    host=self.host,
                    other=found.host,
                )
            )
        return found

    def _ask(
        self, method: str, url: httpx.URL, body: dict[str, Any] | None = None, again: bool = True
    ) -> httpx.Response:
        for _turn in range(4):
            answer = self._try(method, url, body, again)
            if not answer.has_redirect_location:
                return answer
            url = self._ours(answer.url, answer.headers["location"])
            if method != "GET":
                break
        raise ForgeError(
            _(
                "{host} sends us from one address to the next: has the repository moved? "
                "Write its new address in coop.yml.",
                host=self.host,
            )
        )

    def _try(
        self, method: str, url: httpx.URL, body: dict[str, Any] | None, again: bool
    ) -> httpx.Response:
        tries = Retrying(
            stop=stop_after_attempt(TRIES),
            wait=_pause,
            retry=retry_if_result(lambda found: found.pause is not None),
            retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
            sleep=self._sleep,
        )
        found: _Try = tries(self._once, method, url, body, again)
        if found.answer is None:
            raise found.trouble or not_understood("…")
        return found.answer

    def _once(self, method: str, url: httpx.URL, body: dict[str, Any] | None, again: bool) -> _Try:
        """No exception of httpx leaves this: they hold the request, and that the token."""
        pause = 0.0 if again else None
        try:
            answer = self._http.request(method, url, json=body)
        except httpx.TimeoutException:
            return _Try(
                trouble=ForgeError(_("{host} did not answer in time.", host=self.host)), pause=pause
            )
        except httpx.HTTPError as error:
            why = self._clean(str(error) or type(error).__name__)
            return _Try(
                trouble=ForgeError(
                    _("{host} cannot be reached ({reason}).", host=self.host, reason=why)
                ),
                pause=pause,
            )
        if answer.is_success or answer.has_redirect_location:
            return _Try(answer)
        return self._refusal(answer, pause)

    def _refusal(self, answer: httpx.Response, pause: float | None) -> _Try:
        status, said = answer.status_code, self._clean(_words(answer))
        if status == 429 or (status == 403 and _is_limited(answer, said)):
            return self._too_many(answer, said)
        if status >= 500:
            return _Try(
                trouble=Refused(
                    _("{host} has a fault of its own ({status}).", host=self.host, status=status),
                    status,
                    said,
                ),
                pause=pause,
            )
        words = {
            401: _(
                "{host} does not accept the token: is it right, and not expired?", host=self.host
            ),
            403: _(
                "{host} refuses: the token has not the right to do this ({reason}).",
                host=self.host,
                reason=said,
            ),
            404: _(
                "{host} knows nothing at “{path}”, or the token may not see it.",
                host=self.host,
                path=answer.url.path,
            ),
        }
        other = _(
            "{host} refuses ({status}: {reason}).", host=self.host, status=status, reason=said
        )
        return _Try(trouble=Refused(words.get(status, other), status, said))

    def _too_many(self, answer: httpx.Response, said: str) -> _Try:
        """Wait as long as the forge wants, but not for ever."""
        pause = _asked_pause(answer)
        words = _(
            "{host} wants no more requests for the next {count} seconds.",
            host=self.host,
            count=round(pause),
        )
        return _Try(
            trouble=Refused(words, answer.status_code, said),
            pause=pause if pause <= LONGEST_PAUSE else None,
        )

    def _json(self, answer: httpx.Response) -> Any:
        try:
            return answer.json()
        except (ValueError, RecursionError):
            pass  # raised below, so that the error carries nothing of the answer
        raise ForgeError(
            _("{host} does not answer as a forge does: is its address right?", host=self.host)
        )

    def _clean(self, words: str) -> str:
        return " ".join(words.replace(self._token, "…").split())


@lru_cache
def _trust() -> ssl.SSLContext:
    """Whom we believe, read once: it takes longer than a request."""
    return httpx.create_ssl_context()


def _address(base: str) -> httpx.URL:
    try:
        found = httpx.URL(base)
    except httpx.InvalidURL:
        found = httpx.URL("")
    if (
        not found.host
        or found.userinfo
        or not (found.scheme == "https" or (found.scheme == "http" and found.host in _LOCAL))
    ):
        raise ForgeError(
            _("The forge's address must begin with https:// and hold no name or password.")
        )
    return found


def _join_address(at: httpx.URL, link: str) -> httpx.URL | None:
    try:
        return at.join(link)
    except httpx.InvalidURL:
        return None


def _words(answer: httpx.Response) -> str:
    """The reason that a forge gives, from whatever place each keeps it in."""
    try:
        found = answer.json()
    except (ValueError, RecursionError):
        return answer.reason_phrase
    said = understand(found, Reason).words if isinstance(found, dict) else ""
    return said or answer.reason_phrase


def _is_limited(answer: httpx.Response, said: str) -> bool:
    """Whether a 403 means "later": GitHub says so by headers, or only in words (its secondary rate
    limits).
    """
    return (
        "retry-after" in answer.headers
        or answer.headers.get("x-ratelimit-remaining") == "0"
        or "rate limit" in said.lower()
    )


def _asked_pause(answer: httpx.Response) -> float:
    """Seconds. A reset is an instant: it is compared with the answer's own date, so that no clock
    of ours matters.
    """
    after = answer.headers.get("retry-after", "")
    if _DIGITS.fullmatch(after):
        return float(after)
    reset = answer.headers.get("x-ratelimit-reset") or answer.headers.get("ratelimit-reset") or ""
    try:
        sent = parsedate_to_datetime(answer.headers.get("date", ""))
        until = (
            parsedate_to_datetime(after).timestamp()
            if after
            else float(reset if _DIGITS.fullmatch(reset) else "")
        )
    except (ValueError, TypeError, OverflowError):
        return 60.0
    return max(until - sent.timestamp(), 1.0)


def _pause(state: RetryCallState) -> float:
    found: _Try | None = state.outcome.result() if state.outcome else None
    return (found.pause if found and found.pause else 0.0) or wait_exponential(max=20)(state)
