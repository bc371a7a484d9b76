"""What a city on several hosts shares: the cache, uploads, and who may migrate."""

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from moto import mock_aws

from mitstadt.site.backup import uploads
from mitstadt.site.settings import environment


def test_without_redis_the_database_keeps_what_all_processes_count(monkeypatch):
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert environment.cache()["BACKEND"].endswith("DatabaseCache")

    monkeypatch.setenv("REDIS_URL", "redis://cache.example:6379/1")
    assert environment.cache()["LOCATION"] == "redis://cache.example:6379/1"

    monkeypatch.setenv("REDIS_URL", "http://cache.example")
    with pytest.raises(ImproperlyConfigured, match="redis://"):
        environment.cache()


def test_addresses_are_read_or_the_wrong_one_is_named(monkeypatch):
    monkeypatch.setenv("WHERE", "10.0.0.0/8, 2001:db8::1")
    assert [str(network) for network in environment.networks("WHERE")] == ["10.0.0.0/8", "2001:db8::1/128"]

    monkeypatch.setenv("WHERE", "home")
    with pytest.raises(ImproperlyConfigured, match="WHERE has “home”"):
        environment.networks("WHERE")


@pytest.fixture
def bucket(monkeypatch, settings):
    """Uploads in a bucket that exists in this process alone."""
    for name, value in {
        "MITSTADT_S3_BUCKET": "stadt",
        "MITSTADT_S3_PREFIX": "mitte",
        "MITSTADT_S3_REGION": "eu-central-1",
        "MITSTADT_S3_KEY": "key",
        "MITSTADT_S3_SECRET": "secret",
    }.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        import boto3

        client = boto3.client("s3", region_name="eu-central-1", aws_access_key_id="k", aws_secret_access_key="s")
        client.create_bucket(Bucket="stadt", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        settings.STORAGES = {**settings.STORAGES, "default": environment.files("uploads")}
        yield client


def test_uploads_lie_in_the_bucket_and_are_public_to_nobody(bucket):
    storages["default"].save("bilder/platz.jpg", ContentFile(b"x"))

    [kept] = bucket.list_objects_v2(Bucket="stadt")["Contents"]
    assert kept["Key"] == "mitte/uploads/bilder/platz.jpg"
    grants = bucket.get_object_acl(Bucket="stadt", Key=kept["Key"])["Grants"]
    assert {grant["Permission"] for grant in grants if "URI" in grant["Grantee"]} == set()


def test_a_backup_reads_the_bucket_and_writes_it_back(bucket):
    storages["default"].save("bilder/platz.jpg", ContentFile(bytes(range(256))))
    storages["default"].save("a.txt", ContentFile(b"a"))

    assert uploads.names() == ["a.txt", "bilder/platz.jpg"]
    assert b"".join(uploads.pieces("bilder/platz.jpg")) == bytes(range(256))
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("uploads/a.txt", b"b")
        with uploads.Addition() as added:
            added.add(archive, "uploads/a.txt", "a.txt")
        added.exchange(archive)
    assert b"".join(uploads.pieces("a.txt")) == b"b"
    assert uploads.names() == ["a.txt", "bilder/platz.jpg"]
