"""Who may read the metrics without being asked who they are."""

from collections.abc import Mapping
from typing import Any

from api.settings import Settings, is_loopback


def may_read_unasked(settings: Settings, scope: Mapping[str, Any]) -> bool:
    """A program of this machine, where ASSISTANT_METRICS says so: a proxy here would make everybody one."""
    client = scope.get("client")
    return (
        scope["path"] == "/metrics"
        and settings.metrics == "loopback"
        and client is not None
        and is_loopback(str(client[0]))
    )
