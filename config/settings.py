"""How the product is run. One file; machines differ only by environment variables."""

from pathlib import Path

from csp.constants import SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])
SITE_URL = env.str("SITE_URL", "http://localhost:8000").rstrip("/")
MAILS_AT_ONCE = env.int("MAILS_AT_ONCE", 5)  # of more reminders to one person, one mail is made

INSTALLED_APPS = [
    "config",
    "demo",
    "foundation",
    "accounts",
    "plans",
    "projects",
    "agreements",
    "disbursements",
    "reminders",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "rest_framework",
    "rest_framework.authtoken",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "config.context.house",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", conn_max_age=0, conn_health_checks=True)
    | {"OPTIONS": {"server_side_binding": True, "pool": {"min_size": 1, "max_size": 8}}}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.str("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "foundation.web.shared_cache.SharedCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "cache",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reminders:work"
ACCOUNT_ADAPTER = "config.sign_in.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False

DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a budget of 100 components, ten years and five sources

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static", *env.list("ASSETS", [])]
STATIC_ROOT = env.str("STATIC_ROOT", None)
WHITENOISE_USE_FINDERS = True

# Files that people attach; nothing serves this folder, only a view that asks for permission.
MEDIA_ROOT = env.path("MEDIA_FOLDER", BASE_DIR / ".house" / "files")
FONTS = env.path("FONTS", BASE_DIR / ".house" / "fonts")  # those of printed documents

# Keys of organisations are stored in the database, encrypted with this secret: after a change of
# the secret, enter the keys again. Trusted certificates are PEM files in one folder.
SIGNING_SECRET = env.str("SIGNING_SECRET", "") or SECRET_KEY
TRUSTED_CERTIFICATES = env.path("TRUSTED_CERTIFICATES", BASE_DIR / ".house" / "trusted")
KEY_SOURCE = env.str("KEY_SOURCE", "agreements.keys.signing_keys.StoredKeys")
TIME_STAMP_SOURCE = env.str("TIME_STAMP_SOURCE", "")  # a class of pyHanko's TimeStamper, or none
BANK_ADAPTER = env.str("BANK_ADAPTER", "disbursements.bank.files.CsvFiles")  # docs/bank-files.md
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "foundation.intake.files.BoundedUpload",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# Masthead: "neutral" until a government runs the product, then "government"; "off" hides it.
HOUSE_MASTHEAD = env.str("HOUSE_MASTHEAD", "neutral")
HOUSE_NAME = _("Regional Investment Agreements")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {"default-src": [SELF], "frame-ancestors": [SELF], "form-action": [SELF]}
}
X_FRAME_OPTIONS = "SAMEORIGIN"
HTTPS = env.bool("HTTPS", False)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.parsers.ObjectParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 25,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.errors.handle",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Regional Investment Agreements",
    "VERSION": "1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SERVE_INCLUDE_SCHEMA": False,
}

METRICS_TOKEN = env.str("METRICS_TOKEN", "")
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", REDIS_URL)

# EMAIL_URL names a mail server; without it mails are written as files into MAIL_FOLDER.
if env.str("EMAIL_URL", ""):
    vars().update(env.dj_email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = env.path("MAIL_FOLDER", BASE_DIR / ".house" / "mail")
# By which ways people are reminded beside mail and page: classes as in
# reminders/outbox/sending/channels.py.
CHANNELS = env.list("CHANNELS", ["reminders.outbox.sending.webhooks.Webhook"])
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "no-reply@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    # A certificate that is not trusted is reported to the user, and is no error of the system.
    "loggers": {name: {"level": "CRITICAL"} for name in ("pyhanko", "pyhanko_certvalidator")},
}
