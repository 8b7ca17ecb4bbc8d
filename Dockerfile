# The shop in production. Everything that can be made beforehand is made here; the start migrates,
# loads the VAT rates and serves. Worker and beat are the same image with another command
# (docker-compose.yml).
FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
RUN groupadd --system --gid 10001 kontor \
 && useradd --system --uid 10001 --gid kontor --home-dir /srv/shop --shell /usr/sbin/nologin kontor \
 && mkdir -p /srv/static /data/media /data/private /data/beat \
 && chown -R kontor:kontor /data
WORKDIR /srv/shop

COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes --no-deps --disable-pip-version-check -r requirements/base.txt

COPY . .
ENV STATIC_ROOT=/srv/static MEDIA_ROOT=/data/media PRIVATE_ROOT=/data/private
# The settings demand their variables here too; these lead nowhere and do not stay in the image.
RUN export SECRET_KEY=only-for-this-build-step-0123456789-0123456789-0123456789 \
      SITE_URL=https://build.invalid DATABASE_URL=postgres://build.invalid/build \
      REDIS_URL=redis://build.invalid EMAIL_URL=smtp://build.invalid \
      DEFAULT_FROM_EMAIL=build@build.invalid \
 && python -m compileall -q . \
 && python manage.py compile_messages \
 && python manage.py collectstatic --no-input --verbosity 0

USER kontor
VOLUME /data
EXPOSE 8000
ENV GRANIAN_INTERFACE=wsgi GRANIAN_HOST=0.0.0.0 GRANIAN_PORT=8000 GRANIAN_HTTP=1 \
    GRANIAN_WEBSOCKETS=false GRANIAN_WORKERS=2 GRANIAN_BLOCKING_THREADS=4 \
    GRANIAN_RESPAWN_FAILED_WORKERS=true GRANIAN_RESPAWN_INTERVAL=0.5 GRANIAN_WORKERS_KILL_TIMEOUT=20 \
    GRANIAN_STATIC_PATH_ROUTE=/media GRANIAN_STATIC_PATH_MOUNT=/data/media \
    GRANIAN_STATIC_PATH_EXPIRES=31536000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-m", "shop.alive", "web"]
CMD ["/bin/sh", "-c", "python manage.py migrate --no-input && python manage.py load_vat_rates && python manage.py set_roles && exec python -m granian shop.wsgi:application"]
