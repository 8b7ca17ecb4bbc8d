"""All settings, read from the environment; the defaults are the safe ones of production.

Whatever is missing or malformed stops the start with one sentence (`ImproperlyConfigured`).
`.env.example` lists every variable; `tests/house` compares the two.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from shop import logs

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if (BASE_DIR / ".env").is_file():
    env.read_env(str(BASE_DIR / ".env"))

# --- What kind of shop is this? ------------------------------------------------------------------
# DEMO adds the app `demo` (seed data, payment sandbox, mail reader) and allows plain http.
DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
# 0 for a copy of the shop that is only tried out: search engines are to keep away from it.
INDEXABLE = env.bool("INDEXABLE", default=not DEMO)
for _name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL"):
    if not env.str(_name):
        raise ImproperlyConfigured(f"{_name} is empty.")
SECRET_KEY = env.str("SECRET_KEY")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must have at least 50 characters.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# The public address of the shop, without a slash at the end: links in mails, canonical URLs.
SITE_URL = env.str("SITE_URL").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in ("http", "https") or not _site.hostname:
    raise ImproperlyConfigured("SITE_URL must look like https://shop.example.")
IS_HTTPS = _site.scheme == "https"
if not IS_HTTPS and not DEMO:
    raise ImproperlyConfigured("SITE_URL must begin with https:// (plain http is for DEMO=1 only).")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[_site.hostname])
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name hosts, without a wildcard.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])

# --- Apps and middleware -------------------------------------------------------------------------
INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",  # the site is our own: shop/staff_site.py
    "unfold.contrib.filters",
    "shop",
    "accounts",
    "insights",
    "content",
    "catalog",
    "inventory",
    "reviews",
    "loyalty",
    "discovery",
    "orders",
    "checkout",
    "support",
    "shop.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
if DEMO:
    INSTALLED_APPS.append("demo")

MIDDLEWARE = [
    "shop.middleware.RequestContext",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "shop.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shop.middleware.ServiceUnavailable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "shop.urls"
WSGI_APPLICATION = "shop.wsgi.application"

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
                "shop.chrome.context",
            ],
            "builtins": ["shop.templatetags.shop_ui", "content.templatetags.wordings"],
        },
    }
]

# --- Database ------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL")}
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must point to PostgreSQL (postgres://…).")
_statement_timeout = env.int("DATABASE_STATEMENT_TIMEOUT_MS", default=5000)
DATABASES["default"] |= {
    "CONN_MAX_AGE": 0,  # The pool keeps the connections.
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {
        "pool": {
            "min_size": 1,
            "max_size": env.int("DATABASE_POOL_SIZE", default=8),
            "timeout": 2,  # seconds: then the visitor gets the 503 page
            # The pool waits longer after each failure, up to minutes. Given up early, the next
            # visitor's request begins anew: the shop is back as soon as PostgreSQL is.
            "reconnect_timeout": 2,
        },
        "connect_timeout": 3,
        "options": f"-c statement_timeout={_statement_timeout} -c lock_timeout=3000"
        " -c idle_in_transaction_session_timeout=15000",
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Cache, sessions, background work ------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "shop.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "kontor",
        "TIMEOUT": 3600,
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

CELERY_BROKER_URL = env.str("BROKER_URL", default=REDIS_URL)
_visibility = {
    "visibility_timeout": 600,
    "socket_connect_timeout": 0.5,
    "socket_timeout": 5,
}
CELERY_BROKER_TRANSPORT_OPTIONS = _visibility
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS = _visibility
CELERY_VISIBILITY_TIMEOUT = 600
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 100
CELERY_TASK_DEFAULT_QUEUE = "slow"
CELERY_TASK_PUBLISH_RETRY = False  # A wake-up is a hint; the sweepers find what got lost.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"

# --- Money, language, time -----------------------------------------------------------------------
CURRENCY = "EUR"
COUNTRY = "DE"  # where the seller sits; the VAT of the shelf price
SHOP_STATE = env.str("SHOP_STATE", default="")  # ISO 3166-2 without "DE-"; for public holidays
# Withdrawal instructions that turned out to be wrong: twelve months more (§ 356 (3) BGB).
WRONG_WITHDRAWAL_VERSIONS = env.list("WRONG_WITHDRAWAL_VERSIONS", default=[])
LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "packages"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH: list[str] = []

# --- Accounts ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Customer"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_REDIRECT_URL = "account"
LOGIN_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 180
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
# The other limits are allauth's own (sign-in 30 a minute, 5 failures in 5 minutes an account).
ACCOUNT_RATE_LIMITS = {"signup": "10/h/ip"}
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_ADAPTER = "checkout.views.sign_in.CartKeepingAdapter"
MFA_ADAPTER = "accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # clocks of telephones are off by some seconds
# May a password alone open the admin? In a demo only.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=not DEMO)
# How many proxies stand before the shop: rate limits need the visitor's own address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# --- Payment -------------------------------------------------------------------------------------
# Without a key the checkout offers no online payment; the demo points these at its own sandbox.
STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", default="")
STRIPE_WEBHOOK_SECRETS = env.list("STRIPE_WEBHOOK_SECRET", default=[])  # two while rolling
# Of carriers that tell us of deliveries: `dhl=secret,gls=other`; two of one while rolling.
CARRIER_WEBHOOK_SECRETS: dict[str, list[str]] = {}
for _pair in filter(None, env.list("CARRIER_WEBHOOK_SECRETS", default=[])):
    _carrier, _separator, _secret = _pair.partition("=")
    if len(_secret) < 16:
        raise ImproperlyConfigured("CARRIER_WEBHOOK_SECRETS: code=secret of at least 16 signs.")
    CARRIER_WEBHOOK_SECRETS.setdefault(_carrier, []).append(_secret)
STRIPE_API_BASE = env.str("STRIPE_API_BASE", default="https://api.stripe.com")
STRIPE_CHECKOUT_ORIGIN = env.str("STRIPE_CHECKOUT_ORIGIN", default="https://checkout.stripe.com")
if STRIPE_SECRET_KEY and not STRIPE_WEBHOOK_SECRETS:
    raise ImproperlyConfigured("STRIPE_WEBHOOK_SECRET is missing: paid orders would stay unpaid.")

# Account of the seller: without holder and a true IBAN no payment by transfer is offered.
BANK_HOLDER = env.str("MERCHANT_BANK_HOLDER", default="")
BANK_IBAN = env.str("MERCHANT_BANK_IBAN", default="")
BANK_BIC = env.str("MERCHANT_BANK_BIC", default="")
TAX_NUMBER = env.str("MERCHANT_TAX_NUMBER", default="")  # on invoices, beside the VAT id or alone
# Accounts of the booking file: by rate in percent, and those of special cases (SKR03).
_SKR03 = {"debtor": "10000", "19": "8400", "7": "8300", "0": "8200", "small_business": "8195"}
DATEV = {"consultant": "1001", "client": "1", "abroad": "8320", **_SKR03}
DATEV |= env.dict("DATEV_ACCOUNTS", default={})
PREPAYMENT_DAYS = env.int("PREPAYMENT_DAYS", default=7)  # goods wait so long for a transfer
PICKUP_DAYS = env.int("PICKUP_DAYS", default=7)  # and for a buyer who pays at the counter

# --- Mail ----------------------------------------------------------------------------------------
_mail = env.email_url("EMAIL_URL")
_mail_backend = _mail.pop("EMAIL_BACKEND")
_mail_file_path = _mail.pop("EMAIL_FILE_PATH", "")
MAIL_DIR = Path(env.str("MAIL_DIR")) if DEMO else None
MAILERS: dict[str, dict[str, Any]]
if DEMO:
    MAILERS = {"default": {"BACKEND": "demo.mailbox.EmlBackend"}}
elif _mail_backend.endswith("smtp.EmailBackend"):
    MAILERS = {
        "default": {
            "BACKEND": _mail_backend,
            "OPTIONS": {
                "host": _mail["EMAIL_HOST"],
                "port": _mail["EMAIL_PORT"] or 25,
                "username": _mail["EMAIL_HOST_USER"] or "",
                "password": _mail["EMAIL_HOST_PASSWORD"] or "",
                "use_tls": _mail.get("EMAIL_USE_TLS", False),
                "use_ssl": _mail.get("EMAIL_USE_SSL", False),
                "timeout": 10,
            },
        }
    }
else:
    raise ImproperlyConfigured("EMAIL_URL must be smtp://, smtp+tls:// or smtp+ssl://.")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Answers to cases come back to `name+<token>@domain` of this address; empty: by the link alone.
SUPPORT_REPLY_ADDRESS = env.str("SUPPORT_REPLY_ADDRESS", default="")
SUPPORT_MAIL_SECRET = env.str("SUPPORT_MAIL_SECRET", default="")  # signs /webhooks/mail/
SUPPORT_HOURS = env.str("SUPPORT_HOURS", default="09:00-17:00").split("-")  # Monday to Friday
SUPPORT_STATE = env.str("SUPPORT_STATE", default="")  # whose holidays are kept, too: HH, BY

# --- Files ---------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(BASE_DIR / "media"))
# What is sold as a file. Web servers serve MEDIA_ROOT and STATIC_ROOT, so it lies in neither.
PRIVATE_ROOT = env.str("PRIVATE_ROOT", default=str(BASE_DIR / "private"))
for _served in (MEDIA_ROOT, STATIC_ROOT):
    if Path(PRIVATE_ROOT).resolve().is_relative_to(Path(_served).resolve()):
        raise ImproperlyConfigured("PRIVATE_ROOT must not lie in MEDIA_ROOT or STATIC_ROOT.")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": PRIVATE_ROOT,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "shop.staticfiles.BundledStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
# A product with its variants and pictures is one form of the admin.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- Returns beyond the law: promised to each order when it is placed -----------------------------
RETURN_DAYS = env.int("RETURN_DAYS", default=30)
RETURN_IS_FREE = env.bool("RETURN_IS_FREE", default=False)

# --- Security ------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_TLS_PROXY", default=False) else None
)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 63_072_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
CSRF_FAILURE_VIEW = "shop.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    # The order button redirects to the payment page, which browsers stop without its origin here.
    "form-action": [CSP.SELF, STRIPE_CHECKOUT_ORIGIN],
}

# --- Logs: JSON lines, a request id in each, no personal data ------------------------------------
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING = logs.config(LOG_LEVEL)

PERSONAL_DATA_HOLDERS = [
    "accounts.personal_data",
    "insights.personal_data",
    "content.personal_data",
    "reviews.personal_data",
    "loyalty.personal_data",
    "discovery.personal_data",
    "inventory.personal_data",
    "orders.personal_data",
    "checkout.personal_data",
    "support.personal_data",
]

# The admin's look and menu: shop/admin_home.py.
UNFOLD = {
    "SITE_TITLE": "Kontor",
    "SITE_HEADER": "Kontor",
    "SITE_SYMBOL": "storefront",
    "SITE_URL": "/",
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": True,
    "ENVIRONMENT": "shop.admin_home.environment",
    "DASHBOARD_CALLBACK": "shop.admin_dashboard.context",
    "COLORS": "shop.admin_home.colours",
    "STYLES": ["shop.admin_home.stylesheet"],
    "COMMAND": {"search_callback": "shop.admin_search.find"},
    "SIDEBAR": {"show_search": True, "navigation": "shop.admin_home.navigation"},
}
