"""Holds the recipes of the article on many machines to what they promise.

What stands there for Kubernetes is validated against its published schema, strictly. The commands
for AWS Batch are run as they stand, by Amazon's own program, which checks every parameter against
the published types before it sends anything; a server of this machine takes what it sends. Then
the commands of both are run for each shard as these systems would, the Dask client is run as it
stands, and all have to come to the bytes of one process.

usage: recipes.py FOLDER (from the root, with weir built for release; installs nothing)
"""

import hashlib
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading

import kubernetes_validate
import yaml

from snippets import ROOT, blocks

ARTICLE = ROOT / "Sources/Weir.docc/ManyMachines.md"
KUBERNETES = ["1.33", "1.37"]
PROGRAMS = pathlib.Path(sys.executable).parent
ENVIRONMENT = {
    **os.environ,
    "PATH": f"{PROGRAMS}:{ROOT}/.build/release:{os.environ['PATH']}",
}


def run(words, folder, **values):
    done = subprocess.run(
        words, cwd=folder, env={**ENVIRONMENT, **values}, text=True, capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode != 0:
        sys.exit(f"{words} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def digests(folder):
    """The digest of every file of results but the provenance."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.name != "provenance.json"
    }


def recipe(heading):
    """The blocks below a heading of the article, as (language, body)."""
    text = ARTICLE.read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [(language, body) for language, body, _, _ in blocks(text)]


def compare(name, shards, results, reference):
    found = digests(results)
    if found != reference:
        sys.exit(f"{name}: other bytes than from one process")
    print(f"{name}: {shards} shards and their merge, {len(found)} files, the bytes of one process")


def shards_of(command, variable, count, folder):
    """Runs a container's command for each index, with its volume in a folder of this machine."""
    volume = folder / "shards"
    shutil.rmtree(volume, ignore_errors=True)
    volume.mkdir()
    placed = [word.replace("/shards", str(volume)) for word in command]
    if placed == command:
        sys.exit(f"{command} has no volume at /shards")
    for index in range(count):
        run(placed, folder, **{variable: str(index)})
    return volume


# Kubernetes


def kubernetes(folder, reference):
    (body,) = [body for language, body in recipe("Kubernetes") if language == "yaml"]
    documents = list(yaml.safe_load_all(body))
    for version in KUBERNETES:
        for document in documents:
            kubernetes_validate.validate(document, version, strict=True)
            # A misspelt field must be seen, or nothing is known.
            wrong = json.loads(json.dumps(document))
            wrong["spec"]["completionsMode"] = wrong["spec"].pop("completionMode")
            try:
                kubernetes_validate.validate(wrong, version, strict=True)
            except kubernetes_validate.ValidationError:
                continue
            sys.exit(f"the schema of Kubernetes {version} takes a field that there is not")
    print(f"Kubernetes: {len(documents)} document valid in {' and '.join(KUBERNETES)}, strictly")
    (job,) = documents
    (container,) = job["spec"]["template"]["spec"]["containers"]
    count = job["spec"]["completions"]
    # What the system asks for beyond the types of fields.
    rules = [rule["onExitCodes"]["containerName"] for rule in job["spec"]["podFailurePolicy"]["rules"]]
    mounts = {mount["name"] for mount in container["volumeMounts"]}
    volumes = {volume["name"] for volume in job["spec"]["template"]["spec"]["volumes"]}
    if rules != [container["name"]] or mounts != volumes:
        sys.exit("Kubernetes: a name of a container or volume that there is not")
    volume = shards_of(container["command"], "JOB_COMPLETION_INDEX", count, folder)
    run(["weir", "merge", "kubernetes", str(volume), "-q"], folder)
    compare("Kubernetes", count, folder / "kubernetes", reference)


# AWS Batch


class Batch(http.server.BaseHTTPRequestHandler):
    """Takes what is sent, and answers as the service does."""

    taken = []

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        number = len(self.taken)
        self.taken.append((self.path.rsplit("/", 1)[1], body))
        answer = {
            "registerjobdefinition": {
                "jobDefinitionName": "weir", "jobDefinitionArn": "arn:weir:1", "revision": 1,
            },
            "submitjob": {"jobName": body.get("jobName", ""), "jobId": f"job-{number}"},
        }[self.taken[-1][0]]
        text = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


def batch(folder, reference):
    below = recipe("AWS Batch")
    (definition,) = [body for language, body in below if language == "json"]
    (commands,) = [body for language, body in below if language == ""]
    (folder / "weir-job.json").write_text(definition)
    server = http.server.HTTPServer(("127.0.0.1", 0), Batch)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}",
        "AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none",
        "AWS_DEFAULT_REGION": "eu-central-1", "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "AWS_MAX_ATTEMPTS": "1", "AWS_PAGER": "",
        "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1",
    }
    run(["bash", "-euo", "pipefail", "-c", commands], folder, **settings)
    # A misspelt parameter must be seen before anything is sent, or nothing is known.
    for old, new in [("size=20", "sise=20"), ("jobDefinitionName", "jobDefinitonName")]:
        (folder / "weir-job.json").write_text(definition.replace(old, new))
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands.replace(old, new)], cwd=folder, text=True,
            env={**ENVIRONMENT, **settings}, capture_output=True,
        )
        if done.returncode == 0:
            sys.exit(f"AWS: {new} was taken")
    server.shutdown()
    (_, registered), (_, array), (_, merge) = Batch.taken[:3]
    if merge["dependsOn"] != [{"jobId": "job-1"}]:
        sys.exit("AWS: the merge does not wait for the array")
    print(f"AWS Batch: {len(Batch.taken[:3])} requests with parameters of the published types")
    mounts = registered["containerProperties"]["mountPoints"]
    volumes = registered["containerProperties"]["volumes"]
    if [mount["sourceVolume"] for mount in mounts] != [volume["name"] for volume in volumes]:
        sys.exit("AWS: a volume that there is not")
    count = array["arrayProperties"]["size"]
    volume = shards_of(
        array["containerOverrides"]["command"], "AWS_BATCH_JOB_ARRAY_INDEX", count, folder)
    last = [word.replace("/shards", str(volume)) for word in merge["containerOverrides"]["command"]]
    run(last, folder)
    compare("AWS Batch", count, volume / "results", reference)


# Dask


def dask(folder, reference):
    (body,) = [body for language, body in recipe("Dask") if language == "python"]
    shutil.rmtree(folder / "shards", ignore_errors=True)
    (folder / "client.py").write_text(body)
    run([sys.executable, "client.py"], folder)
    count = int(re.search(r"STUDY, SHARDS, FOLDER = \S+ (\d+),", body).group(1))
    compare("Dask", count, folder / "Results/study", reference)


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    shutil.copy(ROOT / "Scenarios/quickstart.json", folder / "study.json")
    run(["weir", "run", "study.json", "-q", "-o", "whole"], folder)
    reference = digests(folder / "whole")
    kubernetes(folder, reference)
    batch(folder, reference)
    dask(folder, reference)


main()
