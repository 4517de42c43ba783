# docker build -t reaction-tracker . && docker run --rm -v "$PWD:/work" reaction-tracker extract article.txt
FROM python:3.13-slim AS build
WORKDIR /src
COPY . .
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.13-slim
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir "$(ls /wheels/*.whl)[pdf,postgres,parquet,excel]" && rm -r /wheels \
    && useradd --create-home tracker
USER tracker
WORKDIR /work
ENTRYPOINT ["tracker"]
