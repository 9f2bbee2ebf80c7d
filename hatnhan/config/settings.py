"""Settings. Everything that differs between machines, and every secret, comes from the environment.

`docs/operations.md` lists the variables. Nothing here is safe by accident: without HATNHAN_SECRET_KEY the process
refuses to start unless it was told that it is a demonstration or a test (HATNHAN_MODE).
"""

from __future__ import annotations

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent

env = environ.Env()

#: "production", "demo" or "test".
MODE: str = env.str("HATNHAN_MODE", default="production")
if MODE not in {"production", "demo", "test"}:
    msg = "HATNHAN_MODE phải là production, demo hoặc test."
    raise ImproperlyConfigured(msg)
DEMO = MODE == "demo"
DEBUG = False

#: Where the database file, uploads and other state live.
STATE = Path(env.str("HATNHAN_STATE", default=str(ROOT / "var" / MODE)))

_PLAIN_KEY = "" if MODE == "production" else f"chi-dung-cho-{MODE}-" + "0" * 40
SECRET_KEY: str = env.str("HATNHAN_SECRET_KEY", default=_PLAIN_KEY)
#: Keys of before: what they sealed can still be opened, nothing is sealed or signed with them anew.
SECRET_KEY_FALLBACKS: list[str] = env.list("HATNHAN_OLD_SECRET_KEYS", default=[])
if not SECRET_KEY:
    msg = "Thiếu biến môi trường HATNHAN_SECRET_KEY: đặt một chuỗi ngẫu nhiên dài ít nhất 50 ký tự."
    raise ImproperlyConfigured(msg)
ALLOWED_HOSTS: list[str] = env.list(
    "HATNHAN_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"]
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("HATNHAN_ORIGINS", default=[])

INSTALLED_APPS = [
    "hatnhan.site",
    "hatnhan.guidance",
    "hatnhan.oversight",
    "hatnhan.reviews",
    "hatnhan.meetings",
    "hatnhan.ballots",
    "hatnhan.assignments",
    "hatnhan.organization",
    "hatnhan.rulebook",
    "hatnhan.figures",
    "hatnhan.deadlines",
    "hatnhan.documents",
    "hatnhan.audit",
    "hatnhan.accounts",
    "hatnhan.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rules",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hatnhan.site.middleware.Measured",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hatnhan.site.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hatnhan.site.middleware.NotKept",
    "hatnhan.accounts.middleware.SignInRequired",
    "hatnhan.accounts.middleware.Holds",
    "hatnhan.site.middleware.StandingPlace",
    "hatnhan.site.middleware.PlainErrors",
]

ROOT_URLCONF = "hatnhan.config.urls"
WSGI_APPLICATION = "hatnhan.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hatnhan.site.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "hatnhan.core.templatetags.vietnamese",
                "hatnhan.organization.templatetags.roster",
                "hatnhan.site.templatetags.components",
            ],
        },
    },
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{STATE / 'hatnhan.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE: a writer waits its turn at the start of its transaction instead of failing in the middle.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "hatnhan_cache",
        # With Django's 300, a busy day would throw out the limits on sign-in and the slips against a second press.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 12
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if MODE == "test"
        else "django_tasks_db.DatabaseBackend"
    }
}

# --- sign-in -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if MODE == "test":
    PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "hatnhan.accounts.passwords.LongEnough"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "site:home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "hatnhan.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {
    "login": "hatnhan.accounts.sign_in_forms.SignInForm",
    "change_password": "hatnhan.accounts.sign_in_forms.NewPasswordForm",
    "reauthenticate": "hatnhan.accounts.sign_in_forms.PasswordAgainForm",
}
ACCOUNT_SESSION_REMEMBER = True
#: How many reverse proxies stand in front; their word on the visitor's address counts for the limits below.
ALLAUTH_TRUSTED_PROXY_COUNT: int = env.int("HATNHAN_PROXIES", default=1 if MODE == "production" else 0)
ACCOUNT_RATE_LIMITS = {
    "login_failed": "8/5m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
MFA_ADAPTER = "hatnhan.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "hatnhan.accounts.sign_in_forms.CodeForm",
    "reauthenticate": "hatnhan.accounts.sign_in_forms.CodeAgainForm",
    "activate_totp": "hatnhan.accounts.sign_in_forms.FirstCodeForm",
    "add_webauthn": "hatnhan.accounts.sign_in_forms.NewKeyForm",
    "edit_webauthn": "hatnhan.accounts.sign_in_forms.KeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Hạt Nhân"
#: Posts and roles that must have a second factor. The demonstration leaves it optional.
FORCE_SECOND_FACTOR: bool = MODE == "production"

# --- safety --------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # data: is for the QR code of the authenticator, drawn by the server.
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
HTTPS: bool = env.bool("HATNHAN_HTTPS", default=MODE == "production")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
#: Whether the hosts beneath this one keep to HTTPS is for whoever owns that domain to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
#: A table of the law is one form with a box for every cell: conditions of grades alone are some 700.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
#: No request is longer, files included: a roster of 20 MB and what stands around it in the form.
LONGEST_REQUEST = 21 * 1024 * 1024
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- language, time, files -----------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = USE_TZ = True
FORMAT_MODULE_PATH = ["hatnhan.core.locale_formats"]

STATIC_URL = "/tinh/"
STATIC_ROOT = Path(env.str("HATNHAN_STATIC", default=str(ROOT / "build" / "static")))
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": STATE / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
EMAIL_CONFIG = env.email_url("HATNHAN_EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
