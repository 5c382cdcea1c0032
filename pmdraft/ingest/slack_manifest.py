"""The manifest of a workspace's own Slack app for pmdraft: scopes to read, and none to write."""

import json

SCOPES = {
    "channels:read": "find a public channel by its name",
    "channels:history": "read public channels that the bot is in",
    "groups:read": "find a private channel by its name",
    "groups:history": "read private channels that the bot is in",
    "users:read": "names and time zones of the people",
    "usergroups:read": "names of groups such as @sre (may be left out)",
    "pins:read": "messages that the team pinned (may be left out)",
    "bookmarks:read": "links in the channel's header (may be left out)",
}
"""Each scope, and what it is for."""

_YAML = """\
display_information:
  name: pmdraft
  description: Reads incident channels to draft postmortems; never posts.
features:
  bot_user:
    display_name: pmdraft
    always_online: false
oauth_config:
  scopes:
    bot:
{scopes}
settings:
  org_deploy_enabled: false
  socket_mode_enabled: false
  token_rotation_enabled: false
"""


def manifest_yaml() -> str:
    """The manifest as YAML, a comment beside each scope."""
    width = max(map(len, SCOPES))
    return _YAML.format(scopes="\n".join(f"      - {scope:<{width}}  # {why}" for scope, why in SCOPES.items()))


def manifest_json() -> str:
    """The manifest as JSON."""
    manifest = {
        "display_information": {
            "name": "pmdraft",
            "description": "Reads incident channels to draft postmortems; never posts.",
        },
        "features": {"bot_user": {"display_name": "pmdraft", "always_online": False}},
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {"org_deploy_enabled": False, "socket_mode_enabled": False, "token_rotation_enabled": False},
    }
    return json.dumps(manifest, indent=2) + "\n"
