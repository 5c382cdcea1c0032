"""Every format of logs, on samples that others wrote and on like-shaped ones; docs/logs.md tells what each proves."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from pmdraft.ingest.log_entry import LogEntry
from pmdraft.ingest.log_level import level_of
from pmdraft.ingest.log_reader import LogFile
from pmdraft.ingest.logs import read_log
from pmdraft.ingest.window import Window

DATA = Path(__file__).parent.parent / "data" / "logs"
DOCS = Path(__file__).parent.parent.parent / "docs" / "logs.md"
TOKYO = ZoneInfo("Asia/Tokyo")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
WINDOW = Window(datetime(2025, 10, 27, tzinfo=UTC), datetime(2025, 10, 28, tzinfo=UTC))
NIGHT_OF_THE_CLOCKS = Window(datetime(2013, 11, 3, tzinfo=UTC), datetime(2013, 11, 4, tzinfo=UTC))


class Sample(NamedTuple):
    """A sample: the levels of its entries by their initials, and when and how the first begins."""

    file: str
    levels: str
    at: str
    text: str


SAMPLES = [
    Sample(
        "logfile_access_log.0", "III", "2009-07-20T22:59:26+00:00", '192.168.202.254 "GET /vmw/cgi/tramp HTTP/1.0" 20'
    ),
    Sample(
        "logfile_ansi.1", "IIIIIIIIII", "2025-09-19T00:24:04+00:00", "Tims-MacBook-Air AMPDeviceDiscoveryAgent[17600]:"
    ),
    Sample(
        "logfile_bad_syslog.0", "WIWI", "2025-11-03T00:23:38+00:00", "veridian automount[7998]: lookup(file): lookup f"
    ),
    Sample(
        "logfile_bunyan.0",
        "DDDIDDDDDD",
        "2023-03-24T14:26:16.243000+00:00",
        "DEBUG [renovate] Found gitlabci-include package ",
    ),
    Sample(
        "logfile_caddy_log.0",
        "IIIIWIWIWWIIIIIIIWIIIIIIIWIWWWIIIIIIIII",
        "2025-10-21T04:10:22.315276+00:00",
        "caddy: INFO maxprocs: Leaving GOMAXPROCS=12: CPU",
    ),
    Sample("logfile_crlf.0", "DW", "2012-07-02T01:22:40.672000+00:00", "DEBUG:foo bar baz"),
    Sample(
        "logfile_docker_compose.0",
        "IIWIIIIIIIW",
        "2024-04-24T20:32:35.018000+00:00",
        "redis-1: oO0OoO0OoO0Oo Redis is starting oO0OoO0",
    ),
    Sample(
        "logfile_docker_compose_with_ts.0",
        "IIWIIIIIIIIIWIIIIIIIII",
        "2024-04-25T05:32:35.584725+00:00",
        "web-1: * Serving Flask app 'app.py'",
    ),
    Sample(
        "logfile_dst.0", "IIIIIIIIII", "2025-11-02T16:01:03+00:00", "Tims-MacBook-Air syslogd[634]: ASL Sender Statis"
    ),
    Sample("logfile_epoch.1", "II", "2015-04-09T10:58:07.123000+00:00", "Hello, World!"),
    Sample(
        "logfile_haproxy.0",
        "IIIIIIIIIIIIIWIII",
        "2019-02-25T07:19:38+00:00",
        "192.168.4.2 haproxy[1]: Proxy prod_http_in start",
    ),
    Sample(
        "logfile_invalid_tz.0",
        "EE",
        "2015-04-24T12:08:10.313913+00:00",
        "FOO err rbd  [22968]lotuscreds:ERROR:Could not r",
    ),
    Sample(
        "logfile_java.0",
        "IIIIIIIIIIIIIIIIIIII",
        "2025-01-23T22:00:30.139000+00:00",
        "INFO [background-preinit       ] Version        ",
    ),
    Sample(
        "logfile_java.1",
        "IIIIIIIIIIIIIIIIIIII",
        "2025-01-23T22:00:31.139000+00:00",
        "INFO [background-preinit       ] Version        ",
    ),
    Sample(
        "logfile_journald.json",
        "FI",
        "2018-08-21T14:04:21.221373+00:00",
        "FATAL [python] GPS Reference longitude: 7.358143",
    ),
    Sample(
        "logfile_json.json",
        "DIIDDDDDIWEFF",
        "2013-09-06T20:00:48.124817+00:00",
        "TRACE [com.example.foo.bar.bazzer] trace test",
    ),
    Sample("logfile_json2.json", "IID", "2013-09-06T20:00:49.124817+00:00", "Starting up service"),
    Sample(
        "logfile_json_invalid.json",
        "DIIDDDDIWEFF",
        "2013-09-06T20:00:48.124817+00:00",
        "TRACE [com.example.foo.bar.bazzer] trace test",
    ),
    Sample(
        "logfile_logfmt.0",
        "EWIIE",
        "2021-09-15T21:17:10.220731+00:00",
        "ERROR error retrieving pod status: pod inc-1-enh",
    ),
    Sample("logfile_mixed_json2.json", "DIIIDDDDDIWEFF", "2013-09-06T20:00:48.124817+00:00", "TRACE trace test"),
    Sample("logfile_multiline.0", "DE", "2009-07-20T13:59:27.672000+00:00", "DEBUG:Hello, World!"),
    Sample(
        "logfile_muxed_syslog.0",
        "WIWIIIIIIIIIIW",
        "2007-11-02T21:24:38+00:00",
        "[logfile_syslog.0] Nov  3 09:23:38 veridian auto",
    ),
    Sample(
        "logfile_mysql_error.0",
        "IWII",
        "2020-08-06T14:25:02.835618+00:00",
        "0 [Note] [MY-012487] [InnoDB] DDL log recovery :",
    ),
    Sample(
        "logfile_mysql_gen.0",
        "IIIIIIIIIIIIII",
        "2025-08-15T14:03:50.259438+00:00",
        "9 Query\tset global log_output = 'FILE'",
    ),
    Sample("logfile_nested_json.json", "DIIDDDDDIWEFF", "2013-09-06T20:00:48.124817+00:00", "TRACE trace test"),
    Sample("logfile_openam.0", "II", "2014-06-14T16:04:52+00:00", '"http://localhost:8086|/|<samlp:Response xmlns:s'),
    Sample("logfile_pino.0", "I", "2025-04-24T22:08:37.537000+00:00", "INFO [payment] Charge request received."),
    Sample(
        "logfile_postgres.0",
        "IIIIIIIIIEIIIIIIIIII",
        "2025-08-13T08:45:01.123000+00:00",
        "LOG:  starting PostgreSQL 15.4 on x86_64-pc-linu",
    ),
    Sample(
        "logfile_postgres.2",
        "EE",
        "2025-08-16T11:02:58.095000+00:00",
        "ERROR:  invalid input syntax for type json at ch",
    ),
    Sample(
        "logfile_procstate.0", "III", "2022-06-02T00:01:01+00:00", "========== Start of system state dump at ======="
    ),
    Sample(
        "logfile_rollover.1", "WIWIW", "2025-11-03T00:23:38+00:00", "veridian automount[7998]: lookup(file): lookup f"
    ),
    Sample("logfile_syslog.0", "WIWI", "2025-11-03T00:23:38+00:00", "veridian automount[7998]: lookup(file): lookup f"),
    Sample("logfile_syslog.3", "IIIIIII", "2025-08-15T15:10:45+00:00", "Tims-Air syslogd[314]: ASL Sender Statistics"),
    Sample(
        "logfile_syslog_with_access_log.0",
        "IIIWI",
        "2026-01-03T00:47:02+00:00",
        "veridian sudo: timstack : TTY=pts/6 ; PWD=/auto/",
    ),
    Sample("logfile_tai64n.0", "IIIIIIIIII", "2005-09-22T03:31:05.997071+00:00", "tcpserver: status: 5/30"),
    Sample(
        "logfile_vdsm.0",
        "IEDDI",
        "2011-12-04T22:04:56.101000+00:00",
        "MainThread::INFO:: vdsm::71::vds::(run) I am the",
    ),
    Sample(
        "logfile_w3c.3", "III", "2012-08-15T08:00:00.363000+00:00", '1.2.3.4 GET /Products/theProduct - 80 - "70.95.0'
    ),
    Sample(
        "own/apache_error.log",
        "IEE",
        "2025-10-27T05:22:40.123456+00:00",
        "[mpm_event:notice] [pid 1:tid 140] AH00489: Apac",
    ),
    Sample("own/cloudfront.log", "IE", "2025-10-27T05:23:04+00:00", "NRT57-P1 4390 10.0.3.7 GET d111.cloudfront.net /"),
    Sample("own/cloudwatch_filter_log_events.json", "IE", "2025-10-27T05:23:04.123000+00:00", "INFO server started"),
    Sample("own/cloudwatch_insights.csv", "EI", "2025-10-27T05:23:05+00:00", 'ERROR order failed: "pool empty"'),
    Sample(
        "own/cloudwatch_insights_cli.json",
        "EI",
        "2025-10-27T05:23:05+00:00",
        "[ERROR] TimeoutError: no answer after 30 s",
    ),
    Sample("own/cloudwatch_insights_console.json", "EI", "2025-10-27T05:23:05+00:00", "ERROR acquire failed"),
    Sample(
        "own/docker_json_file.jsonl",
        "IE",
        "2025-10-27T05:23:04.123456+00:00",
        "2025-10-27 14:23:04,123 INFO payments.worker sta",
    ),
    Sample("own/ecs.jsonl", "EE", "2025-10-27T05:23:04.123000+00:00", "ERROR [checkout] order failed"),
    Sample("own/elasticsearch.json", "EI", "2025-10-27T05:23:05+00:00", "ERROR acquire failed"),
    Sample("own/epoch.log", "IEW", "2025-10-27T05:23:04+00:00", "INFO server started"),
    Sample("own/go_panic.log", "IEI", "2025-10-27T05:23:04+00:00", "listening on :8080"),
    Sample("own/google_cloud.json", "EI", "2025-10-27T05:23:04.123456+00:00", "ERROR upstream request timeout"),
    Sample("own/hadoop.log", "IWI", "2025-10-27T05:22:40+00:00", "148 INFO dfs.DataNode$PacketResponder: PacketRes"),
    Sample("own/japanese.log", "IEW", "2025-10-27T05:23:04+00:00", "[情報] 注文サービスを起動しました"),
    Sample(
        "own/java_trace.log",
        "EIE",
        "2025-10-27T05:23:04.123000+00:00",
        "ERROR [http-nio-8080-exec-7] c.e.api.OrderContro",
    ),
    Sample(
        "own/java_util_logging.log",
        "EI",
        "2025-10-27T05:23:05+00:00",
        "com.example.api.Pool acquire SEVERE: no connecti",
    ),
    Sample(
        "own/klog.log", "IWEF", "2025-10-27T05:22:40.000123+00:00", "controller.go:181] Starting endpoint controller"
    ),
    Sample(
        "own/kubectl_prefix.log",
        "EII",
        "2025-10-27T05:23:04.123456+00:00",
        "pod/api-7d9f-abcde/api: ERROR request failed",
    ),
    Sample("own/logrus.log", "IEF", "2025-10-27T05:23:04+00:00", "INFO server started"),
    Sample("own/loki.json", "EEI", "2025-10-27T05:23:05+00:00", "ERROR [checkout] acquire failed: pool empty"),
    Sample("own/mysql_5_5.log", "IEW", "2025-10-26T17:20:08+00:00", "[Note] /usr/sbin/mysqld: ready for connections."),
    Sample(
        "own/nginx_access.log",
        "IEEEIW",
        "2025-10-27T05:22:58+00:00",
        '10.0.3.7 "GET /v1/items/6686?page=2 HTTP/1.1" 20',
    ),
    Sample("own/nginx_error.log", "IEWF", "2025-10-27T05:22:40+00:00", "[notice] 1#1: signal process started"),
    Sample("own/node_trace.log", "IEW", "2025-10-27T05:23:04.123000+00:00", "info: listening on 3000"),
    Sample(
        "own/python_trace.log",
        "EII",
        "2025-10-27T05:23:04.123000+00:00",
        "ERROR payments.worker charge failed for order 88",
    ),
    Sample("own/spark.log", "IWEI", "2025-10-27T05:22:40+00:00", "INFO executor.CoarseGrainedExecutorBackend: Got "),
    Sample(
        "own/syslog_3164_priority.log",
        "FII",
        "2025-10-27T05:23:04+00:00",
        "db-1 postgres[771]: could not fork new process f",
    ),
    Sample(
        "own/syslog_5424.log",
        "IEE",
        "2025-10-27T05:23:04.003000+00:00",
        "api-1.example.com checkout[8710]: pool at 90 of ",
    ),
    Sample("own/zap.jsonl", "IEF", "2025-10-27T05:23:00.315276+00:00", "INFO server started"),
]


def entries(file: str, zone: ZoneInfo = TOKYO, window: Window = WINDOW) -> list[LogEntry]:
    """The entries of a sample in the order of their lines."""
    with LogFile(DATA / file, zone, window) as log:
        return sorted(log, key=lambda entry: entry.line)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.file)
def test_a_sample_is_read_sensibly(sample: Sample) -> None:
    found = entries(sample.file)

    assert "".join((level_of(e.text) if e.level is None else e.level).name[0] for e in found) == sample.levels
    assert (found[0].at.isoformat(), found[0].text[: len(sample.text)]) == (sample.at, sample.text)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.file)
def test_the_counts_of_a_sample_add_up(sample: Sample) -> None:
    items, count = read_log(DATA / sample.file, TOKYO, Window())

    assert count.read == count.used + sum(count.skipped.values())
    assert count.used == sum(item.count for item in items)
    assert sum(item.count for item in count.left_out) == sum(count.skipped.values())


def test_every_sample_is_read_and_in_the_docs() -> None:
    kept = {str(path.relative_to(DATA)) for path in DATA.rglob("*") if path.is_file()} - {"logfile_empty.0"}
    told = DOCS.read_text(encoding="utf-8")

    assert {sample.file for sample in SAMPLES} == kept
    assert [name for name in sorted(kept) if f"`{name}`" not in told] == []


def further_lines(file: str, number: int) -> list[str]:
    """The lines that follow the first one of an entry."""
    return list(entries(file)[number].more)


@pytest.mark.parametrize(
    ("file", "number", "first", "last", "length"),
    [
        ("own/java_trace.log", 0, "org.springframework.jdbc.Cannot", "\t... 54 common frames omitted", 6),
        ("own/python_trace.log", 0, "Traceback (most recent", "TimeoutError: no answer since 2025-10-27T05:22:34Z", 6),
        ("own/python_trace.log", 1, "During handling of the above", "queue.Full", 5),
        ("own/go_panic.log", 1, "goroutine 34 [running]:", "\t/srv/cart/cart.go:41", 7),
        ("own/node_trace.log", 1, "TypeError: Cannot read", "}", 5),
        ("own/klog.log", 3, "goroutine 1 [running]:", "\t/go/pkg/mod/k8s.io", 3),
        ("own/java_util_logging.log", 0, "java.util.concurrent.TimeoutException", "\tat com.example.api.Pool", 2),
        ("own/spark.log", 2, "java.lang.OutOfMemoryError: Java heap space", "\tat java.util.Arrays", 2),
        ("own/ecs.jsonl", 0, "java.sql.SQLException: pool empty", "\tat com.example.Pool", 2),
        ("own/zap.jsonl", 1, "main.(*pool).acquire", "\t/srv/main.go:12", 4),
        ("own/cloudwatch_insights_cli.json", 0, "Traceback (most recent", '  File "/var/task/app.py"', 2),
        ("own/cloudwatch_insights.csv", 0, "java.sql.SQLException", "\tat com.example.Pool", 2),
        ("logfile_vdsm.0", 1, 'File "/usr/share/vdsm/vdsm", line 72, in run', "libvirtError: Failed to connect", 11),
        ("logfile_mixed_json2.json", 3, "panic: foo bar failed baz", "   level3.py:42", 4),
        ("logfile_multiline.0", 0, "  How are you today?", "  How are you today?", 1),
        ("logfile_postgres.2", 0, "DETAIL:  Token", "STATEMENT:      SELECT", 3),
        ("logfile_syslog.3", 2, '\tASL Module "com.apple.cdscheduler"', "\tThose messages may not appear", 2),
    ],
)
def test_what_follows_an_entry_is_part_of_it(file: str, number: int, first: str, last: str, length: int) -> None:
    more = further_lines(file, number)

    assert more[0].startswith(first)
    assert more[-1].startswith(last)
    assert len(more) == length


def test_lines_of_several_pods_do_not_get_mixed_up() -> None:
    assert further_lines("own/kubectl_prefix.log", 0) == [
        "Traceback (most recent call last):",
        "TimeoutError: pool empty",
    ]


def test_colours_are_removed() -> None:
    assert entries("logfile_ansi.1")[1].text == (
        "Tims-MacBook-Air AMPDeviceDiscoveryAgent[17600]: tid:1d1f - Can't handle disconnect with invalid ecid"
    )


def test_where_clocks_are_put_back_time_goes_on() -> None:
    found = entries("logfile_dst.0", LOS_ANGELES, NIGHT_OF_THE_CLOCKS)

    assert [entry.at.strftime("%H:%M") for entry in found[:6]] == ["08:01", "08:13", "08:23", "08:41", "08:59", "09:24"]
    assert found[-1].at == datetime(2013, 11, 3, 10, 25, 2, tzinfo=UTC)
    assert [entry.at for entry in found] == sorted(entry.at for entry in found)


def test_a_log_that_goes_over_new_year_has_two_years() -> None:
    around_new_year = Window(datetime(2007, 12, 31, tzinfo=UTC), datetime(2008, 1, 1, tzinfo=UTC))

    found = entries("logfile_rollover.1", TOKYO, around_new_year)

    assert [entry.at.year for entry in found] == [2007, 2007, 2007, 2007, 2008]


def test_a_log_that_tells_its_year_in_its_lines_is_of_that_year_whatever_the_window() -> None:
    assert {entry.at.year for entry in entries("logfile_haproxy.0", window=WINDOW)} == {2019}
