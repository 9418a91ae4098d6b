# The site as an image: every process of docker-compose.yml but the database, Redis and the proxy. Build: docker-compose build
FROM python:3.11-slim-bookworm AS made
WORKDIR /srv/peernet
COPY requirements/base.txt requirements/base.txt
RUN python -m venv /srv/venv && /srv/venv/bin/pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY . .
RUN /srv/venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && PEERNET_DATA=/tmp/made PEERNET_STATIC=/srv/static DJANGO_SETTINGS_MODULE=peernet.settings \
       /srv/venv/bin/python -m django collectstatic --noinput \
    && rm -rf /tmp/made && python -m compileall -q /srv/venv/lib /srv/peernet

FROM python:3.11-slim-bookworm
# pg_dump and pg_restore, for `peernet backup` and `peernet restore`: of the server's own major version.
RUN apt-get update -q && apt-get install -y -q --no-install-recommends postgresql-client-15 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 peernet && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin peernet \
    && install -d -o 10001 -g 10001 -m 750 /var/lib/peernet /backups /key-backups /election-keys /plan-keys \
       /run/peernet
COPY --from=made /srv /srv
# The code lies beside its templates, data and guides, where it looks for them; the folder goes before site-packages.
ENV PATH=/srv/venv/bin:$PATH PYTHONPATH=/srv/peernet PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=peernet.settings PEERNET_DATA=/var/lib/peernet PEERNET_STATIC=/srv/static PEERNET_LOG=json
WORKDIR /srv/peernet
USER 10001:10001
CMD ["peernet", "check"]
