"""Wrong people, hosts, services, versions and identifiers."""

import re
from collections.abc import Iterator
from random import Random

from evals.mutations.mutant import Mutant, Place, replaced
from pmdraft.evidence import Person

_HOST = re.compile(
    r"(?<![\w/.-])[a-z]{2,12}(?:-[a-z]{2,12}){0,2}-(?:\d{1,2}|[a-d])(?![\w.-]|[,、→〜~/]\s?\d)|\b[a-z]{2}-[a-z]{4,9}-\d\b"
)
_SERVICE = re.compile(
    r"(?<![\w/.`-])(?:[a-z]{2,12}-(?:api|db|gateway|worker|service|server|sync|proxy|network)|(?!API|DB|CPU)[A-Z][a-z]*(?:[A-Z][a-z]+)+)(?![\w.-])"
)
_VERSION = re.compile(r"\bv?\d{1,3}\.\d{1,3}\.\d{1,3}\b")
_ID = re.compile(r"(?<![\w/])#\d{2,6}\b|\b[A-Z]{2,5}-\d{2,5}\b|(?<=\bjob )\d{4,6}\b|(?<=migration )\d{4}\b")
_IDENTIFIER = re.compile(r"(?<![\w/])/[a-z0-9]+(?:/[a-z_-]+)+|(?<![\w.])[a-z]+_[a-z_]+(?![\w.])")
_OTHER_SERVICES = (
    "payments-api",
    "auth-service",
    "ledger-db",
    "edge-proxy",
    "mail-worker",
    "RateLimiter",
    "SessionStore",
)
_OTHER_SOFTWARE = ("Memcached", "Cassandra", "RabbitMQ", "Fastly", "Vault")
_SOFTWARE = re.compile(
    r"(?<![\w/.-])(?:Redis|PgBouncer|Grafana|Elasticsearch|Postgres(?:QL)?|Kubernetes|terraform|Terraform|Alertmanager|PagerDuty|Statuspage|NAT|Binder)(?![\w.-])"
)


def hosts(place: Place, random: Random) -> Iterator[Mutant]:
    """Each host or region made one beside it."""
    for match in _HOST.finditer(place.statement.text):
        yield from replaced("host", place, match.span(), _beside(match[0], random))


def services(place: Place, random: Random) -> Iterator[Mutant]:
    """Each service or product made another."""
    for match in _SERVICE.finditer(place.statement.text):
        yield from replaced("service", place, match.span(), random.choice(_OTHER_SERVICES))
    for match in _SOFTWARE.finditer(place.statement.text):
        yield from replaced("service", place, match.span(), random.choice(_OTHER_SOFTWARE))


def versions(place: Place, random: Random) -> Iterator[Mutant]:
    """Each version made the one after it, or another."""
    for match in _VERSION.finditer(place.statement.text):
        parts = match[0].split(".")
        at = random.choice([1, 2])
        parts[at] = str(int(parts[at]) + random.choice([1, 1, 2, 9]))
        yield from replaced("version", place, match.span(), ".".join(parts))


def identifiers(place: Place, random: Random) -> Iterator[Mutant]:
    """Each ticket, job, path or setting made another."""
    for match in _ID.finditer(place.statement.text):
        head, number = re.fullmatch(r"(\D*)(\d+)", match[0]).groups()  # type: ignore[union-attr]  # the pattern has both
        changed = (int(number) + random.choice([1, 2, 10, 90])) % 10 ** len(number)
        yield from replaced("id", place, match.span(), f"{head}{changed:0{len(number)}}")
    for match in _IDENTIFIER.finditer(place.statement.text):
        stem = re.sub(r"[a-z]+$", "", match[0])
        yield from replaced("id", place, match.span(), stem + random.choice(["refund", "timeout", "limit", "history"]))


def people(place: Place, random: Random) -> Iterator[Mutant]:
    """Each person made another: one who is not in what is cited, or (`agent`) one who is."""
    known = place.draft.incident.by_id()
    roster = [person for person in place.draft.incident.people if not person.is_bot]
    cited = [known[name] for name in place.statement.evidence]
    near = [known[item.thread] for item in cited if item.thread in known]
    said = "\n".join(f"{item.author} {item.text}" for item in (*cited, *near))
    for person in roster:
        for span in _mentions(person, place.statement.text):
            inside = [other for other in roster if other is not person and _mentions(other, said)]
            outside = [other for other in roster if other is not person and not _mentions(other, said)]
            for kind, others in (("name", outside), ("agent", inside)):
                if others:
                    yield from replaced(kind, place, span, random.choice(others).handle)


def _mentions(person: Person, text: str) -> list[tuple[int, int]]:
    names = sorted({name for name in (person.handle, *person.names) if name}, key=len, reverse=True)
    if not names:
        return []
    pattern = "|".join(re.escape(name) for name in names)
    return [match.span() for match in re.finditer(rf"(?<![A-Za-z0-9_-])(?:{pattern})(?![A-Za-z0-9_-])", text)]


def _beside(host: str, random: Random) -> str:
    if re.match(r"[a-z]{2}-[a-z]{4,9}-\d$", host) and host[:2] in ("us", "eu", "ap"):
        return random.choice([other for other in ("us-east-1", "eu-west-1", "ap-northeast-1") if other != host])
    stem, last = host.rsplit("-", 1)
    if last.isdigit():
        return f"{stem}-{int(last) + random.choice([1, 2, 5])}"
    return f"{stem}-{random.choice([letter for letter in 'abcd' if letter != last])}"
