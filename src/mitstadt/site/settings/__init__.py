"""Settings of a city. Everything that differs between cities comes from the environment; see docs/operate."""

import os
from pathlib import Path

from mitstadt.ground.languages import named
from mitstadt.ground.private_files import keep_private
from mitstadt.site.catalogues.compiling import compile_stale
from mitstadt.site.settings import environment, secrets
from mitstadt.site.slices import installed

ROOT = Path(os.environ.get("MITSTADT_ROOT", Path(__file__).resolve().parents[4]))
VAR = Path(environment.text("MITSTADT_VAR", str(ROOT / "var")))

DEBUG = False
DEMO = environment.flag("MITSTADT_DEMO")
DATABASES = {"default": environment.database(VAR / "mitstadt.sqlite3")}
keep_private(VAR, *environment.files_of(DATABASES["default"]))
SECRET_KEY = environment.text("MITSTADT_SECRET_KEY") or secrets.kept_in(VAR / "secret_key")
# Keyed digests of participation codes: changing it makes every printed code unknown.
CODE_PEPPER = (environment.text("MITSTADT_CODE_PEPPER") or secrets.kept_in(VAR / "code_pepper")).encode()[:64]
# The name under which heads of the log are signed; the host of PUBLIC_URL where none is given.
LOG_NAME = environment.text("MITSTADT_LOG_NAME")
# The keys that tie turns to secret rows: never part of a backup, and on several hosts in one shared folder.
TURN_KEYS = Path(environment.text("MITSTADT_TURN_KEYS", str(VAR / "turn_keys")))
# What was erased, by ref and number: outside the database, since an older backup would bring it back.
ERASURES_FILE = Path(environment.text("MITSTADT_ERASURES", str(VAR / "erasures.txt")))
# Where backups lie that the city proves by itself, and where one is written before an upgrade.
BACKUPS = Path(environment.text("MITSTADT_BACKUPS", str(VAR / "backups")))
# For how many days at most a backup is kept: the pages about erasing say it. 0 where nobody said.
BACKUP_DAYS = environment.whole("MITSTADT_BACKUP_DAYS", 0)
# Words that mean the same in this city, beside our own list (spine/search/synonyms.txt).
SYNONYMS = environment.text("MITSTADT_SYNONYMS")
# A machine of the operator that translates public words on request (LibreTranslate's API); empty: nothing is sent.
TRANSLATION_URL = environment.service("MITSTADT_TRANSLATION_URL")
TRANSLATION_KEY = environment.text("MITSTADT_TRANSLATION_KEY")
LOG_KEY_FILE = Path(environment.text("MITSTADT_LOG_KEY", str(VAR / "log_key")))
ALLOWED_HOSTS = environment.words("MITSTADT_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = environment.words("MITSTADT_ORIGINS")
UI_SITE_NAME = environment.text("MITSTADT_SITE_NAME") or "Mitstadt"
IS_NAMED = UI_SITE_NAME != "Mitstadt"
# Empty: footer and mails lead to the imprint, which names the organisation that runs the platform.
UI_OPERATOR = environment.text("MITSTADT_OPERATOR")
# Where the frame of every page leads; a place whose page is not installed is not shown.
UI_PLACES = {
    "home": "home",
    "open": "processes",
    "promises": "promises",
    "lookup": "lookup",
    "search": "search",
    "sign_in": "account_login",
    "code": "code",
    "house": "house",
    "sign_out": "account_logout",
    "account": "my_page",
    "news": "my_notices",
    "feed": "city_feed",
    "desk": "workplace",
    "about": "about",
    "privacy": "privacy",
    "accessibility": "accessibility",
    "imprint": "imprint",
    "log": "log",
    "demo": "demo",
}
PUBLIC_URL = environment.text("MITSTADT_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
# mailto:… or https://…: whom to tell of a weakness; the imprint where nobody is named.
SECURITY_CONTACT = environment.text("MITSTADT_SECURITY_CONTACT")
SERVED_SECURELY = PUBLIC_URL.startswith("https://")
# How many proxies of our own each request passes; None where nobody said it, and then none is believed.
TRUSTED_PROXIES = environment.number_if_said("MITSTADT_TRUSTED_PROXIES")

SLICES = installed()
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "mitstadt.ground.areas",
    "mitstadt.ground.people",
    "mitstadt.ground.organisations",
    "mitstadt.ground.mail",
    "mitstadt.ground.files",
    "mitstadt.ground.tasks",
    "mitstadt.ground.sheets",
    "mitstadt.spine",
    "mitstadt.ui",
    *SLICES,
    "mitstadt.pages",
    "mitstadt.site",
    # After ours, so that our templates take the place of theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "mitstadt.site.door.DoorMiddleware",
    "mitstadt.site.https.SecureAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mitstadt.site.delivery.CompressionMiddleware",
    "mitstadt.site.delivery.FreshnessMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "mitstadt.ui.uploads.bounds.BodyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "mitstadt.site.middleware.CleanWordsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mitstadt.site.middleware.ActorMiddleware",
    "mitstadt.site.languages.ChosenLanguageMiddleware",
    "mitstadt.site.middleware.WayOnMiddleware",
    "mitstadt.site.middleware.AccountPagesMiddleware",
    "mitstadt.site.middleware.AskAgainMiddleware",
    "mitstadt.ui.opened_for.OpenedForMiddleware",
    "mitstadt.ui.print.heavy.TurnsMiddleware",
]

ROOT_URLCONF = "mitstadt.site.urls"
WSGI_APPLICATION = "mitstadt.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "mitstadt.ui.context.chrome",
                "mitstadt.site.context.who_asks",
                "mitstadt.ui.opened_for.form_key",
            ],
            "builtins": ["mitstadt.ui.templatetags.ui", "mitstadt.ui.templatetags.people_words"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                )
            ],
        },
    }
]
FORM_RENDERER = "mitstadt.ui.forms.Renderer"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = environment.text("MITSTADT_TIME_ZONE", "Europe/Berlin")
LANGUAGE_CODE = "de"
LANGUAGES = named(["de", "de-simple", "en"])
# Django finds the catalogues of apps by itself; this floor is no app. Whoever starts Django has the words of today.
LOCALE_PATHS = [Path(__file__).resolve().parents[2] / "ground" / "locale"]
compile_stale()
FORMAT_MODULE_PATH = ["mitstadt.site.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# Several hosts share one folder, or S3-compatible storage.
MEDIA_ROOT = Path(environment.text("MITSTADT_UPLOADS", str(VAR / "uploads")))
STORAGES = {
    "default": environment.files("uploads"),
    "prints": environment.files("prints", location=VAR / "prints"),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Where the processes of one machine agree who makes heavy files.
TURNS_FOLDER = VAR / "turns_of_heavy_files"

# Background work is kept in the city's own database, in the transaction of what asks for it: no broker may lose it.
TASKS = {"default": {"BACKEND": "mitstadt.ground.tasks.backend.CityBackend", "QUEUES": ["default", "mail"]}}

# Limits of the sign-in pages and short-lived results, shared by all processes: in the database, or by REDIS_URL.
# What costs only time to make again stays in each process.
CACHES = {"default": environment.cache(), "drawings": {"BACKEND": environment.OWN_CACHE}}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    # Keeps people signed in who came with a participation code.
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# The password is optional at sign-in; our own sign-up form does not ask for one at all.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_FORMS = {
    "login": "mitstadt.pages.people.sign_in_forms.LoginForm",
    "signup": "mitstadt.pages.people.sign_in_forms.SignupForm",
    "confirm_login_code": "mitstadt.pages.people.sign_in_forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "mitstadt.pages.people.sign_in_forms.ConfirmEmailVerificationCodeForm",
    "change_password": "mitstadt.pages.people.safety_forms.ChangePasswordForm",
    "set_password": "mitstadt.pages.people.safety_forms.SetPasswordForm",
    "reset_password_from_key": "mitstadt.pages.people.safety_forms.ResetPasswordKeyForm",
    "reauthenticate": "mitstadt.pages.people.safety_forms.ReauthenticateForm",
    "add_email": "mitstadt.pages.people.safety_forms.ChangeEmailForm",
}
# Every answer of the library about a connection comes from our adapter, which asks the same place as our own limits.
ACCOUNT_ADAPTER = "mitstadt.pages.people.adapter.CityAdapter"
ACCOUNT_USER_DISPLAY = "mitstadt.pages.people.adapter.shown_name"
ACCOUNT_CHANGE_EMAIL = True
# Whoever has the account hears of each change by mail, at the old address where that changed.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
# Ten minutes to fetch a mail and come back; allauth's three are short for people who use two devices.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_FORMS = {
    "activate_totp": "mitstadt.pages.people.safety_forms.ActivateCodeForm",
    "authenticate": "mitstadt.pages.people.safety_forms.CodeForm",
    "reauthenticate": "mitstadt.pages.people.safety_forms.CodeAgainForm",
    "add_webauthn": "mitstadt.pages.people.safety_forms.AddKeyForm",
    "edit_webauthn": "mitstadt.pages.people.safety_forms.EditKeyForm",
}
MFA_ADAPTER = "mitstadt.pages.people.adapter.SafetyAdapter"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SERVED_SECURELY

