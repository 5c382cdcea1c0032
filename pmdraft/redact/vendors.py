"""Keys that their vendors marked with a beginning of their own, so that it alone tells them.

The beginnings and lengths are those that the vendors' own documentation and the rules of gitleaks
(<https://github.com/gitleaks/gitleaks>) name. Keys that look
like any hash are known by what stands beside them (`beside.py`).
"""

import re

from pmdraft.redact.beside import is_random
from pmdraft.redact.kinds import START, Kind

_HEX = "[a-fA-F0-9]"
_ALNUM = "[A-Za-z0-9]"
_WORD = "[A-Za-z0-9_-]"
_LONG = "[A-Za-z0-9_=./+%-]"
# Beginning of the key, and how the rest of it looks; the beginning is read as it stands, in any case.
_SHAPES = (
    *((name, f"{_WORD}{{20,300}}") for name in ("glagent-", "glimt-", "glft-", "glffct-", "gloas-", "GR1348941")),
    ("_gitlab_session=", f"{_ALNUM}{{32}}"),
    ("EZAK", f"{_ALNUM}{{54}}"),
    ("EZTK", f"{_ALNUM}{{54}}"),
    ("dt0c01.", f"{_ALNUM}{{24}}\\.{_ALNUM}{{64}}"),
    ("duffel_live_", f"{_LONG}{{40,60}}"),
    ("duffel_test_", f"{_LONG}{{40,60}}"),
    ("EAAM", f"{_ALNUM}{{80,400}}"),
    ("EAAC", f"{_ALNUM}{{80,400}}"),
    ("EAAA", f"{_WORD}{{22,80}}"),
    ("FLWSECK_TEST-", f"{_ALNUM}{{12,40}}(?:-X)?"),
    ("FLWSECK-", f"{_ALNUM}{{12,40}}(?:-X)?"),
    ("fio-u-", f"{_LONG}{{60,70}}"),
    ("fo1_", f"{_WORD}{{40,60}}"),
    ("fm1r_", f"{_LONG}{{80,800}}"),
    ("fm2_", f"{_LONG}{{80,800}}"),
    ("ico-", f"{_ALNUM}{{32}}"),
    ("pplx-", f"{_ALNUM}{{48}}"),
    ("pnu_", f"{_ALNUM}{{36}}"),
    ("pat.", f"{_WORD}{{22}}\\.{_ALNUM}{{24}}\\.{_ALNUM}{{20}}"),
    ("sat.", f"{_WORD}{{22}}\\.{_ALNUM}{{24}}\\.{_ALNUM}{{20}}"),
    ("rdme_", f"{_ALNUM}{{70}}"),
    ("tk-us-", f"{_WORD}{{40,60}}"),
    ("sm_aat_", f"{_ALNUM}{{16}}"),
    ("sm_pat_", f"{_ALNUM}{{16}}"),
    ("sm_sat_", f"{_ALNUM}{{16}}"),
    ("shippo_live_", f"{_HEX}{{40}}"),
    ("shippo_test_", f"{_HEX}{{40}}"),
    ("sgp_", f"(?:local_|{_HEX}{{16}}_)?{_HEX}{{40}}"),
    ("sq0atp-", f"{_WORD}{{22,60}}"),
    ("sq0csp-", f"{_WORD}{{40,60}}"),
    ("AQVN", f"{_WORD}{{35,38}}"),
    ("t1.", "[A-Z0-9a-z_-]{1,100}={0,2}\\.[A-Z0-9a-z_-]{86}={0,2}"),
    ("API-", "[A-Z0-9]{26}(?![A-Z0-9])"),
    ("NRAK-", f"{_ALNUM}{{27}}"),
    ("NRJS-", f"{_HEX}{{19}}"),
    ("NRII-", f"{_WORD}{{32}}"),
    ("NRIQ-", f"{_WORD}{{32}}"),
    ("sha256~", f"{_WORD}{{43}}"),
    ("api_org_", "[A-Za-z]{34}"),
    ("s-s4t2ud-", f"{_HEX}{{64}}"),
    ("s-s4t2af-", f"{_HEX}{{64}}"),
    ("sl.", f"{_LONG}{{130,200}}"),
    ("pk.", f"{_ALNUM}{{60}}\\.{_ALNUM}{{22}}"),
    ("sk.", f"{_ALNUM}{{60,90}}\\.{_ALNUM}{{22}}"),
    ("p8e-", f"{_ALNUM}{{32}}"),
    ("LTAI", f"{_ALNUM}{{16,20}}"),
    ("AKCp", f"{_ALNUM}{{69}}"),
    ("cmVmd", f"{_ALNUM}{{59}}"),
    ("ABSK", "[A-Za-z0-9+/]{109,269}={0,2}"),
    ("bedrock-api-key-", f"{_LONG}{{28,4000}}"),
    ("v1.0-", f"{_HEX}{{24}}-{_HEX}{{146}}"),
    ("CLOJARS_", f"{_ALNUM}{{60}}"),
    ("4b1d", f"{_ALNUM}{{38}}"),
    ("ops_eyJ", "[A-Za-z0-9+/]{100,4000}={0,3}"),
    ("A3-", "[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}"),
    ("dnkey-", f"{_WORD}{{26}}-{_WORD}{{52}}"),
    ("sk_prod_", f"{_ALNUM}{{10,99}}"),
    ("rk_prod_", f"{_ALNUM}{{10,99}}"),
    ("pubkey-", f"{_HEX}{{32}}"),
    ("sc_", f"{_WORD}{{1,20}}\\.{_WORD}{{4,6}}\\.acc[_-]{_ALNUM}{{10,32}}\\.{_LONG}{{30,120}}"),
    ("ext_", f"{_WORD}{{1,20}}\\.{_WORD}{{4,6}}\\.acc[_-]{_ALNUM}{{10,32}}\\.{_LONG}{{30,120}}"),
    ("authress_", f"{_WORD}{{1,20}}\\.{_WORD}{{4,6}}\\.acc[_-]{_ALNUM}{{10,32}}\\.{_LONG}{{30,120}}"),
    ("HRKU-AA", f"{_WORD}{{40,80}}"),
    ("sbp_", f"{_HEX}{{40}}"),
    ("figd_", f"{_WORD}{{20,80}}"),
    ("pat", f"{_ALNUM}{{14}}\\.{_HEX}{{64}}"),
    *((f"pscale_{what}_", f"{_LONG}{{20,80}}") for what in ("pw", "tkn", "oauth")),
    *((f"dp.{what}.", f"{_LONG}{{30,80}}") for what in ("pt", "st", "ct", "sa", "scim", "audit")),
    *((f"pat-{where}", f"\\d-{_WORD}{{36}}") for where in ("na", "eu")),
    ("pul-", f"{_HEX}{{40}}"),
    ("1//0", f"{_WORD}{{30,120}}"),
    ("xkeysib-", f"{_HEX}{{64}}-{_ALNUM}{{16}}"),
    ("xoxe-", f"\\d-{_ALNUM}{{100,200}}"),
    ("ZXlK", "[A-Za-z0-9+/_-]{60,4000}={0,2}"),
)
# Whose keys look like any hash, or like any identifier: what is assigned to a name with theirs in it is one, unless the
# name says that it is something else.
_NAMES = (
    *("adobe", "airtable", "algolia", "alibaba", "artifactory", "asana", "atlassian", "beamer", "bitbucket", "bittrex"),
    *(
        "cloudflare",
        "codecov",
        "coinbase",
        "confluent",
        "contentful",
        "datadog",
        "discord",
        "droneci",
        "dropbox",
        "etsy",
    ),
    *("facebook", "fastly", "finicity", "finnhub", "flickr", "freshbooks", "gitter", "gocardless", "grafana", "heroku"),
    *(
        "hubspot",
        "intercom",
        "jfrog",
        "jira",
        "kraken",
        "kucoin",
        "launchdarkly",
        "linear",
        "linkedin",
        "lob",
        "looker",
    ),
    *(
        "mailchimp",
        "mailgun",
        "mapbox",
        "mattermost",
        "meraki",
        "messagebird",
        "netlify",
        "new-relic",
        "newrelic",
        "nytimes",
    ),
    *(
        "okta",
        "opsgenie",
        "pagerduty",
        "plaid",
        "privateai",
        "rapidapi",
        "sendbird",
        "sentry",
        "snyk",
        "sonar",
        "splunk",
    ),
    *("squarespace", "sumo", "telegr", "travis", "twitch", "twitter", "typeform", "yandex", "zendesk"),
)
_NO_KEY = (
    r"(?:id|commit|sha|hash|digest|trace|span|request|req|build|image|rev|version|etag|checksum|host|url|ray|event)"
)
VENDORS = (
    *(
        Kind("api_key", re.compile(rf"{START}(?i:{re.escape(begins)})(?:{rest})"), (begins.lower(),))
        for begins, rest in _SHAPES
    ),
    Kind("api_key", re.compile(rf"{START}s\.{_ALNUM}{{24}}(?![A-Za-z0-9_])"), ("s.",), is_random),
    Kind("api_key", re.compile(rf"{START}{_ALNUM}{{14}}\.(?i:atlasv1)\.{_LONG}{{60,80}}"), ("atlasv1",)),
    # Azure's client secrets have their mark in the midst.
    Kind("api_key", re.compile(r"(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34}"), ("q~",)),
    Kind(
        "api_key",
        re.compile(
            rf"(?i:(?<![a-z])(?:{'|'.join(_NAMES)}))(?!(?i:[\w .-]{{0,20}}{_NO_KEY}(?![a-z])))"
            r"[\w .-]{0,20}[\"'`]?\s{0,3}"
            r"(?:=>|:=|=|:\s{0,3}(?=[\"'`]))[\s\"'`]{0,3}(?P<secret>[A-Za-z0-9=_+/-]{16,200})(?![A-Za-z0-9=_+/-])"
        ),
        _NAMES,
        is_random,
    ),
)
