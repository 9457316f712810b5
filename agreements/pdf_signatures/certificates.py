"""Certificates of organisations: make one for trials, and read its facts.

An organisation is named by the attribute organizationIdentifier of the subject (2.5.4.97, ETSI
EN 319 412-1), as ``RI:KR-`` and its key in this system.
"""

import hashlib
from datetime import datetime, timedelta

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID

SCHEME = "RI:KR-"
DAY = timedelta(days=1)


def make_authority(name, since: datetime, until: datetime):
    """A self-signed certificate authority, as (key, certificate)."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = named(name)
    usage = key_usage(key_cert_sign=True, crl_sign=True)
    made = (
        builder(subject, subject, key, since, until)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
    )
    return key, made.sign(key, hashes.SHA256())


def make_certificate(authority, name, identifier, since: datetime, until: datetime):
    """(key, certificate) of an organisation, issued by ``authority``."""
    authority_key, authority_certificate = authority
    key = ec.generate_private_key(ec.SECP256R1())
    mark = x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, SCHEME + identifier)
    made = (
        builder(named(name, mark), authority_certificate.subject, key, since, until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(key_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()),
            critical=False,
        )
    )
    return key, made.sign(authority_key, hashes.SHA256())


def named(name, *more):
    country = x509.NameAttribute(NameOID.COUNTRY_NAME, "KR")
    whole = [
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, name[:64]),
        *more,
        x509.NameAttribute(NameOID.COMMON_NAME, name[:64]),
    ]
    return x509.Name([country, *whole])


def builder(subject, issuer, key, since, until):
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def key_usage(**wanted):
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**(dict.fromkeys(names, False) | wanted))


def packed(key, certificate, others, password):
    """A PKCS#12 file of a key, its certificate and its chain, encrypted with a password (bytes)."""
    return pkcs12.serialize_key_and_certificates(
        b"signing", key, certificate, others, BestAvailableEncryption(password)
    )


def unpacked(content, password):
    """(key, certificate, others) of a PKCS#12 file; raises ValueError if it does not open."""
    key, certificate, others = pkcs12.load_key_and_certificates(content, password)
    if key is None or certificate is None:
        raise ValueError("The file holds no key with its certificate.")
    return key, certificate, others


def der(certificate):
    return certificate.public_bytes(Encoding.DER)


def pem(certificate):
    return certificate.public_bytes(Encoding.PEM)


def facts(encoded):
    """The facts of a certificate (DER) as plain values."""
    read = asn1.Certificate.load(encoded)
    valid = read["tbs_certificate"]["validity"]
    return {
        "subject": read.subject.human_friendly,
        "issuer": read.issuer.human_friendly,
        "serial": f"{read.serial_number:x}",
        "fingerprint": hashlib.sha256(encoded).hexdigest(),
        "organisation": organisation_of(read),
        "valid_from": valid["not_before"].native.isoformat(),
        "valid_until": valid["not_after"].native.isoformat(),
    }


def organisation_of(certificate):
    """Key of the organisation that a certificate names; "" if it names none."""
    for name in certificate.subject.chosen:
        for each in name:
            if each["type"].dotted == "2.5.4.97":
                return str(each["value"].native).removeprefix(SCHEME)
    return ""