# Every mail is left to a worker; the worker hands it to the carrier.
EMAIL_BACKEND = "mitstadt.ground.mail.backend.QueueBackend"
MAIL_CARRIER = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = environment.text("MITSTADT_MAIL_HOST", "localhost")
EMAIL_PORT = int(environment.text("MITSTADT_MAIL_PORT", "25"))
EMAIL_HOST_USER = environment.text("MITSTADT_MAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("MITSTADT_MAIL_PASSWORD")
# A mail server that hangs must not hold up the mails behind.
EMAIL_TIMEOUT = 10
EMAIL_USE_TLS = environment.flag("MITSTADT_MAIL_TLS")
DEFAULT_FROM_EMAIL = environment.text("MITSTADT_MAIL_FROM", "mitstadt@localhost")
if DEMO:
    MAIL_CARRIER = "mitstadt.ground.mail.backend.MailboxBackend"
    UI_PLACES["mail"] = "mailbox"
MAILBOX = VAR / "mails"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SERVED_SECURELY else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVED_SECURELY
CSRF_FAILURE_VIEW = "mitstadt.ui.refusals.csrf_failed"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# Sealed in the database, with whose they are; the browser alone has the key.
SESSION_ENGINE = "mitstadt.ground.people.sessions"
SESSION_COOKIE_NAME = "mitstadt_session"
SESSION_COOKIE_AGE = 14 * 24 * 3600
# Whoever works for an office signs in again each day, and sets up a second factor within so many days.
ROLE_SESSION_HOURS = environment.number("MITSTADT_ROLE_SESSION_HOURS", 12)
SECOND_FACTOR_REQUIRED = environment.flag("MITSTADT_SECOND_FACTOR", default=not DEMO)
SECOND_FACTOR_DAYS = environment.number("MITSTADT_SECOND_FACTOR_DAYS", 30)
X_FRAME_OPTIONS = "DENY"

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

METRICS_TOKEN = environment.text("MITSTADT_METRICS_TOKEN")
METRICS_FROM = environment.networks("MITSTADT_METRICS_FROM")
if METRICS_TOKEN or METRICS_FROM:
    MIDDLEWARE.insert(0, "mitstadt.site.metrics.middleware.CountingMiddleware")
MIDDLEWARE.insert(0, "mitstadt.site.probes.ProbesMiddleware")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"calm": {"()": "mitstadt.site.logs.CalmFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "calm"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # What happened to accounts and roles, with its time and without a name.
    "loggers": {"mitstadt.security": {"level": "WARNING" if DEMO else "INFO"}},
}
