"""Settings shared by every installation. What may differ between installations is in `environment`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from luoshi.settings.environment import Settings

ENVIRONMENT = Settings()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENVIRONMENT.key()
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = ENVIRONMENT.hosts

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "rules",
    "luoshi.apps.audit",
    "luoshi.apps.organization",
    "luoshi.apps.interface",
    "luoshi.apps.accounts",
    "luoshi.apps.document",
    "luoshi.apps.plan",
    "luoshi.apps.registry",
    "luoshi.apps.work",
    "luoshi.apps.register",
    "luoshi.apps.indicator",
    "luoshi.apps.draws",
    "luoshi.apps.binding",
    "luoshi.apps.bulk",
    "luoshi.apps.alignment",
    "luoshi.apps.supervision",
    "luoshi.apps.reminders",
    "luoshi.apps.bulletin",
    "luoshi.apps.running",
    "luoshi.apps.api",
    "luoshi.apps.demo",
    "luoshi.apps.simulation",
]

MIDDLEWARE = [
    # First: it counts what all the others do.
    "luoshi.apps.running.middleware.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "luoshi.apps.accounts.visitors.AddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "luoshi.apps.interface.middleware.KeepableMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "luoshi.apps.accounts.middleware.SessionLimitsMiddleware",
    "luoshi.apps.organization.access.LocalOfficeMiddleware",
    "luoshi.apps.organization.access.DenyByDefaultMiddleware",
    "luoshi.apps.accounts.middleware.PasswordDueMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Last, as it asks: it turns the answer to a locked account into the page that says so.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "luoshi.urls"
WSGI_APPLICATION = "luoshi.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "luoshi.apps.interface.context.interface",
                "luoshi.apps.accounts.context.account",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- accounts -----------------------------------------------------------------------------------------
# Only for signing in. What a person may do is asked of `rules` directly, so no superuser flag passes by it.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "luoshi.apps.accounts.passwords.LengthValidator"},
    {"NAME": "luoshi.apps.accounts.passwords.ClassesValidator"},
    {"NAME": "luoshi.apps.accounts.passwords.NameValidator"},
    {"NAME": "luoshi.apps.accounts.passwords.CommonValidator"},
    {"NAME": "luoshi.apps.accounts.passwords.FormerValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "luoshi.apps.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# A person who is signed in may want to be somebody else: at a shared machine, and in the demo.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# Accounts are locked by axes, in the database; this is against one address that tries many of them.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip"}
MFA_ADAPTER = "luoshi.apps.accounts.adapter.SecondFactorAdapter"
MFA_TOTP_ISSUER = "Luoshi"
# The clock of a telephone may be half a minute off.
MFA_TOTP_TOLERANCE = 1

# By user name, not by address: a whole office may stand behind one.
AXES_LOCKOUT_PARAMETERS = ["username"]
# It would count by address as well; failures of one name are counted together, whatever the browser.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_FAILURE_LIMIT = ENVIRONMENT.sign_in_tries
AXES_COOLOFF_TIME = timedelta(minutes=ENVIRONMENT.lock_minutes)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "luoshi.apps.accounts.visitors.name_given"
AXES_CLIENT_IP_CALLABLE = "luoshi.apps.accounts.visitors.address_of"
AXES_LOCKOUT_CALLABLE = "luoshi.apps.accounts.views.signing_in.locked"

LUOSHI_DATA = ENVIRONMENT.data
LUOSHI_PROXIES = ENVIRONMENT.proxies
LUOSHI_DEMO = ENVIRONMENT.demo
LUOSHI_IDLE = timedelta(minutes=ENVIRONMENT.idle_minutes)
SESSION_COOKIE_AGE = ENVIRONMENT.session_hours * 3600

# An outside provider of identities, only where the installation names one.
LUOSHI_OIDC = bool(ENVIRONMENT.oidc_url)
LUOSHI_OIDC_NAME = ENVIRONMENT.oidc_name
if LUOSHI_OIDC:
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_ADAPTER = "luoshi.apps.accounts.oidc.ProviderAdapter"
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "office",
                    "name": ENVIRONMENT.oidc_name,
                    "client_id": ENVIRONMENT.oidc_client,
                    "secret": ENVIRONMENT.oidc_secret,
                    "settings": {"server_url": ENVIRONMENT.oidc_url},
                }
            ],
        }
    }

# --- language and time --------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- static files -------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "static"]
# Served straight from the package: nothing has to be collected before the first start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# --- security -----------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # Bootstrap's own icons are data: images inside its style sheet.
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = ENVIRONMENT.https
# Machines ask from behind the proxy, where there is no HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^(health|ready|metrics)/$"]
# Only a proxy of our own says how the visitor came; without one anybody could.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.proxies else None
SESSION_COOKIE_SECURE = ENVIRONMENT.https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "luoshi.apps.organization.views.csrf_failure"

# --- uploads and jobs ---------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
LUOSHI_LOCAL = ENVIRONMENT.local
LUOSHI_REGION = ENVIRONMENT.region
LUOSHI_REGION_NAME = ENVIRONMENT.region_name
LUOSHI_JOBS = ENVIRONMENT.jobs
LUOSHI_METRICS_TOKEN = ENVIRONMENT.metrics_token
LUOSHI_API_CALLS = ENVIRONMENT.api_calls
LUOSHI_WEBHOOKS_INSIDE = ENVIRONMENT.webhooks_inside
LUOSHI_LOG_REQUESTS = ENVIRONMENT.log_requests
LUOSHI_MECHANISMS = ENVIRONMENT.mechanisms
LUOSHI_EVIDENCE_BYTES = ENVIRONMENT.evidence_megabytes * 1024 * 1024

# --- mail ---------------------------------------------------------------------------------------------
LUOSHI_SITE = ENVIRONMENT.site.rstrip("/")
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from
# Without a mail server letters are written to standard output, so that nothing is lost silently.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if ENVIRONMENT.mail_host else 'console'}.EmailBackend"
EMAIL_HOST = ENVIRONMENT.mail_host
EMAIL_PORT = ENVIRONMENT.mail_port
EMAIL_HOST_USER = ENVIRONMENT.mail_user
EMAIL_HOST_PASSWORD = ENVIRONMENT.mail_password
EMAIL_USE_TLS = ENVIRONMENT.mail_tls
EMAIL_TIMEOUT = 20

DATABASES = {"default": ENVIRONMENT.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- log ----------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "luoshi.settings.logs.LineFormatter"}},
    "filters": {"request": {"()": "luoshi.apps.running.request_id.RequestFilter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request"]}},
    "root": {"handlers": ["stderr"], "level": ENVIRONMENT.log_level},
    "loggers": {
        # Missing pages and refused hosts are the visitor's affair, not a line each in the log.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # Who failed to sign in stands in the audit log.
        "axes": {"level": "ERROR"},
    },
}
