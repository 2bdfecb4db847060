"""Every setting that an installation may change, read from `LUOSHI_*` environment variables."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def _default_data() -> Path:
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "luoshi"


class Settings(BaseSettings):
    """What an installation may change. Each field is the environment variable `LUOSHI_<NAME>`.

    Example:
        >>> Settings(local=False, hosts=["plans.example.gov.cn"]).hosts
        ['plans.example.gov.cn']
    """

    model_config = SettingsConfigDict(env_prefix="LUOSHI_", extra="ignore")

    data: Path = Field(
        default_factory=_default_data,
        description="Folder for the database, the secret key and files that wait to be read.",
    )
    database_url: str = Field(
        default="",
        description="`sqlite:///FILE` or `postgresql://USER:PASSWORD@HOST:PORT/NAME`; "
        "empty means `luoshi.sqlite3` in the data folder.",
    )
    secret_key: str = Field(
        default="", description="Key that signs sessions; empty means one is made in the data folder."
    )
    debug: bool = Field(default=False, description="Show tracebacks in the browser; for development only.")
    hosts: list[str] = Field(
        default_factory=lambda: ["127.0.0.1", "localhost", "[::1]"],
        description="Host names under which the product may be reached, as a JSON list.",
    )
    local: bool = Field(
        default=False,
        description="The person at this machine works without signing in. Set by `luoshi open`; "
        "requests from other machines still have to sign in.",
    )
    https: bool = Field(
        default=False, description="Served behind HTTPS: cookies are marked secure and HTTP is redirected."
    )
    demo: bool = Field(
        default=False,
        description="The log-in page lists made-up people to try, one click each; only for the person at "
        "this machine.",
    )
    proxies: int = Field(
        default=0,
        ge=0,
        description="How many proxies of your own stand in front and add to `X-Forwarded-For`; 0 means that "
        "visitors connect directly.",
    )
    sign_in_tries: int = Field(
        default=5, ge=1, description="Wrong passwords in a row after which an account is locked."
    )
    lock_minutes: int = Field(default=15, ge=1, description="How long it stays locked.")
    idle_minutes: int = Field(
        default=30, ge=1, description="Minutes without a request after which a person has to sign in again."
    )
    session_hours: int = Field(
        default=12, ge=1, description="Hours after which a person has to sign in again in any case."
    )
    oidc_url: str = Field(
        default="",
        description="Address of an OpenID Connect provider, up to `/.well-known/openid-configuration`; "
        "empty means passwords only. Accounts are matched by user name and never made by it.",
    )
    oidc_client: str = Field(default="", description="Client id at that provider.")
    oidc_secret: str = Field(default="", description="Client secret at that provider.")
    oidc_name: str = Field(default="统一身份认证", description="What the log-in page calls that provider.")
    region: str = Field(
        default="000000", description="GB/T 2260 code of the region that a new installation works for."
    )
    region_name: str = Field(default="本地区", description="Name of that region.")
    evidence_megabytes: int = Field(
        default=20, ge=1, description="The largest evidence file that may be uploaded, in megabytes."
    )
    mechanisms: str = Field(
        default="",
        description="Folder with declarations of mechanisms of this installation, beside the product's.",
    )
    site: str = Field(
        default="http://127.0.0.1:8000",
        description="Address under which people reach the product, for the links in letters.",
    )
    mail_host: str = Field(
        default="", description="Mail server; empty means that letters are written to standard output."
    )
    mail_port: int = Field(default=587, ge=1, le=65535, description="Its port.")
    mail_user: str = Field(default="", description="User name at the mail server.")
    mail_password: str = Field(default="", description="Password at the mail server.")
    mail_tls: bool = Field(default=True, description="Whether the connection is encrypted by STARTTLS.")
    mail_from: str = Field(default="luoshi@localhost", description="Sender of letters.")
    jobs: str = Field(
        default="thread",
        pattern="^(thread|inline)$",
        description="`thread` imports beside the request; `inline` inside it, for tests and scripts.",
    )
    metrics_token: str = Field(
        default="",
        description="Bearer token with which `/metrics/` may be read from other machines; empty means from "
        "this machine only.",
    )
    api_calls: int = Field(
        default=300, ge=1, description="How many calls of the API a token has in a minute."
    )
    webhooks_inside: bool = Field(
        default=False,
        description="Webhooks may lead to private addresses and to this machine, there also without TLS. "
        "Otherwise they are refused, so that nobody makes the server knock at its neighbours.",
    )
    log_requests: bool = Field(
        default=False, description="A log line for every request. Set by `luoshi serve` unless it is given."
    )
    log_level: str = Field(default="INFO", description="Least level of log lines on standard error.")

    def key(self) -> str:
        """The secret key: the one given, or one kept in the data folder and made on first use."""
        if self.secret_key:
            return self.secret_key
        kept = self.data / "secret-key"
        self.data.mkdir(parents=True, exist_ok=True)
        try:
            # Exclusive creation: of two processes that start at once only one may make the key.
            handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return kept.read_text(encoding="ascii").strip()
        with os.fdopen(handle, "w", encoding="ascii") as file:
            key = secrets.token_urlsafe(64)
            file.write(key)
        return key

    def database(self) -> dict[str, object]:
        """The entry for Django's `DATABASES`."""
        return parse_database_url(self.database_url or f"sqlite:///{self.data / 'luoshi.sqlite3'}")


# Writers queue instead of failing: WAL lets readers go on, IMMEDIATE takes the lock before the first read of
# a transaction (no upgrade deadlock), and 20 seconds is how long a writer waits for its turn.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-16000;",
}


def parse_database_url(url: str) -> dict[str, object]:
    """What Django needs to open the database at `url`.

    Raises:
        ValueError: the address is neither sqlite nor postgresql.

    Example:
        >>> parse_database_url("postgresql://office:p%40ss@db:5433/plans")["PASSWORD"]
        'p@ss'
        >>> parse_database_url("sqlite:////srv/plans.sqlite3")["NAME"]
        '/srv/plans.sqlite3'
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(parts.path).removeprefix("/")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name or ":memory:",
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path).removeprefix("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": dict(parse_qsl(parts.query)),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ValueError(f"LUOSHI_DATABASE_URL must start with sqlite:// or postgresql://, not {parts.scheme!r}")
