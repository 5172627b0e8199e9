"""All settings. What differs between places comes from the environment, through `spo_cases.env`."""

from pathlib import Path
from urllib.parse import quote

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from spo_cases import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("SPO_VAR", str(BASE_DIR / "var")))

DEBUG = False
DEMONSTRATION = env.flag("SPO_DEMONSTRATION", default=False)  # fictional data, and pages say so
DEMONSTRATION_PASSWORD = "demonstration-only"  # noqa: S105 of its accounts; the sign-in page shows it
SECURE = env.flag("SPO_SECURE", default=True)  # false only behind http://127.0.0.1
SECRET_KEY = env.secret("SECRET_KEY")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is too short. Set it to at least 50 random characters.")
AUDIT_ANCHOR_KEY = env.secret("AUDIT_ANCHOR_KEY", SECRET_KEY)  # signs what is kept outside
ADVOCATES_HOST = env.text("SPO_ADVOCATES_HOST", "advocates.localhost")
ALLOWED_HOSTS = [
    *env.text("SPO_HOSTS", "127.0.0.1,localhost").split(","),
    ADVOCATES_HOST,
]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "audit.apps.AuditConfig",
    "accounts",
    "people",
    "casework",
    "alerts.apps.AlertsConfig",
    "documents.apps.DocumentsConfig",
    "applications.apps.ApplicationsConfig",
    "orders.apps.OrdersConfig",
    "notifications.apps.NotificationsConfig",
    "contact.apps.ContactConfig",
    "breaches.apps.BreachesConfig",
    "advocates.apps.AdvocatesConfig",
    "desk.apps.DeskConfig",
    "spo_cases",
]
MIDDLEWARE = [
    "spo_cases.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "spo_cases.hosts.HostMiddleware",
    "accounts.sessions.ReadableSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "spo_cases.headers.NoStoreMiddleware",
    "audit.middleware.AuditMiddleware",
    "accounts.sessions.SessionLimitMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "casework.problems.ProblemMiddleware",
]
ROOT_URLCONF = "spo_cases.urls"
WSGI_APPLICATION = "spo_cases.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "casework.jinja.environment",
            "context_processors": ["casework.jinja.frame"],
        },
    },
]
FORM_RENDERER = "casework.forms.GovukRenderer"

DATABASE_ROLE = env.role_of_this_process()
ADVOCATES_SOCKET = env.text("SPO_ADVOCATES_SOCKET", "")  # where the advocates' process listens
ADVOCATES_APART = bool(ADVOCATES_SOCKET) or env.given("DATABASE_URL_ADVOCATES")
KEEPER = env.text("SPO_KEEPER_SOCKET") if DATABASE_ROLE == "advocates" else ""
DATABASE_ROLES = env.database_roles()  # the server's names of those that `spo_cases.grants` knows
DATABASES = {
    "default": env.database_of_this_process()
    | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # of the link with which a person chooses one
ACCOUNT_ADAPTER = "accounts.adapter.PoliceAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {  # a whole force may come from one address
    "login": "120/m/ip",
    "login_failed": "5/5m/key",  # the key: a name at one address (accounts.tries)
    "login_failed_here": "30/m/ip",  # of all names that are not known at this address
    "login_failed_anywhere": "30/h/key",  # the key: a name, from addresses where it is not known
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number(  # that add to X-Forwarded-For: the one that ends TLS
    "SPO_TRUSTED_PROXIES", default=1 if SECURE else 0
)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

# Of one person: how many order checks in how many seconds. A control room on a bad night makes one every
# half minute, and bursts of spellings; whoever goes through a list of names makes more, and says why.
ORDER_CHECK_LIMITS = ((30, 5 * 60), (200, 60 * 60))

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = 15 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "casework.problems.csrf_failure"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_REFERRER_POLICY = "no-referrer" if SECURE else "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

LANGUAGE_CODE = "en-gb"
USE_I18N = True
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]  # no app's own
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("ttf", "woff2", "png", "sha256", "txt", "md")
FILES_ROOT = VAR_DIR / "files"
STORAGES = {
    "default": env.storage("STORAGE_URL", f"file://{quote(str(FILES_ROOT))}"),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_URL = env.secret("EMAIL_URL", f"file://{VAR_DIR / 'outbox'}")
EMAIL_FROM = env.text("EMAIL_FROM", "spo-cases@localhost")
NOTIFY_API_KEY = env.secret("NOTIFY_API_KEY", "")
NOTIFY_BASE_URL = env.text("NOTIFY_BASE_URL", "")
NOTIFY_TEMPLATE = env.text("NOTIFY_TEMPLATE", "00000000-0000-4000-8000-000000000000")
SITE_URL = env.text("SPO_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
EXIT_ADDRESS = env.text("SPO_EXIT_ADDRESS", "https://www.bbc.co.uk/weather")
HELP_PHONE = env.text("SPO_HELP_PHONE", "101")  # also on the sheet that he is given

REDIS_URL = env.secret("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "spo_cache",
        "OPTIONS": {
            "MAX_ENTRIES": 100_000
        },  # limits of sign-in, and what was typed: not to be culled
    }
}
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ROUTES = {
    "documents.tasks.render*": {"queue": "documents"},
    "documents.tasks.search*": {"queue": "searches"},
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Europe/London"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "max_retries": 0,
}
CELERY_BEAT_SCHEDULE = {
    "alerts-sweep": {"task": "alerts.tasks.sweep", "schedule": 5.0, "options": {"expires": 30}},
    "casework-forget": {
        "task": "casework.tasks.forget_submissions",
        "schedule": 3600.0,
        "options": {"expires": 3000},
    },
    "documents-sweep": {
        "task": "documents.tasks.render_waiting",
        "schedule": 10.0,
        "options": {"expires": 60},
    },
    "documents-search": {
        "task": "documents.tasks.search_waiting",
        "schedule": 10.0,
        "options": {"expires": 60},
    },
    "audit-anchors": {
        "task": "spo_cases.tasks.anchor_log",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "applications-clock": {
        "task": "applications.tasks.run_clock",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "orders-clock": {
        "task": "orders.tasks.run_clock",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "notifications-clock": {
        "task": "notifications.tasks.run_clock",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "contact-clock": {
        "task": "contact.tasks.run_clock",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
}

REST_FRAMEWORK = {
    "EXCEPTION_HANDLER": "casework.problems.api_problem",
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.tokens.SessionOrToken"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["casework.parsers.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "SPO Cases",
    "VERSION": "1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [],  # choices stand with their field; names shared by lists collide
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "spo_cases.logs.formatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
