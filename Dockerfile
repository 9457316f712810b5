# One image for web, worker and beat.
FROM python:3.11-slim-bookworm AS assets
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /house
COPY . .
RUN python3 -c "import sys; sys.path.insert(0, 'bin'); from house import environment; environment.prepare()"

FROM python:3.11-slim-bookworm
RUN useradd --system --create-home house && install -d -o house -m 700 /files
WORKDIR /house
COPY --from=assets /house /house
ENV PATH="/house/.house/venv/bin:$PATH" ASSETS="/house/.house/assets" PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE="config.settings"
USER house
EXPOSE 8000
CMD ["python", "-m", "granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", \
     "--workers", "2", "--blocking-threads", "4", "config.wsgi:application"]
